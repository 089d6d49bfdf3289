"""Disputing a fact of a rating on record: its level with and without the fact stays beside it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from rules.ledger import dispute
from rules.ledger.compare import told
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from rules.ledger.stored import assessment_json
from tui import drafts, ledger_view
from tui.asking import desk_of
from tui.literal import one_line
from tui.screens.dialog import Dialog


class ChallengeScreen(Dialog):
    """Asks which fact is disputed, and why."""

    TITLE_TEXT = "Challenge a fact"
    AUTO_FOCUS = "#facts"

    HELP: ClassVar[str] = (
        "Disputes one fact of a rating, with a reason. The level with the fact and without it, and the rules that rest "
        "on it, stay on record beside the rating. As text: caveat ledger challenge ID FACT --because TEXT."
    )

    DEFAULT_CSS = """
    ChallengeScreen OptionList {
        height: auto;
        max-height: 8;
        margin-bottom: 1;
    }
    """

    def __init__(self, rating: Entry, chosen: str = "") -> None:
        super().__init__()
        self._rating = rating
        self._chosen = chosen
        self.draft_name = drafts.of_entry("challenge", rating.seq, rating.leaf)

    def questions(self) -> ComposeResult:
        """The facts, and the reason."""
        yield Static(Text(f"{ledger_view.brief(self._rating)}\n"))
        yield Static(Text("Which fact is disputed? Up and Down choose, Enter goes on"))
        yield OptionList(id="facts", compact=True)
        yield Static(Text("Reason; it stays on record"))
        yield Input(id="because")

    def on_mount(self) -> None:
        """Ask for the facts."""
        rating = self._rating
        self.ask("facts", lambda ledger: assessment_json(ledger, rating)["facts"], self._show)

    def on_option_list_option_selected(self) -> None:
        """The fact is chosen: now the reason."""
        self.query_one("#because", Input).focus()

    def on_option_list_option_highlighted(self) -> None:
        """Another fact, for the reason that is typed."""
        self.keep()

    def typed(self) -> dict[str, str]:
        """The reason, and the fact that it is for."""
        fields = super().typed()
        chosen = self._fact or self._chosen or self.draft.get("facts", "")
        return {**fields, "facts": chosen} if any(fields.values()) else {}

    @property
    def _fact(self) -> str:
        """The fact under the cursor; empty as long as there is none."""
        facts = self.query_one(OptionList)
        return "" if facts.highlighted is None else str(facts.get_option_at_index(facts.highlighted).id)

    def deed(self) -> None:
        """Record it."""
        fact, because = self._fact, self.value("because")
        if not fact:
            self.say("There is no fact that could be disputed.")
            return
        if not because:
            self.say("A challenge needs a reason.", "because")
            return
        rating, who = self._rating, desk_of(self.app).who

        def question(ledger: Ledger) -> Entry:
            return dispute.challenge(ledger, rating, fact, because, who)

        self.do(question, self._made)

    def _show(self, facts: Sequence[dict[str, Any]]) -> None:
        listed, chosen = self.query_one(OptionList), self._chosen or self.draft.get("facts", "")
        for fact in facts:
            quote = f" “{one_line(fact['quote'])}”" if fact.get("quote") else ""
            listed.add_option(Option(Text(f"{fact['id']} {one_line(told(fact))}{quote}", no_wrap=True), id=fact["id"]))
        names = [fact["id"] for fact in facts]
        if names:
            listed.highlighted = names.index(chosen) if chosen in names else 0
        else:
            self.say("This rating rests on no facts; there is nothing to dispute.")

    def _made(self, made: Entry) -> None:
        data = made.data
        rests = " ".join(data["rests"]) or "none"
        levels = f"level {data['level']} with it, {data['without']} without; rules on it: {rests}"
        self.done(f"entry {made.seq}: {data['fact']} is disputed; {levels}")
