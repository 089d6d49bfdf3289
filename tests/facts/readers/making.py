"""Small documents of every format, made by hand so that each byte is known."""

from collections.abc import Sequence

from facts.announcement import Announcement
from facts.readers import open_all

BODY = (
    "Acme Lithium has signed a binding offtake agreement with Beta Motors for 5,000 tonnes a year of spodumene "
    "concentrate. The agreement is subject to financing. Acme has no revenue from the Northern project."
)


def page(body: str = BODY, title: str = "Acme signs offtake", head: str = "", repeat: int = 3) -> bytes:
    """A page as news sites build them: menus, scripts and a footer around an article."""
    paragraphs = "".join(f"<p>{body}</p>" for _ in range(repeat))
    return (
        f"<!DOCTYPE html><html><head><title>{title} | Example News</title>"
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Example News">'
        f"{head}</head>"
        "<body><nav>Home Markets Subscribe</nav><script>var words = 'secret script';</script>"
        "<style>p {color: red}</style>"
        f"<article><h1>{title}</h1>{paragraphs}</article><footer>Copyright Example News</footer></body></html>"
    ).encode()


def mail(body: str = BODY, content_type: str = "text/plain; charset=utf-8", headers: str = "") -> bytes:
    """A mail of one part."""
    return (
        'From: "Acme Investor Relations" <ir@acme.example>\r\nTo: desk@news.example\r\nSubject: Acme signs offtake\r\n'
        f"Date: Mon, 04 May 2026 23:30:00 -0700\r\nMIME-Version: 1.0\r\nContent-Type: {content_type}\r\n"
        f"{headers}\r\n{body}\r\n"
    ).encode()


def feed(*entries: tuple[str, str], before: str = "") -> bytes:
    """An RSS feed of (title, description as HTML)."""
    items = "".join(
        f"<item><title>{title}</title><link>https://news.example/{number}</link>"
        f"<pubDate>Mon, 04 May 2026 23:30:00 -0700</pubDate><description><![CDATA[{text}]]></description></item>"
        for number, (title, text) in enumerate(entries, 1)
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>{before}'
    return f'{head}<rss version="2.0"><channel><title>Mining Wire</title>{items}</channel></rss>'.encode()


def pdf(*pages: Sequence[str], trailer: bytes = b"", title: bytes = b"") -> bytes:
    """A PDF of pages of lines, in Helvetica; an empty line moves down without writing."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"<< /Title (" + title + b") >>"]
    kids = []
    for lines in pages:
        shown = b"".join(b"(" + line.encode("cp1252") + b") Tj T* " if line else b"T* " for line in lines)
        drawn = b"BT /F1 12 Tf 14 TL 72 720 Td " + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R" % len(objects)
            + b" /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    return _assembled(objects, trailer)


def _assembled(objects: list[bytes], trailer: bytes) -> bytes:
    data, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(data), len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return (
        data
        + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R " % size
        + trailer
        + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    )


def read_one(data: bytes, name: str) -> Announcement:
    """The only announcement in bytes under a name; the name's ending does not count for bytes."""
    (found,) = open_all(data, name)
    return found
