"""`caveat rules mutate`: is every condition of every rule tested?"""

import click

from rules.cli.main import DONE, FOUND
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.lint.cases import cases_of
from rules.lint.context import contexts
from rules.lint.mutation import Mutant, failing, mutate
from rules.render.json import dumps

#: Failing examples and cases that are named.
_MOST_NAMED = 5


@click.command("mutate")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(codes: tuple[str, ...], form: str, pack_name: str | None) -> int:
    """Drop or turn round each condition, move each threshold by one, leave out each value of a choice.

    A change that no example or case notices is printed: with the reason if no fact set at all could notice it (that is
    proved), else as a gap. Exit code 1 if there is a gap.

    Example: caveat rules mutate FLR-302
    """
    pack = chosen_pack(pack_name, examples=True)
    known = list(contexts(pack, cases_of(pack, pack_place(pack_name))))
    rules = [pack.rule(code) for code in codes] or None
    found = list(mutate(pack, known, [rule for rule in rules if rule in pack.live] if rules else None))
    alive = [mutant for mutant in found if mutant.killed_by is None]
    gaps = [mutant for mutant in alive if mutant.equivalent is None]
    if form == "json":
        rows = [_json(mutant) for mutant in found]
        click.echo(dumps({"schema": "caveat/rules-mutate/1", "mutants": rows}, indent=2))
        return FOUND if gaps else DONE
    for mutant in alive:
        click.echo(f"{mutant.rule.code}: {mutant.change}: {mutant.equivalent or 'NOT TESTED: write an example'}")
    killed = len(found) - len(alive)
    share = f" ({100 * killed / len(found):.1f} %)" if found else ""
    click.echo(f"{killed} of {len(found)} mutants killed{share}, {len(alive) - len(gaps)} equivalent, {len(gaps)} gaps")
    wrong = sorted({context.name for context in known if failing(context)})
    if wrong:
        told = f"{', '.join(wrong[:_MOST_NAMED])}{' and others' if len(wrong) > _MOST_NAMED else ''}"
        click.echo(f"Without a say, because they fail (see `caveat rules test`): {told}", err=True)
    left = sum(rule not in pack.live for rule in pack.rules)
    click.echo(f"Not mutated: {left} definitions and retired rules, {len(pack.slots)} slots of pack.toml", err=True)
    return FOUND if gaps else DONE


def _json(mutant: Mutant) -> dict[str, str | None]:
    return {
        "rule": mutant.rule.code,
        "change": mutant.change,
        "killed_by": mutant.killed_by,
        "equivalent": mutant.equivalent,
    }
