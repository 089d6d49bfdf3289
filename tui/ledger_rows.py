"""The entries of the ledger as rows of a table: fetched page by page, by whoever can wait for them. Pure."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from rules.ledger.entry import Entry
from rules.ledger.listing import Window
from rules.ledger.opinion import Override
from tui.columns import Cell

PAGE = 100
_MOST_PAGES = 60

Drawn = Callable[[Entry, Override | None], Sequence[Cell]]


class LedgerRows:
    """Rows by number. A row that is not here yet is drawn with its id alone, and its page is asked for once."""

    def __init__(
        self,
        seqs: "array[int]",
        drawn: Drawn,
        wanted: Callable[[int, Sequence[int]], None],
        newest_first: bool = True,
    ) -> None:
        self._seqs = seqs
        self._drawn = drawn
        self._wanted = wanted
        self._pages: dict[int, Window] = {}
        self._asked: set[int] = set()
        self._places: dict[int, int] | None = None
        self._newest_first = newest_first

    @property
    def seqs(self) -> "array[int]":
        """The ids of all rows, in order."""
        return self._seqs

    def __len__(self) -> int:
        return len(self._seqs)

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of a row; the id and an ellipsis where it is not here yet."""
        entry = self.entry(index)
        if entry is None:
            self._ask(index // PAGE)
            return (str(self._seqs[index]), "…", "", "", "", "", "")
        return self._drawn(entry, self._pages[index // PAGE].standing.get(entry.seq))

    def key(self, index: int) -> str:
        """The id of a row."""
        return str(self._seqs[index])

    def keys(self) -> Iterable[str]:
        """The ids of all rows."""
        return map(str, self._seqs)

    def index(self, key: str) -> int | None:
        """Where an id stands."""
        seq = int(key)
        if self._newest_first:
            at = bisect_left(self._seqs, -seq, key=lambda each: -each)
            return at if at < len(self._seqs) and self._seqs[at] == seq else None
        if self._places is None:
            self._places = {each: at for at, each in enumerate(self._seqs)}
        return self._places.get(seq)

    def entry(self, index: int) -> Entry | None:
        """The entry of a row, if it is here."""
        page = self._pages.get(index // PAGE)
        return page.entries.get(self._seqs[index]) if page else None

    def fill(self, page: int, window: Window) -> None:
        """Take a page that was asked for; the oldest of many is let go."""
        self._pages[page] = window
        if len(self._pages) > _MOST_PAGES:
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            self._asked.discard(oldest)

    def refused(self, page: int) -> None:
        """A page did not come; it may be asked for again."""
        self._asked.discard(page)

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self._wanted(page, self._seqs[page * PAGE : (page + 1) * PAGE].tolist())


def up_to(seqs: "array[int]", last: int, newest_first: bool) -> "array[int]":
    """The ids that are not beyond `last`, in the same order."""
    if newest_first:
        return seqs[bisect_left(seqs, -last, key=lambda each: -each) :]
    return array("q", [seq for seq in seqs if seq <= last])
