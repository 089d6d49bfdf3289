"""A screen for every place that only counts: to test the program around the screens, and what becomes of work."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from rules.assessment import Assessment
from tests.tui.walk import Walk
from tui import factory
from tui.app import CaveatApp
from tui.offers import Command


class Broken(Message):
    """Breaks the pane that gets it."""


class Pane(Static, can_focus=True):
    """A pane with help and words of its own."""

    HELP = "This pane shows a rule."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next rule", id="fake.next", show=False),
        Binding("b", "break", "Break", id="fake.break", show=False),
    ]

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def as_text(self) -> str:
        return f"text of {self.what}"

    def as_json(self) -> str:
        return json.dumps(self.what)

    def on_broken(self) -> None:
        raise RuntimeError("broken by a message")


class FakeScreen(Screen[None]):
    """A screen with work in it: how often `c` was pressed."""

    HELP = "A screen for tests."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", "Back", id="fake.back"),
        Binding("c", "count", "Count", id="fake.count"),
        Binding("e", "fail", "Fail", id="fake.fail"),
    ]

    def __init__(self, what: str, assessment: Assessment | None = None) -> None:
        super().__init__()
        self.what = what
        self.count = 0
        self._assessment = assessment

    def compose(self) -> ComposeResult:
        yield Pane(f"{self.what} [red]left[/red]".replace("[", "("))
        yield Input(placeholder="words")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Pane).focus()

    def assessments(self) -> Sequence[Assessment]:
        return (self._assessment,) if self._assessment else ()

    def commands(self) -> Iterator[Command]:
        yield "fake: count", "Count [red]once[/red] more", self.action_count

    def kept(self) -> Mapping[str, object]:
        return {"count": self.count} if self.count else {}

    def restore(self, kept: Mapping[str, object]) -> None:
        self.count = int(str(kept["count"]))

    def on_broken(self) -> None:
        raise RuntimeError("broken by a message to the screen")

    def action_count(self) -> None:
        self.count += 1

    def action_fail(self) -> None:
        raise RuntimeError(f"broken at {self.what}")


def take_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fake screens for all places: what the real ones show is tested elsewhere."""

    def made(place: object) -> FakeScreen:
        name = type(place).__name__.removesuffix("Place").lower()
        code = getattr(place, "code", getattr(place, "query", getattr(place, "key", "")))
        return FakeScreen(f"{name} {code}".strip(), getattr(place, "assessment", None))

    monkeypatch.setattr(factory, "screen_for", made)
    monkeypatch.setattr("tui.navigation.screen_for", made)
    monkeypatch.setattr("tui.app.screen_for", made)


def here(walk: Walk) -> str:
    screen = walk.app.screen
    return screen.what if isinstance(screen, FakeScreen) else type(screen).__name__


def app_of(walk: Walk) -> CaveatApp:
    assert isinstance(walk.app, CaveatApp)
    return walk.app


def fake(walk: Walk) -> FakeScreen:
    assert isinstance(walk.app.screen, FakeScreen)
    return walk.app.screen
