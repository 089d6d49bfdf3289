"""Random fact sets, drawn from the facts of the shipped cases: what the laws are tried on."""

from hypothesis import strategies as st

from facts.codec import parse_facts
from facts.fact import Fact
from rules.assess import evaluate
from rules.assessment import Assessment
from rules.pack import load
from tests.rules.explain.known import cases

_CLASSES = tuple(load().settings.classes)
_FACTS: tuple[Fact, ...] = tuple(fact for each in cases() for fact in parse_facts(each["facts"], "case"))


@st.composite
def assessments(draw: st.DrawFn, most: int = 14) -> Assessment:
    """Up to so many facts of all cases mixed, rated in some class."""
    picked = draw(st.lists(st.sampled_from(_FACTS), max_size=most))
    facts = [fact.model_copy(update={"id": f"f{place}"}) for place, fact in enumerate(picked, 1)]
    return evaluate(facts, draw(st.sampled_from(_CLASSES)), pack=load(), engine="reference")
