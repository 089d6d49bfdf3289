"""Asks for a fact to add, written `kind field=value …`; says what may come next and what it would do to the level."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static

from facts.errors import FactsError
from rules.errors import RulesError
from rules.explain.change import Add
from rules.pack import Pack
from tui.drafts import drafts_of
from tui.screens.box import Box
from tui.session import Session
from tui.tryout import completed, effect_of_add, hint, unfit

_DRAFT, _EXAMPLE = "add", "offtake form=binding buyer_named=yes"


class _Completing(Suggester):
    """Completes the word that is typed."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._pack = pack

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last word completed."""
        return completed(value, self._pack)


class AddScreen(Box[str]):
    """Gives back the fact as typed; an empty word when none was."""

    HELP: ClassVar[str] = (
        "A fact to add, as kind and field=value: “offtake form=binding buyer_named=yes”. Right or Tab completes the "
        "word; below stands what may come next, and what the fact would do."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="add.cancel"),
        Binding("tab", "complete", "Complete the word", priority=True, id="add.complete"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pack = session.original.pack

    def compose(self) -> ComposeResult:
        """The line, what may come next, what it would do."""
        with Vertical() as box:
            box.border_title = Text("Add a fact")
            box.border_subtitle = Text("Enter adds · Tab completes · Escape cancels")
            typed = drafts_of(self.app).of(_DRAFT).get("line", "")
            yield Input(typed, placeholder=_EXAMPLE, suggester=_Completing(self._pack), compact=True)
            yield Static(Text(hint("", self._pack)), id="hint")
            yield Static(id="effect")

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        drafts_of(self.app).keep(_DRAFT, {"line": event.value})
        self.query_one("#hint", Static).update(Text(hint(event.value, self._pack)))
        told = effect_of_add(self._session, event.value) if event.value.strip() else ""
        self.query_one("#effect", Static).update(Text(told, "bold"))

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        """Only what fits is given back."""
        text = event.value.strip()
        try:
            Add(text).apply(self._session.facts, self._pack)
        except (RulesError, FactsError) as error:
            self.query_one("#effect", Static).update(Text(unfit(error), "bold"))
            return
        drafts_of(self.app).drop(_DRAFT)
        self.dismiss(text)

    def action_complete(self) -> None:
        """Take the suggestion."""
        line = self.query_one(Input)
        if told := completed(line.value, self._pack):
            line.value = told
            line.action_end()

    def action_cancel(self) -> None:
        """Add nothing."""
        drafts_of(self.app).drop(_DRAFT)
        self.dismiss("")
