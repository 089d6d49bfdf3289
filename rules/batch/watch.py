"""What is new in a folder or a feed, and what was there before: each announcement comes once, over restarts too."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.readers import Unread, is_address
from facts.readers.document import Document, announcements
from facts.readers.poll import Answer, poll
from rules.batch.part import Part, Shard, shown
from rules.batch.read import Placed, items
from rules.batch.source import folder_parts
from rules.errors import RulesError

#: The longest that an address which fails is left alone, in seconds.
MOST_WAIT = 3600


class Seen:
    """The texts that were rated and the files that they stood in, in a file of lines that only grows."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: IO[bytes] | None = None
        self.texts: set[str] = set()
        self.files: dict[str, str] = {}
        self.validators: Mapping[str, str] = {}

    def __enter__(self) -> "Seen":
        """Take the file, for one watcher. Raises RulesError."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab+")
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._read(self._stream)
        except (OSError, ValueError, TypeError) as error:
            if self._stream is not None:
                self._stream.close()
            busy = isinstance(error, BlockingIOError)
            told = "another watcher has it; give another --state" if busy else f"{error}; mend it or give another"
            raise RulesError("Cannot use the state", f"{self._path}: {told}") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """Let the file go."""
        if self._stream is not None:
            self._stream.close()

    def note(self, **what: Any) -> None:
        """Write a line, durably: `text`, `file` with `stamp`, or `validators`. Raises RulesError."""
        assert self._stream is not None
        try:
            self._stream.write(json.dumps(what).encode() + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise RulesError("Cannot use the state", f"{self._path}: {error.strerror or error}") from None
        self._take(what)

    def _read(self, stream: IO[bytes]) -> None:
        stream.seek(0)
        lines = stream.read().splitlines(keepends=True)
        if lines and not lines[-1].endswith(b"\n"):
            stream.truncate(sum(map(len, lines[:-1])))  # cut off with its writer
            lines.pop()
        for line in lines:
            self._take(json.loads(line))

    def _take(self, what: Mapping[str, Any]) -> None:
        if "text" in what:
            self.texts.add(what["text"])
        if "file" in what:
            self.files[what["file"]] = what["stamp"]
        if "validators" in what:
            self.validators = what["validators"]


class Folder:
    """New and changed files of a folder. One that changed since the last look is left until it has settled."""

    def __init__(self, place: Path, seen: Seen, settle: bool) -> None:
        self._place, self._seen, self._settle = place, seen, settle
        self._last: dict[str, str] = {}

    def look(self) -> Iterator[Placed]:
        """Every announcement of files that are new since they were last read; a file is noted when all were taken.

        Raises FactsError where the folder is gone.
        """
        if not self._place.is_dir():
            raise FactsError("No such folder", f"{self._place}: not there; it will be looked for again")
        now: dict[str, list[Part]] = {}
        for part in folder_parts(self._place, shown(self._place.resolve().name), 1_000):
            now.setdefault(part.place, []).append(part)
        for place, found in now.items():
            stamp = found[0].stamp or found[0].told[1]
            settled = not self._settle or self._last.get(place) == stamp
            self._last[place] = stamp
            if settled and self._seen.files.get(place) != stamp:
                for item in items(Shard(0, tuple(found))):
                    yield from item.open()
                self._seen.note(file=place, stamp=stamp)
        self._last = {place: stamp for place, stamp in self._last.items() if place in now}

    def pause(self, every: int) -> int:
        """Seconds until the next look."""
        return every


class Feed:
    """New entries of a feed, or a page that changes. What fails is asked less and less often."""

    def __init__(self, url: str, seen: Seen, allow_private: bool) -> None:
        self._url, self._seen, self._private = url, seen, allow_private
        self._failures = self._wait = 0

    def look(self) -> Iterator[Placed]:
        """The announcements that the address gives, none where it has not changed. Raises FactsError."""
        try:
            answer = poll(self._url, self._seen.validators, self._private)
            self._wait = answer.wait
            if answer.error is not None:
                raise answer.error
            yield from self._read(answer)
        except FactsError:
            self._failures += 1
            raise
        self._failures = 0
        if answer.validators != self._seen.validators:
            self._seen.note(validators=dict(answer.validators))

    def pause(self, every: int) -> int:
        """Seconds until the next look: twice as many after each failure, and no fewer than the server asks for."""
        backed_off = every << min(self._failures, 12)
        return max(min(backed_off, max(MOST_WAIT, every)), self._wait)

    def _read(self, answer: Answer) -> Iterator[Placed]:
        if answer.data is None:
            return
        name = answer.url.rstrip("/").rpartition("/")[2]
        document = Document(answer.data, name, answer.hint, answer.charset, answer.url)
        for found in announcements(document, None):
            yield answer.url, found


def fresh(source: Folder | Feed, seen: Seen) -> Iterator[Placed]:
    """What one look finds and was not rated before, by its text. Raises FactsError.

    Each is noted as seen when the next one is asked for: when the caller is done with it, and not before.
    """
    for place, found in source.look():
        key = found.text_sha256 if isinstance(found, Announcement) else _failure(place, found)
        if key not in seen.texts:
            yield place, found
            seen.note(text=key)


def _failure(place: str, found: Unread) -> str:
    return f"{place}: {found.error}"


def opened(place: str, seen: Seen, once: bool, allow_private: bool) -> Folder | Feed:
    """The source of an address or a folder."""
    return Feed(place, seen, allow_private) if is_address(place) else Folder(Path(place), seen, not once)
