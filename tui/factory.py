"""Which screen shows a place. Screens are imported when they are first gone to: the first paint waits for none."""

from importlib import import_module

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


def screen_for(place: Place) -> Screen[None]:
    """A new screen for a place. The inbox has its own, and an entry is read from the ledger first."""
    module, name, fields = _SCREENS[type(place)]
    made = getattr(import_module(module), name)(*(getattr(place, field) for field in fields))
    assert isinstance(made, Screen)
    return made
