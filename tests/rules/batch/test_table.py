"""Parquet, in and out, and in the programs that are said to open it."""

import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from benchmarks.generate import announcements
from rules.batch.run import run
from rules.errors import RulesError
from tests.rules.batch.making import bytes_of, lines_of, plan, rated, rows


def test_without_pyarrow_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(RulesError, match=r"Parquet needs pyarrow: install it with: pip install 'caveat\[parquet\]'"):
        run(plan(lines_of(tmp_path / "a.jsonl", 1), out=tmp_path / "out", form="parquet"), print)


def _written(path: Path, count: int, group: int = 100) -> Path:
    import pyarrow as pa

    records = [
        {**{name: each[name] for name in ("name", "title", "text")}, "date": dt.date.fromisoformat(each["published"])}
        for each in announcements(count, 1)
    ]
    pq.write_table(pa.Table.from_pylist(records), path, row_group_size=group)
    return path


def test_rows_are_rated_once_each_across_row_groups_and_shards(tmp_path: Path) -> None:
    found = rated(_written(tmp_path / "a.parquet", 11, group=4), out=tmp_path / "out", size=3)
    assert [row["place"] for row in found] == [f"a.parquet#{number}" for number in range(1, 12)]
    assert [row["source"]["name"] for row in found] == [f"made-{number:08d}" for number in range(11)]
    assert found[0]["source"]["published"] == "2024-12-15"
    same = rated(lines_of(tmp_path / "a.jsonl", 11), out=tmp_path / "lines")
    assert [row["level"] for row in found] == [row["level"] for row in same]


def test_a_damaged_file_and_one_without_a_text_are_rows(tmp_path: Path) -> None:
    import pyarrow as pa

    whole = _written(tmp_path / "whole.parquet", 3).read_bytes()
    (tmp_path / "broken.parquet").write_bytes(whole[:100] + whole[-50:])
    middle = bytearray(whole)
    middle[40:400] = bytes(360)
    (tmp_path / "middle.parquet").write_bytes(middle)
    pq.write_table(pa.table({"words": ["x"]}), tmp_path / "other.parquet")
    paths = [tmp_path / f"{name}.parquet" for name in ("broken", "middle", "other", "whole")]
    found = rated(*paths, out=tmp_path / "out")
    assert [row["error"]["title"] for row in found if "error" in row] == ["Broken Parquet", "Broken Parquet", "No text"]
    assert sum("error" not in row for row in found) == 3


def test_damage_in_one_row_group_leaves_the_others_whatever_the_order_of_shards(tmp_path: Path) -> None:
    path = _written(tmp_path / "a.parquet", 12, group=4)
    column = pq.ParquetFile(path).metadata.row_group(1).column(2)
    data = bytearray(path.read_bytes())
    start = column.dictionary_page_offset + 40
    data[start : start + 900] = bytes(900)
    path.write_bytes(data)
    for workers in (0, 2):
        run(plan(path, out=tmp_path / str(workers), size=2, workers=workers), print)
    found = rows(tmp_path / "0")
    assert [row["place"] for row in found if "error" not in row] == [
        f"a.parquet#{number}" for number in (1, 2, 3, 4, 9, 10, 11, 12)
    ]
    assert [row["error"]["title"] for row in found if "error" in row] == ["Broken Parquet"] * 2
    assert bytes_of(tmp_path / "0") == bytes_of(tmp_path / "2")


def test_output_has_typed_columns_and_the_same_bytes_each_time(tmp_path: Path) -> None:
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
    assert row["assessment"].startswith('{"schema":"caveat/assessment/1"')


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of thirty announcements and one that cannot be read, in three Parquet files."""
    place = tmp_path_factory.mktemp("parquet")
    source = lines_of(place / "a.jsonl", 30)
    with source.open("a") as stream:
        stream.write("{broken\n")
    run(plan(source, out=place / "results", form="parquet", size=12), print)
    return place / "results"


def _duckdb(folder: Path, *queries: str) -> list[list[list[Any]]]:
    """The answers of DuckDB, from a process of its own: at its end it talks of what it did not tidy up."""
    code = "import duckdb, json, sys; print(json.dumps([duckdb.sql(q).fetchall() for q in sys.argv[1:]], default=str))"
    ran = subprocess.run(
        [sys.executable, "-c", code, *queries], cwd=folder.parent, capture_output=True, text=True, check=True
    )
    answers: list[list[list[Any]]] = json.loads(ran.stdout)
    return answers


def test_the_three_queries_of_the_documentation_say_what_the_rows_say(results: Path, root: Path) -> None:
    blocks = (root / "docs" / "batch.md").read_text().split("```sql\n")[1:]
    companies, quarters, rules = _duckdb(results, *(block.partition("```")[0] for block in blocks))
    held = [row for path in sorted(results.glob("shards/*")) for row in pq.read_table(path).to_pylist()]
    rated_rows = [row for row in held if row["level"] is not None]
    by_company = Counter(row["company"] for row in rated_rows)
    ranked = sorted(by_company.items(), key=lambda pair: (-pair[1], pair[0]))
    assert [(name, number) for name, number, *_ in companies] == ranked[:20]
    talk = Counter(row["company"] for row in rated_rows if row["level"] >= 4)
    assert all(row[3] == talk[row[0]] for row in companies)
    assert sum(number for _, _, number in quarters) == 30
    assert {tuple(row[1:]) for row in quarters if row[0][:10] == "2024-10-01"} == {
        (level, number)
        for level, number in Counter(
            row["level"] for row in rated_rows if dt.date(2024, 10, 1) <= row["published"] < dt.date(2025, 1, 1)
        ).items()
    }
    fired = Counter((code, row["level"] >= 4) for row in rated_rows for code in row["fired"])
    assert rules
    assert all((talk_, not_) == (fired[code, True], fired[code, False]) for code, talk_, not_ in rules)


def test_duckdb_pandas_and_polars_see_the_same_rows_with_the_same_types(results: Path) -> None:
    import pandas as pd
    import polars as pl

    files = sorted(results.glob("shards/*.parquet"))
    frame = pd.concat([pd.read_parquet(path, dtype_backend="pyarrow") for path in files])
    table = pl.read_parquet(results / "shards" / "*.parquet")
    (described, (count,)) = _duckdb(
        results, "DESCRIBE FROM 'results/shards/*.parquet'", "SELECT count(*) FROM 'results/shards/*.parquet'"
    )
    assert (len(files), len(frame), len(table), count) == (3, 31, 31, [31])
    duck = {row[0]: row[1] for row in described}
    for name, kind, pandas_kind, polars_kind in (
        ("level", "TINYINT", "int8[pyarrow]", "Int8"),
        ("published", "DATE", "date32[day][pyarrow]", "Date"),
        ("score", "DECIMAL(5,1)", "decimal128(5, 1)[pyarrow]", "Decimal(precision=5, scale=1)"),
        ("in_scope", "BOOLEAN", "bool[pyarrow]", "Boolean"),
        ("fired", "VARCHAR[]", "list<element: string>[pyarrow]", "List(String)"),
    ):
        assert (duck[name], str(frame[name].dtype), str(table.schema[name])) == (kind, pandas_kind, polars_kind)
    assert table["error"].drop_nulls().to_list() == frame["error"].dropna().tolist()
    assert table["level"].null_count() == 1
