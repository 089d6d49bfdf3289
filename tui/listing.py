"""Where a table gets its rows from: whatever answers for row number so-and-so. Knows no Textual."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from tui.columns import Cell


class RowSource(Protocol):
    """The rows, in the order in which they stand. Every method must be fast: it is asked while drawing."""

    def __len__(self) -> int:
        """How many rows there are."""

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a row in the order of the columns; plain text is shown literally, `Text` as it is styled."""

    def key(self, index: int) -> str:
        """The key of a row, which stays the same wherever the row stands."""

    def keys(self) -> Iterable[str]:
        """The keys of all rows; all are marked with one press."""

    def index(self, key: str) -> int | None:
        """Where the row of that key stands now; None if it is not among them."""


class ListSource:
    """Rows that are held in a list: for tables of some thousand rows."""

    def __init__(self, rows: Mapping[str, Sequence[Cell]] | None = None) -> None:
        self._rows = list((rows or {}).items())
        self._places = {key: place for place, (key, _) in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a row."""
        return self._rows[index][1]

    def key(self, index: int) -> str:
        """The key of a row."""
        return self._rows[index][0]

    def keys(self) -> Iterable[str]:
        """The keys of all rows."""
        return self._places

    def index(self, key: str) -> int | None:
        """Where a row stands."""
        return self._places.get(key)
