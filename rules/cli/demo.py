"""`caveat demo`: rate a bundled announcement, then offer the screen."""

import shutil
import subprocess
import sys

import click

from rules.assess import rate
from rules.cli.options import colour_option, style
from rules.render.text import text
from rules.samples import DEMO, FOLDER, sample, samples


@click.command("demo")
@click.argument("name", default=DEMO)
@colour_option
def command(name: str, no_color: bool) -> None:
    """Rate one of the bundled announcements (fictional companies) and show the reasons.

    Example: caveat demo
    """
    announcement = sample(name)
    click.echo(announcement.text.rstrip() + "\n")
    width = min(100, shutil.get_terminal_size().columns)
    click.echo("-" * width)
    click.echo(text(rate(announcement), style(no_color), width=width))
    click.echo(f"Other bundled announcements: caveat demo {'|'.join(other for other in samples() if other != name)}")
    if sys.stdin.isatty() and sys.stdout.isatty() and click.confirm("Open the screen on all of them?", default=True):
        subprocess.run([sys.executable, "-m", "tui", "tui", str(FOLDER)], check=False)
    else:
        click.echo("The screen: caveat tui")
