"""What a document is: by its content first, by its ending or media type where the content leaves it open."""

import json
import re

from facts.errors import FactsError
from facts.readers.decode import is_binary, peek

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF, MAIL, FEED = "application/pdf", "message/rfc822", "application/xml"
JSON, LINES = "application/json", "application/x-ndjson"

#: File endings that a folder is searched for, and what they hold.
MEDIA_TYPES = {
    ".txt": TEXT, ".text": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".pdf": PDF, ".eml": MAIL, ".xml": FEED, ".rss": FEED, ".atom": FEED, ".json": JSON, ".jsonl": LINES,
    ".ndjson": LINES,
}  # fmt: skip
#: Media types that servers give, beside those above.
_ALSO = {
    "application/xhtml+xml": HTML, "application/rss+xml": FEED, "application/atom+xml": FEED, "text/xml": FEED,
    "application/rdf+xml": FEED, "application/x-pdf": PDF, "text/x-markdown": MARKDOWN, "application/jsonl": LINES,
    "application/x-jsonlines": LINES, "text/json": JSON,
}  # fmt: skip
#: Media types that say nothing about the content.
OPEN_TYPES = {"application/octet-stream", "binary/octet-stream", "application/download", ""}

_PACKED = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"LZIP", "lzip"),
    (b"\x1f\x9d", "compress"),
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_OFFICE = ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"), (b"{\\rtf", "RTF"), (b"%!PS", "PostScript"))
#: Names of parts that tell an office document from an archive; they stand near the start of the file.
_OFFICE_PARTS = re.compile(rb"\[Content_Types\]\.xml|word/|xl/|ppt/|mimetypeapplication/(?:vnd\.oasis|epub)")
_HEAD = 4096
#: Readers of PDF accept this much before the header; so does pdfium.
_BEFORE_PDF = 1024

_XML = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->|<\?[^>]{0,500}\?>|\s)*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FEED = re.compile(r"(?:<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)?<(?:rss|feed|rdf:RDF|(?:atom|a):feed)\b", re.DOTALL)
_HEADER = re.compile(r"(?:From [^\n]*\r?\n)?((?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,})")
#: Headers that only a mail has. A memorandum, too, begins with Date, From, To and Subject.
_STRONG = re.compile(r"(?mi)^(?:received|mime-version|message-id|return-path|content-transfer-encoding):")
#: An array, or an object over several lines: no JSON lines.
_SPREAD = re.compile(r"\s*(?:\[|\{\s*\n)")
_JSON = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\]))")


def kind_of(data: bytes, name: str, hint: str | None) -> str:
    """The media type that a document is read as.

    `hint` is the type of its ending, or of the server's answer. Raises FactsError for compressed documents, archives
    and office documents, naming the remedy.
    """
    _refuse_packed(data, name)
    if b"%PDF-" in data[:_BEFORE_PDF] and (hint == PDF or data.lstrip()[:5] == b"%PDF-"):
        return PDF
    if hint == PDF and (is_binary(data) or b" obj" in data[:_HEAD]):
        raise FactsError("Broken PDF", f"{name}: has no PDF header; get the document anew")
    head = peek(data[:_HEAD])
    start = _XML.match(head)
    body = head[start.end() :] if start else head
    if _PAGE.match(body):
        return HTML
    if _FEED.match(body):
        return FEED
    return _of_text(data, head, hint, name)


def by_media_type(given: str) -> tuple[str | None, bool]:
    """The media type meant by a server's `Content-Type`, and whether it is one that can be read at all."""
    plain = given.partition(";")[0].strip().lower()
    if plain in OPEN_TYPES:
        return None, True
    found = plain if plain in MEDIA_TYPES.values() else _ALSO.get(plain)
    return found, found is not None or plain.startswith("text/")


def _of_text(data: bytes, head: str, hint: str | None, name: str) -> str:
    looks_json = _JSON.match(head) is not None
    if hint == JSON:
        return LINES if looks_json and _is_lines(data) else JSON
    if hint == LINES and is_binary(data):
        raise FactsError("Not a text", f"{name}: the bytes are no text; JSON lines are written in UTF-8")
    if hint == LINES:
        return JSON if _SPREAD.match(head) else LINES
    if looks_json and hint not in (HTML, FEED, MAIL) and (found := _as_json(data)) is not None:
        return found
    headers = _HEADER.match(head)
    if headers and (hint in (MAIL, FEED, HTML) or _STRONG.search(headers.group())):
        return MAIL
    if hint == FEED and not head.lstrip().startswith("<"):
        return TEXT
    return TEXT if hint in (None, PDF) else hint


def _as_json(data: bytes) -> str | None:
    """JSON or JSON lines where the text truly is: a bracket alone also begins "[Reuters] ..." and a wiki page."""
    if _is_lines(data):
        return LINES
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return None
    return JSON


def _is_lines(data: bytes) -> bool:
    """Whether the first line is an object of its own and another follows."""
    first, _, rest = data.lstrip().partition(b"\n")
    if not (first.startswith(b"{") and rest[:_HEAD].lstrip().startswith(b"{")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _refuse_packed(data: bytes, name: str) -> None:
    for magic, called in _OFFICE:
        if data.startswith(magic):
            raise FactsError("Not a text", f"{name}: an {called} document; save it as PDF, HTML or text")
    packed = next((called for magic, called in _PACKED if data.startswith(magic)), None)
    if packed == "zip" and _OFFICE_PARTS.search(data[:_HEAD]):
        raise FactsError("Not a text", f"{name}: an Office document or e-book; save it as PDF, HTML or text")
    if packed is None and _BZIP2.match(data):
        packed = "bzip2"
    if packed is None and data[257:262] == b"ustar":
        packed = "tar"
    if packed is not None:
        raise FactsError("Compressed", f"{name}: a {packed} archive; unpack it and give the documents in it")
