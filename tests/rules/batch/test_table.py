"""Parquet, in and out. Left out where pyarrow is missing."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import announcements
from rules.batch.run import run
from rules.errors import RulesError
from tests.rules.batch.making import bytes_of, lines_of, plan, rated


def test_without_pyarrow_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(RulesError, match=r"Parquet needs pyarrow: install it with: pip install 'caveat\[parquet\]'"):
        run(plan(lines_of(tmp_path / "a.jsonl", 1), out=tmp_path / "out", form="parquet"), print)


@pytest.fixture
def pq() -> Any:
    return pytest.importorskip("pyarrow.parquet", reason="pyarrow is missing: pip install 'caveat[parquet]'")


def _written(path: Path, count: int, pq: Any, group: int = 100) -> Path:
    import pyarrow as pa

    records = [
        {**{name: each[name] for name in ("name", "title", "text")}, "date": dt.date.fromisoformat(each["published"])}
        for each in announcements(count, 1)
    ]
    pq.write_table(pa.Table.from_pylist(records), path, row_group_size=group)
    return path


def test_rows_are_rated_once_each_across_row_groups_and_shards(tmp_path: Path, pq: Any) -> None:
    found = rated(_written(tmp_path / "a.parquet", 11, pq, group=4), out=tmp_path / "out", size=3)
    assert [row["place"] for row in found] == [f"a.parquet#{number}" for number in range(1, 12)]
    assert [row["source"]["name"] for row in found] == [f"made-{number:08d}" for number in range(11)]
    assert found[0]["source"]["published"] == "2024-12-15"
    same = rated(lines_of(tmp_path / "a.jsonl", 11), out=tmp_path / "lines")
    assert [row["level"] for row in found] == [row["level"] for row in same]


def test_a_damaged_file_and_one_without_a_text_are_rows(tmp_path: Path, pq: Any) -> None:
    import pyarrow as pa

    whole = _written(tmp_path / "whole.parquet", 3, pq).read_bytes()
    (tmp_path / "broken.parquet").write_bytes(whole[:100] + whole[-50:])
    middle = bytearray(whole)
    middle[40:400] = bytes(360)
    (tmp_path / "middle.parquet").write_bytes(middle)
    pq.write_table(pa.table({"words": ["x"]}), tmp_path / "other.parquet")
    paths = [tmp_path / f"{name}.parquet" for name in ("broken", "middle", "other", "whole")]
    found = rated(*paths, out=tmp_path / "out")
    assert [row["error"]["title"] for row in found if "error" in row] == ["Broken Parquet", "Broken Parquet", "No text"]
    assert sum("error" not in row for row in found) == 3


def test_output_has_typed_columns_and_the_same_bytes_each_time(tmp_path: Path, pq: Any) -> None:
    source = lines_of(tmp_path / "a.jsonl", 4)
    for name in ("one", "two"):
        run(plan(source, out=tmp_path / name, form="parquet"), print)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    table = pq.read_table(tmp_path / "one" / "shards" / "00000000.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert types["level"] == "int8"
    assert types["score"] == "decimal128(5, 1)"
    assert types["published"] == "date32[day]"
    assert types["fired"].startswith("list<")
    row = table.to_pylist()[0]
    assert isinstance(row["score"], Decimal)
    assert row["published"] == dt.date(2024, 12, 15)
    assert row["assessment"].startswith('{"schema": "caveat/assessment/1"')


def test_the_queries_of_the_documentation_run(tmp_path: Path, pq: Any, root: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is missing: pip install duckdb")
    run(plan(lines_of(tmp_path / "a.jsonl", 30), out=tmp_path / "results", form="parquet"), print)
    blocks = (root / "docs" / "batch.md").read_text().split("```sql\n")[1:]
    queries = [block.partition("```")[0].replace("results/", f"{tmp_path}/results/") for block in blocks]
    answers = [duckdb.sql(query).fetchall() for query in queries]
    assert len(answers) == 3
    assert all(answers)
