"""WHAT IF: facts dropped, restored, edited and added, with the level and the changed steps at once."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from facts.errors import FactsError
from rules.errors import RulesError
from rules.render.beside import beside
from rules.render.json import dumps
from rules.render.style import Style
from tui.offers import Command
from tui.panes.pane import Pane, Told
from tui.screens.add import AddScreen
from tui.screens.value import ValueScreen
from tui.session import Session
from tui.tryout import choices, effect, field_of, root
from tui.widgets.step_tree import StepTree
from tui.widgets.words import Words


class FactTree(StepTree):
    """The facts with their fields; Space is the key of a fact here, not of opening it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "drop", "Drop the fact, or bring it back", show=False, id="whatif.drop"),
        Binding("enter", "select_cursor", "Open a fact, edit a field", show=False, id="whatif.edit"),
    ]

    class Dropped(Message):
        """The highlighted fact is to be dropped, or brought back."""

    def action_drop(self) -> None:
        """Ask for it."""
        self.post_message(self.Dropped())


class WhatIfPane(Pane):
    """The facts with their fields, and what the changes do."""

    NAME: ClassVar[str] = "What if"
    KEYS: ClassVar[str] = "Space drops · → fields · Enter edits · + adds · u undoes"
    HELP: ClassVar[str] = (
        "What if: Space drops the highlighted fact and brings it back as it was read; → opens its fields and Enter "
        "gives one another value; + adds a fact. ✓ as read, ✗ dropped, ≠ changed, + added. Level, bars and changed "
        "steps follow at once; u takes a step back, U makes it again. A what-if is never saved."
    )

    DEFAULT_CSS = """
    WhatIfPane StepTree {
        height: 1fr;
    }
    WhatIfPane Words {
        height: 35%;
        min-height: 2;
        border-top: dashed $foreground 40%;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "add", "Add a fact", show=False, key_display="+", id="whatif.add"),
        Binding("0", "reset", "Take back every step", show=False, id="whatif.reset"),
    ]

    def compose(self) -> ComposeResult:
        """The facts, and what the changes do."""
        facts = FactTree(root(self.session))
        facts.stand_open()
        facts.listener = self.point
        yield facts
        yield Words()

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        super().__init__(session, changed, told)
        self._shown = session.facts

    @property
    def facts(self) -> FactTree:
        """The tree of the facts."""
        return self.query_one(FactTree)

    @property
    def first(self) -> Widget:
        """The tree takes the focus."""
        return self.facts

    def tell(self) -> None:
        """The fact under the cursor."""
        self.facts.tell()

    def offers(self) -> Iterable[Command]:
        """Its keys."""
        yield "what if: drop", "Drop the highlighted fact, or bring it back", self._drop
        yield "what if: add", "Add a fact", self.action_add
        yield "what if: reset", "Take back every step", self.action_reset

    def follow(self) -> None:
        """The facts as they are now."""
        if self._shown is not self.session.facts:
            self._shown = self.session.facts
            self.facts.show(root(self.session))
        self._tell()

    @on(FactTree.Dropped)
    def _drop(self) -> None:
        """Drop the highlighted fact; bring back a dropped one as it was read."""
        fact = next((node.id for node in self.facts.above if node.kind == "fact"), None)
        if fact is None:
            return
        dropped = self.session.state(fact) == "dropped"
        self._do(lambda: (self.session.restore if dropped else self.session.drop)(fact))

    def action_add(self) -> None:
        """Ask for a fact to add."""
        self.app.push_screen(AddScreen(self.session), self._add)

    def action_reset(self) -> None:
        """The announcement as it was read."""
        self.session.reset()
        self.changed()

    @on(StepTree.Chosen)
    def _edit(self, event: StepTree.Chosen) -> None:
        """Ask for another value of a field."""
        if event.node.kind != "field":
            return
        fact, field = field_of(self.session, event.node.id)
        if self.session.state(fact.id) == "dropped":
            self.notify(f"{fact.id} is dropped; Space brings it back.")
            return
        value = getattr(fact, field)
        asked = ValueScreen(
            event.node.label.partition(":")[0], choices(self.session, fact, field),
            "" if value is None else str(value), self.session.current.level,
        )  # fmt: skip
        self.app.push_screen(asked, lambda value: self._set(fact.id, field, value or ""))

    def _set(self, fact: str, field: str, value: str) -> None:
        now = next(getattr(each, field) for each in self.session.facts if each.id == fact)
        if value and value != str(now):
            self._do(lambda: self.session.set(fact, field, value))

    def _add(self, words: str | None) -> None:
        if words:
            self._do(lambda: self.session.add(words))
            self.facts.reveal(self.session.facts[-1].id)

    def _do(self, change: Callable[[], None]) -> None:
        """Make a change; what does not fit is told, and changes nothing."""
        try:
            change()
        except (RulesError, FactsError) as error:
            self.notify(error.message, title=error.title, severity="warning", markup=False)
            return
        self.changed()

    def _tell(self) -> None:
        head, *steps = effect(self.session)
        told = Text(head, "bold" if steps or self.session.done else "")
        for step in steps:
            told.append(f"\n{step}", "not bold")
        self.query_one(Words).show(told)

    # Copied.

    def as_text(self) -> str:
        """What `caveat whatif` prints."""
        return beside(self.session.told, Style())

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(self.session.told.to_json(), indent=2)
