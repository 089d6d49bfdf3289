"""The ledger: every rating on record, filtered, over time; two of them compared; other opinions recorded."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from rules.errors import RulesError
from rules.render.json import dumps
from tui import garbage, ledger_view
from tui.asking import desk_of
from tui.ledger_list import LOOK, LedgerList
from tui.messages import Go
from tui.offers import Command
from tui.places import DiffPlace, EntryPlace
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.replay_bar import ReplayBar
from tui.widgets.table import VirtualTable

_EMPTY = (
    "Nothing is on record yet.\n\nOpen a rating and press Ctrl+S to save it here, or run\n"
    "    caveat rate announcement.txt --save\n\nEscape goes back."
)


class LedgerScreen(LedgerList):
    """The list of entries above the replay bar, and the entry under the cursor in words."""

    AUTO_FOCUS = "VirtualTable"

    #: Where there are few lines, the list has them.
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    LedgerScreen #title {
        height: 1;
        padding: 0 1;
        text-style: bold;
    }
    LedgerScreen #filter {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
    }
    LedgerScreen.-filtered #filter {
        display: block;
    }
    LedgerScreen #empty {
        display: none;
        height: 1fr;
        padding: 1 2;
    }
    LedgerScreen.-empty VirtualTable, LedgerScreen.-empty ReplayBar, LedgerScreen.-empty Details {
        display: none;
    }
    LedgerScreen.-empty #empty {
        display: block;
    }
    LedgerScreen Details {
        height: 6;
    }
    LedgerScreen.-low Details,
    LedgerScreen.-low ReplayBar {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False, id="ledger.leave"),
        # Prior to all others, so that what is typed right behind it stands in the filter and is no command.
        Binding("slash", "filter", "Filter", key_display="/", priority=True, id="ledger.filter"),
        Binding("d", "diff", "Diff", id="ledger.diff"),
        Binding("o", "override", "Override", id="ledger.override"),
        Binding("c", "challenge", "Challenge", show=False, id="ledger.challenge"),
        Binding("v", "verify", "Verify", id="ledger.verify"),
        Binding("e", "export", "Export", show=False, id="ledger.export"),
        Binding("K", "checkpoint", "Sign a checkpoint", show=False, id="ledger.checkpoint"),
        Binding("left_square_bracket", "replay(-1)", "Back in time", show=False, key_display="[", id="ledger.earlier"),
        Binding("right_square_bracket", "replay(1)", "Forward in time", show=False, key_display="]", id="ledger.later"),
        Binding("p", "play", "Play the ledger over time", show=False, id="ledger.play"),
    ]

    HELP: ClassVar[str] = (
        "Everything on record, the newest first. Enter opens a rating, Space marks one; with two marked, d compares "
        "them. o sets another level with a reason, c disputes a fact, e writes a rating with its proof into one file, "
        "Ctrl+R writes a report, K signs all that is on record, v checks that nothing was altered. [ and ] go back "
        "and forward in time. The filter takes words and level:4, class:offtake_deal, rule:FIN-006, "
        'issuer:"Acme Ltd", kind:override, since:2026-05-01, until:, story:. As text: caveat ledger list, show, '
        "history, diff, verify, export, checkpoint, override, challenge."
    )

    def compose(self) -> ComposeResult:
        """Title, filter, table, bar, details, keys."""
        yield Static(id="title")
        yield Input(self.query_text, placeholder=ledger_view.FILTER_HINT, id="filter", compact=True)
        yield Static(Text(_EMPTY), id="empty")
        yield VirtualTable(ledger_view.COLUMNS)
        yield ReplayBar()
        yield Details("In words · e export · c challenge · [ ] over time")
        yield KeyLine()

    def on_mount(self) -> None:
        """List what is on record; look now and then whether there is more."""
        garbage.watch(self.app, "ledger")
        self.set_class(bool(self.query_text), "-filtered")
        self.show_title()
        self.filter_by(self.query_text)
        self.set_interval(LOOK, self.look)

    def on_resize(self) -> None:
        """Say in the title what there is no other room for."""
        self.call_after_refresh(self.show_title)

    def on_screen_resume(self) -> None:
        """Something may have been recorded meanwhile."""
        self.look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        if event.value != self.query_text:
            self.filter_soon(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the table, filter kept."""
        self.table.focus()

    def on_virtual_table_pointed(self, event: VirtualTable.Pointed) -> None:
        """Read the entry under the cursor, once the cursor rests."""
        self.read_soon()

    def on_virtual_table_opened(self, event: VirtualTable.Opened) -> None:
        """To the rating."""
        self.post_message(Go(EntryPlace(event.key)))

    def on_virtual_table_sort_wanted(self, event: VirtualTable.SortWanted) -> None:
        """List in another order."""
        self.list_again()

    def on_replay_bar_moved(self, event: ReplayBar.Moved) -> None:
        """Show what was on record then."""
        self.moved_in_time()

    def action_filter(self) -> None:
        """Show the filter and type into it."""
        self.add_class("-filtered")
        self.set_focus(self.query_one("#filter", Input))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the filter, a slash is a letter."""
        return not (action == "filter" and isinstance(self.focused, Input))

    async def action_leave(self) -> None:
        """Clear the filter if there is one, and come back to now; else back."""
        if self.has_class("-filtered"):
            self.query_one("#filter", Input).value = ""
            self.remove_class("-filtered")
            self.table.focus()
        elif self.bar.upto is not None:
            self.bar.action_now()
        else:
            await self.app.run_action("app.back")

    def action_replay(self, step: int) -> None:
        """Back or forward in time."""
        self.bar.action_step(step)

    def action_play(self) -> None:
        """Play the ledger over time, or stop."""
        self.bar.action_play()

    def action_diff(self) -> None:
        """Two ratings side by side: those marked, or the one marked and the one under the cursor."""
        keys = sorted(self.table.selected, key=int)
        if len(keys) == 1 and self.table.pointed not in (None, *keys):
            keys = sorted([*keys, str(self.table.pointed)], key=int)
        if len(keys) == 2:
            self.post_message(Go(DiffPlace(keys[0], keys[1])))
            return
        told = f"{len(keys)} are marked. " if len(keys) > 2 else ""
        self.app.notify(
            f"{told}Mark one rating with Space and put the cursor on another; then d compares the two.",
            title="Two ratings are wanted", markup=False,
        )  # fmt: skip

    def action_override(self) -> None:
        """Another level for the rating under the cursor."""
        from tui.screens.override import OverrideScreen

        self.over(lambda whole: OverrideScreen(whole.rating), self._read_only(), "Overridden")

    def action_challenge(self) -> None:
        """Dispute a fact of the rating under the cursor."""
        from tui.screens.challenge import ChallengeScreen

        self.over(lambda whole: ChallengeScreen(whole.rating), self._read_only(), "Disputed")

    def action_export(self) -> None:
        """Write the rating under the cursor, with all it rests on, into a file."""
        from tui.screens.export import ExportScreen

        self.over(lambda whole: ExportScreen(whole.rating), self._sealed(), "Written")

    def action_checkpoint(self) -> None:
        """Sign the ledger as it stands."""
        from tui.screens.checkpoint import CheckpointScreen

        if refusal := self._read_only() or self._sealed():
            self.complain(refusal)
        else:
            self.app.push_screen(CheckpointScreen(), partial(self._done, "Signed"))

    def _read_only(self) -> RulesError | None:
        """Why nothing may be recorded from here, if so."""
        try:
            desk_of(self.app).refuse_read_only()
        except RulesError as error:
            return error
        return None

    def _sealed(self) -> RulesError | None:
        """Why no file may be written from here, if so."""
        told = "no file is written from the browser; run `caveat ledger export` where the ledger is"
        return RulesError("Not here", told) if desk_of(self.app).sealed else None

    def action_verify(self) -> None:
        """Check that nothing on record was altered."""
        from tui.screens.verify import VerifyScreen

        self.app.push_screen(VerifyScreen())

    def commands(self) -> Iterable[Command]:
        """What the palette offers here."""
        yield "ledger: filter", "Show only some entries", self.action_filter
        yield "ledger: diff", "Two marked ratings side by side", self.action_diff
        yield "ledger: override", "Another level, with a reason", self.action_override
        yield "ledger: challenge", "Dispute a fact of the rating", self.action_challenge
        yield "ledger: verify", "Check that nothing was altered", self.action_verify
        yield "ledger: export", "One rating with its proof as a file", self.action_export
        yield "ledger: checkpoint", "Sign the ledger as it stands, so that others can check it", self.action_checkpoint
        yield "ledger: play", "Play the ledger over time, or stop", self.action_play

    def entries(self) -> Sequence[str]:
        """On what a report is written: the marked entries, else the one under the cursor."""
        return self.table.chosen

    def kept(self) -> Mapping[str, object]:
        """What the next start takes up: filter and cursor."""
        found = {"filter": self.query_text, "cursor": (self.table.pointed or "") if self.table.cursor else ""}
        return {name: value for name, value in found.items() if value}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take it up again; what does not fit is left out."""
        query = str(kept.get("filter", ""))
        self.wanted = str(kept.get("cursor", ""))
        self.set_class(bool(query), "-filtered")
        self.query_text = query
        self.query_one("#filter", Input).value = query
        self.filter_by(query)

    def as_text(self) -> str:
        """The rows in view, and the entry under the cursor."""
        told = "\n".join(ledger_view.told(self.whole, self.levels)) if self.whole else ""
        return ledger_view.as_text(self.in_view, self.heading, self.levels) + f"\n{told}\n"

    def as_json(self) -> str:
        """The same as JSON: entries as they are on record."""
        return dumps([entry.data for entry in self.in_view], indent=2)
