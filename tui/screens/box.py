"""What every small box that asks for one thing looks like."""

from textual.screen import ModalScreen, ScreenResultType

from tui.widgets.still import at_once


class Box(ModalScreen[ScreenResultType]):
    """A frame in the middle, as high as what is in it."""

    DEFAULT_CSS = """
    Box {
        align: center middle;
    }
    Box > Vertical {
        width: 76;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    Box Static {
        height: auto;
    }
    """

    async def give(self, result: ScreenResultType) -> None:
        """Close, and give this back; what that changes is painted together with the screen below."""
        async with at_once(self.app):
            self.dismiss(result)
