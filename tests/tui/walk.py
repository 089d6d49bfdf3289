"""What the walks through the screen share: a rater that only reports, waiting, and reading what is shown."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.segment import Segment
from textual.pilot import Pilot

from rules.assessment import Assessment
from tui.app import CaveatApp
from tui.rater import Finished, Found, Report, Source
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.inbox_table import InboxTable

SMALL, LARGE = (80, 24), (160, 50)
#: Seconds within which something comes about also where many others want the processor; and between two looks.
_PATIENCE, _OFTEN = 60.0, 0.005

Walk = Pilot[None]


class ListRater:
    """Reports what it was given, without reading anything."""

    def __init__(self, *reports: Report) -> None:
        self.reports = reports
        self.asked: list[list[Source]] = []

    def rate(self, sources: list[Source]) -> Iterator[Report]:
        self.asked.append(sources)
        yield from self.reports

    def close(self) -> None:
        pass


def finished(*assessments: Assessment) -> list[Report]:
    """The reports of these, found first and then rated in turn."""
    names = [each.announcement.name for each in assessments if each.announcement]
    done = zip(names, assessments, strict=True)
    return [*(Found(name, name) for name in names), *(Finished(name, each) for name, each in done)]


def screen_of(*reports: Report, sources: Sequence[str] = ("inbox",), samples: Path = Path("none")) -> CaveatApp:
    return CaveatApp(sources, ListRater(*reports), samples, recover=False)


async def until(walk: Walk, holds: Callable[[], bool]) -> None:
    """Let the screen do its work until something holds."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        await walk.pause()
        if holds():
            return
        await walk.pause(_OFTEN)
    raise AssertionError("the screen never came to that")


async def rows(walk: Walk, count: int) -> InboxTable:
    app = walk.app
    assert isinstance(app, CaveatApp)
    table = app.inbox.table
    await until(walk, lambda: app.tray.rows.total == count and not waits(app))
    return table


def waits(app: CaveatApp) -> bool:
    return any(row.state == "waiting" for row in app.tray.rows.every())


def shown(walk: Walk) -> str:
    """All that stands on the screen, line by line."""
    strips = walk.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def front(walk: Walk) -> type[object]:
    """The sort of screen that is in front."""
    return type(walk.app.screen)


def focused(walk: Walk) -> type[object]:
    """The sort of widget that has the focus."""
    return type(walk.app.focused)


def reversed_words(text: AnnouncementText) -> str:
    """The words that are drawn reversed, blanks between the pieces."""
    lines = (text.render_line(y) for y in range(text.size.height))
    marked: list[Segment] = [segment for line in lines for segment in line if segment.style and segment.style.reverse]
    return " ".join(segment.text for segment in marked)
