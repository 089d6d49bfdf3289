"""Folding: the same text in small letters and plain punctuation, character for character.

Every folded text has the length of its original, so an offset in one is the offset in the other. `str.lower` alone
does not keep that promise: "İ".lower() has two characters.
"""

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\t\n\r\v\f\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b\u200e\u200f", " "),
    **{chr(point): " " for point in range(0x2000, 0x200B)},
}
_ASCII_BLANKS = "\t\n\r\v\f"


def fold(text: str) -> str:
    """Small letters, straight quotes, plain hyphens, every kind of blank a space; `len(fold(text)) == len(text)`."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    # Few of these occur in one text: looking for each is several times faster than `str.translate`.
    for odd in _ASCII_BLANKS if small.isascii() else _PLAIN:
        if odd in small:
            small = small.replace(odd, _PLAIN[odd])
    return small
