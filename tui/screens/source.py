"""Asks for a file, a folder or an address; a path completes itself."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tui.drafts import drafts_of
from tui.paths import completion
from tui.screens.box import Box


class _Paths(Suggester):
    """Suggests the first file or folder that begins as typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        return completion(value)


class SourceScreen(Box[str]):
    """Gives back what was typed; an empty word when nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="source.cancel"),
        Binding("tab", "complete", "Complete the path", show=False, priority=True, id="source.complete"),
    ]

    def __init__(self, title: str, says: str) -> None:
        super().__init__()
        self._heading = title
        self._says = says
        self._draft = title.lower()

    def compose(self) -> ComposeResult:
        """A line to type into."""
        with Vertical() as box:
            box.border_title = Text(self._heading)
            yield Static(Text(self._says))
            typed = drafts_of(self.app).of(self._draft).get("line", "")
            yield Input(typed, placeholder="path or https://…", compact=True, suggester=_Paths(), select_on_focus=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Whatever happens, what is typed is not lost."""
        drafts_of(self.app).keep(self._draft, {"line": event.value})

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was typed."""
        event.stop()
        drafts_of(self.app).drop(self._draft)
        self.dismiss(event.value.strip())

    def action_complete(self) -> None:
        """Take the path that is suggested."""
        field = self.query_one(Input)
        if (found := completion(field.value)) is not None:
            field.value = found
            field.cursor_position = len(found)

    def action_cancel(self) -> None:
        """Open nothing."""
        drafts_of(self.app).drop(self._draft)
        self.dismiss("")
