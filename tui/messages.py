"""Messages that travel between threads and screens; those of one widget stand in its module."""

from textual.message import Message

from tui.rater import Report


class Reported(Message):
    """The rater reports on an announcement."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
