"""zip and tar archives: members are read one at a time into memory, bounded, and nothing is ever unpacked to a disk."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from facts.errors import FactsError
from facts.readers.document import MOST_BYTES
from facts.readers.sniff import MEDIA_TYPES
from rules.batch.part import Kind, Part

#: An archive of more members, or of more bytes unpacked, is refused as a whole: it is better split, or it is a bomb.
MOST_MEMBERS = 1_000_000
MOST_UNPACKED = 50_000_000_000
_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_PACKED = (*_TARS, ".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".zst")
#: What the two libraries raise for damaged archives.
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A wanted member: its path inside, its size, and why it is refused ("" if it is not)."""

    name: str
    size: int
    refused: str = ""


def kind_of_archive(name: str) -> Kind | None:
    """zip or tar, by the ending; None for anything else."""
    lower = name.lower()
    if lower.endswith(".zip"):
        return "zip"
    return "tar" if lower.endswith(_TARS) else None


def listed(whole: Part, size: int) -> Iterator[Part]:
    """The archive in ranges of `size` members. Raises FactsError for one that is damaged or beyond the limits."""
    kind = kind_of_archive(whole.path) or "zip"
    count = unpacked = 0
    for member, _ in members(kind, whole.path, whole.place):
        count, unpacked = count + 1, unpacked + member.size
        if count > MOST_MEMBERS or unpacked > MOST_UNPACKED:
            told = f"{whole.place}: more than {MOST_MEMBERS:,} members or {MOST_UNPACKED:,} bytes; split the archive"
            raise FactsError("Too large", told)
    if not count:
        raise FactsError("No announcements", f"{whole.place}: the archive holds none")
    for first in range(0, count, size):
        yield Part(kind, whole.path, whole.place, whole.stamp, first, min(size, count - first))


def members(kind: Kind, path: str, place: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    """The wanted members in the archive's order, each with its open content (None for one that is refused).

    The content must be read before the next member is asked for. Raises FactsError where the archive is damaged.
    """
    try:
        yield from _zip(path) if kind == "zip" else _tar(path)
    except _BROKEN as error:
        raise FactsError("Broken archive", f"{place}: {error}; pack it again") from None


def content(member: Member, stream: IO[bytes] | None, place: str) -> bytes:
    """The bytes of a member. Raises FactsError for one that is refused, damaged or too large."""
    if member.refused or stream is None:
        raise FactsError("Refused", f"{place}: {member.refused}")
    try:
        data = stream.read(MOST_BYTES + 1)
    except (*_BROKEN, RuntimeError) as error:
        raise FactsError("Broken archive", f"{place}: {error}; pack it again") from None
    if len(data) > MOST_BYTES:
        raise FactsError("Too large", f"{place}: more than {MOST_BYTES:,} bytes; an announcement has fewer")
    return data


def _zip(path: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    with zipfile.ZipFile(path) as opened:
        for info in opened.infolist():
            if info.is_dir() or not _is_wanted(info.filename):
                continue
            secret = "encrypted; unpack it with its password first" if info.flag_bits & _ENCRYPTED else ""
            member = Member(info.filename, info.file_size, _refused(info.filename, info.file_size) or secret)
            if member.refused:
                yield member, None
                continue
            with opened.open(info) as stream:
                yield member, stream


def _tar(path: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    with Path(path).open("rb") as raw, tarfile.open(fileobj=raw, mode="r|*") as opened:
        for info in opened:
            opened.members = []  # type: ignore[attr-defined]  # the library keeps every header it has seen
            if info.isdir() or not _is_wanted(info.name):
                continue
            why = _refused(info.name, info.size) or ("" if info.isfile() else "a link or device, not a file")
            yield Member(info.name, info.size, why), None if why else opened.extractfile(info)


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") and part not in ("..", ".") for part in path.parts)
    return not hidden and (path.suffix.lower() in MEDIA_TYPES or name.lower().endswith(_PACKED))


def _refused(name: str, size: int) -> str:
    """Why a member is not read; "" for one that is."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        return "its name leads outside the archive"
    if name.lower().endswith(_PACKED):
        return "an archive within an archive; unpack the outer one"
    return f"more than {MOST_BYTES:,} bytes; an announcement has fewer" if size > MOST_BYTES else ""
