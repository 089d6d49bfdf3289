"""Rows in the order of a column, worked out in small steps before anybody asks for it. Pure."""

from collections.abc import Callable, Mapping, Sequence

from tui.rows import CLASS, DATE, LEVEL, NAME, REASON, STATE, WHO, Packed

#: Behind everything that is filled in.
_LAST = "\U0010ffff"
_UNRATED = {"not_rated": 6, "rating": 7, "waiting": 8, "error": 9}

Key = int | str
#: What rows are sorted by, for each column that can be.
KEYS: Mapping[str, Callable[[Packed], Key]] = {
    "level": lambda row: row[LEVEL] or _UNRATED[row[STATE]],
    "name": lambda row: row[NAME].casefold(),
    "class": lambda row: row[CLASS] or _LAST,
    "who": lambda row: row[WHO].casefold() or _LAST,
    "date": lambda row: row[DATE] or _LAST,
    "reason": lambda row: row[REASON].casefold(),
}
#: Rows of one step: a few milliseconds. Putting together what the steps have sorted takes as long as four of them.
_STEP = 10_000


class Orders:
    """The orders of some rows, as long as none of them changes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[list[Key], list[int]]] = {}
        self._column = ""
        self._keys: list[Key] = []
        self._order: list[int] = []

    def forget(self) -> None:
        """A row has changed."""
        self._known.clear()
        self._keys, self._order = [], []

    def of(self, column: str, rows: Sequence[Packed], places: Sequence[int]) -> tuple[list[Key], list[int]]:
        """The key of every row, and those places in the order of the column; among equals in the order given."""
        if column not in self._known:
            key = KEYS[column]
            keys = [key(row) for row in rows]
            self._known[column] = keys, sorted(places, key=keys.__getitem__)
        keys, order = self._known[column]
        return keys, order

    def prepare(self, rows: Sequence[Packed], places: Sequence[int]) -> bool:
        """One step towards the first order that is not known. Returns whether there is more to be done."""
        column = next((each for each in KEYS if each not in self._known), None)
        if column is None:
            return False
        if column != self._column:  # the one that was begun was asked for meanwhile, and is known
            self._column, self._keys, self._order = column, [], []
        if len(self._order) < len(places):
            some, key = places[len(self._order) : len(self._order) + _STEP], KEYS[column]
            self._keys += [key(row) for row in rows[len(self._keys) : some[-1] + 1]]
            self._order += sorted(some, key=self._keys.__getitem__)
        else:
            self._keys += [KEYS[column](row) for row in rows[len(self._keys) :]]
            self._order.sort(key=self._keys.__getitem__)
            self._known[column] = self._keys, self._order
            self._keys, self._order = [], []
        return True
