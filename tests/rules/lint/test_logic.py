"""What is proved about rules holds for the facts that there are: domains cover them, implications are kept."""

from itertools import product
from typing import get_args

import pytest

from facts.fact import STANCE_FIELDS, Fact
from rules.lint.cases import cases_of
from rules.lint.context import Context, contexts
from rules.lint.domain import cuts, outside, within
from rules.lint.formula import And, Or, Some, negated, worlds
from rules.lint.logic import Logic
from rules.lint.variant import variants
from rules.memory import remember
from rules.pack import Pack, load
from rules.reference import matches
from rules.schema import DERIVED

#: Every so many of the examples and cases: all of them take four seconds and say the same.
_STRIDE = 7


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(examples=True)


@pytest.fixture(scope="module")
def known(pack: Pack) -> list[Context]:
    return list(contexts(pack, cases_of(pack)))


@pytest.fixture(scope="module")
def logic(pack: Pack) -> Logic:
    return Logic(pack)


def test_every_visible_fact_of_every_example_and_case_lies_in_its_domain(logic: Logic, known: list[Context]) -> None:
    for context in known:
        for kind in context.elements.keys() - set(DERIVED):
            for group in logic.domain(kind).groups:
                words = {name for name in group.fields if logic.pack.schema[kind][name].type == "enum"}
                for element in context.elements[kind]:
                    seen = {name: element.get(name) for name in words}
                    values = (dict(zip(group.fields, each, strict=True)) for each in group.values)
                    assert any(all(value[name] == seen[name] for name in words) for value in values), (kind, seen)


@pytest.mark.parametrize("kind", ["commitment", "permit", "legal"])
def test_a_box_holds_exactly_the_facts_that_match(pack: Pack, logic: Logic, kind: str) -> None:
    model = pack.settings.kinds[kind]
    patterns = [p for rule in pack.live for p in rule.patterns if p.kind == kind]
    stances = list(product(*(get_args(Fact.model_fields[name].annotation) for name in STANCE_FIELDS)))
    leading = get_args(model.model_fields[model.leading].annotation)
    found: dict[str, bool] = {str(pattern): False for pattern in patterns}
    for word, stance in product(leading, stances):
        given = {"id": "f1", model.leading: word, **dict(zip(STANCE_FIELDS, stance, strict=True))}
        fact = model.model_validate(given)
        for element in remember([fact], pack.settings).visible:
            for pattern in patterns:
                found[str(pattern)] |= matches(pattern, element)
    for pattern in patterns:
        assert found[str(pattern)] is all(logic.box(pattern)), pattern


def test_proved_implications_hold_in_every_example_and_case(pack: Pack, logic: Logic, known: list[Context]) -> None:
    proved = [
        (one.code, other.code)
        for one, other in product(pack.live, pack.live)
        if one is not other and one.theme == other.theme and logic.implies(logic.fires(one), logic.fires(other))
    ]
    assert ("FLR-401", "FLR-301") in proved
    assert ("COM-002", "COM-003") in proved
    assert len(proved) > 40
    for one, other in proved:
        assert not [context.name for context in known if one in context.fired and other not in context.fired]


def test_what_no_example_contradicts_is_not_taken_for_proved(pack: Pack, logic: Logic) -> None:
    fires = {code: logic.fires(pack.rule(code)) for code in ("COM-003", "COM-002", "FLR-402", "FND-003")}
    assert not logic.implies(fires["COM-003"], fires["COM-002"])
    assert logic.implies(fires["FLR-402"], fires["FND-003"])
    assert not logic.implies(fires["FND-003"], fires["FLR-402"])


def test_a_box_minus_boxes_is_decided_exactly() -> None:
    whole = (0b111, 0b11)
    assert not outside(whole, [(0b011, 0b11), (0b100, 0b01), (0b110, 0b10)])
    assert outside(whole, [(0b011, 0b11), (0b100, 0b01)])
    assert not outside((0, 0b11), [])
    assert within((0b001, 0b10), whole)
    assert not within(whole, (0b111, 0b01))


def test_negation_reaches_the_literals_and_contradictions_have_no_world() -> None:
    one, other = Some("k", (0b01,)), Some("k", (0b10,))
    both = And((one, other))
    assert negated(both) == Or((Some("k", (0b01,), True), Some("k", (0b10,), True)))
    assert list(worlds([both, negated(both)])) == []
    assert len(list(worlds([Or((one, other))]))) == 2
    assert list(worlds([Some("k", (0b11,)), negated(one), negated(other)])) == []


def test_numbers_are_cut_between_operands_and_beside_them() -> None:
    assert cuts([12, 36]) == sorted({10, 11, 11.5, 12, 12.5, 13, 24, 35, 35.5, 36, 36.5, 37, 38})


def test_what_is_proved_of_a_thousand_changed_rules_holds_in_the_examples_and_cases(
    pack: Pack, known: list[Context]
) -> None:
    changed = [variant for rule in pack.live for variant in variants(rule)]
    logic = Logic(pack, (p for v in changed for p in (*v.when, *v.any, *v.unless)))
    proved = dict.fromkeys(("dead", "narrower", "wider"), 0)
    for variant in changed:
        seen = [(variant.fires(c.elements), variant.rule.code in c.fired) for c in known[::_STRIDE]]
        changed_fires = logic.formula(variant.when, variant.any, variant.unless, variant.flipped)
        rule_fires = logic.fires(variant.rule)
        if logic.world(changed_fires) is None:
            proved["dead"] += 1
            assert not any(fires for fires, _ in seen), variant.change
        if logic.implies(changed_fires, rule_fires):
            proved["narrower"] += 1
            assert not any(fires and not rule for fires, rule in seen), variant.change
        if logic.implies(rule_fires, changed_fires):
            proved["wider"] += 1
            assert not any(rule and not fires for fires, rule in seen), variant.change
    assert min(proved.values()) > 0
    assert proved["narrower"] > 300
    assert proved["wider"] > 300


def test_a_search_beyond_its_budget_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Some("k", (0b01,)), Some("k", (0b10,))
    contradiction = [Or((one, other)), negated(one), negated(other)]
    assert list(worlds(contradiction)) == []
    monkeypatch.setattr("rules.lint.formula._MOST_BRANCHES", 0)
    assert len(list(worlds(contradiction))) == 1
