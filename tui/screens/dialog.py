"""A box over the screen that asks for a few things, does one deed with the ledger, and says what it did."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from facts.errors import FactsError
from rules.errors import RulesError
from rules.ledger.ledger import Ledger
from tui.asking import Answer, AskingScreen
from tui.drafts import drafts_of

_TAKEN_UP = "Here again as you left it; nothing of it is recorded yet."


class Dialog(ModalScreen[str], AskingScreen[str]):
    """Gives back what was done, in words; None when nothing was. Enter does it once everything is there."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
    }
    Dialog > VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    Dialog Static {
        height: auto;
    }
    Dialog Input, Dialog Input:focus {
        height: 1;
        margin-bottom: 1;
        border: none;
        border-left: outer $primary;
        padding: 0 1;
        background: $panel;
    }
    Dialog #complaint {
        color: $error;
        text-style: bold;
    }
    Dialog Horizontal {
        height: auto;
    }
    Dialog Button {
        margin-right: 2;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="dialog.cancel"),
    ]

    #: What stands on the frame, and on the button that does it.
    TITLE_TEXT: ClassVar[str] = ""
    DEED: ClassVar[str] = "Record"

    #: The name under which what was typed is kept until it is done; empty: it is not.
    draft_name = ""
    _busy = False

    def compose(self) -> ComposeResult:
        """The questions, what is wrong with an answer, and the buttons."""
        with VerticalScroll(can_focus=False) as box:
            box.border_title = Text(self.TITLE_TEXT)
            if self.draft:
                yield Static(Text(f"{_TAKEN_UP}\n", "italic"))
            yield from self.questions()
            yield Static(id="complaint")
            with Horizontal():
                yield Button(self.DEED, variant="primary", id="deed", compact=True)
                yield Button("Cancel", id="cancel", compact=True)
                if self.draft:
                    yield Button("Start anew", id="anew", compact=True)

    @property
    def draft(self) -> Mapping[str, str]:
        """What was typed here before and not done."""
        return drafts_of(self.app).of(self.draft_name)

    def typed(self) -> dict[str, str]:
        """What is typed so far, by field."""
        return {field.id: field.value for field in self.query(Input) if field.id}

    def on_mount(self) -> None:
        """Take up what was typed before."""
        for name, value in dict(self.draft).items():
            for field in self.query(f"#{name}").results(Input):
                field.value = value

    def questions(self) -> ComposeResult:
        """The fields between title and buttons."""
        yield from ()

    def deed(self) -> None:
        """Do it, or say what is missing."""

    def do(self, question: Callable[[Ledger], Answer], then: Callable[[Answer], None], write: bool = True) -> None:
        """Do it in a thread. A second Enter does not do it twice; what is refused can be tried again."""
        self._busy = True
        self.query_one("#deed", Button).disabled = True
        self.ask("deed", question, then, write=write)

    def say(self, what: str, field: str = "") -> None:
        """Say what is wrong, and go to the field that it is wrong in."""
        self.query_one("#complaint", Static).update(Text(what))
        if field:
            self.query_one(f"#{field}").focus()

    def complain(self, error: RulesError | FactsError) -> None:
        """What the ledger refused stands in the box: nothing that was typed is lost."""
        self._busy = False
        self.query_one("#deed", Button).disabled = False
        self.say(f"{error.title}: {error.message}")

    def value(self, field: str) -> str:
        """What was typed into a field."""
        return self.query_one(f"#{field}", Input).value.strip()

    def done(self, told: str) -> None:
        """It is done: give back what, in words; nothing of it is a draft any more."""
        drafts_of(self.app).drop(self.draft_name)
        self.dismiss(told)

    def keep(self) -> None:
        """Keep what is typed so far."""
        if self.draft_name:
            drafts_of(self.app).keep(self.draft_name, self.typed())

    @on(Button.Pressed, "#anew")
    def _press_anew(self) -> None:
        for field in self.query(Input):
            field.value = ""
        self.query_one("#anew").remove()
        self.query(Input).first().focus()

    @on(Button.Pressed, "#deed")
    def _press_deed(self) -> None:
        self.on_input_submitted()

    @on(Button.Pressed, "#cancel")
    def _press_cancel(self) -> None:
        self.action_cancel()

    def on_input_submitted(self) -> None:
        """Enter does it, or goes to what is missing."""
        if not self._busy:
            self.deed()

    def on_input_changed(self) -> None:
        """What was wrong may be right now; what is typed is kept."""
        self.query_one("#complaint", Static).update("")
        self.keep()

    def action_cancel(self) -> None:
        """Do nothing; what was typed is there again at the next opening."""
        self.dismiss(None)
