"""How long a key press takes to its effect on the screen, with the pilot: proof, text, and every pane of an assessment.

    python -m benchmarks.screen_keys [FOLDER] [--long 5]

From the key to the end of the last paint that it causes, the making of the terminal's codes included; opening an
assessment counts as a key. What a thread finds out later and paints after a pause (the place in the ledger; in a long
text its sentences and the smallest changes) stands in lines of its own, as the result. The limit for an announcement is
50 ms, for one of 5 MB (--long: the texts of the folder one after another) 100 ms. On a machine with other work to do
read the second half of each line: what the screen's own thread worked; Textual's wait for its next frame is not in it.
"""

import asyncio
import gc
import math
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import RenderableType
from textual.screen import Screen

import rules
import tui.app
from facts.errors import FactsError
from rules.assess import rate
from rules.assessment import Assessment
from tui.app import CaveatApp
from tui.places import AssessmentPlace
from tui.rater import Report, Source

_SAMPLES = Path(rules.__file__).parent / "samples"
_LIMIT, _LONG_LIMIT = 50.0, 100.0
_OPEN, _RESULT = "open", ", result"
#: Paints that follow each other faster belong together: a little more than two frames of Textual's, in milliseconds.
_PAUSE = 40.0
#: From one key to the next, in seconds: eight keys a second, as fast as anybody reads.
_REST = 0.125
#: Key, and what it does where it is pressed; walked through in this order.
_WALK = (
    ("down", "proof: down"), ("down", "proof: down"), ("right", "proof: open"), ("right", "proof: into"),
    ("e", "proof: expand"), ("e", "proof: collapse"), ("s", "to the sentence"), ("down", "text: next sentence"),
    ("down", "text: next sentence"), ("up", "text: sentence before"), ("pagedown", "text: page"), ("end", "text: end"),
    ("home", "text: home"), ("enter", "text: to its rule"), ("w", "why"),
    ("n", "why not"), ("right", "why not: open a level"), ("down", "why not: down"), ("down", "why not: down"),
    ("x", "what if"), ("space", "what if: drop"), ("space", "what if: restore"), ("down", "what if: down"),
    ("space", "what if: drop"), ("u", "what if: undo"), ("U", "what if: redo"), ("u", "what if: undo"),
    ("right", "what if: fields"), ("down", "what if: down"), ("enter", "what if: values"), ("down", "values: down"),
    ("enter", "values: take"), ("0", "what if: reset"),
    ("d", "distance"), ("down", "distance: down"), ("enter", "distance: apply"), ("u", "distance: undo"),
    ("a", "ask"), ("1", "ask: yes"), ("3", "ask: not known"), ("u", "ask: undo"), ("u", "ask: undo"),
    ("w", "why"),
)  # fmt: skip


class _Nothing:
    """A rater with nothing to rate."""

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        return iter(())

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds from a key to its paint: on the clock, and of the screen's own work."""

    clock: float
    work: float


class _Timed(CaveatApp):
    """Notes when it painted, after making the codes that a terminal would get."""

    CSS_PATH = str(Path(tui.app.__file__).parent / "app.tcss")

    def __init__(self) -> None:
        super().__init__([], _Nothing(), Path("none"), remember=False)
        self.begin()

    def begin(self) -> None:
        """A key is about to be pressed."""
        self.painted: list[Spent] = []
        self._clock, self._work = time.perf_counter(), time.thread_time()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if codes := getattr(renderable, "render_segments", None):
            codes(self.console)
            clock, work = time.perf_counter() - self._clock, time.thread_time() - self._work
            self.painted.append(Spent(1000 * clock, 1000 * work))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=_SAMPLES)
@click.option("--long", "megabytes", type=float, help="One announcement of so many megabytes, not each.")
@click.option("--most", default=100, show_default=True, help="At most so many announcements.")
@click.option("--width", default=160, show_default=True)
@click.option("--height", default=50, show_default=True)
def main(folder: Path, megabytes: float | None, most: int, width: int, height: int) -> None:
    """Measure key presses over the announcements of FOLDER."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))][:most]
    rated = [_long(texts, megabytes)] if megabytes else list(_rated(texts))
    limit = _LONG_LIMIT if megabytes else _LIMIT
    gc.freeze()
    spent = asyncio.run(_walk(rated, (width, height)))
    click.echo(f"{len(rated)} announcements, {width}x{height}; milliseconds from key to paint, limit {limit:.0f}")
    click.echo(f"  {'':<24} {'on the clock':<34}  own work")
    for name, times in sorted(spent.items(), key=lambda each: -max(one.clock for one in each[1])):
        click.echo(f"  {name:<24} {_told(times)}")
    every = [each for name, times in spent.items() if not name.endswith(_RESULT) for each in times]
    click.echo(f"  {'all':<24} {_told(every)}")
    over, hard = sum(each.clock > limit for each in every), sum(each.work > limit for each in every)
    click.echo(f"  {over} of {len(every)} over the limit on the clock, {hard} by their own work")


def _rated(texts: Sequence[str]) -> Iterator[Assessment]:
    for text in texts:
        try:
            assessment = rate(text)
        except FactsError as error:
            raise SystemExit(f"{error.title}: {error.message}") from None
        if assessment.rated:
            yield assessment


def _long(texts: Sequence[str], megabytes: float) -> Assessment:
    size = int(megabytes * 1_000_000)
    whole = "\n\n".join(texts)
    return rate((whole + "\n\n") * math.ceil(size / len(whole)))


async def _walk(rated: Sequence[Assessment], size: tuple[int, int]) -> dict[str, list[Spent]]:
    spent: dict[str, list[Spent]] = {}
    app = _Timed()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for number, assessment in enumerate(rated):
            app.begin()
            app.go(AssessmentPlace(f"{number}", assessment))
            await pilot.pause()
            _note(spent, _OPEN, app.painted)
            await asyncio.sleep(_REST)
            for key, name in _WALK:
                app.begin()
                await pilot.press(key)
                await pilot.pause()
                _note(spent, name, app.painted)
                await asyncio.sleep(_REST)
            app.action_go_inbox()
            await pilot.pause()
    return spent


def _note(spent: dict[str, list[Spent]], name: str, painted: Sequence[Spent]) -> None:
    """The end of the first run of paints, and the last paint of all where a pause lies between."""
    if not painted:
        return  # the key changed nothing
    end = painted[0]
    for each in painted[1:]:
        if each.clock - end.clock > _PAUSE:
            break
        end = each
    spent.setdefault(name, []).append(end)
    if painted[-1] is not end:
        spent.setdefault(f"{name}{_RESULT}", []).append(painted[-1])


def _told(times: Sequence[Spent]) -> str:
    return f"{_row([each.clock for each in times])}  {_row([each.work for each in times])}  of {len(times)}"


def _row(times: Sequence[float]) -> str:
    ordered = sorted(times)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {statistics.median(ordered):5.1f} 95 % {high:5.1f} most {ordered[-1]:5.1f}"


if __name__ == "__main__":
    main()
