"""Widgets whose place is given by what is around them: what they show never lays the screen out anew.

Textual lays the whole screen out again, and paints much of it, whenever the size of what a widget scrolls over has
changed, and paints its scroll bar after every layout. Neither is needed where a widget takes the room that it is given.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from time import monotonic
from typing import Any, ClassVar, Self

from textual import events
from textual.app import App
from textual.containers import Container
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

#: Turns of the loop in which messages get from a widget to what is in it, and the wish to be drawn to the screen.
_TURNS = 8
#: For so many seconds after a screen has come to the front it is painted whole once, however often that is asked for.
_COMING = 0.05


def settled() -> Reactive[Size]:
    """For `virtual_size` of what does not scroll: a layout that changes it does not ask for another."""
    return Reactive(Size(0, 0), layout=False, repaint=False)


@asynccontextmanager
async def at_once(app: App[Any]) -> AsyncIterator[None]:
    """Let every widget say what it wants drawn, so that one paint shows all that is done in here."""
    with app.batch_update():
        yield
        for _ in range(_TURNS):
            await asyncio.sleep(0)
    app.screen.check_idle()


def covered(widget: Widget, crop: Region) -> list[Strip]:
    """The rows of a widget of which nothing is seen, for its children cover it: one blank row for all."""
    return [Strip.blank(crop.width, widget.rich_style)] * crop.height


class StillContainer(Container):
    """A container that does not scroll, and that is covered by what is in it."""

    virtual_size = settled()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Nothing of it is seen."""
        return covered(self, crop)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """What is in it is drawn where it has changed or moved; of itself there is nothing to draw."""
        return super().refresh(*regions, repaint=False, layout=layout, recompose=recompose)


class StillScreen(Screen[ScreenResultType]):
    """A screen that is covered by what is in it, and that is painted whole once when it comes to the front.

    Textual asks for it again when all of it has been mounted, and when the screen that was in front is gone.
    """

    virtual_size = settled()
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _since = 0.0
    _asked = False

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Where the size is another, Textual lays it out and paints it next; at first all is as it was just styled."""
        if not self.outer_size:
            event.refresh_styles = False
        self._since, self._asked = monotonic(), self.outer_size != self.app.size

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint all of it; what is in it asks for its own paint, and for a layout."""
        if repaint and not regions and not recompose and monotonic() - self._since < _COMING:
            if self._asked:
                return self
            self._asked = True
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class _Bar(ScrollBar):
    """A scroll bar that asks for no layout when it was laid out, and for no second paint before the first."""

    virtual_size = settled()
    _drawn = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """It is as long as what it scrolls has made itself for its width."""
        self._drawn = True
        if isinstance(self.parent, Still):
            self.parent.fitted()
        return super().render_lines(crop)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Until it is first drawn there is nothing to be drawn anew; nor while that which it scrolls is being drawn."""
        if isinstance(self.parent, Still) and self.parent.drawing:
            self._set_dirty()
            return self
        if not self._drawn:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Still(ScrollView):
    """Scrolls over rows in the room that it is given; the column of its scroll bar is always there."""

    DEFAULT_CSS: ClassVar[str] = """
    Still {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    virtual_size = Reactive(Size(0, 0), layout=False)
    show_vertical_scrollbar = Reactive(True, layout=False)

    _bar: tuple[Size, Size] | None = None
    _fitted = 0
    #: Whether it is being drawn: what changes meanwhile is in the same paint, and none is to follow.
    drawing = False

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar; made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = _Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = True
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def watch_virtual_size(self, size: Size) -> None:
        """The scroll bar follows, and what lies beyond the end is scrolled out of."""
        self._scroll_update(size)

    def _scroll_update(self, virtual_size: Size) -> None:
        """The bar is painted where something of it has changed."""
        bar = virtual_size, self.container_size
        if bar != self._bar:
            self._bar = bar
            super()._scroll_update(virtual_size)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw these regions, or all of it."""
        if self.drawing:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What depends on the width is made for it here: before the first paint, and in one with what is around it."""
        self.fitted()
        with self.drawn():
            return super().render_lines(crop)

    def fitted(self) -> None:
        """Fit, where the width has changed."""
        if (width := self.scrollable_content_region.width) != self._fitted and width > 0:
            self._fitted = width
            with self.drawn():
                self.fit(width)

    @contextmanager
    def drawn(self) -> Iterator[None]:
        """What is changed in here belongs to the paint that is under way."""
        self.drawing = True
        try:
            yield
        finally:
            self.drawing = False

    def fit(self, width: int) -> None:
        """Make what depends on the width in cells; while it is painted, so that nothing is to be drawn anew."""

    def lengthen(self, size: Size, top: float) -> None:
        """Scroll over so many rows from now on, with this row at the top; what is in view is not drawn anew."""
        top = min(max(0, top), max(0, size.height - self.scrollable_content_region.height))
        self.set_reactive(Widget.virtual_size, size)
        self.set_reactive(Widget.scroll_y, top)
        self.set_reactive(Widget.scroll_target_y, top)
        self._scroll_update(size)
        self.vertical_scrollbar.position = top
