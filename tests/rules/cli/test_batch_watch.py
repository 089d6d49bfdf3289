"""`caveat watch`: what is new comes once, over restarts too, and the command that is told gets the line."""

import json
import sys
from pathlib import Path

import pytest

from rules.batch.watch import Feed, Folder, Seen, fresh
from rules.errors import RulesError
from tests.facts.readers.making import feed
from tests.facts.readers.server import Script, answer, serving
from tests.rules.batch.making import folder_of, texts
from tests.rules.batch.poison import Poisonable, poisoned
from tests.rules.cli.conftest import Caveat


def places(out: str) -> list[str]:
    return [json.loads(line)["place"] for line in out.splitlines()]


def test_a_restart_rates_nothing_twice_and_what_came_meanwhile_once(caveat: Caveat, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "inbox", dict(list(texts(2).items())[:1]))
    arguments = ("watch", folder, "--once", "--state", tmp_path / "state")
    assert places(caveat(*arguments).out) == ["inbox/made-00000000.txt"]
    assert caveat(*arguments).out == ""
    folder_of(folder, texts(2))
    (folder / "copy.txt").write_text(texts(1)["made-00000000.txt"])
    assert places(caveat(*arguments).out) == ["inbox/made-00000001.txt"]


def test_the_command_gets_the_line_of_what_is_at_or_above_the_level(caveat: Caveat, tmp_path: Path) -> None:
    folder, heard = folder_of(tmp_path / "inbox", texts(8)), tmp_path / "heard with a blank"
    script = f"import sys; open({str(heard)!r}, 'a').write(sys.stdin.read())"
    notify = f'{sys.executable} -c "{script}"'
    ran = caveat("watch", folder, "--once", "--state", tmp_path / "s", "--fail-at", 4, "--notify", notify)
    high = [line for line in ran.out.splitlines() if (json.loads(line)["level"] or 0) >= 4]
    assert ran.code == 1
    assert 0 < len(high) < 8
    assert heard.read_text().splitlines() == high


def test_a_command_that_fails_is_told_and_the_rest_goes_on(caveat: Caveat, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "inbox", texts(2))
    ran = caveat("watch", folder, "--once", "--state", tmp_path / "s", "--notify", "/nothing/there; rm -rf x")
    assert len(ran.out.splitlines()) == 2
    assert ran.err.count("caveat: not notified: /nothing/there;") == 2


def test_ratings_are_saved_where_that_is_asked_for(caveat: Caveat, tmp_path: Path) -> None:
    folder, ledger = folder_of(tmp_path / "inbox", texts(1)), tmp_path / "ledger.db"
    caveat("watch", folder, "--once", "--state", tmp_path / "s", "--save", "--ledger", ledger)
    assert len(caveat("ledger", "list", "--ledger", ledger, "--format", "jsonl").out.splitlines()) == 1


def test_one_that_comes_again_because_its_note_was_lost_has_no_second_entry(caveat: Caveat, tmp_path: Path) -> None:
    folder, ledger = folder_of(tmp_path / "inbox", texts(1)), tmp_path / "ledger.db"
    for state in ("before the kill", "after it"):
        ran = caveat("watch", folder, "--once", "--state", tmp_path / state, "--save", "--ledger", ledger)
        assert places(ran.out) == ["inbox/made-00000000.txt"]
    assert len(caveat("ledger", "list", "--ledger", ledger, "--format", "jsonl").out.splitlines()) == 1


def test_what_cannot_be_read_is_a_line_with_its_error_once(caveat: Caveat, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "inbox", {"a.json": "{broken"})
    ran = caveat("watch", folder, "--once", "--state", tmp_path / "s")
    assert ran.code == 3
    assert json.loads(ran.out)["schema"] == "caveat/error/1"
    assert caveat("watch", folder, "--once", "--state", tmp_path / "s").out == ""


def test_a_file_is_taken_when_it_has_settled(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "inbox", {"a.txt": "half"})
    with Seen(tmp_path / "s") as seen:
        source = Folder(folder, seen, settle=True)
        assert list(fresh(source, seen)) == []
        (folder / "a.txt").write_text("all of it now")
        assert list(fresh(source, seen)) == []
        assert [place for place, _ in fresh(source, seen)] == ["inbox/a.txt"]
        assert list(fresh(source, seen)) == []


