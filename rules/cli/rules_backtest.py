"""`caveat rules backtest`: level against documented outcome."""

import textwrap
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import click

from rules.cli.main import DONE
from rules.cli.options import chosen_pack, pack_option, pack_place
from rules.errors import RulesError
from rules.lint.backtest import NAME, Tested, backtest, read_outcomes, to_json
from rules.lint.cases import NAME as CASES
from rules.lint.cases import cases_of, read_cases
from rules.lint.rank import RESAMPLES, interval, tau_b
from rules.render.json import dumps

#: Cases this many steps off are told one by one.
_FAR = 2
_WIDTH = 100


@click.command("backtest")
@click.argument(
    "cases", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[CASES]"
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@pack_option
def command(cases: Path | None, form: str, pack_name: str | None) -> int:
    """Set the level of every case against what came of it: a table, a rank correlation, the ratings most wrong.

    CASES is a file of JSON lines with class, facts and outcome.tag (default: the cases beside the pack). The file
    outcomes.json beside it orders the tags, best first.

    Example: caveat rules backtest my_cases.jsonl
    """
    pack = chosen_pack(pack_name)
    if cases is not None:
        read, outcomes = read_cases(pack, cases), read_outcomes(cases.parent / NAME)
    else:
        place = pack_place(pack_name)
        read = cases_of(pack, place)
        with as_file(files("rules") / "packs" / place) as folder:
            outcomes = read_outcomes(Path(place) / NAME if Path(place).is_dir() else folder / NAME) if read else {}
    if not read:
        raise RulesError("No cases", f"{pack.name} has no {CASES}; name a case file")
    tested = list(backtest(pack, read, outcomes))
    pairs = [(each.level, each.outcome.rank) for each in tested if each.outcome.rank is not None]
    tau, bounds = tau_b(pairs), interval(pairs)
    if form == "json":
        click.echo(dumps(to_json(tested, tau, bounds), indent=2))
        return DONE
    click.echo(
        "\n".join(
            [*_table(tested), "", *_correlation(len(pairs), tau, bounds), "", *_worst(tested), "", *_honest(tested)]
        )
    )
    return DONE


def _table(tested: Sequence[Tested]) -> Iterator[str]:
    outcomes = sorted({each.outcome for each in tested}, key=lambda o: (o.rank is None, o.rank or 0))
    width = max(len(outcome.name) for outcome in outcomes)
    yield f"{'':{width}}  " + "".join(f"{f'level {level}':>9}" for level in range(1, 6)) + f"{'all':>6}"
    for outcome in outcomes:
        levels = [each.level for each in tested if each.outcome == outcome]
        counts = "".join(f"{levels.count(level) or '.':>9}" for level in range(1, 6))
        yield f"{outcome.name:{width}}  {counts}{len(levels):>6}"


def _correlation(count: int, tau: float | None, bounds: tuple[float, float] | None) -> Iterator[str]:
    if tau is None:
        yield f"No rank correlation: {count} cases with an outcome, and level or outcome does not vary"
        return
    told = f", 95 % interval {bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else ", too few cases for an interval"
    yield f"Kendall's tau-b of level and outcome: {tau:.2f}{told} ({count} cases, {RESAMPLES:,} bootstrap resamples)"


def _worst(tested: Sequence[Tested]) -> Iterator[str]:
    far = sorted(
        (each for each in tested if abs(each.miss) >= _FAR), key=lambda each: (-abs(each.miss), each.case.number)
    )
    yield f"Most wrong ({_FAR} steps or more): {len(far)} of {len(tested)}"
    for each in far:
        side = "too careful" if each.miss > 0 else "too trusting"
        head = (
            f"case {each.case.number}, {each.case.name} ({each.case.date}): level {each.level}, {each.case.tag}: {side}"
        )
        yield from textwrap.wrap(head, _WIDTH, initial_indent="  ", subsequent_indent="    ")
        yield f"    carried by {', '.join(each.carried) or 'the base scores alone'}"
        yield from textwrap.wrap(each.case.outcome, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _honest(tested: Sequence[Tested]) -> Iterator[str]:
    left = sum(each.outcome.rank is None for each in tested)
    yield from textwrap.wrap(
        f"{len(tested)} cases chosen for variety are no sample, and the rules were written with such cases in view: "
        f"this shows where the ratings agree with what came, not how often they will. {left} cases have no outcome "
        "yet. A level says how careful to be on the day, not what will happen: a case that was rated 4 and delivered "
        "is no error by itself.",
        _WIDTH,
    )
