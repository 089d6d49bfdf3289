"""The line in which a filter is typed."""

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui.query import FILTER_HINT


class FilterLine(Input):
    """Hidden until it is wanted. Enter and Down leave it for the rows: it posts `Submitted`, or `Left`."""

    DEFAULT_CSS = """
    FilterLine {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
    }
    """

    class Left(Message):
        """The rows are wanted."""

    def __init__(self) -> None:
        super().__init__(placeholder=FILTER_HINT, id="filter", compact=True)

    def key_down(self, event: events.Key) -> None:
        """To the rows. No binding: a Down that was meant for the rows, and still waits, would be taken for this one."""
        event.stop()
        self.post_message(self.Left())
