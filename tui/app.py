"""The screen: wires the inbox, the assessments and the rater together."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from queue import SimpleQueue
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from tui.messages import Reported
from tui.rater import ProcessRater, Rater
from tui.screens.assessment import AssessmentScreen
from tui.screens.help import HelpScreen
from tui.screens.inbox import InboxScreen
from tui.screens.path import PathScreen
from tui.widgets.empty_inbox import EmptyInbox

#: Blue and orange: told apart with any colour vision.
_THEME = Theme(
    name="caveat",
    primary="#56b4e9",
    secondary="#a8b0b8",
    accent="#e69f00",
    warning="#e69f00",
    error="#ff8a5c",
    success="#56b4e9",
    background="#14171a",
    surface="#1d2126",
    panel="#262b31",
    dark=True,
)


class CaveatApp(App[None]):
    """Announcements in, ratings and their proofs on the screen."""

    TITLE = "Caveat"
    CSS_PATH = "app.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "explain", "Help", key_display="?"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
    ]

    def __init__(self, sources: Sequence[str] = (), rater: Rater | None = None, samples: Path | None = None) -> None:
        super().__init__()
        self.register_theme(_THEME)
        self.theme = _THEME.name
        self.animation_level = "none"
        self._sources = list(sources)
        self._samples = samples or Path(str(files("rules") / "samples"))
        self._rater = rater or ProcessRater()
        self._queue: SimpleQueue[list[str] | None] = SimpleQueue()
        alone = len(self._sources) == 1 and Path(self._sources[0]).is_file()
        self.inbox = InboxScreen(self._samples.is_dir(), open_first=alone)

    def on_mount(self) -> None:
        """Draw the inbox first; rate after that."""
        self.push_screen(self.inbox)
        self.run_worker(self._rate, name="rater", thread=True)
        if self._sources:
            self.open_sources(self._sources)

    def on_unmount(self) -> None:
        """Stop whatever is being rated."""
        self._queue.put(None)
        self._rater.close()

    def open_sources(self, sources: Sequence[str]) -> None:
        """Rate these files and folders after those that wait already."""
        self._queue.put(list(sources))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette, as `group: verb`."""
        yield SystemCommand("inbox: open", "Open a file or folder", self.inbox.action_ask_path)
        yield SystemCommand("screen: help", "Keys, levels and signs", self.action_explain)
        yield SystemCommand("screen: theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("screen: quit", "Leave Caveat", self.action_quit)

    def on_reported(self, event: Reported) -> None:
        """Show what the rater reports."""
        self.inbox.take(event.report)

    def on_inbox_screen_opened(self, event: InboxScreen.Opened) -> None:
        """Show an assessment."""
        self.push_screen(AssessmentScreen(event.assessment))

    def on_inbox_screen_path_wanted(self, event: InboxScreen.PathWanted) -> None:
        """Ask for a path and open it."""
        self.push_screen(PathScreen(), self._open_path)

    def on_empty_inbox_samples_wanted(self, event: EmptyInbox.SamplesWanted) -> None:
        """Open the samples that come with Caveat."""
        self.open_sources([str(self._samples)])

    async def action_back(self) -> None:
        """Back to the inbox."""
        if self.screen is not self.inbox:
            self.pop_screen()

    def action_explain(self) -> None:
        """Help for the screen in front."""
        if isinstance(self.screen, HelpScreen):
            return
        keys = [
            (self.get_key_display(active.binding), active.binding.description)
            for active in self.screen.active_bindings.values()
            if active.binding.show and active.binding.description
        ]
        self.push_screen(HelpScreen(getattr(self.screen, "HELP", ""), keys))

    def _open_path(self, path: str | None) -> None:
        if path:
            self.open_sources([str(Path(path).expanduser())])

    def _rate(self) -> None:
        """In a thread: rate what is asked for, one after the other, until the program ends."""
        while (sources := self._queue.get()) is not None:
            for report in self._rater.rate(sources):
                self.post_message(Reported(report))
