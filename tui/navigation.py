"""Going from place to place: one screen for each, kept alive, so that nothing begun in one is lost by leaving it."""

from collections.abc import Callable
from typing import Protocol

from textual.app import App
from textual.screen import ModalScreen, Screen

from tui.factory import screen_for
from tui.history import History
from tui.offers import Keeping
from tui.places import AssessmentPlace, EntryPlace, InboxPlace, Place

#: Screens kept alive beside the one in front; beyond that the longest unseen goes, unless it holds unsaved work.
_MOST_ALIVE = 12


class Keeper(Protocol):
    """Whoever remembers what was begun."""

    def set_aside(self, place: Place, screen: Screen[None]) -> None:
        """Remember what was begun on a screen that another will replace."""

    def take_up(self, place: Place, screen: Screen[None]) -> None:
        """Give a new screen what was begun at its place."""


class Navigator:
    """The screens that are alive, by place, and the history of what was looked at."""

    def __init__(self, app: App[None], keeper: Keeper, open_entry: Callable[[EntryPlace], None]) -> None:
        """`open_entry` reads a rating from the ledger, then calls `show`."""
        self.history = History()
        self._app = app
        self._keeper = keeper
        self._open_entry = open_entry
        self._alive: dict[Place, tuple[Place, Screen[None]]] = {}
        self._named = 0

    @property
    def screens(self) -> tuple[tuple[Place, Screen[None]], ...]:
        """The screens that are alive, the longest unseen first."""
        return tuple(self._alive.values())

    def go(self, place: Place) -> None:
        """To a place; it becomes the last of the history."""
        if not self._must_be_read(place):
            self.history.go(place)
            self._enter(place)

    def show(self, place: Place, screen: Screen[None]) -> None:
        """To a place whose screen was made elsewhere; to the one behind or ahead, that is a step back or forward."""
        self._adopt(place, screen)
        if place == self.history.behind:
            self.history.back()
        elif place == self.history.ahead:
            self.history.forward()
        else:
            self.history.go(place)
        self._enter(place)

    def back(self) -> None:
        """One place back, if there is one."""
        if not self._must_be_read(self.history.behind) and (place := self.history.back()) is not None:
            self._enter(place)

    def forward(self) -> None:
        """One place forward, if there is one."""
        if not self._must_be_read(self.history.ahead) and (place := self.history.forward()) is not None:
            self._enter(place)

    def forget(self, place: Place) -> None:
        """A place can no longer be shown: back and forward pass it by."""
        self.history.forget(place)

    def _must_be_read(self, place: Place | None) -> bool:
        """Whether the place is an entry that is no longer at hand; then it is read, and shown when it could be."""
        if not isinstance(place, EntryPlace) or place in self._alive:
            return False
        self._open_entry(place)
        return True

    def renew(self) -> None:
        """Build the screen in front again: a widget of it has stopped."""
        place = self.history.here
        _, broken = self._alive.pop(place, (place, None))
        if isinstance(place, EntryPlace):
            self._enter(InboxPlace())
            self._open_entry(place)
        elif broken is not None:
            self._enter(place)
        if broken is not None:
            self._discard(broken)

    def close_boxes(self) -> None:
        """Close what lies over the screen of the place; what was typed there is kept."""
        while isinstance(self._app.screen, ModalScreen):
            self._app.pop_screen()

    def _enter(self, place: Place) -> None:
        """Put the screen of a place in front: the inbox lies at the bottom, at most one other screen above it."""
        self.close_boxes()
        above = len(self._app.screen_stack) > _BELOW
        if isinstance(place, InboxPlace):
            if above:
                self._app.pop_screen()
            return
        screen = self._screen(place)
        if above:
            self._app.switch_screen(screen)
        else:
            self._app.push_screen(screen)

    def _screen(self, place: Place) -> Screen[None]:
        held = self._alive.pop(place, None)
        if held and _same(held[0], place):
            self._alive[place] = held
            return held[1]
        if held:
            self._keeper.set_aside(*held)
            self._discard(held[1])
        return self._adopt(place, screen_for(place))

    def _adopt(self, place: Place, screen: Screen[None]) -> Screen[None]:
        self._named += 1
        self._app.install_screen(screen, f"place-{self._named}")
        self._alive[place] = (place, screen)
        self._keeper.take_up(place, screen)
        for old, (_, unseen) in list(self._alive.items())[:-_MOST_ALIVE]:
            if unseen is not self._app.screen and not (isinstance(unseen, Keeping) and unseen.kept()):
                del self._alive[old]
                self._discard(unseen)
        return screen

    def _discard(self, screen: Screen[None]) -> None:
        """Let a screen go as soon as it is no longer in front."""
        self._app.call_later(self._remove, screen)

    def _remove(self, screen: Screen[None]) -> None:
        self._app.uninstall_screen(screen)
        screen.remove()


#: Screens in the stack when the inbox is in front: Textual's own empty one, and the inbox.
_BELOW = 2


def _same(held: Place, wanted: Place) -> bool:
    """Equal places may carry different assessments: an announcement that was rated again."""
    return not isinstance(held, AssessmentPlace) or (
        isinstance(wanted, AssessmentPlace) and held.assessment is wanted.assessment
    )
