"""Asks for the value of a field: a list of those allowed with the level that each would give, or a line to type."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.tryout import Choice

_WIDTH = 34


class ValueScreen(ModalScreen[str]):
    """Gives back the value; an empty word when none was chosen."""

    HELP: ClassVar[str] = "The values that this field may take, each with the level that it would give."

    DEFAULT_CSS = """
    ValueScreen {
        align: center middle;
    }
    ValueScreen > Vertical {
        width: 64;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    ValueScreen OptionList {
        height: auto;
        max-height: 18;
        border: none;
        padding: 0;
    }
    ValueScreen Static {
        height: auto;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="value.cancel"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], now: str, level: int | None) -> None:
        super().__init__()
        self._heading = title
        self._choices = choices
        self._now = now
        self._level = level

    def compose(self) -> ComposeResult:
        """The list, or the line."""
        with Vertical() as box:
            box.border_title = Text(self._heading)
            box.border_subtitle = Text("Enter takes it · Escape cancels")
            if self._choices:
                yield OptionList(*(Option(self._told(choice)) for choice in self._choices), markup=False, compact=True)
            else:
                yield Static(Text("A number, a date or words."))
                yield Input(self._now, compact=True)

    def on_mount(self) -> None:
        """Begin at the value that it has."""
        for listed in self.query(OptionList):
            listed.highlighted = next((at for at, each in enumerate(self._choices) if each.value == self._now), 0)

    def _told(self, choice: Choice) -> Text:
        if choice.value == self._now:
            effect = "as it is"
        elif choice.level is None:
            effect = "does not fit"
        else:
            effect = f"level {choice.level}" if choice.level == self._level else f"level {self._level} → {choice.level}"
        bold = choice.value != self._now and choice.level != self._level
        return Text.assemble(f"{choice.label:<{_WIDTH}} ", (effect, "bold" if bold else ""))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].value)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss("")
