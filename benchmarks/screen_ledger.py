"""The ledger's screen over 100,000 entries: how long a key press takes until its effect is drawn.

    python -m benchmarks.screen_ledger [--entries 100000] [--keep FILE]

A press counts from the key to the end of the last paint that it causes, the making of the terminal's codes included;
where rows come from the ledger, until they are painted. The limit of issue 8 is 100 ms. On a machine with other work
to do read the second half of each line: what the screen's own thread worked meanwhile.
"""

import argparse
import asyncio
import datetime as dt
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import RenderableType
from textual.pilot import Pilot
from textual.screen import Screen

import tui.app
from rules.ledger.entry import Draft
from rules.ledger.place import open_ledger
from tui.app import CaveatApp
from tui.places import LedgerPlace
from tui.rater import Report, Source
from tui.screens.ledger import LedgerScreen

LIMIT = 0.100
_AT_ONCE = 1_000
_CLASSES = ("offtake_deal", "gov_overture", "funding", "project_update")
_CODES = ("COM-003", "FIN-001", "OFF-001", "FLR-503", "EXE-006", "FND-003")
_KEYS = ("down", "up", "pagedown", "pageup", "end", "home", "left_square_bracket", "right_square_bracket", "space")
_TURN = 0.002


class _NoRater:
    def rate(self, sources: list[Source]) -> Iterator[Report]:
        yield from ()

    def close(self) -> None:
        pass


def fill(place: Path, count: int) -> None:
    """A ledger of so many ratings: what a table shows of them, and no contents."""
    start = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
    minutes = iter(range(count))
    with open_ledger(str(place), write=True, clock=lambda: start + dt.timedelta(minutes=50 * next(minutes))) as ledger:
        for at in range(0, count, _AT_ONCE):
            ledger.append(*(_draft(seq) for seq in range(at, min(count, at + _AT_ONCE))))


def _draft(seq: int) -> Draft:
    name = f"Issuer {seq % 997} Ltd"
    body = {
        "level": seq % 5 + 1, "class": _CLASSES[seq % len(_CLASSES)], "fired": [_CODES[seq % len(_CODES)]],
        "announcer": name, "issuer": name.casefold(), "source": {"name": f"announcement-{seq:06}.txt", "chars": 900},
        "pack": {"name": "critical_minerals", "version": "1", "digest": "sha256:" + "0" * 64},
        "versions": {"reader": "1"},
    }  # fmt: skip
    return Draft("rating", body)


class _Timed(CaveatApp):
    """Notes when it last painted, after making the codes that a terminal would get."""

    CSS_PATH = str(Path(tui.app.__file__).parent / "app.tcss")

    painted = worked = 0.0

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if codes := getattr(renderable, "render_segments", None):
            codes(self.console)
            self.painted, self.worked = time.perf_counter(), time.thread_time()

    def since(self, began: tuple[float, float]) -> tuple[float, float]:
        """Seconds from then to the last paint: on the clock, and of work; none where nothing was painted."""
        return max(0.0, self.painted - began[0]), max(0.0, self.worked - began[1])


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.thread_time()


async def measure(place: Path) -> dict[str, list[tuple[float, float]]]:
    """Seconds by key, on the clock and of work, over the ledger at this place."""
    os.environ["CAVEAT_LEDGER"] = str(place)
    app = _Timed([], _NoRater(), Path("none"), remember=False)
    taken: dict[str, list[tuple[float, float]]] = {}
    async with app.run_test(size=(160, 50)) as walk:
        await walk.pause()
        began = _now()
        app.go(LedgerPlace())
        await _until(walk, lambda: isinstance(app.screen, LedgerScreen) and _there(app.screen))
        taken["open"] = [app.since(began)]
        screen = app.screen
        assert isinstance(screen, LedgerScreen)
        await _until(walk, lambda: len(screen.bar.timeline) > 0)
        taken["open, with replay bar"] = [app.since(began)]
        for key in _KEYS * 12:
            began = _now()
            await walk.press(key)
            await _until(walk, lambda: _there(screen))
            taken.setdefault(key, []).append(app.since(began))
        await walk.press("slash")
        for key in "level:4":
            began = _now()
            await walk.press(key)
            await walk.pause()
            taken.setdefault("typing a filter", []).append(app.since(began))
        await _until(walk, lambda: len(screen.table.source) < len(screen.bar.timeline) or _there(screen))
    return {name: [each for each in times if each[0] > 0] for name, times in taken.items()}


def _there(screen: LedgerScreen) -> bool:
    """Whether every row in view has come."""
    return screen.is_mounted and len(screen.in_view) == len(screen.table.rows_in_view) > 0


async def _until(walk: Pilot[None], holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(_TURN)
    await walk.pause()


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="A ledger to measure; made there if there is none.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder) / "ledger.db"
        if not place.exists():
            began = time.perf_counter()
            fill(place, options.entries)
            print(f"{options.entries:,} entries in {time.perf_counter() - began:.1f} s")
        for key, times in asyncio.run(measure(place)).items():
            if not times:
                continue  # it changed nothing that is painted
            clock, work = (_told([1000 * each[part] for each in times]) for part in (0, 1))
            print(f"{key:<22} {clock}   own work {work}")


def _told(times: list[float]) -> str:
    return f"median {statistics.median(times):6.1f} ms slowest {max(times):6.1f} ms"


if __name__ == "__main__":
    main()
