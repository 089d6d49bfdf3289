"""What is done to every drawn line: no colour where NO_COLOR asks for none, contrast where a theme promises it."""

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

#: WCAG 2.2, success criterion 1.4.6 (AAA): contrast of text to its ground.
CONTRAST = 7.0
#: A ground that differs from that of its widget by this much is a sign (a cursor, a choice), not decoration.
_SIGN = 1.15
_NONE = Style.from_color(RichColor.parse("default"), RichColor.parse("default"))
_REVERSED = _NONE + Style(reverse=True)
_UNDIMMED = Style(dim=False)


class NoColour(LineFilter):
    """Takes all colours away; what stood out by its ground is reversed instead, so that a cursor can be seen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text without colours."""
        return [
            Segment(text, style and style + (_REVERSED if _is_sign(style, background) else _NONE), control)
            for text, style, control in segments
        ]


class HighContrast(LineFilter):
    """Moves the colour of a text to black or white until it is read without effort; nothing is dim."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text with a contrast of seven to one at least."""
        return [Segment(text, style and _clear(style, background), control) for text, style, control in segments]


@lru_cache(2048)
def _is_sign(style: Style, background: Color) -> bool:
    if style.reverse or style.bgcolor is None or style.bgcolor.is_default:
        return False
    return contrast(Color.from_rich_color(style.bgcolor), background) >= _SIGN


@lru_cache(2048)
def _clear(style: Style, background: Color) -> Style:
    ground = _known(style.bgcolor, background)
    ink = _known(style.color, WHITE if background.brightness < 0.5 else BLACK)
    if style.reverse:
        ground, ink = ink, ground
    end = WHITE if contrast(WHITE, ground) > contrast(BLACK, ground) else BLACK
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        clear = ink.blend(end, share)
        if contrast(clear, ground) >= CONTRAST:
            break
    if style.reverse:
        ground, clear = clear, ground
    return style + _UNDIMMED + Style.from_color(clear.rich_color, ground.rich_color)


def _known(colour: RichColor | None, otherwise: Color) -> Color:
    return otherwise if colour is None or colour.is_default else Color.from_rich_color(colour)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours by WCAG: from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """Relative luminance by WCAG: from 0 to 1."""
    parts = (_linear(part / 255) for part in (colour.r, colour.g, colour.b))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
