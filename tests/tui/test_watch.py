"""Folders and feeds that are followed: each announcement once, changes again, errors once."""

import os
from collections.abc import Mapping
from pathlib import Path
from queue import SimpleQueue

import pytest

from facts.errors import FactsError
from facts.readers.poll import Answer
from tui.rater import Given
from tui.watch import Arrived, Feed, Folder, Watcher, place_of

URL = "https://example.com/feed.json"


class Now:
    def __init__(self) -> None:
        self.time = 1_000_000_000.0

    def __call__(self) -> float:
        return self.time


def write(path: Path, text: str, at: float) -> None:
    path.write_text(text)
    os.utime(path, (at, at))


def test_a_folder_gives_what_is_there_then_what_is_new_and_what_changes(tmp_path: Path) -> None:
    now = Now()
    folder = Folder(str(tmp_path), now)
    assert list(folder.look()) == []
    write(tmp_path / "a.txt", "one", now.time - 60)
    assert list(folder.look()) == [str(tmp_path / "a.txt")]
    assert list(folder.look()) == []
    (tmp_path / "below").mkdir()
    write(tmp_path / "below" / "b.txt", "two", now.time - 60)
    write(tmp_path / "a.txt", "one more", now.time - 50)
    assert sorted(map(str, folder.look())) == [str(tmp_path / "a.txt"), str(tmp_path / "below" / "b.txt")]
    (tmp_path / "a.txt").unlink()
    assert list(folder.look()) == []
    write(tmp_path / "a.txt", "one", now.time - 60)
    assert list(folder.look()) == [str(tmp_path / "a.txt")]


def test_a_file_that_is_still_being_written_is_left_until_it_has_settled(tmp_path: Path) -> None:
    now = Now()
    folder = Folder(str(tmp_path), now)
    write(tmp_path / "a.txt", "one", now.time)
    assert list(folder.look()) == []
    write(tmp_path / "a.txt", "one and two", now.time + 0.5)
    assert list(folder.look()) == []
    assert list(folder.look()) == [str(tmp_path / "a.txt")]


def test_a_folder_that_is_not_there_is_an_error_that_says_it_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="looked for again"):
        Folder(str(tmp_path / "none")).look()


def test_a_folder_that_takes_long_to_look_into_is_looked_into_less_often(tmp_path: Path) -> None:
    assert Folder("x").pause(0.01) == 2.0
    assert Folder("x").pause(1.0) == 20.0


def feed(*texts: str) -> bytes:
    return ("[" + ",".join(f'{{"text": "{text}"}}' for text in texts) + "]").encode()


def test_a_feed_gives_each_entry_once_and_asks_with_what_it_was_told() -> None:
    answers = [
        Answer(feed("one", "two"), URL, "application/json", validators={"etag": "1"}),
        Answer(None, URL, validators={"etag": "1"}),
        Answer(feed("two", "three"), URL, "application/json", validators={"etag": "2"}),
    ]
    asked: list[Mapping[str, str]] = []

    def ask(url: str, validators: Mapping[str, str]) -> Answer:
        asked.append(validators)
        return answers[len(asked) - 1]

    place = Feed(URL, ask=ask)
    looks = [[each.announcement.text for each in place.look() if isinstance(each, Given)] for _ in answers]

    assert looks == [["one", "two"], [], ["three"]]
    assert asked == [{}, {"etag": "1"}, {"etag": "1"}]


def test_a_feed_that_fails_is_asked_less_often_and_never_sooner_than_it_wants() -> None:
    refused = Answer(url=URL, wait=0, error=FactsError("Refused", f"{URL}: 503"))
    place = Feed(URL, every=300, ask=lambda url, validators: refused)
    pauses = []
    for _ in range(6):
        with pytest.raises(FactsError):
            place.look()
        pauses.append(place.pause(0.1))
    assert pauses == [600, 1200, 2400, 3600, 3600, 3600]
    busy = Feed(URL, every=300, ask=lambda url, validators: Answer(None, url, wait=7200))
    busy.look()
    assert busy.pause(0.1) == 7200


class Faulty:
    """A place that is wrong twice with the same words, then right."""

    name = "place"

    def __init__(self) -> None:
        self.looks = 0

    def look(self) -> list[str]:
        self.looks += 1
        if self.looks <= 2:
            raise FactsError("No such folder", "place: not there")
        return ["place/a.txt"] if self.looks in (3, 5) else []

    def pause(self, took: float) -> float:
        return 0.0 if self.looks < 6 else 60.0


def test_a_watcher_tells_an_error_once_what_was_there_and_then_what_is_new() -> None:
    told: SimpleQueue[Arrived] = SimpleQueue()
    watcher = Watcher(told.put)
    place = Faulty()
    assert watcher.follow(place)
    assert not watcher.follow(place)
    wrong, there, new = (told.get(timeout=10) for _ in range(3))
    watcher.close()
    assert wrong.wrong
    assert (wrong.wrong.title, wrong.wrong.key) == ("No such folder", "place")
    assert (there.sources, there.new) == (("place/a.txt",), False)
    assert (new.sources, new.new) == (("place/a.txt",), True)


def test_an_address_is_a_feed_and_all_else_a_folder() -> None:
    assert isinstance(place_of(URL), Feed)
    assert isinstance(place_of("deals"), Folder)
