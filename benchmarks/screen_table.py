"""Keys on an inbox of 100,000 rows: from the key to the last that it changes on the screen.

    python -m benchmarks.screen_table [--rows 100000] [--times 20] [--ledger FILE]

Without a ledger the rows are made up of random words, the worst case for sorting. With one, its ratings are listed as
the inbox lists them (`l`), keys being pressed meanwhile, and then the same is measured on them.
"""

import argparse
import asyncio
import gc
import random
import re
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from rules.config import Config
from tui.app import CaveatApp
from tui.desk import Desk
from tui.rater import Report, Source
from tui.rows import Row

#: What issue 8 allows a key press, in milliseconds.
LIMIT = 100.0
_WORDS = re.findall(
    r"\w+",
    "nothing binding signed money flowing offtake buyer named term sheet only funding conditional permits date given "
    "production resource stage early lithium cobalt nickel graphite refinery separation magnet government paper",
)
_CLASSES = ("offtake_deal", "financing", "gov_overture", "project_milestone", "production_report")
#: Rows that make a list.
_SOME = 100
_FILTERS = ("lithium", "level:4 class:off", "rule:FIN-006 magnet", "zzz")


class Idle:
    """Rates nothing: the rows are there already."""

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        """No reports."""
        return iter(())

    def close(self) -> None:
        """Nothing to stop."""


def made_up(count: int, seed: int = 1) -> list[Row]:
    """Rows of random words, levels, names and days."""
    chance = random.Random(seed)
    return [_row(number, chance) for number in range(count)]


def _row(number: int, chance: random.Random) -> Row:
    level = chance.randint(1, 5)
    name = f"{chance.choice(_WORDS)}-{chance.randrange(10**6)}.txt"
    return Row(
        f"ledger {number}", name, "rated", level, f"{'●' * level}{'○' * (5 - level)} {level} Word",
        chance.choice(_CLASSES), "A class", f"Company {chance.randrange(3_000)}",
        f"{chance.randint(2010, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        " ".join(chance.choices(_WORDS, k=18)), " ".join(f"FIN-{chance.randint(1, 20):03}" for _ in range(18)),
        str(number),
    )  # fmt: skip


class Stopwatch:
    """Notes when a key comes in and when the last of the screen is drawn after it, the making of the codes included.

    The pilot itself waits longer.
    """

    def __init__(self, app: CaveatApp) -> None:
        self.came = self.drawn = 0.0
        self.work: list[float] = []
        on_event, display = app.on_event, app._display

        async def noting_keys(event: events.Event) -> None:
            if isinstance(event, events.Key):
                self.came = time.perf_counter()
            await on_event(event)

        def noting_drawing(screen: Any, renderable: Any) -> None:
            display(screen, renderable)
            if codes := getattr(renderable, "render_segments", None):
                codes(app.console)
            self.drawn = time.perf_counter()

        vars(app).update(on_event=noting_keys, _display=noting_drawing)

    async def pressed(self, walk: Pilot[None], keys: Iterable[str]) -> list[float]:
        """Milliseconds for each key; none for one that changes nothing."""
        taken = []
        for key in keys:
            self.drawn, work = 0.0, time.process_time()
            await walk.press(key)
            self.work.append((time.process_time() - work) * 1000)
            taken.append(max(0.0, self.drawn - self.came) * 1000)
        return taken

    async def moved(self, app: CaveatApp) -> float:
        """Milliseconds until the cursor has gone down and that is drawn, while other things happen."""
        table, began = app.inbox.table, time.perf_counter()
        before = table.cursor
        app.post_message(events.Key("down", None))
        while table.cursor == before:
            await asyncio.sleep(0.001)
        changed = time.perf_counter()
        while self.drawn < changed:
            await asyncio.sleep(0.001)
        return (time.perf_counter() - began) * 1000


def say(what: str, taken: Sequence[float], work: list[float]) -> None:
    """A line of the table: the time until it is drawn, and that of the processor, which others do not lengthen."""
    line = f"{what:34} median {statistics.median(taken):6.1f} ms   slowest {max(taken):6.1f} ms   of {len(taken):4}"
    print(line + (f"   processor {statistics.median(work):5.1f} ms, at most {max(work):5.1f} ms" if work else ""))
    work.clear()


async def keys(walk: Pilot[None], watch: Stopwatch, times: int) -> None:
    """Every sort of key press."""
    say("down, up", await watch.pressed(walk, ["down", "up"] * times), watch.work)
    say("page down", await watch.pressed(walk, ["pagedown"] * times), watch.work)
    say("end, home", await watch.pressed(walk, ["end", "home"] * times), watch.work)
    for letters in _FILTERS:
        await walk.press("slash")
        taken = await watch.pressed(
            walk, [{":": "colon", " ": "space", "-": "minus"}.get(each, each) for each in letters]
        )
        say(f"filter {letters!r}, typed", taken, watch.work)
        say(f"filter {letters!r}, taken back", await watch.pressed(walk, ["backspace"] * len(letters)), watch.work)
        await walk.press("escape")
    say(
        "sort by the next column", await watch.pressed(walk, ["greater_than_sign"] * 7 * max(1, times // 7)), watch.work
    )
    say("sort the other way round", await watch.pressed(walk, ["exclamation_mark"] * times), watch.work)
    await walk.press("slash", *"lith")
    say(
        "sort what is filtered",
        await _each(walk, watch, ["enter", "greater_than_sign", "exclamation_mark"] * 7),
        watch.work,
    )
    await walk.press("escape")
    say("mark, mark all", await watch.pressed(walk, ["space", "ctrl+a"] * (times // 2)), watch.work)


async def _each(walk: Pilot[None], watch: Stopwatch, names: Sequence[str]) -> list[float]:
    taken = []
    for name in names:
        if name == "enter":  # from the filter back to the table; nothing there
            await walk.press("slash", "enter")
        else:
            taken += await watch.pressed(walk, [name])
    return taken


async def measure(rows: int, times: int, ledger: Path | None) -> None:
    """Fill an inbox and press its keys."""
    desk = Desk(Config(), str(ledger) if ledger else None)
    app = CaveatApp((), Idle(), Path("none"), desk, remember=False)
    async with app.run_test(size=(160, 50)) as walk:
        await walk.pause()
        watch = Stopwatch(app)
        gc.collect()
        gc.freeze()  # as the program does after its first paint
        began = time.perf_counter()
        if ledger:
            await walk.press("l")
            while len(app.tray.rows) < _SOME:
                await asyncio.sleep(0.001)
            taken = []
            while app.tray.listing:
                taken.append(await watch.moved(app))
            say("keys while the ledger is read", taken, watch.work)
        else:
            app.tray.rows.put(*made_up(rows))
            app.inbox.show()
        print(f"{len(app.tray.rows):,} rows after {time.perf_counter() - began:.1f} s")
        await keys(walk, watch, times)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--ledger", type=Path)
    options = parser.parse_args()
    print(f"limit {LIMIT:.0f} ms a key press")
    asyncio.run(measure(options.rows, options.times, options.ledger))


if __name__ == "__main__":
    main()
