"""The themes as bars: code or name, score from 0 to 100, level."""

from collections.abc import Sequence

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from tui.header import Bar
from tui.palette import level_style
from tui.widgets.still import settled

_WIDE = 110
#: Bars in a row, and the cells of one bar, where there is little room and where there is much.
_NARROW_ROW, _WIDE_ROW = 5, 2
_LEAST_BAR, _MOST_BAR = 3, 24
_NAME = 25
_FULL, _EMPTY = "█", "·"


class ThemeBars(Widget):
    """All themes in pack order; two lines on a small screen."""

    DEFAULT_CSS = """
    ThemeBars {
        height: auto;
        padding: 0 1;
    }
    """

    virtual_size = settled()

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__()
        self._bars = bars

    def show(self, bars: Sequence[Bar]) -> None:
        """Other scores."""
        self._bars = bars
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the bars need."""
        return -(-len(self._bars) // _in_row(width))

    def render(self) -> Text:
        """The bars for the width there is."""
        return self._drawn(self.content_size.width)

    def _drawn(self, width: int) -> Text:
        wide, in_row = width >= _WIDE, _in_row(width)
        cell = width // in_row
        names = [f"{bar.name:<{_NAME}} {bar.code}" if wide else bar.code for bar in self._bars]
        tails = [_tail(bar, wide) for bar in self._bars]
        text = Text(no_wrap=True)
        for place, bar in enumerate(self._bars):
            if place and place % in_row == 0:
                text.append("\n")
            size = min(_MOST_BAR, max(_LEAST_BAR, cell - len(names[place]) - len(tails[place]) - 2))
            full = round(bar.share * size)
            text.append(names[place] + " ")
            text.append(_FULL * full, level_style(bar.level, self.app.current_theme.dark))
            text.append(_EMPTY * (size - full), "dim").append(tails[place], "bold" if bar.was else "")
            text.append(" " * max(0, cell - len(names[place]) - 1 - size - len(tails[place])))
        return text


def _tail(bar: Bar, wide: bool) -> str:
    """The score; after a what-if with the score before it."""
    if bar.was:
        return f" {bar.was}→{bar.score}" + (f" level {bar.level}" if wide else "")
    return f" {bar.score:>3}" + (f" level {bar.level}" if wide else "")


def _in_row(width: int) -> int:
    return _WIDE_ROW if width >= _WIDE else _NARROW_ROW
