"""The head of an assessment: level word, number and shape, what it hangs on, and what is said and what is not."""

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from tui.palette import level_style
from tui.view import Header

_BETWEEN, _BREAK = " · ", "\n"


class RatingHeader(Widget):
    """Two lines where they fit; phrases are never cut, they go on in the next line."""

    DEFAULT_CSS = """
    RatingHeader {
        height: auto;
        padding: 0 1;
    }
    """

    def __init__(self, header: Header) -> None:
        super().__init__()
        self._header = header

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the phrases need."""
        return len(self._drawn(width).wrap(self.app.console, width))

    def render(self) -> Text:
        """The phrases for the width there is."""
        return self._drawn(self.content_size.width)

    def _drawn(self, width: int) -> Text:
        head = self._header
        title = f"{head.shape} {head.title}"
        text, used = Text(), cell_len(title)
        text.append(title, level_style(head.level, self.app.current_theme.dark))
        for phrase in (head.confidence, head.standing, head.slots):
            if not phrase:
                continue
            fits = used + len(_BETWEEN) + cell_len(phrase) <= width
            text.append(f"{_BETWEEN if fits else _BREAK}{phrase}")
            used = cell_len(phrase) + (used + len(_BETWEEN) if fits else 0)
        if head.engines_agree is False:
            text.append("\n").append(head.engines, "bold reverse")
        return text
