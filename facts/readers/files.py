"""Files, folders, bytes and addresses: which of them are announcements, and how each is opened."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers.child import CHILD
from facts.readers.document import MOST_BYTES, Document, Unread, announcements, lines
from facts.readers.packed import is_packed_lines, unpacked
from facts.readers.sniff import LINES, MEDIA_TYPES, kind_of

#: Seconds that an address has for its answer, all redirects included.
FETCH_SECONDS = 20.0
#: As much of a file as tells what it is.
_HEAD = 65_536
_WEB = ("http://", "https://")


def is_address(source: str) -> bool:
    """Whether a source is an http(s) address rather than a file."""
    return source.lower().startswith(_WEB)


def open_announcement(source: bytes | Path, name: str | None = None, published: date | None = None) -> Announcement:
    """One announcement from a file or from bytes. Raises FactsError naming the file and the remedy.

    Of bytes, the ending of `name` says what they are where their content leaves it open.
    A feed or an array of several announcements is refused: `open_all` gives them.
    """
    found = open_all(source, name, published)
    first = next(found)
    if next(found, None) is not None:
        raise FactsError("Several announcements", f"{name or first.name}: holds several; `caveat rate` takes them all")
    return first


def open_all(
    source: bytes | Path | str, name: str | None = None, published: date | None = None, *, allow_private: bool = False
) -> Iterator[Announcement]:
    """Every announcement of a file, of bytes or of an http(s) address (str), in order; at least one.

    `published` overrides the dates that the documents state. Raises FactsError at the first that cannot be read.
    """
    for each in open_each(source, name, published, allow_private=allow_private):
        if isinstance(each, Unread):
            raise each.error
        yield each


def open_each(
    source: bytes | Path | str, name: str | None = None, published: date | None = None, *, allow_private: bool = False
) -> Iterator[Announcement | Unread]:
    """As `open_all`, but what cannot be read is an item too, and the rest goes on. Raises nothing."""
    shown = name or _name(source)
    try:
        if isinstance(source, Path) and is_packed_lines(source.name):
            with unpacked(_path(source), shown) as stream:
                yield from lines(stream, shown, published)
            return
        if isinstance(source, Path) and _is_lines(path := _path(source), shown):
            with path.open("rb") as stream:
                yield from lines(stream, shown, published)
            return
        yield from announcements(_document(source, shown, allow_private), published)
    except FactsError as error:
        yield Unread(shown, error)


def discover(place: Path) -> Iterator[Path]:
    """The announcements of a folder, by name, folders below it included; a file is its own.

    Hidden files are passed over. Raises FactsError where there is nothing, or nothing to read.
    """
    if not place.exists():
        raise FactsError("No such file", f"{place}: no file or folder of that name")
    if not place.is_dir():
        yield place
        return
    found = sorted(path for path in place.rglob("*") if _wanted(path, place))
    if not found:
        endings = ", ".join(MEDIA_TYPES)
        raise FactsError("No announcements", f"{place}: the folder holds no announcement ({endings})")
    yield from found


def _wanted(path: Path, top: Path) -> bool:
    readable = path.suffix.lower() in MEDIA_TYPES or is_packed_lines(path.name)
    return readable and path.is_file() and not any(part.startswith(".") for part in path.relative_to(top).parts)


def _name(source: bytes | Path | str) -> str:
    if isinstance(source, bytes):
        return "-"
    if isinstance(source, Path):
        return source.name
    try:
        parts = urlsplit(source)
        return unquote(parts.path).rstrip("/").rpartition("/")[2] or parts.hostname or source
    except ValueError:  # brackets that hold no IPv6 address
        return source.rpartition("@")[2]


def _document(source: bytes | Path | str, name: str, allow_private: bool) -> Document:
    if isinstance(source, bytes):
        return _bounded(Document(source, name, _by_ending(name)))
    if isinstance(source, Path):
        return _bounded(Document(_read(_path(source)), name, _by_ending(source.name)))
    return _fetched(source, name, allow_private)


def _fetched(url: str, name: str, allow_private: bool) -> Document:
    if not is_address(url):
        raise FactsError("Not an address", f"{url}: only http and https addresses are fetched")
    found, data = CHILD.ask("fetch", b"", name, FETCH_SECONDS, url=url, allow_private=allow_private)
    hint = found["hint"] or _by_ending(name)
    return Document(data, name, hint, found["charset"], found["url"])


def _path(path: Path) -> Path:
    """The same path, if it leads to a file that can be opened. Raises FactsError."""
    try:
        if path.exists() and not path.is_file():
            raise FactsError("Not a file", f"{path}: a folder or device; give a file, or the folder to `caveat rate`")
        with path.open("rb"):
            return path
    except FileNotFoundError:
        raise FactsError("No such file", f"{path}: no file of that name") from None
    except PermissionError:
        raise FactsError("Not readable", f"{path}: permission denied") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FactsError("Not readable", f"{path}: {getattr(error, 'strerror', None) or error}") from None


def _is_lines(path: Path, name: str) -> bool:
    """Whether a file is JSON lines, which are read one at a time, however many. Raises FactsError."""
    return _by_ending(path.name) == LINES and kind_of(_read(path, _HEAD), name, LINES) == LINES


def _read(path: Path, most: int = MOST_BYTES + 1) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise FactsError("Not readable", f"{path}: {error.strerror or error}") from None


def _by_ending(name: str) -> str | None:
    return MEDIA_TYPES.get(PurePath(name).suffix.lower())


def _bounded(document: Document) -> Document:
    if len(document.data) > MOST_BYTES:
        raise FactsError(
            "Too large", f"{document.name}: more than {MOST_BYTES:,} bytes; give the announcement alone, as text"
        )
    return document
