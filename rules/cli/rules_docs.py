"""`caveat rules docs`: the rule book as Markdown, or whether it is current."""

from pathlib import Path

import click

from rules.cli.main import DONE, FOUND
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.errors import RulesError
from rules.lint.cases import cases_of
from rules.lint.context import contexts
from rules.lint.mutation import mutate
from rules.lint.pages import pages


@click.command("docs")
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), default=Path("docs/rules"), show_default=True)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if a page is not current.")
@pack_option
def command(out: Path, only_check: bool, pack_name: str | None) -> int:
    """Write a page for every rule and an index by theme.

    Example: caveat rules docs --check
    """
    pack = chosen_pack(pack_name, examples=True)
    mutants = list(mutate(pack, list(contexts(pack, cases_of(pack, pack_place(pack_name))))))
    made = pages(pack, mutants)
    stale = [name for name, text in made.items() if not _holds(out / name, text)]
    left = sorted(path.name for path in out.glob("*.md") if path.name not in made)
    if not only_check:
        return _write(out, {name: made[name] for name in stale}, left)
    for name in stale:
        click.echo(f"{out / name}: not current; run `caveat rules docs`")
    for name in left:
        click.echo(f"{out / name}: no rule of that code; run `caveat rules docs`")
    click.echo(f"{len(made) - len(stale)} of {len(made)} pages are current", err=True)
    return FOUND if stale or left else DONE


def _write(out: Path, stale: dict[str, str], left: list[str]) -> int:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in stale.items():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
        for name in left:
            if (out / name).read_text(encoding="utf-8").startswith("<!-- made by"):
                (out / name).unlink()
    except OSError as error:
        raise RulesError("Cannot write", f"{out}: {error.strerror or error}; choose another --out") from None
    click.echo(f"{len(stale)} pages written to {out}", err=True)
    return DONE


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
