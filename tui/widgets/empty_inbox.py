"""What an empty inbox says: what to do, and the samples."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Static

_WELCOME = """\
Nothing to read yet.

Caveat rates announcements about critical minerals from 1 (money or metal is moving) to 5 (do not rely on it), and \
shows the sentences that each rating rests on.

Start it with files or folders:   caveat tui announcements/
or press o to open a file or folder here."""
_SAMPLES = "\n\nOr look at samples first: one announcement for each level, and one that is not rated."


class EmptyInbox(Vertical):
    """Shown while there is no announcement; posts `SamplesWanted`."""

    DEFAULT_CSS = """
    EmptyInbox {
        height: 1fr;
        padding: 1 2;
    }
    EmptyInbox > Static {
        height: auto;
        max-width: 76;
        margin-bottom: 1;
    }
    """

    class SamplesWanted(Message):
        """The samples are to be opened."""

    def __init__(self, samples: bool) -> None:
        super().__init__()
        self._samples = samples

    def compose(self) -> ComposeResult:
        """What to do, and the button."""
        yield Static(Text(_WELCOME + (_SAMPLES if self._samples else "")))
        if self._samples:
            yield Button("Enter: open the samples", variant="primary")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Ask for the samples."""
        event.stop()
        self.post_message(self.SamplesWanted())
