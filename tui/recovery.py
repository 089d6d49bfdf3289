"""After an internal error: write the report, remember everything, say what to do, build the failed screen again."""

import time
from collections.abc import Callable

from rich.text import Text
from textual.app import App
from textual.worker import WorkerFailed

from tui import crash
from tui.navigation import Navigator
from tui.places import InboxPlace
from tui.screens.crash import CrashScreen
from tui.state import name_of

#: The exit code for an internal error, as on the command line.
INTERNAL = 5
#: So many failures within so many seconds, and the program ends rather than begin again and again.
_MOST, _SECONDS = 4, 10.0


class Recovery:
    """`remember` writes down what was begun; `renew_inbox` puts a new inbox over the same rows."""

    def __init__(
        self, app: App[None], navigator: Navigator, remember: Callable[[], None], renew_inbox: Callable[[], None]
    ) -> None:
        self._app = app
        self._navigator = navigator
        self._remember = remember
        self._renew_inbox = renew_inbox
        self._broken = False
        self._shown = False
        self._times: list[float] = []

    def take(self, error: BaseException, broken: bool) -> None:
        """Take an error that nobody caught; `broken` says that a widget has stopped and must be built again."""
        self._broken |= broken
        if isinstance(error, WorkerFailed):
            error = error.error
        # The sort of place only: a report is sent to others, and names no announcement.
        where = "crash" if self._shown else name_of(self._navigator.history.here).partition(" ")[0]
        report = crash.write(error, where, self._app.size)
        self._remember()
        self._times = [*self._times, time.monotonic()][-_MOST:]
        if self._shown or (len(self._times) == _MOST and self._times[-1] - self._times[0] < _SECONDS):
            self._app.exit(return_code=INTERNAL, message=Text(_last_words(report)))
            return
        self._shown = True
        self._app.call_later(self._show, CrashScreen(error, report))

    def _show(self, screen: CrashScreen) -> None:
        if self._broken:
            self._navigator.close_boxes()  # what failed may be one of them, and would fail again
        self._app.push_screen(screen, self._answered)

    def _answered(self, go_on: bool | None) -> None:
        self._shown = False
        if not go_on:
            self._app.exit(return_code=INTERNAL)
        elif self._broken:
            self._broken = False
            self._app.call_later(self._renew)

    def _renew(self) -> None:
        if isinstance(self._navigator.history.here, InboxPlace):
            self._renew_inbox()
        else:
            self._navigator.renew()


def _last_words(report: str) -> str:
    return (
        f"caveat: internal error: it failed again and again, and ends here; the details are in {report}. "
        "Nothing is lost: `caveat` takes up what was open."
    )
