"""The command: words to modules, errors to one line and an exit code. Nothing heavy is imported here."""

import gc
import os
import sys
from importlib import import_module

import click

from facts.errors import FactsError
from rules.errors import RulesError

#: Exit codes, as documented in docs/commands.md.
DONE, FOUND, USAGE, UNREAD, LEDGER, INTERNAL = range(6)

_COMMANDS = {
    "rate": "rules.cli.rate",
    "facts": "rules.cli.facts",
    "evaluate": "rules.cli.evaluate",
    "why": "rules.cli.why",
    "whynot": "rules.cli.whynot",
    "whatif": "rules.cli.whatif",
    "distance": "rules.cli.distance",
    "ask": "rules.cli.ask",
    "challenge": "rules.cli.challenge",
    "check": "rules.cli.check",
    "rules": "rules.cli.rules",
    "cues": "rules.cli.cues",
    "ledger": "rules.cli.ledger",
    "batch": "rules.cli.batch",
    "watch": "rules.cli.watch",
    "demo": "rules.cli.demo",
    "info": "rules.cli.info",
}


#: Commands that settle by themselves, after their first answer.
_SETTLING = frozenset({"rate"})


class Lazy(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the documentation."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name]).command
        if cmd_name not in _SETTLING:
            settle()
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caveat", prog_name="caveat")
def cli() -> None:
    """Rate announcements about critical minerals from 1 (Executed) to 5 (Do not rely), with the reasons.

    `caveat` alone, or `caveat tui FILE...`, opens the screen; `caveat serve` shows it in a browser.

    Example: caveat rate announcement.txt
    """


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    gc.disable()  # until `settle`: looking again and again through what a cold start makes is a third of it
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # or pydantic reads every installed distribution for them
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="caveat", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(complain("stopped", "interrupted from the keyboard", USAGE))
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except FactsError as error:
        sys.exit(complain(error.title, error.message, UNREAD))
    except RulesError as error:
        sys.exit(complain(error.title, error.message, USAGE))
    except BrokenPipeError:  # the reader of our output (head, less) has gone: that is its right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except ImportError as error:
        sys.exit(complain("broken installation", _broken(error), USAGE))
    except Exception:  # noqa: BLE001  the process boundary: whatever it was, one line and a report, never a traceback
        sys.exit(complain("internal error", f"please report it; the details are in {_report()}", INTERNAL))
    finally:
        gc.enable()
    sys.exit(code if isinstance(code, int) else DONE)


def settle() -> None:
    """Collect garbage from here on, but not among what is there: modules, rules and cues stay to the end."""
    gc.freeze()
    gc.enable()


def complain(title: str, message: str, code: int) -> int:
    """One clear line on standard error; returns the exit code."""
    from facts.text.visible import one_line

    click.echo(f"caveat: {title[:1].lower() + title[1:]}: {one_line(message)}", err=True)
    return code


def _broken(error: ImportError) -> str:
    """Why a module is missing: most often another distribution installed its own `facts` or `rules` over ours."""
    from rules.ownership import check_ownership

    try:
        check_ownership()
    except RulesError as mixed:
        return mixed.message
    return f"{error}; install Caveat again with all that it needs"


def _report() -> str:
    import tempfile  # only for what should never happen
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="caveat-", suffix=".txt", delete=False) as report:
        report.write(traceback.format_exc())
    return report.name
