"""Remembers where one was and what was begun, every few seconds and at the end, and takes it up at the next start."""

import contextlib
from collections.abc import Sequence
from dataclasses import asdict

from textual.screen import Screen

from tui import state
from tui.navigation import Navigator
from tui.offers import Keeping
from tui.places import InboxPlace, Place

#: Seconds between two looks at what is to be remembered: all that a `kill -9` can cost.
EVERY = 5.0


class Memory:
    """The state on disk, and the work of the screens that are alive. With `active` False nothing is read or written."""

    def __init__(self, active: bool) -> None:
        self.active = active
        self.state, self.complaint = state.load() if active else (state.State(), "")
        self._written = asdict(self.state)

    def look(self, theme: str, navigator: Navigator, inbox: Screen[None], failed: bool) -> str:
        """Take down what is to be remembered, and write it where it changed. Returns a complaint, once.

        After something `failed`, a screen that fails at this, too, is passed over: what it said last stands.
        """
        self.state.theme = theme
        behind, here, ahead = navigator.history.told()
        self.state.here = state.name_of(here)
        self.state.behind, self.state.ahead = [*map(state.name_of, behind)], [*map(state.name_of, ahead)]
        for place, screen in ((InboxPlace(), inbox), *navigator.screens):
            with contextlib.suppress(*((Exception,) if failed else ())):
                self.set_aside(place, screen)
        found = asdict(self.state)
        if not self.active or found == self._written:
            return ""
        self._written = found
        complaint = state.save(self.state)
        self.active = not complaint
        return complaint

    def looked_at(self) -> tuple[list[Place], Place, list[Place]]:
        """What was looked at last time: behind, where one was, ahead."""
        behind, ahead = map(_places, (self.state.behind, self.state.ahead))
        return behind, state.place_of(self.state.here) or InboxPlace(), ahead

    def take_up(self, place: Place, screen: Screen[None]) -> None:
        """Give a new screen the work that was begun at its place."""
        work = self.state.kept.get(state.name_of(place))
        if work and isinstance(screen, Keeping):
            screen.call_after_refresh(screen.restore, work)

    def set_aside(self, place: Place, screen: Screen[None]) -> None:
        """Take down what was begun on a screen."""
        if isinstance(screen, Keeping) and screen.is_mounted:
            self.state.keep(state.name_of(place), screen.kept())


def _places(names: Sequence[str]) -> list[Place]:
    return [place for place in map(state.place_of, names) if place is not None]
