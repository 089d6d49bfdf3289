"""Signing the ledger as it stands: what a checkpoint is, the key that signs, and where a copy goes."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from rules.ledger.ledger import Ledger
from rules.ledger.status import Status, status
from tui.checkpoint import Wanted, sign, usual_key
from tui.drafts import drafts_of
from tui.literal import one_line
from tui.screens.dialog import Dialog

_SAYS = (
    "A checkpoint signs everything on record with your key. Whoever keeps a copy of it elsewhere can tell later "
    "whether anything was altered since, and an exported rating carries it as its proof."
)
_COPY = "File for a copy, to be mailed or kept elsewhere; empty: into the ledger alone"
_NEW = "There is no key yet: it is made. Its name, which stands in every signature, such as example.org/ratings"
#: The key that was used last is remembered under this name, as a draft is.
_LAST = "signing"


class CheckpointScreen(Dialog):
    """Asks for the key, its name where there is none yet, and a file for a copy."""

    TITLE_TEXT = "Checkpoint"
    DEED = "Sign"

    HELP: ClassVar[str] = (
        "Signs the ledger as it stands. The private key stays on this machine and is yours alone; others check with "
        "the public one beside it (.pub). A checkpoint is refused if an earlier one does not hold. As text: caveat "
        "ledger keygen NAME --out KEY, caveat ledger checkpoint --key KEY --out FILE."
    )

    DEFAULT_CSS = """
    CheckpointScreen .named {
        display: none;
    }
    CheckpointScreen.-new .named {
        display: block;
    }
    """

    def questions(self) -> ComposeResult:
        """What it is, how much would be signed, key, name, copy."""
        yield Static(Text(_SAYS))
        yield Static(id="status")
        yield Static(Text("\nFile of your private key"))
        yield Input(drafts_of(self.app).of(_LAST).get("key", str(usual_key())), id="key", select_on_focus=False)
        yield Static(Text(_NEW), classes="named")
        yield Input(id="name", classes="named")
        yield Static(Text(_COPY))
        yield Input(id="copy")

    def on_mount(self) -> None:
        """Ask how much is signed already, and go to what is to be typed."""
        self.ask("status", status, self._told, lambda _: None)
        self._look()
        self.query_one("#name" if self.has_class("-new") else "#copy").focus()

    @on(Input.Changed, "#key")
    def _look(self) -> None:
        self.set_class(bool(self.value("key")) and not self._key.exists(), "-new")

    @property
    def _key(self) -> Path:
        return Path(self.value("key")).expanduser()

    def deed(self) -> None:
        """Sign, once everything is there."""
        if not self.value("key"):
            self.say("Which key signs? Where the file does not exist yet, a key is made.", "key")
            return
        if self.has_class("-new") and not self.value("name"):
            self.say("The new key needs a name, such as example.org/ratings.", "name")
            return
        copy = self.value("copy")
        wanted = Wanted(self._key, self.value("name"), Path(copy).expanduser() if copy else None)

        def question(ledger: Ledger) -> str:
            return sign(ledger, wanted)

        def signed(told: str) -> None:
            drafts_of(self.app).keep(_LAST, {"key": str(wanted.key)})
            self.done(one_line(told))

        self.do(question, signed)

    def _told(self, found: Status) -> None:
        some = "none of them" if found.uncovered == found.entries else f"all but {found.uncovered:,}"
        covered = "all of them" if not found.uncovered else some
        entries = "1 entry" if found.entries == 1 else f"{found.entries:,} entries"
        self.query_one("#status", Static).update(Text(f"{entries} on record; {covered} signed so far.", "bold"))
