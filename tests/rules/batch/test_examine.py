"""Documents that kill their worker, hang in it or surprise it: found, recorded and skipped, and the rest is rated."""

import json
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rules.batch import note, worker
from rules.batch.part import Shard
from rules.batch.run import run
from rules.batch.worker import Task
from rules.errors import RulesError
from tests.rules.batch.inline import Inline
from tests.rules.batch.making import folder_of, lines_of, plan, rows, texts
from tests.rules.batch.poison import Poisonable, poisoned

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "read", poisoned)


def _messages(out: Path) -> dict[str, str | None]:
    return {row["place"]: row.get("error", {}).get("message") for row in rows(out)}


def test_a_document_that_kills_its_worker_is_found_recorded_and_skipped(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {**texts(6), "made-00000003.txt": "POISON", "made-00000004x.txt": "SURPRISE"})
    told: list[str] = []
    spec = replace(plan(folder, out=tmp_path / "out", size=7), open_workers=lambda: Poisonable(1))
    whole = run(spec, told.append)
    found = _messages(tmp_path / "out")
    assert len(found) == 7
    assert found["news/made-00000003.txt"] == "news/made-00000003.txt: its worker dies over it; it was skipped"
    assert "unforeseen way (ZeroDivisionError: division by zero)" in str(found["news/made-00000004x.txt"])
    assert (whole.rated, whole.failed) == (5, 2)
    assert told[0] == "news/made-00000000.txt …: item 4 of shard 0: its worker dies over it; skipped"


def test_one_that_hangs_where_no_exception_is_heard_is_cut_off_and_the_rest_is_rated(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", {**texts(4), "made-00000001.txt": "HANG"})
    spec = replace(plan(folder, out=tmp_path / "out", size=2, limit=1.5), open_workers=lambda: Poisonable(2))
    whole = run(spec, print)
    why = "took more than 1.5 seconds (--limit); it was skipped"
    assert _messages(tmp_path / "out")["news/made-00000001.txt"] == f"news/made-00000001.txt: {why}"
    assert (whole.rated, whole.failed) == (3, 1)
    assert not list((tmp_path / "out" / "shards").glob(".*"))


def test_one_among_several_in_a_file_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    records = [{"text": text} for text in (*texts(3).values(), "POISON")]
    (tmp_path / "four.json").write_text(json.dumps(records))
    spec = replace(plan(tmp_path / "four.json", out=tmp_path / "out"), open_workers=lambda: Poisonable(1))
    assert (run(spec, print).rated, _messages(tmp_path / "out")["four.json#4"]) == (
        3,
        "four.json#4: its worker dies over it; it was skipped",
    )


def test_where_no_note_reaches_the_disk_it_is_found_by_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path / "news", {**texts(3), "made-00000001.txt": "POISON"})
    monkeypatch.setattr(note, "ends", lambda *_: {})
    spec = replace(plan(folder, out=tmp_path / "out"), open_workers=lambda: Poisonable(1))
    whole = run(spec, print)
    assert (whole.rated, whole.failed) == (2, 1)
    assert _messages(tmp_path / "out")["news/made-00000001.txt"]


class _Doomed(Inline):
    """Workers that die before they have looked at anything."""

    def alone(self, call: Callable[..., Any], *arguments: object) -> Any:
        return BrokenProcessPool("killed by the test")


def test_where_workers_die_without_a_document_none_is_blamed(tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 4)
    doomed = replace(plan(source, out=tmp_path / "out"), open_workers=lambda: nullcontext(_Doomed(kills=9)))
    with pytest.raises(RulesError, match=r"Workers die: shard 0 \(many\.jsonl …\).*is there enough memory"):
        run(doomed, print)
    assert not list((tmp_path / "out" / "shards").glob("0*"))


class _Unlucky(Inline):
    """Something else ends its processes, each in the midst of an innocent document, so many times."""

    deaths = 12

    def alone(self, call: Callable[..., Any], *arguments: object) -> Any:
        task, shard = arguments[:2]
        assert isinstance(task, Task)
        assert isinstance(shard, Shard)
        if call is not worker.rate_shard or not self.deaths:
            return super().alone(call, *arguments)
        self.deaths -= 1
        (task.folder / f".{shard.number:08d}.{self.deaths}.note.unfinished").write_text("1 0".ljust(24) + "\n")
        return BrokenProcessPool("killed by the test")


def test_where_processes_are_ended_again_and_again_over_innocent_documents_the_shard_is_rated_all_the_same(
    tmp_path: Path,
) -> None:
    source, unlucky = lines_of(tmp_path / "many.jsonl", 3), _Unlucky(kills=2)
    whole = run(replace(plan(source, out=tmp_path / "out"), open_workers=lambda: nullcontext(unlucky)), print)
    assert (whole.rated, whole.failed, unlucky.deaths) == (3, 0, 0)
