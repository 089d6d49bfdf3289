"""zip and tar archives: members are read one at a time into memory, bounded, and nothing is ever unpacked to a disk."""

import dataclasses
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Self

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
_TOO_LARGE = "Too large"
_MOST_EXTENSION = 1_000_000
_EXTENSIONS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
#: The end of a zip archive says how long its list of members is, which zipfile reads into memory as a whole.
_END, _END_64 = struct.Struct("<4s8xLL2x"), struct.Struct("<4s36xQ8x")
_LONGEST_COMMENT, _BEFORE_END = 65_535, 76
_LONGEST_ENTRY = 300


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
    """The archive in ranges of `size` members. Raises FactsError for one that is damaged or beyond the limits.

    What stands before the damage is listed, nothing of an archive that is too large.
    """
    kind = kind_of_archive(whole.path) or "zip"
    count = unpacked = 0
    broken: FactsError | None = None
    try:
        for member, _ in members(kind, whole.path, whole.place):
            count, unpacked = count + 1, unpacked + member.size
            if count > MOST_MEMBERS or unpacked > MOST_UNPACKED:
                raise _too_large(whole.place)
    except FactsError as error:
        if error.title == _TOO_LARGE:
            raise
        broken = error
    if not count and broken is None:
        raise FactsError("No announcements", f"{whole.place}: the archive holds none")
    for first in range(0, count, size):
        yield Part(kind, whole.path, whole.place, whole.stamp, first, min(size, count - first))
    if broken is not None:
        raise broken


def _too_large(place: str) -> FactsError:
    return FactsError(
        _TOO_LARGE, f"{place}: more than {MOST_MEMBERS:,} members or {MOST_UNPACKED:,} bytes; split the archive"
    )


def members(kind: Kind, path: str, place: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    """The wanted members in the archive's order, each with its open content (None for one that is refused).

    The content must be read before the next member is asked for. Raises FactsError where the archive is damaged.
    """
    try:
        yield from _zip(path, place) if kind == "zip" else _tar(path)
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


def _zip(path: str, place: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    if _list_bytes(path) > MOST_MEMBERS * _LONGEST_ENTRY:
        raise _too_large(place)
    with zipfile.ZipFile(path) as opened:
        for info in opened.infolist():
            if info.is_dir() or not _is_wanted(info.filename):
                continue
            secret = "encrypted; unpack it with its password first" if info.flag_bits & _ENCRYPTED else ""
            member = Member(info.filename, info.file_size, _refused(info.filename, info.file_size) or secret)
            if member.refused:
                yield member, None
                continue
            try:
                stream = opened.open(info)
            except (*_BROKEN, RuntimeError) as error:  # its own header is damaged: the others may be sound
                yield dataclasses.replace(member, refused=f"{error}; pack it again"), None
                continue
            with stream:
                yield member, stream


def _list_bytes(path: str) -> int:
    """How long the list of members is said to be; zipfile finds out whether that is true."""
    with Path(path).open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END.size - _LONGEST_COMMENT - _BEFORE_END))
        tail = stream.read()
    end, end_64 = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    if 0 <= end_64 <= len(tail) - _END_64.size:
        return int(_END_64.unpack_from(tail, end_64)[1])
    return int(_END.unpack_from(tail, end)[1]) if 0 <= end <= len(tail) - _END.size else 0


def _tar(path: str) -> Iterator[tuple[Member, IO[bytes] | None]]:
    with Path(path).open("rb") as raw, tarfile.open(fileobj=raw, mode="r|*", tarinfo=_Header) as opened:
        for info in opened:
            opened.members = []  # type: ignore[attr-defined]  # the library keeps every header it has seen
            if info.isdir() or not _is_wanted(info.name):
                continue
            why = _refused(info.name, info.size) or ("" if info.isfile() else "a link or device, not a file")
            yield Member(info.name, info.size, why), None if why else opened.extractfile(info)


class _Header(tarfile.TarInfo):
    """A header whose extensions (long names, attributes, maps of holes) are read whole, and so must be short.

    Only the empty block that ends an archive ends this one: the library takes a header that is missing, cut off or
    damaged for the end, too, and says nothing of what is lost.
    """

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """The header of a block. Raises ReadError for one that is none, HeaderError for the end."""
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if buf and not buf.strip(b"\0"):
                raise
            told = str(error) if buf else "it breaks off after a whole member, and has no end"
            raise tarfile.ReadError(told) from None

    def _proc_member(self, tarfile_: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type == tarfile.GNUTYPE_SPARSE or (self.type in _EXTENSIONS and self.size > _MOST_EXTENSION):
            raise tarfile.ReadError(f"the header of {self.name[:80]!r} is of a kind or length that is not read")
        found: tarfile.TarInfo = super()._proc_member(tarfile_)  # type: ignore[misc]
        return found


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
    if size <= MOST_BYTES:
        return ""
    lines = name.lower().endswith((".jsonl", ".ndjson"))
    remedy = "unpack it: as a file, JSON lines may be of any length" if lines else "an announcement has fewer"
    return f"more than {MOST_BYTES:,} bytes; {remedy}"
