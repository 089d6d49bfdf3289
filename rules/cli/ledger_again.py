"""`caveat ledger replay|diff|recall|impact`: ratings done again, and what would have come out otherwise."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import click

from facts.text.visible import one_line
from rules.cli.ledger import form_option, ledger_option, moment
from rules.cli.main import DONE, FOUND, USAGE, complain
from rules.cli.options import chosen_pack
from rules.ledger.compare import Difference, compare
from rules.ledger.impact import LEVELS, Impact, impact
from rules.ledger.ledger import Ledger
from rules.ledger.mark import numbers
from rules.ledger.place import open_ledger
from rules.ledger.recall import Recalled, by_cue, by_reader, by_rule
from rules.ledger.replay import Replay, Replayed, at_two_clocks, replay, replay_all
from rules.ledger.stored import assessment_json
from rules.render.json import dumps


@click.command("replay")
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--all", "every", is_flag=True, help="Every rating.")
@click.option("--as-of", metavar="DATE", help="What was known of the story by the end of that day.")
@click.option("--rules-of", metavar="DATE", help="Under the rules in force at the end of that day.")
@form_option("text", "json")
@ledger_option
def replay_(
    identity: str | None, every: bool, as_of: str | None, rules_of: str | None, form: str, place: str | None
) -> int:
    """Rate again: from the stored facts under the stored pack, which must give the same bytes; and from the stored text
    with today's reader, which may not, and then what moved is told. Exit code 1 if the first does not.

    With --as-of or --rules-of: what was known on one day, under the rules of another (each: today where not given).

    Example: caveat ledger replay --all
    """
    if every == (identity is not None):
        return complain("wrong usage", "name an ID, or give --all", USAGE)
    with open_ledger(place) as ledger:
        if identity is None:
            return _print_replays(replay_all(ledger), form)
        rating = ledger.rating(identity)
        if as_of is None and rules_of is None:
            return _print_replays([replay(ledger, rating)], form)
        end = "9999"
        known, ruled = moment(as_of, end=True) or end, moment(rules_of, end=True) or end
        stands, pack, again = at_two_clocks(ledger, rating, known, ruled)
        difference = compare(assessment_json(ledger, stands), again.to_json())
    if form == "json":
        head = {"known": stands.seq, "as_of": as_of, "rules_of": rules_of, "pack": {"digest": pack.digest}}
        click.echo(dumps({**head, "assessment": again.to_json(), "difference": difference.to_json()}, indent=2))
        return DONE
    click.echo(f"Known {_by(as_of)}: entry {stands.seq}. Rules in force {_by(rules_of)}: {pack.title}, {pack.digest}")
    click.echo(f"Level {again.level or 'not rated'} (recorded then: {stands.level or 'not rated'})")
    _print_difference(difference)
    return DONE


@click.command("diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@form_option("text", "json")
@ledger_option
def diff(first: str, second: str, form: str, place: str | None) -> int:
    """Two ratings side by side: facts, rules, and the steps that moved the level. Exit code 1 if they differ.

    Example: caveat ledger diff 12 40
    """
    with open_ledger(place) as ledger:
        ratings = [ledger.rating(each) for each in (first, second)]
        found = compare(*(assessment_json(ledger, each) for each in ratings))
    differs = bool(found.fields or found.themes or found.facts_gone or found.facts_new or found.silent or found.firing)
    if form == "json":
        click.echo(dumps({"a": ratings[0].seq, "b": ratings[1].seq, **found.to_json()}, indent=2))
        return FOUND if differs else DONE
    click.echo(f"{'':<14}{f'entry {ratings[0].seq}':<32}entry {ratings[1].seq}")
    for name, was, now in found.fields:
        click.echo(f"{name:<14}{_value(was):<32}{_value(now)}")
    for code, was, now in found.themes:
        click.echo(f"theme {code:<8}{was:<32}{now}")
    _print_difference(found)
    if not differs:
        click.echo("No difference but the document.")
    return FOUND if differs else DONE


@click.command("recall")
@click.option("--rule", metavar="CODE", help="Ratings in which the rule fired; again without it.")
@click.option("--cue", metavar="NAME", help="Ratings with a fact of that cue or cue file; again without these facts.")
@click.option("--reader", metavar="VERSION", help="Ratings by that reader (or beginning); again with today's.")
@form_option("text", "json")
@ledger_option
def recall(rule: str | None, cue: str | None, reader: str | None, form: str, place: str | None) -> int:
    """Every rating that used a rule, a cue or a reader, and what it would be without. Exit code 1 if a level moves.

    Example: caveat ledger recall --rule COM-003
    """
    if sum(given is not None for given in (rule, cue, reader)) != 1:
        return complain("wrong usage", "give one of --rule, --cue and --reader", USAGE)
    with open_ledger(place) as ledger:
        if rule is not None:
            found = list(by_rule(ledger, rule))
        else:
            found = list(by_cue(ledger, cue) if cue is not None else by_reader(ledger, str(reader)))
        meant = "" if found or reader is not None else _meant(ledger, rule, cue)
    if form == "json":
        click.echo(dumps([each.to_json() for each in found], indent=2))
    else:
        for each in found:
            click.echo(_recalled(each))
            if each.difference is not None and each.difference.moved:
                _print_difference(each.difference, "        ")
        moved = sum(each.difference is not None and each.difference.moved for each in found)
        click.echo(f"{len(found):,} ratings used it; {moved:,} would have another level")
    if not found:
        complain("nothing on record", f"no rating used {one_line(str(rule or cue or reader))}{meant}", DONE)
    return FOUND if any(each.difference is not None and each.difference.moved for each in found) else DONE


@click.command("impact")
@click.option("--rules", "pack_name", required=True, metavar="NEWPACK", help="The pack to try: a name or a folder.")
@form_option("text", "json")
@ledger_option
def impact_(pack_name: str, form: str, place: str | None) -> int:
    """What another pack would make of every rating: a matrix of levels, who moves by which step, rules gone silent.
    Exit code 1 if a level moves.

    Example: caveat ledger impact --rules ./my_pack
    """
    with open_ledger(place) as ledger:
        found = impact(ledger, chosen_pack(pack_name))
    if form == "json":
        click.echo(dumps(found.to_json(), indent=2))
    else:
        for line in _impact(found):
            click.echo(line)
    return FOUND if found.moved else DONE


def _meant(ledger: Ledger, rule: str | None, cue: str | None) -> str:
    """The name on record that is nearest to one that is not."""
    known = numbers(ledger.database)
    name, names = (rule.upper(), known["rule"]) if rule is not None else (str(cue), known["cue"])
    near = get_close_matches(name, names, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _impact(found: Impact) -> Iterator[str]:
    yield "recorded as" + "".join(f"{f'now {level}':>8}" for level in LEVELS)
    for was in LEVELS:
        yield f"{was:<11}" + "".join(f"{found.matrix[was, now] or '.':>8}" for now in LEVELS)
    for each in found.moved:
        yield _recalled(each)
        if each.difference is not None:
            yield from (f"        {one_line(step)}" for step in each.difference.steps())
    yield from (_recalled(each) for each in found.failed)
    yield f"{len(found.moved):,} of {sum(found.matrix.values()):,} ratings move; {len(found.failed):,} cannot be rated"
    yield f"rules newly silent: {' '.join(found.newly_silent) or 'none'}"


def _print_replays(replays: Iterable[Replayed], form: str) -> int:
    told: list[dict[str, Any]] = []
    counted: dict[tuple[str, str], int] = {}
    for each in replays:
        for way, one in (("facts", each.facts), ("text", each.text)):
            counted[way, one.outcome] = counted.get((way, one.outcome), 0) + 1
        if form == "json":
            told.append(each.to_json())
        else:
            click.echo(f"{each.entry.seq:>7}  {one_line(each.entry.name or '-')}: {_outcome(each)}")
            for one in (each.facts, each.text):
                if one.difference is not None:
                    _print_difference(one.difference, "        ")
    if form == "json":
        click.echo(dumps(told, indent=2))
    else:
        for way, title in (("facts", "stored facts, stored pack"), ("text", "stored text, today's reader")):
            outcomes = ", ".join(f"{n:,} {outcome}" for (of, outcome), n in sorted(counted.items()) if of == way)
            click.echo(f"{title}: {outcomes or 'nothing to repeat'}")
    return FOUND if any(counted.get(("facts", bad)) for bad in ("moved", "failed")) else DONE


def _outcome(each: Replayed) -> str:
    return f"from facts {_one(each.facts)}; from text {_one(each.text)}"


def _one(replay: Replay) -> str:
    return replay.outcome + (f" ({one_line(replay.because)})" if replay.because else "")


def _recalled(each: Recalled) -> str:
    head = f"{each.entry.seq:>7}  {one_line(each.entry.name or '-')}: "
    if each.difference is None:
        return f"{head}cannot be rated again: {one_line(each.failed)}"
    was, now = (level or "not rated" for level in each.difference.levels)
    return f"{head}level {was}" + (f" becomes {now}" if each.difference.moved else " stays")


def _print_difference(found: Difference, indent: str = "") -> None:
    for title, lines in (
        ("step", found.steps()), ("fact gone", found.facts_gone), ("fact new", found.facts_new),
        ("rule silent", found.silent), ("rule fires", found.firing),
    ):  # fmt: skip
        for line in lines:
            click.echo(f"{indent}{title}: {one_line(line)}")


def _value(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _by(day: str | None) -> str:
    return f"at the end of {day}" if day else "today"
