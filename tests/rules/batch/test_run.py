"""A whole run: what is written, what is done again and what is not, and what happens when something dies."""

import fcntl
import json
import resource
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from rules.assess import rate
from rules.batch import packs
from rules.batch.part import Shard
from rules.batch.receipt import Trouble
from rules.batch.run import run
from rules.batch.source import parts
from rules.batch.worker import rate_shard
from rules.errors import RulesError
from tests.rules.batch.inline import Inline
from tests.rules.batch.killing import run_under_fire
from tests.rules.batch.making import bytes_of, folder_of, lines_of, plan, rated, rows, texts


def test_a_row_is_what_rate_says_of_the_same_file_and_its_place_and_company(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", texts(2))
    first, _ = rated(folder, out=tmp_path / "out")
    assert first.pop("place") == "news/made-00000000.txt"
    assert first.pop("company") == "Eastvale Graphite plc"
    assert first == json.loads(json.dumps(rate(folder / "made-00000000.txt").to_json()))


def test_bytes_are_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 12)
    for workers in (0, 1, 2):
        run(plan(source, out=tmp_path / str(workers), workers=workers, size=3), print)
    assert bytes_of(tmp_path / "0") == bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")
    assert len(rows(tmp_path / "2")) == 12


def test_what_is_done_is_never_done_again(tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 6)
    rated(source, out=tmp_path / "out", size=2)
    before = bytes_of(tmp_path / "out")
    again = Inline()
    whole = run(replace(plan(source, out=tmp_path / "out", size=2), open_workers=lambda: nullcontext(again)), print)
    assert (again.calls, whole.rows) == (0, 6)
    assert bytes_of(tmp_path / "out") == before


def test_only_the_shard_whose_document_changed_is_done_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", texts(4))
    rated(folder, out=tmp_path / "out", size=2)
    (folder / "made-00000003.txt").write_text("The bakery at the corner has opened a second shop.")
    again = Inline()
    run(replace(plan(folder, out=tmp_path / "out", size=2), open_workers=lambda: nullcontext(again)), print)
    assert again.calls == 1
    assert [row["in_scope"] for row in rows(tmp_path / "out")] == [True, True, True, False]


def test_half_a_shard_and_half_a_line_of_the_journal_do_not_count(tmp_path: Path) -> None:
    source, out = lines_of(tmp_path / "many.jsonl", 6), tmp_path / "out"
    rated(source, out=out, size=2)
    before = bytes_of(out)
    second = out / "shards" / "00000001.jsonl"
    second.write_bytes(second.read_bytes()[:100])
    (out / "shards" / ".00000002.jsonl.abc.unfinished").write_text("{")
    journal = out / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-30])
    again = Inline()
    run(replace(plan(source, out=out, size=2), open_workers=lambda: nullcontext(again)), print)
    assert again.calls == 2
    assert bytes_of(out) == before


def test_fewer_inputs_leave_no_rows_of_the_others_behind(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", texts(4))
    rated(folder, out=tmp_path / "out", size=2)
    (folder / "made-00000003.txt").unlink()
    (folder / "made-00000002.txt").unlink()
    assert len(rated(folder, out=tmp_path / "out", size=2)) == 2


def test_another_run_in_the_same_folder_is_refused_and_so_is_a_second_command(tmp_path: Path) -> None:
    source, out = lines_of(tmp_path / "many.jsonl", 1), tmp_path / "out"
    rated(source, out=out)
    with pytest.raises(RulesError, match='columns was \\[\\], is now \\["place"\\]; give another --out'):
        run(plan(source, out=out, columns=("place",)), print)
    with (out / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(RulesError, match="another command writes there"):
            run(plan(source, out=out), print)


def test_results_do_not_go_into_the_folder_that_is_read(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="which is read"):
        run(plan(tmp_path, out=tmp_path / "out"), print)


def test_a_worker_that_dies_by_chance_costs_nothing(tmp_path: Path) -> None:
    source, mortal = lines_of(tmp_path / "many.jsonl", 4), Inline(kills=1)
    run(replace(plan(source, out=tmp_path / "out", size=1), open_workers=lambda: nullcontext(mortal)), print)
    assert mortal.mended == 1
    assert [row["place"] for row in rows(tmp_path / "out")] == [f"many.jsonl#{n}" for n in range(1, 5)]
    assert all("error" not in row for row in rows(tmp_path / "out"))


def test_a_worker_with_another_caveat_rates_nothing(tmp_path: Path) -> None:
    source = lines_of(tmp_path / "many.jsonl", 1)
    other = replace(plan(source, out=tmp_path / "out").task(), caveat="0.0.9")
    trouble = rate_shard(other, Shard(0, tuple(parts([str(source)], 9))), {})
    assert isinstance(trouble, Trouble)
    assert trouble.title == "Another Caveat"
    assert trouble.message.endswith(", this command 0.0.9; install the same on both")


def test_a_full_disk_stops_the_run_with_one_clear_line_and_what_is_done_stays(tmp_path: Path) -> None:
    source, out = lines_of(tmp_path / "many.jsonl", 4), tmp_path / "out"
    rated(source, out=tmp_path / "calm", size=2)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    run(plan(lines_of(tmp_path / "warm.jsonl", 1), out=out / "warm"), print)
    packs.keep_pack(_made(out), plan(source, out=out).pack)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, hard))
    try:
        with pytest.raises(RulesError, match="File too large; mend that and run the same command again"):
            run(plan(source, out=out, size=2), print)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(out.glob("shards/*"))
    run(plan(source, out=out, size=2), print)
    assert bytes_of(out) == bytes_of(tmp_path / "calm")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.slow
def test_killed_at_random_and_gone_on_with_it_gives_what_an_undisturbed_run_gives(tmp_path: Path) -> None:
    source, calm, fire = lines_of(tmp_path / "many.jsonl", 60), tmp_path / "calm", tmp_path / "fire"
    run(plan(source, out=calm, size=5), print)
    toll = run_under_fire(
        [str(source), "--workers", "2", "--shard", "5", "--out", str(fire)], kills=3, seed=1, seconds=2.0
    )
    assert toll.last == 0
    assert bytes_of(fire) == bytes_of(calm)
