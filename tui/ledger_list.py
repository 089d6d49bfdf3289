"""The list of the ledger, without its keys: asks for what is on record, page by page, and keeps it up to date."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from rich.text import Text
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from facts.errors import FactsError
from rules.errors import RulesError
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.listing import ORDERS, History, Window, history, listing, window
from rules.ledger.opinion import Override
from rules.settings import Level
from tui import ledger_view
from tui.asking import AskingScreen, levels_of
from tui.columns import Cell
from tui.ledger_rows import LedgerRows, up_to
from tui.ledger_view import Asked, Whole
from tui.ledger_whole import whole_of
from tui.literal import one_line
from tui.timeline import Timeline
from tui.widgets.details import Details
from tui.widgets.replay_bar import ReplayBar
from tui.widgets.table import VirtualTable

#: Seconds: between two looks whether the ledger grew; before the entry under a moving cursor is read; after a key of
#: the filter.
LOOK, _REST, _TYPED = 2.0, 0.02, 0.12
_NONE_FITS = "no entry fits the filter; Escape clears it"


class LedgerList(AskingScreen[None]):
    """What the ledger screen shows, and how it comes there."""

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.query_text = query
        self.whole: Whole | None = None
        #: Where the cursor is to go when the list has come.
        self.wanted = ""
        self._asked = Asked()
        self._seqs: array[int] = array("q")
        self._rows: LedgerRows | None = None
        self._known = -1
        #: Where the ledger is, as it may be shown: never with a password.
        self._place = ""
        self._newest_first = True
        self._soon: Timer | None = None
        self._typing: Timer | None = None

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self.query_one(VirtualTable)

    @property
    def bar(self) -> ReplayBar:
        """The replay bar."""
        return self.query_one(ReplayBar)

    @property
    def levels(self) -> Mapping[int, Level]:
        """The scale, by number."""
        return levels_of(self.app)

    @property
    def in_view(self) -> tuple[Entry, ...]:
        """The entries that are drawn now."""
        rows = self._rows
        found = (rows.entry(index) for index in self.table.rows_in_view) if rows else ()
        return tuple(entry for entry in found if entry is not None)

    @property
    def heading(self) -> str:
        """What is listed, and where it is."""
        rows = len(self._rows) if self._rows is not None else 0
        place = one_line(self._place if "://" in self._place else self._place.rpartition("/")[2])
        some = f"{rows:,}" if rows == self._known else f"{rows:,} of {self._known:,}"
        noun = "entry" if self._known == 1 else "entries"
        then = f" · as of {self.bar.timeline.when(self.bar.place)}" if self.bar.upto is not None else ""
        # Where there is no room for the entry in words and for the bar, nothing else would say it.
        none = f" · {_NONE_FITS}" if not rows and self._known > 0 and self.has_class("-low") else ""
        return f"{f'Ledger {place}'.strip()} · {f'{some} {noun}' if self._known >= 0 else 'being read …'}{then}{none}"

    def filter_soon(self, query: str) -> None:
        """Filter once the typing rests: each look at a long ledger takes some tens of milliseconds."""
        self.query_text = query
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(_TYPED, lambda: self.filter_by(query))

    def filter_by(self, query: str) -> None:
        """List what passes a filter; one that means nothing is explained, and nothing changes."""
        self.query_text = query
        try:
            self._asked = ledger_view.asked(query)
        except RulesError as error:
            self.query_one(Details).show(Text(f"{error.title}: {error.message}"))
            return
        self.list_again()

    def list_again(self) -> None:
        """Ask for the ids of all that passes, in the order that the table asks for."""
        wanted, words, app = self._asked.filter, self._asked.words, self.app
        column, reverse = self.table.sorted_by
        order = column if column in ORDERS else "seq"
        down = reverse if column is not None else not reverse

        def question(ledger: Ledger) -> tuple["array[int]", int, str]:
            _ = levels_of(app)  # read here, the pack keeps no key waiting
            return listing(ledger, wanted, words, order, down), ledger.size, ledger.database.shown

        self.ask("listing", question, partial(self._listed, order == "seq" and down), self._unlisted)
        self.ask("history", lambda ledger: history(ledger, wanted, words), self._remembered, lambda _: None)

    def look(self) -> None:
        """Whether something was recorded meanwhile."""
        if self.app.screen is self:
            self.ask("size", lambda ledger: ledger.size, self._sized, lambda _: None)

    def read_soon(self) -> None:
        """Read the entry under the cursor, once the cursor rests."""
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(_REST, self._read)

    def moved_in_time(self) -> None:
        """Show what was on record then; who looked at the newest looks at the newest of that moment."""
        newest = self.table.cursor == 0
        self.cut()
        if newest:
            self.table.move_to(0)

    def cut(self) -> None:
        """Show what was on record at the moment of the replay bar."""
        upto = self.bar.upto
        seqs = self._seqs if upto is None else up_to(self._seqs, upto, self._newest_first)
        self._rows = LedgerRows(seqs, self._drawn, self._page_wanted, self._newest_first)
        self.table.set_source(self._rows)
        self.show_title()

    def over(self, makes: Callable[[Whole], Screen[str]], refusal: RulesError | None, title: str) -> None:
        """Open a screen over the rating under the cursor; what it did is told, and the list is read again."""
        key = self.table.pointed
        if refusal is not None:
            self.complain(refusal)
        if key is None or refusal is not None:
            return

        def opened(whole: Whole) -> None:
            self.app.push_screen(makes(whole), partial(self._done, title))

        self.ask("over", lambda ledger: whole_of(ledger, key), opened)

    def show_title(self) -> None:
        """The heading, on the screen."""
        self.query_one("#title", Static).update(Text(self.heading, no_wrap=True, overflow="ellipsis"), layout=False)

    def _done(self, title: str, told: str | None) -> None:
        if told:
            self.app.notify(told, title=title, markup=False)
            self.list_again()

    def _listed(self, newest_first: bool, answer: tuple["array[int]", int, str]) -> None:
        self._seqs, self._known, self._place = answer
        self._newest_first = newest_first
        self.set_class(self._known == 0, "-empty")
        self.cut()
        if self.wanted.isdecimal():
            self.table.point(self.wanted)
        self.wanted = ""
        if not self._seqs and self._known:
            self.query_one(Details).show(Text(f"{_NONE_FITS[0].upper()}{_NONE_FITS[1:]}."))
        self.read_soon()

    def _unlisted(self, error: RulesError | FactsError) -> None:
        if error.title == "No ledger":
            self._listed(True, (array("q"), 0, ""))
        else:
            self.query_one(Details).show(Text(f"{error.title}: {error.message}"))
            self.complain(error)

    def _remembered(self, found: History) -> None:
        upto = self.bar.upto
        if self._asked == Asked():
            self.bar.show(Timeline(found))
        else:
            self.bar.show(Timeline(found), _NONE_FITS)
        if upto != self.bar.upto:
            self.cut()

    def _sized(self, size: int) -> None:
        if size != self._known:
            self.list_again()

    def _page_wanted(self, page: int, seqs: Sequence[int]) -> None:
        rows = self._rows

        def filled(found: Window) -> None:
            if rows is not None:
                rows.fill(page, found)
            self.table.changed()

        def refused(error: RulesError | FactsError) -> None:
            if rows is not None:
                rows.refused(page)
            self.complain(error)

        self.ask(f"rows-{page}", lambda ledger: window(ledger, seqs), filled, refused)

    def _drawn(self, entry: Entry, standing: Override | None) -> tuple[Cell, ...]:
        try:
            return ledger_view.cells(entry, self.levels, standing, self.app.current_theme.dark)
        except RulesError as error:  # an altered entry must not hide those beside it
            return (str(entry.seq), "! damaged", error.message, "", "", "", "")

    def _read(self) -> None:
        key = self.table.pointed
        if key is None:
            self.whole = None
            return
        self.ask("whole", lambda ledger: whole_of(ledger, key), self._tell, self._untold)

    def _tell(self, whole: Whole) -> None:
        self.whole = whole
        self.query_one(Details).show(Text("\n".join(ledger_view.told(whole, self.levels))))

    def _untold(self, error: RulesError | FactsError) -> None:
        self.whole = None
        self.query_one(Details).show(Text(f"{error.title}: {error.message}"))
