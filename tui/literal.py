"""Text of documents made safe to draw: control characters become visible symbols, one for one, so offsets hold."""

import re
import unicodedata

_BLANKS = re.compile(r"[ \t\r\n]+")
_CONTROL_PICTURES = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "␡"
_STRANGE = "�"
#: Categories a terminal could obey, or could not encode: controls, invisible formatting (overrides of the writing
#: direction among it), lone surrogates, separators of lines and paragraphs.
_UNDRAWABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SOFT_HYPHEN = 0xAD


class _Symbols(dict[int, str]):
    """What to draw for each character, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        symbol = self[code] = _symbol(code)
        return symbol


def _symbol(code: int) -> str:
    if code == ord("\t"):
        return " "
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    if code == _SOFT_HYPHEN:
        return "-"
    return _STRANGE if unicodedata.category(chr(code)) in _UNDRAWABLE else chr(code)


_symbols = _Symbols()


def literal(text: str) -> str:
    """The text with every control character as a symbol (escape is ␛); as long as it was, character for character."""
    return text.translate(_symbols)


def one_line(text: str) -> str:
    """The same on one line: runs of blanks and line ends become one space."""
    return literal(_BLANKS.sub(" ", text).strip())
