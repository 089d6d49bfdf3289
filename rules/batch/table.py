"""Parquet, in and out. pyarrow is an extra and is imported only where a Parquet file is met."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from facts.errors import FactsError
from facts.readers.record import FIELDS
from rules.batch.part import Part
from rules.errors import RulesError

#: Rows decoded at a time: of a row group of a million rows a worker holds no more than these.
_BATCH = 256


def need_pyarrow() -> None:
    """Raises RulesError with the remedy where pyarrow is missing."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise RulesError("Parquet needs pyarrow", "install it with: pip install 'caveat[parquet]'") from None


def listed(whole: Part, size: int) -> Iterator[Part]:
    """The file in ranges of `size` rows, which do not cross row groups.

    Raises FactsError for a damaged file or one without a text column, RulesError where pyarrow is missing.
    """
    need_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(whole.path) as opened:
            held = opened.schema_arrow.names
            groups = [opened.metadata.row_group(number).num_rows for number in range(opened.num_row_groups)]
    except (pa.ArrowException, OSError) as error:
        raise _broken(whole.place, error) from None
    if not any(name in held for name in FIELDS["text"]):
        wanted = " or ".join(FIELDS["text"])
        raise FactsError("No text", f"{whole.place}: columns {', '.join(held[:8])}; none is called {wanted}")
    base = 0
    for rows in groups:
        for first in range(0, rows, size):
            yield Part("parquet", whole.path, whole.place, whole.stamp, base + first, min(size, rows - first))
        base += rows


def records(path: str, place: str, first: int) -> Iterator[tuple[int, bytes]]:
    """Rows from row `first` on as JSON records with their numbers. Raises FactsError where the file is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as opened:
            columns = [name for names in FIELDS.values() for name in names if name in opened.schema_arrow.names]
            number = 0
            for group in range(opened.num_row_groups):  # one by one: a batch across two would lose both to one's damage
                rows = opened.metadata.row_group(group).num_rows
                if number + rows > first:
                    batches = opened.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False)
                    numbered = enumerate(itertools.chain.from_iterable(map(_rows, batches)), number)
                    yield from ((at, data) for at, data in numbered if at >= first)
                number += rows
    except (pa.ArrowException, OSError) as error:
        raise _broken(place, error) from None


def write(path: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """A file with one row a document and typed columns. `columns` gives the type of each by name. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(), "texts": pa.list_(pa.string()), "level": pa.int8(), "flag": pa.bool_(),
        "day": pa.date32(), "score": pa.decimal128(5, 1),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    table = pa.Table.from_pylist([dict(row) for row in rows], schema)
    with open(path, "wb") as sink:  # noqa: PTH123  pyarrow's own files tell a full disk in other words
        pq.write_table(table, sink, compression="zstd", write_page_checksum=True)


def read(path: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a file that `write` made, in these columns as far as it has them. Raises RulesError."""
    need_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as opened:
            held = [name for name in columns if name in opened.schema_arrow.names]
            for batch in opened.iter_batches(_BATCH, columns=held, use_threads=False):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise RulesError("Broken Parquet", f"{path}: {str(error).splitlines()[0]}") from None


def _rows(batch: Any) -> Iterator[bytes]:
    for row in batch.to_pylist():
        yield json.dumps(_record(row), ensure_ascii=False).encode("utf-8", "replace")


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without empty fields; days as ISO 8601."""
    told = {name: value for name, value in row.items() if value is not None}
    return {name: _plain(value) for name, value in told.items()}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | dict) else str(value)


def _broken(place: str, error: Exception) -> FactsError:
    return FactsError("Broken Parquet", f"{place}: {str(error).splitlines()[0]}; write the file anew")
