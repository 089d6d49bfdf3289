"""Messages that travel between threads and screens; those of one widget stand in its module."""

from textual.message import Message

from tui.places import Place
from tui.rater import Report


class Reported(Message):
    """The rater reports on an announcement."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Go(Message):
    """A place is to be shown; any widget may post it."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Recorded(Message):
    """Ratings were saved to the ledger: whoever shows a place in it may look again."""
