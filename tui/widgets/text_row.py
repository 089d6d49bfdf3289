"""One row of an announcement as pieces of one style each: stance, mark, dim. Nothing of it depends on other rows."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from facts.fact import Span
from tui.evidence import Mark
from tui.literal import literal
from tui.palette import stance_style


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn on a text: evidence, the places that are marked, and the sentences that are dim, all in order."""

    marks: Sequence[Mark] = ()
    starts: Sequence[int] = ()
    marked: Sequence[Span] = ()
    dim: Sequence[Span] = ()

    def pieces(self, text: str, start: int, end: int, base: Style, dark: bool) -> Iterator[Segment]:
        """The row cut where a stance, a mark or a dim sentence begins or ends."""
        marked = [span for span in self.marked if span.start < end and start < span.end]
        held = self.marks[max(0, bisect_right(self.starts, start) - 1) : bisect_right(self.starts, end)]
        held = [mark for mark in held if mark.start < end and start < mark.end]
        first = max(0, bisect_right(self.dim, (start, start)) - 1)
        dim = [span for span in self.dim[first : bisect_right(self.dim, (end, 0))] if start < span.end]
        ends = {edge for piece in held for edge in (piece.start, piece.end)}
        ends |= {edge for span in (*marked, *dim) for edge in span}
        cuts = sorted({start, end, *(edge for edge in ends if start < edge < end)})
        for left, right in pairwise(cuts):
            style = base + Style(dim=True) if any(span.start <= left < span.end for span in dim) else base
            for mark in held:
                if mark.start <= left < mark.end:
                    style += stance_style(mark.stance, dark)
            if any(span.start <= left < span.end for span in marked):
                style += Style(reverse=True)
            yield Segment(literal(text[left:right]), style)


def stands_on(span: Span, start: int, end: int) -> bool:
    """Whether a place stands on a row."""
    return span.start < max(end, start + 1) and start < span.end
