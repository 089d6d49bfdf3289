"""A shard's file: written under another name, forced to the disk, and only then given its own."""

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rules.batch import table
from rules.batch.row import Row, line, record, types

#: The names of unfinished files end so; what is left of a killed run goes when the next one starts.
UNFINISHED = ".unfinished"


class Sink:
    """Takes rows of one shard, as lines of JSON or as a Parquet file."""

    def __init__(self, path: Path, form: str, columns: tuple[str, ...]) -> None:
        self._path, self._columns = path, columns
        self._stream = path.open("wb") if form == "jsonl" else None
        self._digest = hashlib.sha256()
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        """Add a row. Raises OSError."""
        if self._stream is None:
            self._rows.append(record(row, self._columns))
        else:
            data = line(row, self._columns)
            self._digest.update(data)
            self._stream.write(data)

    def close(self) -> tuple[str, int]:
        """Finish the file, durably; its digest and size. Raises OSError."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            size = self._stream.tell()
            self._stream.close()
            return self._digest.hexdigest(), size
        table.write(str(self._path), types(self._columns), self._rows)
        with self._path.open("rb+") as stream:
            os.fsync(stream.fileno())
            return hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()

    def abandon(self) -> None:
        """Let go of a file that will not be finished."""
        if self._stream is not None:
            with contextlib.suppress(OSError):  # the disk that is full is full for the rest of the buffer, too
                self._stream.close()


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A name beside `path` to write under; it becomes `path` if the block ends well, and goes if it does not.

    Two workers that write the same shard do not meet: both write the same bytes, and the later one replaces the other.
    """
    waiting = path.with_name(f".{path.name}.{uuid.uuid4().hex}{UNFINISHED}")
    try:
        yield waiting
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk: a file's new name is one of them. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, content: str | bytes) -> None:
    """Write a whole small file, durably or not at all. Raises OSError."""
    data: Any = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    with unfinished(path) as waiting, waiting.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
