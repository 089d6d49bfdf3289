"""JSON lines packed with gzip: unpacked as they are read, a line at a time, and never to the disk."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import cast

from facts.errors import FactsError

#: File endings that are read so; everything else that is packed is refused.
PACKED_LINES = (".jsonl.gz", ".ndjson.gz")


def is_packed_lines(name: str) -> bool:
    """Whether a file is JSON lines packed with gzip, by its ending."""
    return name.lower().endswith(PACKED_LINES)


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[BufferedReader]:
    """The lines as a stream, which has its own buffer: a second one would swallow what stands before a break.

    Raises FactsError where the file cannot be opened or its packing is damaged.
    """
    try:
        with gzip.GzipFile(path, "rb") as stream:
            yield cast(BufferedReader, stream)  # it does all that one does, and is none by descent alone
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FactsError("Broken gzip", f"{name}: {error}; what stood before is read; pack it again") from None
    except OSError as error:
        raise FactsError("Not readable", f"{name}: {error.strerror or error}") from None
