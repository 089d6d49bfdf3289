"""Bytes to text: mark, strict UTF-8, declared encoding, cp1252, then statistics; bytes that are no text are refused."""

import codecs

from facts.errors import FactsError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that appear in programs and pictures but hardly in text: C0 controls other than blanks and escape.
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_MOST_CONTROLS = 0.002
_SAMPLE = 65_536
#: cp1252, its five gaps filled from Latin-1.
_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
#: Fewer bytes above ASCII than this tell statistics nothing.
_FEWEST_TELLING = 40
#: A text with this many sound characters to each broken one is UTF-8 that was damaged, not another encoding.
_SOUND_TO_BROKEN = 10
#: Encodings that a document may declare. Python knows more, among them some that are no encodings of text (idna,
#: unicode_escape) or take time quadratic in the length (punycode). Latin-1 and ASCII are read as cp1252,
#: as in browsers.
_DECLARABLE = {
    *(f"cp{number}" for number in (437, 850, 852, 855, 866, 874, 932, 949, 950, *range(1250, 1259))),
    *(f"iso8859-{number}" for number in range(2, 17)),
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
    *("shift_jis", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_kr"),
}


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of a document, newlines untranslated.

    Order: byte order mark, strict UTF-8 (or UTF-8 with a few broken places, shown as U+FFFD), the declared encoding,
    cp1252 (short Western texts are guessed worse by statistics), statistics. Raises FactsError naming the document
    when the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    if (wide := _wide(data, declared)) is not None:
        return _strict(data, wide, name)
    if is_binary(data):
        raise FactsError(
            "Not a text", f"{name}: the bytes are no text (a program, picture or archive?); give a text file"
        )
    text = _utf8(data)
    if text is None and declared:
        text = _tried(data, _known(declared))
    return text or _western(data)


def peek(head: bytes) -> str:
    """The beginning of a document, good enough to recognise what it is by its ASCII; raises nothing."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    return head.decode(_wide(head[: len(head) // 2 * 2], None) or "latin-1", "replace")


def is_binary(data: bytes) -> bool:
    """Whether the bytes hold controls that a text does not."""
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return True
    strange = len(sample) - len(sample.translate(None, _CONTROLS))
    return strange > _MOST_CONTROLS * len(sample)


def _wide(data: bytes, declared: str | None) -> str | None:
    """UTF-16 without a mark: as declared, or because every other byte of Western text is NUL then."""
    known = _known(declared) if declared else None
    if known in ("utf-16-le", "utf-16-be", "utf-32") and b"\0" in data[:_SAMPLE]:
        return known
    sample = data[:1000]
    if len(sample) < 8 or len(data) % 2:
        return None
    for encoding, blank, written in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        halves = sample[blank::2], sample[written::2]
        if halves[0].count(0) > 0.9 * len(halves[0]) and not halves[1].count(0):
            return encoding
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(map(text.count, set(text) - {"\ufffd"} - set(map(chr, range(128))))) if broken < len(text) / 10 else 0
    return text if sound >= _SOUND_TO_BROKEN * broken else None


def _known(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    return name if name in _DECLARABLE else None


def _tried(data: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _western(data: bytes) -> str:
    """cp1252; what that cannot be goes to statistics, and to cp1252 with Latin-1 for its five gaps when they fail."""
    text = _tried(data, "cp1252")
    if text is None:
        text = _tried(data, _guessed(data))
    if text is None:
        text = codecs.charmap_decode(data, "strict", _CP1252)[0]
    return text


def _guessed(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    if len(sample.translate(None, bytes(range(128)))) < _FEWEST_TELLING:
        return None
    from charset_normalizer import from_bytes  # 30 ms to import, and hardly ever needed

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FactsError("Broken encoding", f"{name}: begins as {encoding} but breaks at byte {error.start}") from None
