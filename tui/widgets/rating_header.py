"""The head of an assessment: level word, number and shape, what it hangs on, and what is stated and what is not."""

from dataclasses import replace

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from tui.header import Header
from tui.palette import level_style
from tui.widgets.still import settled

_BETWEEN, _BREAK = " · ", "\n"
#: Lines of the screen from which on a line is kept free for what a what-if did: nothing jumps when it is tried.
_TALL = 40


class RatingHeader(Widget):
    """One line where it fits, two or three where not; phrases are never cut, they go on in the next line."""

    DEFAULT_CSS = """
    RatingHeader {
        height: auto;
        padding: 0 1;
    }
    """

    virtual_size = settled()

    def __init__(self, header: Header) -> None:
        super().__init__()
        self._header = header

    def show(self, header: Header) -> None:
        """Another head; the place in the ledger stays."""
        self._take(replace(header, place=header.place or self._header.place))

    def stands(self, place: str) -> None:
        """Where the rating stands in the ledger: "ledger 12", or that it does not."""
        self._take(replace(self._header, place=place))

    def _take(self, header: Header) -> None:
        """Lay the screen out anew only where it takes more lines, or fewer."""
        if header == self._header:
            return
        self._header = header
        width, height = self.content_size
        self.refresh(layout=self._wanted(width, self.app.size.height) != height)

    @property
    def plain(self) -> str:
        """All of it on one line."""
        return _BETWEEN.join((f"{self._header.shape} {self._header.title}", *self._header.phrases))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the phrases need."""
        return self._wanted(width, viewport.height)

    def render(self) -> Text:
        """The phrases for the width there is."""
        return self._drawn(self.content_size.width, self._header)

    def _wanted(self, width: int, screen: int) -> int:
        """The lines of what is shown; on a tall screen those of a what-if from the start."""
        heads = (self._header, self._header.longest) if screen >= _TALL else (self._header,)
        return max(len(self._drawn(width, head).wrap(self.app.console, width)) for head in heads)

    def _drawn(self, width: int, head: Header) -> Text:
        title = f"{head.shape} {head.title}"
        text, used = Text(), cell_len(title)
        text.append(title, level_style(head.level, self.app.current_theme.dark))
        for phrase in head.phrases:
            fits = used + len(_BETWEEN) + cell_len(phrase) <= width
            text.append(_BETWEEN if fits else _BREAK).append(phrase, self._style(phrase))
            used = cell_len(phrase) + (used + len(_BETWEEN) if fits else 0)
        return text

    def _style(self, phrase: str) -> str:
        """What must not be overlooked is drawn reversed: engines that disagree, and that this is a what-if."""
        head = self._header
        loud = phrase == head.moved or (phrase == head.engines and head.engines_agree is False)
        return "bold reverse" if loud else ""
