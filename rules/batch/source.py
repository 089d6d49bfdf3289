"""What `caveat batch` is given: folders, globs, files and archives, listed lazily as parts."""

import glob
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path

from facts.errors import FactsError
from facts.readers.packed import is_packed_lines, unpacked
from facts.readers.sniff import FEED, LINES, MEDIA_TYPES, kind_of
from rules.batch import archive, dump, table
from rules.batch.part import Kind, Part, failed, shown

PARQUET = (".parquet", ".pq")
_LINES = (".jsonl", ".ndjson")
_CHUNK = 1 << 20
_HEAD = 65_536


def parts(inputs: Iterable[str], size: int) -> Iterator[Part]:
    """Every part of every input, in order, each of at most `size` items. What cannot be listed is a part too.

    Raises RulesError where a Parquet file is met and pyarrow is missing.
    """
    for given in inputs:
        for path in _matches(given):
            if path.is_dir():
                yield from _given_folder(path, shown(path.resolve().name), size)
            else:
                yield from _file(path, shown(path.name), size)


def _given_folder(folder: Path, place: str, size: int) -> Iterator[Part]:
    """A folder by name; one without a single announcement was most likely not the one that was meant."""
    found = folder_parts(folder, place, size)
    first = next(found, None)
    if first is None:
        told = f"{folder}: the folder holds none; what is read is told in docs/batch.md"
        yield failed(str(folder), place, FactsError("No announcements", told))
        return
    yield first
    yield from found


def _matches(given: str) -> list[Path]:
    """A path, or what a pattern stands for, in the order of names."""
    path = Path(given).expanduser()
    if not path.exists() and glob.has_magic(given):
        found = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
        return [Path(each) for each in found] or [path]
    return [path]


def folder_parts(folder: Path, place: str, size: int) -> Iterator[Part]:
    """The documents of a folder by name, those below it where its name stands; hidden ones are passed over.

    Links to folders are not followed: they may lead in circles.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield failed(str(folder), place, FactsError("Not readable", f"{place}: {error.strerror or error}"))
        return
    for entry in entries:
        inside = f"{place}/{shown(entry.name)}"
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from folder_parts(Path(entry.path), inside, size)
        elif _is_wanted(entry.name) and entry.is_file():
            yield from _file(Path(entry.path), inside, size)


def _is_wanted(name: str) -> bool:
    readable = Path(name).suffix.lower() in (*MEDIA_TYPES, *PARQUET) or is_packed_lines(name)
    return readable or archive.kind_of_archive(name) is not None


def _file(path: Path, place: str, size: int) -> Iterator[Part]:
    """A file as one part, or one with many documents in it as several."""
    try:
        told = path.stat()
        whole = Part("file", str(path.absolute()), place, f"{told.st_size}-{told.st_mtime_ns}")
        yield from _listed(whole, size)
    except OSError as error:
        yield failed(str(path), place, FactsError("Not readable", f"{place}: {error.strerror or error}"))
    except FactsError as error:
        yield failed(str(path), place, error)


def _listed(whole: Part, size: int) -> Iterator[Part]:
    name = whole.path.lower()
    lister: Callable[[Part, int], Iterator[Part]] | None = None
    if name.endswith(PARQUET):
        lister = table.listed
    elif archive.kind_of_archive(name) is not None:
        lister = archive.listed
    elif name.endswith(_LINES) and _is_lines(whole):
        lister = _lines
    elif is_packed_lines(name):
        lister = _packed
    elif name.endswith(dump.ENDINGS) and _is_feed(whole):
        lister = dump.listed
    if lister is None:
        yield whole
        return
    yield from lister(whole, size)


def _is_lines(whole: Part) -> bool:
    """An array under the name of JSON lines is read whole, like any other file; so is what is no text at all."""
    return _kind(whole, LINES) == LINES


def _is_feed(whole: Part) -> bool:
    """Whether it is a feed, and large enough to be looked into for the number of its entries."""
    return Path(whole.path).stat().st_size >= dump.LEAST_BYTES and _kind(whole, FEED) == FEED


def _kind(whole: Part, hint: str) -> str | None:
    with Path(whole.path).open("rb") as stream:
        head = stream.read(_HEAD)
    try:
        return kind_of(head, whole.place, hint) if head.strip() else None
    except FactsError:
        return None


def _lines(whole: Part, size: int) -> Iterator[Part]:
    with Path(whole.path).open("rb") as stream:
        yield from _ranges("lines", whole, stream, size)


def _packed(whole: Part, size: int) -> Iterator[Part]:
    """The same of lines that are packed. Raises FactsError where they break off; what stands before is listed."""
    with unpacked(Path(whole.path), whole.place) as stream:
        yield from _ranges("packed", whole, stream, size)


def _ranges(kind: Kind, whole: Part, stream: BufferedReader, size: int) -> Iterator[Part]:
    """Ranges of `size` lines, each with the byte at which it begins; the file is read once, and held nowhere."""
    offset = base = first = number = 0
    begun = False
    broken: FactsError | OSError | EOFError | zlib.error | None = None
    try:
        while chunk := stream.read1(_CHUNK):
            at = -1
            while (at := chunk.find(b"\n", at + 1)) >= 0:
                number += 1
                if number - first == size:
                    yield _range(kind, whole, first, size, offset)
                    first, offset = number, base + at + 1
            base += len(chunk)
            begun = not chunk.endswith(b"\n")  # the last line may lack its end
            if kind == "packed" and base > archive.MOST_UNPACKED:
                told = f"{whole.place}: more than {archive.MOST_UNPACKED:,} bytes unpacked; split it"
                raise FactsError("Too large", told)
    except (FactsError, OSError, EOFError, zlib.error) as error:
        broken = error
    if rest := number - first + (begun and broken is None):
        yield _range(kind, whole, first, rest, offset)
    if broken is not None:
        raise broken


def _range(kind: Kind, whole: Part, first: int, count: int, offset: int) -> Part:
    return Part(kind, whole.path, whole.place, whole.stamp, first, count, offset)
