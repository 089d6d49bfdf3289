"""Folders and feeds that are followed: what is new in them is handed on to be rated. Knows nothing of Textual.

A folder is looked into every two seconds, a feed is asked every five minutes and politely. All that was there at the
start is handed on, too: the inbox shows what is in the folder, not only what came since.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from facts.errors import FactsError
from tui.rater import Failed, Given, Source

if TYPE_CHECKING:
    from facts.readers.poll import Answer

#: What asks an address under the conditions of an earlier answer.
Asking = Callable[[str, Mapping[str, str]], "Answer"]
FOLDER_SECONDS, FEED_SECONDS = 2.0, 300
#: A look at a folder may take this part of the time; a huge one is looked at less often.
_SHARE = 0.05
#: A file that was touched this long ago is finished: nobody is still copying it.
_SETTLED = 2.0
#: The longest that an address which fails is left alone, in seconds, and how often the pause is doubled until then.
_MOST_WAIT, _MOST_DOUBLINGS = 3600, 12


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a look brought: sources to be rated, or what is wrong with a place, or that it is right again.

    `new` is False for what was there at the first look.
    """

    place: str
    sources: tuple[Source, ...] = ()
    new: bool = False
    wrong: Failed | None = None


class Place(Protocol):
    """A folder or a feed."""

    @property
    def name(self) -> str:
        """The path or the address."""

    def look(self) -> Sequence[Source]:
        """What is new or changed since the last look. Raises FactsError."""

    def pause(self, took: float) -> float:
        """Seconds until the next look, after one that took so long."""


class Folder:
    """New and changed files of a folder, and of those below it. A file that changes is left until it has settled."""

    def __init__(self, path: str, now: Callable[[], float] = time.time) -> None:
        self.name = path
        self._now = now
        self._known: dict[str, tuple[int, int]] = {}
        self._last: dict[str, tuple[int, int]] = {}

    def look(self) -> Sequence[Source]:
        """The paths of files that are new, or are others than at the last look. Raises FactsError."""
        found = dict(self._stamps())
        ready = [path for path, stamp in found.items() if stamp != self._known.get(path) and self._settled(path, stamp)]
        self._last = found
        self._known = {path: stamp for path, stamp in self._known.items() if path in found}
        self._known |= {path: found[path] for path in ready}
        return ready

    def pause(self, took: float) -> float:
        """Two seconds, and more for a folder that takes long to look into."""
        return max(FOLDER_SECONDS, took / _SHARE)

    def _settled(self, path: str, stamp: tuple[int, int]) -> bool:
        return self._last.get(path) == stamp or self._now() - stamp[0] / 1e9 > _SETTLED

    def _stamps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        from facts.readers import discover

        place = Path(self.name)
        if not place.is_dir():
            raise FactsError("No such folder", f"{place}: not there; it will be looked for again")
        try:
            for path in discover(place):
                found = path.stat()
                yield str(path), (found.st_mtime_ns, found.st_size)
        except FileNotFoundError:
            return  # one went while it was looked at; the next look sees the rest
        except FactsError as error:
            if error.title != "No announcements":
                raise
        except OSError as error:
            raise FactsError("Not readable", f"{place}: {error.strerror or error}") from None


class Feed:
    """New entries of a feed, or of a page that changes; only what is new is asked for, less often while it fails."""

    def __init__(self, url: str, every: int = FEED_SECONDS, ask: Asking | None = None) -> None:
        self.name = url
        self._every = every
        self._ask = ask
        self._seen: set[str] = set()
        self._validators: Mapping[str, str] = {}
        self._failures = self._wait = 0

    def look(self) -> Sequence[Source]:
        """The announcements that were not seen before. Raises FactsError, for entries too that cannot be read."""
        self._failures += 1
        found = self._fresh()
        self._failures = 0
        return found

    def pause(self, took: float) -> float:
        """Five minutes; twice as long after each failure, and no less than the server asks for."""
        backed_off = self._every << min(self._failures, _MOST_DOUBLINGS)
        return max(min(backed_off, _MOST_WAIT), self._every, self._wait)

    def _fresh(self) -> Sequence[Source]:
        from facts.readers.document import Document, Unread, announcements
        from facts.readers.poll import poll

        answer = (self._ask or poll)(self.name, self._validators)
        self._wait = answer.wait
        if answer.error is not None:
            raise answer.error
        fresh: dict[str, Source] = {}
        if answer.data is not None:
            name = answer.url.rstrip("/").rpartition("/")[2]
            document = Document(answer.data, name, answer.hint, answer.charset, answer.url)
            for found in announcements(document, None):
                if isinstance(found, Unread):
                    raise found.error
                if found.text_sha256 not in self._seen:
                    fresh[found.text_sha256] = Given(f"{self.name}#{found.text_sha256[:16]}", found)
        self._seen |= fresh.keys()
        self._validators = answer.validators
        return tuple(fresh.values())


class Watcher:
    """Looks into every place in a thread of its own, and tells what arrived."""

    def __init__(self, tell: Callable[[Arrived], None]) -> None:
        self._tell = tell
        self._stops: dict[str, threading.Event] = {}

    @property
    def names(self) -> Sequence[str]:
        """What is followed."""
        return tuple(self._stops)

    def follow(self, place: Place, anew: bool = False) -> bool:
        """Follow a place from now on; `anew` in place of one of the same name. Returns whether it was not already."""
        known = self._stops.get(place.name)
        if known is not None and not anew:
            return False
        if known is not None:
            known.set()
        stop = self._stops[place.name] = threading.Event()
        threading.Thread(target=self._follow, args=(place, stop), name=f"watch {place.name}", daemon=True).start()
        return known is None

    def close(self) -> None:
        """Look no more."""
        for stop in self._stops.values():
            stop.set()

    def _follow(self, place: Place, stop: threading.Event) -> None:
        first, wrong = True, ""
        while not stop.is_set():
            began = time.monotonic()
            try:
                sources = tuple(place.look())
            except FactsError as error:
                if str(error) != wrong:
                    wrong = str(error)
                    self._tell(Arrived(place.name, wrong=Failed(place.name, place.name, error.title, error.message)))
            else:
                if sources or wrong:
                    self._tell(Arrived(place.name, sources, new=not first))
                first, wrong = False, ""
            stop.wait(place.pause(time.monotonic() - began))


def place_of(name: str, private: bool = False) -> Place:
    """The folder or the feed of a name; with `private` one that may be in a private network."""
    from facts.readers import is_address

    if not is_address(name):
        return Folder(name)
    return Feed(name, ask=_ask_private) if private else Feed(name)


def _ask_private(url: str, validators: Mapping[str, str]) -> "Answer":
    from facts.readers.poll import poll

    return poll(url, validators, allow_private=True)
