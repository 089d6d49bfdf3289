"""Back and forward through what was looked at."""

from tui.history import History
from tui.places import AwaitedPlace, InboxPlace, LedgerPlace, RulePlace, RulesPlace

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


def test_it_begins_again_with_what_was_looked_at_before_and_goes_on_to_where_one_was() -> None:
    history = History()
    history.take_up([InboxPlace(), RULES], RULE, [LEDGER])

    assert (history.behind, history.here, history.ahead) == (RULES, InboxPlace(), RULE)
    assert history.told() == ([InboxPlace(), RULES], RULE, [LEDGER])
    assert history.forward() == RULE
    assert (history.behind, history.ahead) == (RULES, LEDGER), "the inbox was only where one waited"


def test_whoever_stays_in_the_inbox_has_been_there() -> None:
    history = History()
    history.take_up([InboxPlace(), RULES], RULE)
    history.stay()

    assert history.told()[1] == InboxPlace()
    assert (history.forward(), history.behind) == (RULE, InboxPlace())
    history.back()
    assert history.back() == RULES


def test_an_announcement_can_be_gone_back_to_once_it_is_rated_again() -> None:
    awaited, rated = AwaitedPlace("assessment 12"), RulePlace("in its place")
    history = History()
    history.take_up([InboxPlace(), RULES, awaited], RULE)
    history.forward()

    assert history.behind == RULES
    history.fulfil("assessment 12", rated)
    assert (history.back(), history.back()) == (rated, RULES)


def test_what_is_no_more_is_passed_by_and_where_one_is_one_stays() -> None:
    history = walked()
    history.forget(RULE)
    assert (history.here, history.behind) == (LEDGER, RULES)
    history.forget(LEDGER)
    assert history.places() == ((InboxPlace(), RULES, LEDGER), 2)
