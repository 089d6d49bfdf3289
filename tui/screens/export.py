"""One rating on record as a file: with all it rests on, its place in the log, and a checker that needs only Python."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Checkbox, Input, Static

from facts.errors import FactsError
from rules.errors import RulesError
from rules.ledger.bundle import export, write
from rules.ledger.entry import Entry
from rules.ledger.ledger import Ledger
from tui import ledger_view
from tui.asking import desk_of
from tui.literal import one_line
from tui.screens.checkpoint import CheckpointScreen
from tui.screens.dialog import Dialog

_UNSIGNED = "No checkpoint covers this rating yet; without one nobody could check the file. Enter makes one."


class Tick(Checkbox):
    """A box with a sign that is there or is not: the usual one only changes its colour."""

    BUTTON_INNER = " "

    def watch_value(self) -> None:
        """Draw the sign, or take it away."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()


class ExportScreen(Dialog):
    """Asks for the file's name; a file that is there already is never overwritten."""

    TITLE_TEXT = "Export"
    DEED = "Write"
    AUTO_FOCUS = "#file"

    HELP: ClassVar[str] = (
        "Writes one rating with everything it rests on, its place in the log and a checker into one zip file. Whoever "
        "has it needs only Python: python3 -I verify.py --key KEY. As text: caveat ledger export ID --out FILE."
    )

    def __init__(self, rating: Entry) -> None:
        super().__init__()
        self._rating = rating

    def questions(self) -> ComposeResult:
        """The file, and whether the name of who asked goes with it."""
        yield Static(Text(f"{ledger_view.brief(self._rating)}\n"))
        yield Static(Text("File to write"))
        yield Input(f"caveat-{self._rating.seq}.zip", id="file", select_on_focus=False)
        yield Tick("with the name of who asked", id="who", compact=True)

    def complain(self, error: RulesError | FactsError) -> None:
        """Nobody could check what no checkpoint covers: offer to make one."""
        super().complain(error)
        if error.title == "No checkpoint" and not desk_of(self.app).read_only:
            self.say(_UNSIGNED)
            if not self.query("#sign"):
                self.query_one(Horizontal).mount(Button("Make a checkpoint", id="sign", compact=True), before="#cancel")
            self.query_one("#sign").focus()

    @on(Button.Pressed, "#sign")
    def _sign(self) -> None:
        self.app.push_screen(CheckpointScreen(), self._signed)

    def _signed(self, told: str | None) -> None:
        if told:
            self.query_one("#sign").remove()
            self.query_one("#file").focus()
            self.say(f"{told} Enter writes the file now.")

    def deed(self) -> None:
        """Write it."""
        if not self.value("file"):
            self.say("Which file?", "file")
            return
        place = Path(self.value("file")).expanduser()
        if place.exists():
            self.say(f"{one_line(str(place))} is there already; choose another name.", "file")
            return
        rating, who = self._rating, self.query_one(Tick).value

        def question(ledger: Ledger) -> int:
            data = export(ledger, rating, who)
            write(data, place)
            return len(data)

        def written(size: int) -> None:
            self.done(f"{place.absolute()}: {size:,} bytes")

        self.do(question, written, write=False)