def test_what_was_at_hand_when_it_was_killed_comes_again_and_nothing_else(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "inbox", texts(3))
    with Seen(tmp_path / "s") as seen:
        looking = fresh(Folder(folder, seen, settle=False), seen)
        next(looking)
        next(looking)
    with (tmp_path / "s").open("ab") as state:
        state.write(b'{"text": "cut o')
    with Seen(tmp_path / "s") as seen:
        again = [place for place, _ in fresh(Folder(folder, seen, settle=False), seen)]
    assert again == ["inbox/made-00000001.txt", "inbox/made-00000002.txt"]


def test_two_watchers_do_not_share_a_state(tmp_path: Path) -> None:
    with Seen(tmp_path / "s"), pytest.raises(RulesError, match="another watcher has it"):
        Seen(tmp_path / "s").__enter__()


def test_a_feed_is_asked_only_for_what_is_new(tmp_path: Path) -> None:
    more = 'ETag: "v1"\r\nLast-Modified: Mon, 04 May 2026 10:00:00 GMT\r\n'
    first = answer(feed(("Acme one", "One."), ("Acme two", "Two.")), "application/rss+xml", more=more)
    second = answer(feed(("Acme three", "Three."), ("Acme one", "One.")), "application/rss+xml", more='ETag: "v2"\r\n')
    scripts: list[Script] = [first, answer(b"", status="304 Not Modified"), second]
    with (
        serving(lambda request, connection: scripts.pop(0)(request, connection)) as server,
        Seen(tmp_path / "s") as seen,
    ):
        source = Feed(server.at("/feed.xml"), seen, allow_private=True)
        found = [[each.text for _, each in fresh(source, seen)] for _ in range(3)]  # type: ignore[union-attr]
        assert found == [["Acme one\n\nOne.", "Acme two\n\nTwo."], [], ["Acme three\n\nThree."]]
        assert b"If-None-Match" not in server.requests[0]
        assert b'If-None-Match: "v1"' in server.requests[1]
        assert b"If-Modified-Since: Mon, 04 May 2026 10:00:00 GMT" in server.requests[2]
    assert seen.validators == {"If-None-Match": '"v2"'}


def test_a_feed_that_fails_is_asked_less_often_and_when_it_says(tmp_path: Path, caveat: Caveat) -> None:
    from facts.errors import FactsError

    script = answer(b"", status="503 Busy", more="Retry-After: 9000\r\n")
    with serving(script) as server, Seen(tmp_path / "s") as seen:
        source = Feed(server.at(), seen, allow_private=True)
        for expected in (9000, 9000):
            with pytest.raises(FactsError, match="the server answers 503"):
                list(fresh(source, seen))
            assert source.pause(60) == expected
        source._wait = 0
        assert [source.pause(60), source.pause(7200)] == [240, 7200]
        ran = caveat("watch", server.at(), "--once", "--state", tmp_path / "t", "--allow-private")
        assert ran.code == 3
        assert "the server answers 503" in ran.err


def test_a_feed_of_this_machine_is_refused_as_everywhere(caveat: Caveat, tmp_path: Path) -> None:
    ran = caveat("watch", "http://127.0.0.1:9/feed", "--once", "--state", tmp_path / "s")
    assert ran.code == 3
    assert "--allow-private if you mean it" in ran.err


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_announcement_that_ends_or_holds_up_the_process_is_a_line_and_the_rest_is_rated(
    caveat: Caveat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "inbox", {**texts(2), "a.txt": "POISON", "b.txt": "HANG", "c.txt": "SURPRISE"})
    monkeypatch.setattr("rules.batch.worker.read", poisoned)
    monkeypatch.setattr("rules.batch.apart.Local", Poisonable)
    ran = caveat("watch", folder, "--once", "--state", tmp_path / "s", "--limit", 1, "--fail-at", 1)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [row.get("error", {}).get("message") for row in rows] == [
        "inbox/a.txt: its worker dies over it; it was skipped",
        "inbox/b.txt: took more than 1 seconds (--limit); it was skipped",
        "inbox/c.txt: it fails in an unforeseen way (ZeroDivisionError: division by zero); it was skipped",
        None,
        None,
    ]
    assert ran.code == 1
    assert caveat("watch", folder, "--once", "--state", tmp_path / "s").out == ""
