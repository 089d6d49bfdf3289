"""The inbox: every announcement that was opened, pasted, followed or listed, and what can be done with them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Button, Input

from tui.messages import Go, Recorded, Reported
from tui.offers import Command
from tui.paths import given, sources_in
from tui.places import AssessmentPlace, EntryPlace
from tui.screens.allow import AllowScreen
from tui.screens.inbox_view import InboxView
from tui.screens.paste import PasteScreen
from tui.screens.source import SourceScreen
from tui.widgets.empty_inbox import EmptyInbox
from tui.widgets.filter import FilterLine
from tui.widgets.inbox_table import InboxTable

_OPEN = "A file (.txt .md .html .pdf .eml .json .xml …), a folder, or an http(s) address. Tab completes a path."
#: Seconds between two turns of taking: time for keys.
_BETWEEN = 0.02
_FOLLOW = "A folder, or the address of a feed: what is in it is rated now, what arrives is rated then."


class InboxScreen(InboxView):
    """What keys, the mouse and the threads do to the list of announcements."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Prior to all others, so that what is typed right behind it stands in the filter and is no command.
        Binding("slash", "filter", "Filter", key_display="/", priority=True, id="inbox.filter"),
        Binding("o", "ask_path", "Add", id="inbox.open"),
        Binding("p", "paste", "Paste", id="inbox.paste"),
        Binding("f", "follow", "Follow a folder or a feed", show=False, id="inbox.follow"),
        Binding("l", "list_ledger", "List the ratings on record", show=False, id="inbox.ledger"),
        Binding("f5", "again", "Read and rate again", show=False, id="inbox.again"),
        Binding("delete", "remove", "Take out of the inbox", show=False, id="inbox.remove"),
        Binding("S", "stop", "Stop rating", show=False, id="inbox.stop"),
        Binding("ctrl+q", "app.quit", "Quit", priority=True, id="screen.quit"),
        Binding("escape", "clear", "Clear filter, then marks", show=False, id="inbox.clear"),
    ]

    HELP = InboxTable.HELP

    class SourcesWanted(Message):
        """Files, folders or addresses are to be opened."""

        def __init__(self, sources: Sequence[str]) -> None:
            super().__init__()
            self.sources = sources

    class Arrived(Message):
        """The tray has something to take."""

    def on_mount(self) -> None:
        """Show what there is; let Enter open the samples where there is nothing."""
        self.set_filter(self._query)
        self.show()
        for button in self.query(Button):
            if not self.has_class("-filled"):
                button.focus()
        self.tray.begin(lambda: self.post_message(self.Arrived()))

    def on_inbox_screen_arrived(self, event: Arrived) -> None:
        """Take over what the threads found out, and show it; keys come first."""
        taken = self.tray.take()
        if self.tray.more:
            self.set_timer(_BETWEEN, lambda: self.post_message(self.Arrived()) and None)
        for _ in taken.finished:
            self._pace.step()
        self.show_soon()
        self.say(taken)
        for finished in taken.finished:
            self.post_message(Reported(finished))
            if self._open_first:
                self._open_first = False
                self._open(finished.key)

    def on_recorded(self, event: Recorded) -> None:
        """Ratings were saved: if those on record are listed, the new ones join them."""
        if self.tray.listed:
            self.tray.list_ledger()

    def on_virtual_table_opened(self, event: InboxTable.Opened) -> None:
        """Open a row, or say why it cannot be."""
        self._open(event.key)

    def on_virtual_table_pointed(self, event: InboxTable.Pointed) -> None:
        """Show the row in words."""
        self.show_details()

    def on_virtual_table_marked(self, event: InboxTable.Marked) -> None:
        """Say how many are marked."""
        self.show_title()

    def on_virtual_table_sort_wanted(self, event: InboxTable.SortWanted) -> None:
        """Order the rows."""
        self.tray.rows.sort(event.column, event.reverse)
        self.table.refill()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        if event.value != self._query:
            self.filter_rows(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the table, filter kept."""
        self.table.focus()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """From the filter to the rows."""
        self.table.focus()

    def on_paste(self, event: events.Paste) -> None:
        """Rate what is pasted; where it consists of paths and addresses, open those."""
        event.stop()
        self._take_text(event.text)

    def on_key(self) -> None:
        """Whoever uses the inbox already is not to be carried off to the first announcement, or where they were."""
        self._open_first, self._wanted = False, ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to filter in an empty inbox, and no path is opened from the browser."""
        if action == "filter" and isinstance(self.focused, Input):
            return False  # it is a letter of what is typed
        if action in ("filter", "again", "remove"):
            return self.has_class("-filled")
        return not (self.tray.desk.sealed and action in ("ask_path", "follow"))

    def commands(self) -> Iterator[Command]:
        """What can be done with the inbox."""
        if not self.tray.desk.sealed:
            yield "inbox: open", "Open a file, a folder or an address", self.action_ask_path
            yield "inbox: follow", "Follow a folder or a feed: what arrives is rated", self.action_follow
        yield "inbox: paste", "Rate a text that is pasted or typed", self.action_paste
        yield "inbox: ledger", "List the ratings on record among the announcements", self.action_list_ledger
        yield "inbox: filter", "Show only some: words, level:4, class:, rule:", self.action_filter
        yield "inbox: again", "Read and rate the marked rows again", self.action_again
        yield "inbox: remove", "Take the marked rows out of the inbox; files stay", self.action_remove
        yield "inbox: stop", "Rate nothing more of what waits", self.action_stop
        if self._samples:
            yield "inbox: samples", "Open the samples that come with Caveat", self.action_samples

    def again(self) -> "InboxScreen":
        """Another screen over the same rows, for one that has failed."""
        fresh = InboxScreen(self.tray, self._samples)
        fresh._query = self._query
        return fresh

    def action_filter(self) -> None:
        """Show the filter and type into it."""
        if self.has_class("-filled"):
            self.add_class("-filtered")
            self.set_focus(self.query_one(FilterLine))

    def action_clear(self) -> None:
        """Show all announcements again; where all are shown, mark none."""
        if self.has_class("-filtered"):
            self.set_filter("")
        elif self.table.selected:
            self.table.choose(set())
        if self.has_class("-filled"):
            self.table.focus()

    def action_ask_path(self) -> None:
        """Ask for a file, a folder or an address, and open it."""
        self.app.push_screen(SourceScreen("Open", _OPEN), self._typed)

    def action_follow(self) -> None:
        """Ask for a folder or a feed, and follow it."""
        self.app.push_screen(SourceScreen("Follow", _FOLLOW), self._follow)

    def action_paste(self) -> None:
        """Ask for a text, and rate it."""
        self.app.push_screen(PasteScreen(), self._take_text)

    def action_samples(self) -> None:
        """Open the samples."""
        self.post_message(EmptyInbox.SamplesWanted())

    def action_list_ledger(self) -> None:
        """List the ratings on record, or those that came since."""
        self.tray.list_ledger()
        self.show_title()

    def action_again(self) -> None:
        """Read and rate the chosen rows again."""
        if not self.tray.again(row.key for row in self.table.chosen_rows()):
            self.note("What is on record stays as it is.", "Not rated again")

    def action_remove(self) -> None:
        """Take the chosen rows out."""
        self.tray.remove([row.key for row in self.table.chosen_rows()])
        self.table.choose(set())
        self.show()

    def action_stop(self) -> None:
        """Rate nothing more."""
        count = self.tray.stop()
        self.show()
        self.note(f"{count:,} that waited are taken out; open them again when they are wanted.", "Stopped")

    def _open(self, key: str) -> None:
        row = self.tray.rows.get(key)
        if row is None:
            return
        self.tray.seen(key)
        self.table.changed()
        if row.entry:
            self.post_message(Go(EntryPlace(row.entry)))
        elif (assessment := self.tray.assessment(key)) is not None:
            self.post_message(Go(AssessmentPlace(key, assessment)))
        elif why := self.tray.private(key):
            self.app.push_screen(AllowScreen(key, why), lambda allowed: self._allow(key) if allowed else None)
        elif row.state == "error":
            self.note(row.reason, "Could not be read", "error")
        else:
            self.note("It is rated in its turn; Enter opens it then.", "Not rated yet")

    def _allow(self, key: str) -> None:
        """Fetch an address of a private network: it was asked for, by name."""
        self.tray.allow(key)
        self.show()

    def _typed(self, typed: str | None) -> None:
        if typed:
            self.post_message(self.SourcesWanted([given(typed)]))

    def _follow(self, typed: str | None) -> None:
        if typed:
            name = given(typed)
            fresh = self.tray.follow(name)
            self.note(name, "Followed from now on" if fresh else "Followed already")

    def _take_text(self, text: str | None) -> None:
        """Rate a text; where it consists of paths and addresses, open those."""
        if not text or not text.strip():
            return
        if not self.tray.desk.sealed and (sources := sources_in(text)):
            self.post_message(self.SourcesWanted(sources))
        else:
            self._wanted = self.tray.paste(text)
            self.set_filter("")
