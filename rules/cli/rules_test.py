"""`caveat rules test`: every example of every rule file, and the cases beside the pack."""

from collections.abc import Iterator

import click

from rules.assess import Which, evaluate
from rules.bundle import BELOW
from rules.cli.main import DONE, FOUND
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.lint.cases import Case, cases_of
from rules.lint.examples import difference, run
from rules.pack import Pack
from rules.render.json import dumps
from rules.rule import Rule


@click.command("test")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--engine", type=click.Choice(["durable", "reference", "both"]), default="reference", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(codes: tuple[str, ...], engine: Which, form: str, pack_name: str | None) -> int:
    """Run the examples of all rules, or of those named, and the cases beside the pack.

    Of a pack that extends another the definitions below are left out: their numbers are what a house view changes.

    A known gap is strict: once it holds it is a failure, for then it is closed. Exit code 1 if anything fails.

    Example: caveat rules test COM-003 --engine both
    """
    pack = chosen_pack(pack_name, examples=True)
    rules = [pack.rule(code) for code in codes] or [rule for rule in pack.rules if not _is_overridden(rule)]
    results = list(run(pack, rules, engine))
    failed = [(f"{r.rule.code} ({r.rule.file}), {r.example.name!r}", r.problem) for r in results if r.problem]
    cases = () if codes else cases_of(pack, pack_place(pack_name))
    failed += [(f"case {case.number}", problem) for case, problem in _failing(pack, cases, engine)]
    if form == "json":
        rows = [{"where": where, "problem": problem} for where, problem in failed]
        done = {"examples": len(results), "cases": len(cases), "failed": rows}
        click.echo(dumps({"schema": "caveat/rules-test/1", **done}, indent=2))
    else:
        for where, problem in failed:
            click.echo(f"{where}: {problem}")
        gaps = sum(result.example.known_gap for result in results)
        told = f", {gaps} of them known gaps" if gaps else ""
        click.echo(f"{len(results)} examples{told}, {len(cases)} cases: {len(failed) or 'none'} failed")
    return FOUND if failed else DONE


def _is_overridden(rule: Rule) -> bool:
    """A definition of an extended pack: its worked numbers are those that a house view changes."""
    return rule.effect == "definition" and rule.file.startswith(BELOW)


def _failing(pack: Pack, cases: tuple[Case, ...], engine: Which) -> Iterator[tuple[Case, str]]:
    for case in cases:
        assessment = evaluate(case.facts, case.announcement_class, pack=pack, engine=engine)
        found = assessment.to_json()
        themes = {theme["code"]: float(theme["score"]) for theme in found["themes"]}
        fired = [firing["rule"] for firing in found["fired"] if firing["conclusion"] in ("concern", "mitigant")]
        shown = {**found, "score": float(found["score"]), "themes": themes, "fired": fired}
        wanted = {key: sorted(v) if isinstance(v, list) else v for key, v in case.expect.items()}
        shown = {key: sorted(v) if isinstance(v, list) and key in wanted else v for key, v in shown.items()}
        if problem := assessment.engines.difference or difference(wanted, shown, ""):
            yield case, problem
