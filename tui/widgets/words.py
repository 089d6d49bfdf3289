"""A few lines of text that are broken into rows here: new words are painted, and nothing is laid out anew."""

from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class Words(ScrollView, can_focus=False):
    """Literal text that scrolls where it does not fit; its height is that of its place, never that of the text."""

    DEFAULT_CSS = """
    Words {
        height: 3;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = Text()
        self._rows: list[Text] = []
        self._base = Style()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.plain

    def show(self, text: str | Text) -> None:
        """Show this text from its beginning. It is literal: no markup."""
        text = Text(text) if isinstance(text, str) else text
        if text == self._text and text.spans == self._text.spans:
            return
        self._text = text
        self._wrap()
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Break the text anew."""
        self._wrap()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows in view; their style is worked out once, not for each."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row, base = int(self.scroll_offset.y) + y, self._base
        if row >= len(self._rows):
            return Strip.blank(self.size.width, base)
        segments = self._rows[row].render(self.app.console)
        return Strip(segments).apply_style(base).crop(0, self.size.width).extend_cell_length(self.size.width, base)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        # Nothing before there is a place for it: rows of one letter would be painted first.
        self._rows = list(self._text.wrap(self.app.console, width)) if self._text and width > 0 else []
        # Past the watcher, which would lay the whole screen out anew: the scroll bar is always there.
        self.set_reactive(Widget.virtual_size, Size(width, len(self._rows)))
        self.vertical_scrollbar.window_virtual_size = len(self._rows)
