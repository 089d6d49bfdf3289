"""`caveat rules coverage`: which rules and single conditions are reached, and why not the others."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from facts.errors import FactsError
from facts.extract import read
from rules.cli.main import DONE, FOUND, UNREAD, complain
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.cli.sources import opened
from rules.errors import RulesError
from rules.lint.cases import cases_of
from rules.lint.context import Context, context, contexts
from rules.lint.coverage import Unit, coverage, reached_in
from rules.pack import Pack
from rules.reference import Reference
from rules.render.json import dumps


@click.command("coverage")
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(folder: Path | None, form: str, pack_name: str | None) -> int:
    """Count what examples and cases reach: rules, alternatives, conditions, single tests.

    With a FOLDER of announcements also which rules fire in any of them, and what keeps the others from it; such a rule
    is no fault. Exit code 1 if an example is missing.

    Example: caveat rules coverage announcements/
    """
    pack = chosen_pack(pack_name, examples=True)
    units = list(coverage(pack, contexts(pack, cases_of(pack, pack_place(pack_name)))))
    announcements = list(_announcements(pack, folder)) if folder else []
    fired = list(reached_in(pack, announcements)) if folder else []
    missing = [unit for unit in units if unit.reached_by is None]
    if form == "json":
        rows = {"units": [_json(unit) for unit in units], "announcements": [_json(unit) for unit in fired]}
        click.echo(dumps({"schema": "caveat/rules-coverage/1", **rows}, indent=2))
    else:
        click.echo("\n".join([*_told(units), *(_told_of(fired, len(announcements)) if folder else ())]))
    return FOUND if missing else DONE


def _announcements(pack: Pack, folder: Path) -> Iterator[Context]:
    pack.refuse_text()
    engine = Reference(pack)
    for source in opened((str(folder),), None):
        if isinstance(source, tuple):
            complain(source[1].title, source[1].message, UNREAD)
            continue
        try:
            reading = read(source)
            if reading.classification is not None:
                name = reading.classification.name
                yield context(pack, engine, reading.facts, name, source.name, "announcement", {})
        except (FactsError, RulesError) as error:
            complain(error.title, error.message, UNREAD)


def _json(unit: Unit) -> dict[str, str | None]:
    return {"rule": unit.rule.code, "what": unit.what, "reached_by": unit.reached_by, "why": unit.why or None}


def _told(units: Sequence[Unit]) -> Iterator[str]:
    rules = {unit.rule.code for unit in units}
    missing = [unit for unit in units if unit.reached_by is None]
    whole = len(rules) - len({unit.rule.code for unit in missing})
    for unit in missing:
        yield f"{unit.rule.code} ({unit.rule.file}): {unit.what}: {unit.why}"
    yield f"Rules wholly reached by examples and cases: {whole} of {len(rules)} ({_share(whole, len(rules))})"
    reached = len(units) - len(missing)
    yield f"Conditions, tests and alternatives: {reached} of {len(units)} ({_share(reached, len(units))})"


def _told_of(units: Sequence[Unit], announcements: int) -> Iterator[str]:
    reached = [unit for unit in units if unit.reached_by]
    yield f"Rules that fire in {announcements} announcements: {len(reached)} of {len(units)}"
    for unit in units:
        if not unit.reached_by:
            yield f"  {unit.rule.code}  {unit.rule.title}: {unit.why}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "nothing to reach"
