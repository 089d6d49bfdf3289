"""Asks for the value of a field: a list of those allowed with the level that each would give, or a line to type."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.box import Box
from tui.tryout import Choice
from tui.widgets.options import Options
from tui.widgets.still import StillScreen, settled

_WIDTH = 34


class _Box(Vertical):
    """The frame of the question."""

    virtual_size = settled()


class ValueScreen(StillScreen[str], Box[str]):
    """Gives back the value; an empty word when none was chosen."""

    HELP: ClassVar[str] = "The values that this field may take, each with the level that it would give."

    DEFAULT_CSS = """
    ValueScreen > Vertical {
        width: 64;
    }
    ValueScreen OptionList {
        height: auto;
        max-height: 18;
        border: none;
        padding: 0;
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
        with _Box() as box:
            box.border_title = Text(self._heading)
            box.border_subtitle = Text("Enter takes it · Escape cancels")
            if self._choices:
                yield Options(*(Option(self._told(choice)) for choice in self._choices), markup=False, compact=True)
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
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        await self.give(self._choices[event.option_index].value)

    @on(Input.Submitted)
    async def _typed(self, event: Input.Submitted) -> None:
        await self.give(event.value.strip())

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss("")
