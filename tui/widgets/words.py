"""A few lines of text that are broken into rows here: new words are painted, and nothing is laid out anew."""

from rich.style import Style
from rich.text import Text
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.widgets.still import Still


class Words(Still, can_focus=False):
    """Literal text that scrolls where it does not fit; its height is that of its place, never that of the text."""

    DEFAULT_CSS = """
    Words {
        height: 3;
        padding: 0 1;
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
        self._wrap(self.scrollable_content_region.width, 0)
        self.refresh()

    def fit(self, width: int) -> None:
        """Break the text anew."""
        self._wrap(width, self.scroll_y)

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

    def _wrap(self, width: int, top: float) -> None:
        # Nothing before there is a place for it: rows of one letter would be painted first.
        self._rows = list(self._text.wrap(self.app.console, width)) if self._text and width > 0 else []
        self.lengthen(Size(width, len(self._rows)), top)
