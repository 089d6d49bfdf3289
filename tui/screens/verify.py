"""Checking the ledger: every entry, content and checkpoint, with progress; Escape stops."""

import os
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, ProgressBar, Static

from facts.errors import FactsError
from rules.errors import RulesError
from rules.explain.prose import several
from rules.ledger.ledger import Ledger
from rules.ledger.verify import Verification, verify
from rules.render.json import dumps
from tui.asking import AskingScreen, desk_of
from tui.literal import one_line

_VARIABLE = "CAVEAT_VERIFIER"


class _Stopped(Exception):  # noqa: N818  (no error: the analyst asked for it)
    """Raised in the check, to end it."""


class VerifyScreen(ModalScreen[None], AskingScreen[None]):
    """A bar while it runs, then what was found."""

    DEFAULT_CSS = """
    VerifyScreen {
        align: center middle;
    }
    VerifyScreen > VerticalScroll {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    VerifyScreen Static {
        height: auto;
    }
    VerifyScreen ProgressBar, VerifyScreen Bar {
        width: 1fr;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "Close", id="verify.close"),
    ]

    HELP: ClassVar[str] = (
        "Checks every entry, content and checkpoint of the ledger. Whoever may write the ledger can rewrite what no "
        "checkpoint covers: keep checkpoints elsewhere, and give them to caveat ledger verify --checkpoint FILE."
    )

    class Progress(Message):
        """So many entries and contents are done."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    def __init__(self) -> None:
        super().__init__()
        self._found: Verification | None = None
        self._told = ""
        self._wanted = True

    def compose(self) -> ComposeResult:
        """The bar, then the findings."""
        with VerticalScroll() as box:
            box.border_title = Text("Verify the ledger")
            box.border_subtitle = Text("Escape stops")
            yield ProgressBar(show_eta=False)
            yield Static(Text("Checking every entry, content and checkpoint …"), id="found")
            yield Button("Stop", id="close", compact=True)

    def on_mount(self) -> None:
        """Begin."""
        self.ask("verify", self._verify, self._verified, self._refused)

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._wanted = False

    def on_verify_screen_progress(self, event: Progress) -> None:
        """Move the bar."""
        self.query_one(ProgressBar).update(total=max(1, event.total), progress=event.done)
        if self._found is None:
            told = f"Checking entries and contents: {event.done:,} of {event.total:,} …"
            self.query_one("#found", Static).update(Text(told))

    def on_button_pressed(self) -> None:
        """Stop, and close."""
        self.action_close()

    def action_close(self) -> None:
        """Stop, and close."""
        self._wanted = False
        self.dismiss(None)

    def as_text(self) -> str:
        """What was found."""
        return self._told

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(self._found.to_json() if self._found else None, indent=2)

    def _verify(self, ledger: Ledger) -> Verification | None:
        """In a thread."""
        wanted = os.environ.get(_VARIABLE, "") or desk_of(self.app).config.verifier
        key = None
        if wanted:
            from rules.ledger.signing import read_verifier  # cryptography is slow to import, and needed by few

            key = read_verifier(wanted)
        try:
            return verify(ledger, verifier=key, progress=self._progress)
        except _Stopped:
            return None

    def _progress(self, done: int, total: int) -> None:
        if not self._wanted:
            raise _Stopped
        self.post_message(self.Progress(done, total))

    def _verified(self, found: Verification | None) -> None:
        self._found = found
        if found is not None:
            self._show("\n".join(in_words(found)), found.holds)

    def _refused(self, error: RulesError | FactsError) -> None:
        self._show(f"✗ {error.title}: {one_line(error.message)}", holds=False)

    def _show(self, told: str, holds: bool) -> None:
        self._told = told
        bar = self.query_one(ProgressBar)
        bar.update(total=1, progress=1)
        self.query_one("#found", Static).update(Text(told, "" if holds else "bold"))
        self.query_one(VerticalScroll).border_subtitle = Text("Escape closes")
        self.query_one(Button).label = "Close"


def in_words(found: Verification) -> list[str]:
    """What was found, the verdict first."""
    verdict = (
        "✓ The ledger holds."
        if found.holds
        else f"✗ The ledger does NOT hold: {several(len(found.findings), 'finding')}."
    )
    free = f"{found.uncovered:,} {'entry is' if found.uncovered == 1 else 'entries are'} covered by no checkpoint yet."
    noun = "entry" if found.size == 1 else "entries"
    lines = [
        verdict,
        f"{found.size:,} {noun}, {several(found.checkpoints, 'checkpoint')}; {free}",
        f"Root {found.root.hex()}",
        *(f"✗ {each.sort}: {one_line(each.message)}" for each in found.findings),
        *(f"note: {one_line(note)}" for note in found.notes),
    ]
    return [*lines, "", "As text: caveat ledger verify"]
