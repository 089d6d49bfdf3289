"""A list to choose from whose contents never lay the screen out anew."""

from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import OptionList

from tui.widgets.still import Still


class Options(OptionList, Still):
    """Textual's list, literal and dense, in the room that it is given."""

    DEFAULT_CSS: ClassVar[str] = """
    Options {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    _known = 0

    def on_resize(self, event: events.Resize) -> None:
        """Textual's list throws away what it has just drawn."""
        event.prevent_default()

    def fitted(self) -> None:
        """The options are broken into lines, too, before they or the scroll bar are drawn."""
        super().fitted()
        with self.drawn():
            self._update_lines()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's list breaks its options outside of that."""
        self.fitted()
        return super().render_lines(crop)

    def fit(self, width: int) -> None:
        """Break the options anew for another width."""
        if self._known:
            self._clear_caches()
        self._known = width
