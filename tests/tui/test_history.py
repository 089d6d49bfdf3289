"""Back and forward through what was looked at."""

from tui.history import History
from tui.places import InboxPlace, LedgerPlace, RulePlace, RulesPlace

RULES, RULE, LEDGER = RulesPlace(), RulePlace("FIN-006"), LedgerPlace()


def walked() -> History:
    history = History()
    for place in (RULES, RULE, LEDGER):
        history.go(place)
    return history


def test_it_begins_in_the_inbox_with_nothing_behind_or_ahead() -> None:
    history = History()

    assert (history.here, history.behind, history.ahead) == (InboxPlace(), None, None)
    assert history.back() is None
    assert history.forward() is None
    assert history.here == InboxPlace()


def test_back_and_forward_go_through_what_was_looked_at() -> None:
    history = walked()

    assert [history.back(), history.back(), history.forward()] == [RULE, RULES, RULE]
    assert (history.behind, history.ahead) == (RULES, LEDGER)


def test_a_new_place_forgets_what_lay_ahead() -> None:
    history = walked()
    history.back()
    history.back()
    history.go(LEDGER)

    assert history.places() == ((InboxPlace(), RULES, LEDGER), 2)


def test_to_go_where_one_is_changes_nothing() -> None:
    history = walked()
    history.back()
    history.go(RulePlace("FIN-006"))

    assert history.ahead == LEDGER


def test_the_longest_past_is_forgotten_but_never_the_inbox() -> None:
    history = History()
    for number in range(500):
        history.go(RulePlace(str(number)))

    places, at = history.places()
    assert (len(places), at, places[0], places[-1]) == (200, 199, InboxPlace(), RulePlace("499"))
