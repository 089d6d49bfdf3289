"""Work done in a thread, handed back as a message: at the end of the program no thread may wait for the loop."""

from collections.abc import Callable

from textual.message import Message


class Delivered(Message):
    """To be called where the widgets are; the widget that it is posted to does so."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        super().__init__()
        self.deliver = deliver
