"""What an empty inbox says: what to do, and the samples."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

_WHAT = """\
Nothing to read yet.

Caveat rates announcements about critical minerals from 1 (money or metal is moving) to 5 (do not rely on it), and \
shows the sentences that each rating rests on."""
_HOW = """

  o   open a file, a folder or an address (a feed, too)
  p   paste an announcement; pasting into this screen does the same
  f   follow a folder or a feed: what arrives there appears here, rated
  l   list the ratings that are on record in the ledger

Or start with files and folders: caveat tui announcements/"""
_SEALED = """

  p   paste an announcement; pasting into this screen does the same
  l   list the ratings that are on record in the ledger

In the browser neither files nor addresses are opened."""
_SAMPLES = "\n\nOr look at samples first: one announcement for each level, and one that is not rated."


class EmptyInbox(VerticalScroll, can_focus=False):
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

    def __init__(self, samples: bool, sealed: bool = False) -> None:
        super().__init__()
        self._samples = samples
        self._words = _WHAT + (_SEALED if sealed else _HOW) + (_SAMPLES if samples else "")

    def compose(self) -> ComposeResult:
        """What to do, and the button."""
        yield Static(Text(self._words))
        if self._samples:
            yield Button("Enter: open the samples", variant="primary")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Ask for the samples."""
        event.stop()
        self.post_message(self.SamplesWanted())
