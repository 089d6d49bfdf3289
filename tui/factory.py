"""Which screen shows a place. Screens are imported after the first paint, which waits for none of them."""

from importlib import import_module
from threading import Thread

from textual.screen import Screen

from tui.places import AssessmentPlace, DiffPlace, LedgerPlace, Place, RulePlace, RulesPlace

#: Module, class and the fields of the place that its constructor takes, in order.
_SCREENS: dict[type[Place], tuple[str, str, tuple[str, ...]]] = {
    AssessmentPlace: ("tui.screens.assessment", "AssessmentScreen", ("assessment",)),
    RulesPlace: ("tui.screens.rules", "RulesScreen", ("query",)),
    RulePlace: ("tui.screens.rule", "RuleScreen", ("code", "assessment")),
    LedgerPlace: ("tui.screens.ledger", "LedgerScreen", ("query",)),
    DiffPlace: ("tui.screens.diff", "DiffScreen", ("a", "b")),
}


def prepare() -> None:
    """Import them in a thread, so that neither a key nor the first opening of a rating waits for it."""
    Thread(target=lambda: [import_module(module) for module, _, _ in _SCREENS.values()], name="screens").start()


def screen_for(place: Place) -> Screen[None]:
    """A new screen for a place. The inbox has its own, and an entry is read from the ledger first."""
    module, name, fields = _SCREENS[type(place)]
    made = getattr(import_module(module), name)(*(getattr(place, field) for field in fields))
    assert isinstance(made, Screen)
    return made
