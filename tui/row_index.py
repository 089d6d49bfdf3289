"""The rows of the inbox, found by key, filtered and ordered; made for a hundred thousand of them at every key press.

All rows stand in one order; the view is those that pass the filter, in the same order. A row that changes is taken out
and put in by bisection; a filter that only narrows begins from the view; an order is sorted once and kept.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress

from tui.query import Stored, Term, narrows, parsed, passing, stored
from tui.row_orders import KEYS, Key, Orders
from tui.rows import KEY, Packed, Row, unpacked

#: More new rows at once are sorted in rather than put in one by one.
_MANY = 50
#: So many rows are looked at in the order in which they lie in memory: in another order that takes five times as long.
_SCATTERED = 1_000
#: Views that are kept, so that taking letters back costs nothing.
_MOST_VIEWS = 16


class RowIndex:
    """Rows by key and by number in the view. Of a removed row the place stays empty."""

    def __init__(self) -> None:
        self._rows: list[Packed] = []
        self._texts: list[str] = []
        self._places: dict[str, int] = {}
        self._terms: tuple[Term, ...] = ()
        self.sorted_by: tuple[str | None, bool] = (None, False)
        self._keys: list[Key] = []
        self._order: list[int] = []
        self._view: list[int] = []
        self._reverse = False
        self._orders = Orders()
        self._places_in_order: list[int] | None = None
        self._views: dict[tuple[Term, ...], list[int]] = {}

    def __len__(self) -> int:
        return len(self._view)

    @property
    def total(self) -> int:
        """How many rows there are, whether or not they pass."""
        return len(self._places)

    def row(self, index: int) -> Row:
        """A row by its number in the view."""
        return unpacked(self._at(index))

    def _at(self, index: int) -> Packed:
        return self._rows[self._view[-1 - index if self._reverse else index]]

    def key(self, index: int) -> str:
        """The key of that row."""
        key: str = self._at(index)[KEY]
        return key

    def keys(self) -> Collection[str]:
        """The keys of all rows in the view, in no certain order."""
        if len(self._view) == len(self._places):
            return self._places
        rows = self._rows
        return [rows[place][KEY] for place in self._view]

    def index(self, key: str) -> int | None:
        """The number of a row in the view; None if it does not pass, or is not there."""
        place = self._places.get(key)
        if place is None:
            return None
        at = self._position(self._view, place)
        if at >= len(self._view) or self._view[at] != place:
            return None
        return len(self._view) - 1 - at if self._reverse else at

    def get(self, key: str) -> Row | None:
        """A row by its key, whether or not it passes."""
        place = self._places.get(key)
        return None if place is None else unpacked(self._rows[place])

    def every(self) -> Iterator[Row]:
        """All rows in the order in which they came."""
        return (unpacked(self._rows[place]) for place in sorted(self._places.values()))

    def put(self, *rows: Row) -> None:
        """Add rows, or change those of the same keys."""
        self.put_stored([stored(row) for row in rows])

    def put_stored(self, rows: Sequence[Stored]) -> None:
        """The same with rows that are ready to be stored."""
        fresh = [each for each in rows if each[0][KEY] not in self._places]
        if len(fresh) < len(rows):
            for row, text in rows:
                if row[KEY] in self._places:
                    self._change(row, text)
        if len(fresh) <= _MANY:
            for row, text in fresh:
                self._insert(self._placed(row, text))
        else:
            self._append([self._placed(row, text) for row, text in fresh])

    def remove(self, key: str) -> None:
        """Take a row out."""
        place = self._places.pop(key, None)
        if place is not None:
            self._forget()
            self._take_out(place)

    def filter(self, query: str) -> None:
        """Let only the rows pass that fit."""
        terms = parsed(query)
        if terms not in self._views:
            base = self._view if narrows(terms, self._terms) else self._order
            asked = [term for term in terms if term not in self._terms or base is self._order]
            while len(self._views) >= _MOST_VIEWS:
                del self._views[next(iter(self._views))]
            self._views[terms] = self._passing(asked, base)
        self._terms, self._view = terms, self._views[terms]

    def sort(self, column: str | None, reverse: bool = False) -> None:
        """Order by a column; by None as the rows came."""
        if column != self.sorted_by[0]:
            self._views.clear()
            self._keys, self._order = self._ordered(column)
            self._view = self._among(self._order, self._view) if self._terms else list(self._order)
        self._reverse = reverse
        self.sorted_by = (column, reverse)

    def _ordered(self, column: str | None) -> tuple[list[Key], list[int]]:
        """The keys and the order of a column, which are kept as long as no row changes."""
        if column is None:
            return [], list(self._in_order())
        return self._orders.of(column, self._rows, self._in_order())

    def prepare(self) -> bool:
        """Work a little at the orders that may be asked for next. Returns whether there is more to be done."""
        return self._orders.prepare(self._rows, self._in_order())

    def _in_order(self) -> list[int]:
        """The places of all rows as they came."""
        if self._places_in_order is None:
            self._places_in_order = sorted(self._places.values())
        return self._places_in_order

    def _passing(self, terms: Iterable[Term], places: list[int]) -> list[int]:
        """Those of the places whose rows pass, in the same order."""
        found = places if not self._keys or len(places) < _SCATTERED else self._among(range(len(self._rows)), places)
        for term in terms:
            found = passing(term, self._rows, self._texts, found)
        if not self._keys or len(places) < _SCATTERED:
            return found if found is not places else list(places)
        return self._among(self._order, found)

    def _among(self, order: Sequence[int], places: Iterable[int]) -> list[int]:
        """Those of an order that are among these places."""
        wanted = bytearray(len(self._rows))
        for place in places:
            wanted[place] = 1
        return list(compress(order, map(wanted.__getitem__, order)))

    def _placed(self, row: Packed, text: str) -> int:
        """A place for a new row, which is not in any order yet."""
        place = self._places[row[KEY]] = len(self._rows)
        self._rows.append(row)
        self._texts.append(text)
        if self.sorted_by[0]:
            self._keys.append(KEYS[self.sorted_by[0]](row))
        return place

    def _append(self, places: list[int]) -> None:
        """Many new places at once: sorting what is sorted but for its end costs little."""
        self._forget()
        self._order += places
        self._view += self._passing(self._terms, places)
        if self._keys:
            self._order.sort(key=self._keys.__getitem__)
            self._view.sort(key=self._keys.__getitem__)

    def _change(self, row: Packed, text: str) -> None:
        place = self._places[row[KEY]]
        self._forget()
        self._take_out(place)
        self._rows[place], self._texts[place] = row, text
        if self.sorted_by[0]:
            self._keys[place] = KEYS[self.sorted_by[0]](row)
        self._insert(place)

    def _take_out(self, place: int) -> None:
        for places in (self._order, self._view):
            at = self._position(places, place)
            if at < len(places) and places[at] == place:
                del places[at]

    def _insert(self, place: int) -> None:
        self._forget()
        passes = self._passing(self._terms, [place])
        for places in (self._order, self._view) if passes else (self._order,):
            if self._keys:
                places.insert(self._position(places, place), place)
            else:
                insort(places, place)

    def _position(self, places: list[int], place: int) -> int:
        keys = self._keys
        if not keys:
            return bisect_left(places, place)
        return bisect_left(places, (keys[place], place), key=lambda each: (keys[each], each))

    def _forget(self) -> None:
        """A row changes: what is kept holds no longer; the order and the view at hand are mended."""
        self._orders.forget()
        self._places_in_order = None
        self._views.clear()
