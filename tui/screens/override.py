"""Another level for a rating on record: with a reason, and a last day if it shall not stand for good."""

import datetime as dt
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, Static

from rules.ledger import dispute
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from tui import drafts, ledger_view
from tui.asking import desk_of, levels_of
from tui.screens.dialog import Dialog


class OverrideScreen(Dialog):
    """Asks for level, reason and last day, and records them beside the rating."""

    TITLE_TEXT = "Override"
    AUTO_FOCUS = "#level"

    HELP: ClassVar[str] = (
        "Sets another level for a rating, with a reason and, if you like, a last day. The rating stays on record as it "
        "is, and both are shown. As text: caveat ledger override ID --level N --because TEXT --until DATE."
    )

    def __init__(self, rating: Entry) -> None:
        super().__init__()
        self._rating = rating
        self.draft_name = drafts.of_entry("override", rating.seq, rating.leaf)

    def questions(self) -> ComposeResult:
        """Level, reason, last day."""
        levels = levels_of(self.app)
        rated = ledger_view.level_text(self._rating, levels)
        yield Static(
            Text(f"{ledger_view.brief(self._rating)}\nrated {rated}; the rating stays on record beside this.\n")
        )
        yield Static(Text("  ".join(f"{each.level} {each.name}" for each in levels.values()), "dim"))
        yield Static(Text("New level, 1 to 5"))
        yield Input(id="level", max_length=1, restrict="[1-5]?")
        yield Static(Text("Reason; it stays on record"))
        yield Input(id="because")
        yield Static(Text("Last day on which it stands, such as 2026-12-31; empty: until further notice"))
        yield Input(id="until")

    def deed(self) -> None:
        """Record it."""
        level, because, until = self.value("level"), self.value("because"), self.value("until")
        if not level:
            self.say("Which level shall stand instead?", "level")
            return
        if not because:
            self.say("Another level needs a reason.", "because")
            return
        try:
            last = dt.date.fromisoformat(until) if until else None
        except ValueError:
            self.say(f"{until!r} is no day; write it like 2026-12-31.", "until")
            return
        rating, who = self._rating, desk_of(self.app).who

        def question(ledger: Ledger) -> Entry:
            return dispute.override(ledger, rating, int(level), because, last, who)

        self.do(question, self._made)

    def _made(self, made: Entry) -> None:
        until = f" until {made.data['until']}" if "until" in made.data else ""
        told = f"entry {made.seq}: entry {self._rating.seq} is rated {self._rating.level}, overridden to {made.level}"
        self.done(f"{told}{until}")
