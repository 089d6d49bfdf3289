"""How a screen asks the ledger: in a thread, the answer as a message, a refusal as words; nothing waits for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from facts.errors import FactsError
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.ledger.ledger import Ledger
from rules.settings import Level
from tui.desk import Desk
from tui.navigation import Navigator
from tui.offers import Rated
from tui.places import AssessmentPlace, EntryPlace, Place

Answer = TypeVar("Answer")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, eq=False)
class LookedAt:
    """An announcement, and where it is shown."""

    place: Place
    assessment: Assessment


def desk_of(app: App[Any]) -> Desk:
    """The desk of the program."""
    desk = getattr(app, "desk", None)
    return desk if isinstance(desk, Desk) else Desk()


def looked_at(app: App[Any]) -> LookedAt | None:
    """The announcement that was looked at last, if any was."""
    navigator = getattr(app, "navigator", None)
    if not isinstance(navigator, Navigator):
        return None
    alive = dict(navigator.screens)
    places, at = navigator.history.places()
    for place in reversed(places[: at + 1]):
        if isinstance(place, AssessmentPlace):
            return LookedAt(place, place.assessment)
        screen: object = alive.get(place)
        if isinstance(place, EntryPlace) and isinstance(screen, Rated) and (shown := screen.assessments()):
            return LookedAt(place, shown[0])
    return None


def levels_of(app: App[Any]) -> Mapping[int, Level]:
    """The scale, by number; empty where the configured pack cannot be read: a ledger is shown without its words."""
    try:
        return desk_of(app).pack.settings.levels
    except RulesError:
        return {}


def place_in_front(app: App[Any]) -> Place | None:
    """Where one is."""
    navigator = getattr(app, "navigator", None)
    return navigator.history.here if isinstance(navigator, Navigator) else None


class AskingScreen(Screen[Result]):
    """A screen that asks the ledger. Of questions of the same name only the last one is answered."""

    class Answered(Message):
        """A question was answered, or refused; `deliver` tells it to whoever asked."""

        def __init__(self, deliver: Callable[[], None]) -> None:
            super().__init__()
            self.deliver = deliver

    def ask(
        self,
        name: str,
        question: Callable[[Ledger], Answer],
        then: Callable[[Answer], None],
        refused: Callable[[RulesError | FactsError], None] | None = None,
        write: bool = False,
    ) -> None:
        """Ask the ledger in a thread. What it refuses is shown, unless `refused` takes it."""
        complain = refused or self.complain
        desk = desk_of(self.app)

        def work() -> None:
            worker = get_current_worker()
            try:
                with desk.ledger(write) as ledger:
                    answer = question(ledger)
            except (RulesError, FactsError) as error:
                told = error
                self._deliver(worker.is_cancelled, lambda: complain(told))
            else:
                self._deliver(worker.is_cancelled, lambda: then(answer))

        self.run_worker(work, name=name, group=name, exclusive=True, thread=True)

    def complain(self, error: RulesError | FactsError) -> None:
        """Show what was refused."""
        self.app.notify(error.message, title=error.title, severity="error", markup=False, timeout=10)

    def _deliver(self, stale: bool, deliver: Callable[[], None]) -> None:
        # A message, not a call: at the end of the program a thread must not wait for a loop that has stopped.
        if not stale and self.is_attached:
            self.post_message(self.Answered(deliver))

    def on_asking_screen_answered(self, event: Answered) -> None:
        """Tell the answer."""
        event.stop()
        event.deliver()
