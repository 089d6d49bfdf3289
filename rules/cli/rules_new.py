"""`caveat rules new`: a rule file to fill in."""

import datetime as dt
import re
from importlib.resources import files
from pathlib import Path

import click

from rules.bundle import is_shipped
from rules.cli.main import DONE
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.errors import RulesError
from rules.lint.template import next_free, template
from rules.pack import Pack
from rules.rule import Effect
from rules.schema import nearest

_CODE = re.compile(r"[A-Z]{3}-\d{3}")
_NO_LETTER = re.compile(r"[^a-z0-9]+")


@click.command("new")
@click.argument("code")
@click.option(
    "--effect",
    type=click.Choice(["concern", "mitigant", "floor", "cap", "finding"]),
    default="concern",
    show_default=True,
)
@click.option("--theme", help="The theme of a concern or mitigant, such as OFF; default: the code's letters.")
@click.option("--title", default="Fill in the title", help="A few words, which also name the file.")
@pack_option
def command(code: str, effect: Effect, theme: str | None, title: str, pack_name: str | None) -> int:
    """Write a rule file that loads, with everything to fill in marked, into the folder of the pack.

    Example: caveat rules new OFF-012 --effect concern --title "Buyer is an affiliate"
    """
    pack, code = chosen_pack(pack_name), code.upper()
    _refuse_taken(pack, code)
    theme = _theme(pack, theme or code[:3]) if effect in ("concern", "mitigant") else None
    path = _folder(pack_place(pack_name)) / code[:3].lower() / f"{code}{_slug(title)}.toml"
    text = template(pack, code, effect, theme, title, dt.datetime.now(dt.UTC).year)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise RulesError(
            "Cannot write", f"{path}: {error.strerror or error}; copy the pack to a folder of yours"
        ) from None
    click.echo(path)
    option = f" --rules {pack_name}" if pack_name else ""
    for step in (f"rules check{option}", f"rules test {code}{option}", f"rules mutate {code}{option}"):
        click.echo(f"Then fill it in and run: caveat {step}", err=True)
    return DONE


def _refuse_taken(pack: Pack, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise RulesError(
            "Wrong code", f"{code!r} is no code: three letters, a hyphen and three digits, such as OFF-012"
        )
    if code in pack.by_code:
        taken, free = pack.by_code[code], next_free(pack, code[:3])
        raise RulesError(
            "Doubled code", f"{code} is taken by {taken.file} ({taken.status}); the next free one is {free}"
        )


def _theme(pack: Pack, theme: str) -> str:
    if theme.upper() not in pack.settings.themes:
        meant = nearest(theme.upper(), tuple(pack.settings.themes))
        raise RulesError("Unknown theme", f"no theme {theme.upper()!r}{meant}; choose one with --theme")
    return theme.upper()


def _folder(place: str) -> Path:
    return Path(str(files("rules") / "packs" / place)) if is_shipped(place) else Path(place)


def _slug(title: str) -> str:
    words = _NO_LETTER.sub("-", title.lower()).strip("-")
    return f"-{words[:40].rstrip('-')}" if words else ""
