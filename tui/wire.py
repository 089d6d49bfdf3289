"""Assessments on their way between processes and to disk: a pack, which is half a megabyte, goes as its digest."""

import pickle
from collections.abc import Mapping
from typing import IO, Any

from rules.pack import Pack


class Sender(pickle.Pickler):
    """Writes packs as their digests."""

    def persistent_id(self, obj: Any) -> str | None:
        """The digest of a pack; nothing for what is no pack."""
        return obj.digest if isinstance(obj, Pack) else None


class Receiver(pickle.Unpickler):
    """Reads what a `Sender` wrote, with these packs by their digests."""

    def __init__(self, stream: IO[bytes], packs: Mapping[str, Pack]) -> None:
        super().__init__(stream)
        self._packs = packs

    def persistent_load(self, pid: str) -> Pack:
        """The pack of a digest. Raises UnpicklingError for one that is not known."""
        if pid not in self._packs:
            raise pickle.UnpicklingError(f"no pack {pid}")
        return self._packs[pid]
