"""The assessments behind the rows of the inbox: those of late in memory, the others in a temporary file.

One is a quarter of a megabyte in memory and nine kilobytes packed: ten thousand of them must not fill the machine.
"""

import io
import tempfile
import threading
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from rules.assessment import Assessment
from rules.pack import Pack
from tui.wire import Receiver, Sender

_AT_HAND = 200
_FAST = 1
#: Larger ones, with a scan of twenty megabytes in them, would take too long to pack.
_LARGE = 500_000
_PACKED, _PLAIN = b"z", b"-"


class Assessments:
    """Assessments by key, for all threads. They share one copy of a pack, however many there are.

    None is ever forgotten: who saves some of them in a thread must find them all, whatever is done to the rows.
    """

    def __init__(self, at_hand: int = _AT_HAND) -> None:
        self._most = at_hand
        self._at_hand: OrderedDict[str, Assessment] = OrderedDict()
        self._places: dict[str, tuple[int, int]] = {}
        self._packs: dict[str, Pack] = {}
        self._lock = threading.Lock()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the screen)

    def __len__(self) -> int:
        return len(self._at_hand.keys() | self._places.keys())

    def put(self, key: str, assessment: Assessment) -> Assessment:
        """Keep one in the place of an earlier one. Returns it with the pack that all share."""
        with self._lock:
            return self._put(key, assessment)

    def get(self, key: str) -> Assessment | None:
        """The assessment of a key."""
        with self._lock:
            return self._get(key)

    def of(self, keys: Sequence[str]) -> "Several":
        """Those of these keys that there are, each read when it is wanted."""
        with self._lock:
            return Several(self, [key for key in keys if key in self._at_hand or key in self._places])

    def _put(self, key: str, assessment: Assessment) -> Assessment:
        pack = self._packs.setdefault(assessment.pack.digest, assessment.pack)
        if pack is not assessment.pack:
            assessment = replace(assessment, pack=pack)
        self._places.pop(key, None)
        self._at_hand[key] = assessment
        self._at_hand.move_to_end(key)
        self._put_away()
        return assessment

    def _get(self, key: str) -> Assessment | None:
        found = self._at_hand.get(key)
        if found is None and key in self._places:
            found = self._at_hand[key] = self._read(*self._places[key])
            self._put_away()
        if found is not None:
            self._at_hand.move_to_end(key)
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _put_away(self) -> None:
        while len(self._at_hand) > self._most:
            key, assessment = self._at_hand.popitem(last=False)
            if key not in self._places:
                self._places[key] = self._write(assessment)

    def _write(self, assessment: Assessment) -> tuple[int, int]:
        packed = io.BytesIO()
        Sender(packed).dump(assessment)
        data = packed.getvalue()
        data = _PACKED + zlib.compress(data, _FAST) if len(data) < _LARGE else _PLAIN + data
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(data)
        return start, len(data)

    def _read(self, start: int, size: int) -> Assessment:
        self._file.seek(start)
        data = self._file.read(size)
        data = zlib.decompress(data[1:]) if data[:1] == _PACKED else data[1:]
        found = Receiver(io.BytesIO(data), self._packs).load()
        assert isinstance(found, Assessment)
        return found


class Several(Sequence[Assessment]):
    """Assessments that are read one by one: saving ten thousand marked rows must not wait for all of them first."""

    def __init__(self, kept: Assessments, keys: Sequence[str]) -> None:
        self._kept = kept
        self._keys = keys

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> Assessment: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Assessment]: ...

    def __getitem__(self, index: int | slice) -> Assessment | Sequence[Assessment]:
        """One of them, or some. Raises IndexError."""
        if isinstance(index, slice):
            return Several(self._kept, self._keys[index])
        found = self._kept.get(self._keys[index])
        assert found is not None
        return found
