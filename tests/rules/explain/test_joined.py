"""A pack of other kinds whose rules join facts: rated in full each time, explained the same."""

from facts.codec import parse_facts
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.explain.challenge import challenge
from rules.explain.distance import distance
from rules.explain.interview import Interview
from rules.explain.robust import robustness
from rules.explain.trial import rated_of
from rules.explain.why import why
from rules.explain.whynot import whynot_rule
from rules.quick import Quick
from rules.render.html.page import page
from rules.render.style import Style
from rules.render.why import why_text
from tests.rules.small import pack

_KINDS = {"deal": {"party": "text"}, "party": {"name": "text"}}
_CHANGE = (
    '[[change]]\nname = "named"\nsays = "the party named"\ndirection = "raise"\n'
    'facts = [{ kind = "party", name = "x" }]\n'
)
_FLOOR = (
    'code = "FLR-001"\ntitle = "Joined"\nstatus = "stable"\nsince = "1"\nbecause = "b"\neffect = "floor"\nlevel = 5\n'
    'says = "the party of the deal is known"\n'
    '[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "party"\nname = { same_as = "d.party" }'
)


def _rated(*parties: str) -> Assessment:
    of = pack(kinds=_KINDS, slots=_CHANGE, more={"FLR-001.toml": _FLOOR})
    data = [{"kind": "deal", "party": "x"}, *({"kind": "party", "name": name} for name in parties)]
    return evaluate(parse_facts(data, "test", of.settings.kinds), "deal", pack=of, engine="reference")


def test_marks_are_not_used_where_rules_join() -> None:
    assessment = _rated("y")
    quick = Quick(assessment.pack, rated_of(assessment).announcement_class)
    assert not quick.marked
    assert (assessment.level, quick.level(assessment.facts)) == (1, 1)


def test_the_distance_is_found_all_the_same() -> None:
    found = distance(_rated("y"))
    assert [([part.name for part in way.parts], way.level) for way in found.higher] == [(["named"], 5)]


def test_what_the_level_hangs_on_is_found_all_the_same() -> None:
    assert [(point.kind, point.name, point.level) for point in robustness(_rated("x")).points] == [
        ("rule", "FLR-001", 1)
    ]
    assert challenge(_rated("x"), "f2", "another company of that name").without.level == 1


def test_an_interview_asks_and_ends_all_the_same() -> None:
    interview = Interview(_rated("y"))
    question = interview.next()
    assert question is not None
    assert (question.name, question.asks) == ("named", "Is this so: the party named?")
    interview.answer("named", "yes")
    assert interview.level == 5
    assert interview.next() is None


def test_proofs_and_pages_are_made_of_any_kinds() -> None:
    assert "FLR-001: The party of the deal is known" in why_text(why(_rated("x")), Style())
    deal, party = whynot_rule(_rated("y"), "FLR-001").children
    assert (deal.holds, party.holds) == (True, False)
    assert party.children[0].found == "other value: name is y, needed name = d.party"
    assert "the party of the deal is known" in page([_rated("x")])
