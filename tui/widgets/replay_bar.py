"""The replay bar: the ledger over time; going back on it shows what was on record then."""

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from tui.timeline import Timeline

_BEAT = 0.25
_HERE, _RAIL = "▲", "─"
_NONE = "nothing is on record"
_DAY = len("2026-05-31")
#: Parts of the time where the bar is not drawn.
_PARTS = 60


class ReplayBar(Widget, can_focus=True):
    """Two lines: how much was recorded when, and where on that line one stands. Posts `Moved`."""

    HELP: ClassVar[str] = (
        "The ledger over time: the higher the block, the more was recorded then. Left and Right (or [ and ] from the "
        "list) go back and forward, and the list shows what was on record at that moment; p plays it, End is now."
    )

    DEFAULT_CSS = """
    ReplayBar {
        height: 3;
        padding: 0 1;
        border-top: solid $foreground 40%;
    }
    ReplayBar {
        border-title-color: $text-muted;
    }
    ReplayBar:focus {
        border-top: heavy $accent;
        border-title-color: $text;
        border-title-style: bold;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Back in time", show=False, id="replay.back"),
        Binding("right", "step(1)", "Forward in time", show=False, id="replay.forward"),
        Binding("home", "first", "To the beginning", show=False, id="replay.first"),
        Binding("end", "now", "To now", show=False, id="replay.now"),
        Binding("space", "play", "Play, or stop", show=False, id="replay.play"),
    ]

    class Moved(Message):
        """Another moment: the last entry of that time, or None for now."""

        def __init__(self, upto: int | None) -> None:
            super().__init__()
            self.upto = upto

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline()
        self._none = _NONE
        self._place: int | None = None
        self._beat: Timer | None = None

    @property
    def parts(self) -> int:
        """How many parts the time has: one a cell, and some where the bar has no room on the screen."""
        return self.content_size.width or _PARTS

    @property
    def place(self) -> int:
        """How many entries there were at the moment that is shown."""
        return len(self.timeline) if self._place is None else min(self._place, len(self.timeline))

    @property
    def upto(self) -> int | None:
        """The last entry that is shown; None for all."""
        return self.timeline.seq(self.place) if self._place is not None else None

    @property
    def playing(self) -> bool:
        """Whether time runs."""
        return self._beat is not None

    def show(self, timeline: Timeline, none: str = _NONE) -> None:
        """Another history; one stays at the same moment, as far as there is one. `none` is said where it is empty."""
        self.timeline, self._none = timeline, none
        if self._place is not None and self._place >= len(timeline):
            self._place = None
        self._title()

    def on_mount(self) -> None:
        """Say where one stands."""
        self._title()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._title()

    def on_click(self, event: events.Click) -> None:
        """To the moment that was clicked."""
        event.stop()
        width = self.parts
        part = event.x - self.gutter.left
        self._go(None if part >= width - 1 else self.timeline.at_part(part, width))

    def action_step(self, step: int) -> None:
        """One part of the time back or forward."""
        place = self.timeline.moved(self.place, step, self.parts)
        self._go(None if step > 0 and place >= len(self.timeline) else place)

    def action_first(self) -> None:
        """To the beginning."""
        self._go(self.timeline.at_part(0, self.parts))

    def action_now(self) -> None:
        """To now."""
        self._go(None)

    def action_play(self) -> None:
        """Let time run from here, or from the beginning where one is at its end; or stop it."""
        if self._beat is not None:
            self._stop()
            return
        if self._place is None:
            self.action_first()
        self._beat = self.set_interval(_BEAT, self._on_beat)
        self._title()

    def render(self) -> Text:
        """The blocks, and the place under them."""
        width = self.content_size.width
        heights = self.timeline.heights(width)
        here = self.timeline.part(self.place, width)
        text = Text(heights[: here + 1], no_wrap=True).append(heights[here + 1 :], "dim")
        rail = self._rail(width, here)
        return (
            text.append("\n").append(rail[:here]).append(rail[here : here + 1], "bold").append(rail[here + 1 :], "dim")
        )

    def _rail(self, width: int, here: int) -> str:
        """The days at both ends, and the sign of where one stands; a day that is in its way gives way."""
        if not len(self.timeline) or width <= 0:
            return _RAIL * width
        rail = _RAIL * width
        first, last = (self.timeline.when(place)[:_DAY] for place in (1, len(self.timeline)))
        for day, start in ((first, 2), (last, width - _DAY - 2))[: 1 + (last != first)]:
            label = f" {day} "
            if width >= 4 * _DAY and not start - 1 <= here <= start + _DAY:
                rail = rail[: start - 1] + label + rail[start - 1 + len(label) :]
        return rail[:here] + _HERE + rail[here + 1 :]

    def _on_beat(self) -> None:
        self.action_step(1)
        if self._place is None:
            self._stop()

    def _stop(self) -> None:
        if self._beat is not None:
            self._beat.stop()
            self._beat = None
            self._title()

    def _go(self, place: int | None) -> None:
        if not len(self.timeline):
            return
        before, self._place = self._place, place
        self._title()
        if place != before:
            self.post_message(self.Moved(self.upto))

    def _title(self) -> None:
        state = "now" if self._place is None else "playing" if self.playing else "then"
        told = f"{state} · {self.timeline.told(self.place)}" if len(self.timeline) else self._none
        self.border_title = Text(f"Replay · {told}")
        self.refresh()
