"""Text from outside made safe to show: control characters and hidden marks become visible signs, never obeyed."""

import re

#: C0 and C1 controls, DEL, and the marks that reorder or hide text (Unicode bidi controls, zero-width, tags).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_PICTURES = 0x2400


def visible(text: str) -> str:
    """The text with every control character shown as a sign; newlines and tabs stay. Its length does not change."""
    return _HIDDEN.sub(_sign, text)


def one_line(text: str) -> str:
    """The text on one line: blanks of every kind run together, controls shown."""
    return " ".join(visible(text.replace("\r\n", " ").replace("\r", " ")).split())


def _sign(match: re.Match[str]) -> str:
    point = ord(match.group())
    if point < 0x20:
        return chr(_PICTURES + point)
    return "\u2421" if point == 0x7F else "\ufffd"
