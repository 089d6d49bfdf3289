"""Asks whether an address of a private network is to be fetched all the same."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from tui.literal import one_line
from tui.screens.box import Box

_MEANS = (
    "An address like this leads to something that outsiders cannot reach: a program on this machine, a router, a "
    "server of your company. Whoever wrote it into an announcement or a feed may want your machine to ask there in "
    "their stead. So it is fetched only if you say so.\n\n"
    "Fetch it if the address is your own. That holds for this address and wherever it leads, until Caveat is left; "
    "a line in config.toml lets it hold for good:\n\n"
)


class AllowScreen(Box[bool]):
    """Gives back whether the address may be asked. What has the focus at first is to leave it alone."""

    HELP: ClassVar[str] = (
        "Whether an address of this machine or of a private network is fetched. Tab and Enter choose; Escape leaves "
        "it alone. On the command line: caveat rate ADDRESS --allow-private."
    )
    AUTO_FOCUS = "#leave"
    DEFAULT_CSS = """
    AllowScreen Horizontal {
        height: auto;
        margin-top: 1;
    }
    AllowScreen Button {
        margin-right: 2;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it alone", id="allow.leave"),
    ]

    def __init__(self, address: str, why: str) -> None:
        super().__init__()
        self._address = address
        self._why = why

    def compose(self) -> ComposeResult:
        """The address, what it means, and the two answers."""
        address = one_line(self._address)
        with Vertical() as box:
            box.border_title = Text("Fetch a private address?")
            yield Static(Text(address, "bold").append(f"\n{one_line(self._why)}\n", "not bold"))
            yield Static(Text(_MEANS).append(f'    private = ["{address}"]'))
            with Horizontal():
                yield Button("Leave it alone", variant="primary", id="leave", compact=True)
                yield Button("Fetch it", id="fetch", compact=True)

    @on(Button.Pressed, "#fetch")
    async def _press_fetch(self) -> None:
        await self.give(True)

    @on(Button.Pressed, "#leave")
    async def action_leave(self) -> None:
        """Do not ask it."""
        await self.give(False)
