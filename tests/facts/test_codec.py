"""Facts in and out of JSON: nothing is lost, and what is wrong is named."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facts.codec import allowed_values, number, parse_fact, parse_facts, to_json
from facts.errors import FactsError
from facts.fact import COMMON_FIELDS, STANCE_FIELDS, Fact, Number
from facts.kinds import KINDS, SLOTS, Offtake


def _values(model: type[Fact], name: str) -> st.SearchStrategy[Any]:
    allowed = allowed_values(model, name)
    if allowed:
        return st.sampled_from(allowed)
    if Number in (model.model_fields[name].annotation, *get_args(model.model_fields[name].annotation)) or name in (
        "amount", "share_pct", "term_years", "capacity_tpa", "horizon_months", "inferred_share",
    ):  # fmt: skip
        return st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
    if name == "currency":
        return st.sampled_from(["USD", "AUD", "EUR"])
    return st.text()


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    kind = draw(st.sampled_from(sorted(KINDS)))
    model = KINDS[kind]
    own = [name for name in model.model_fields if name not in COMMON_FIELDS]
    data: dict[str, Any] = {"kind": kind, "id": draw(st.text(max_size=3)), "subject": draw(st.text())}
    data |= {name: draw(_values(model, name)) for name in own}
    data |= {name: draw(st.sampled_from(allowed_values(model, name))) for name in STANCE_FIELDS}
    data["date"] = draw(st.sampled_from([None, "2026", "2026-03", "2026-03-31"]))
    start = draw(st.integers(0, 99))
    data["spans"] = [[start, start + draw(st.integers(1, 99))]]
    return parse_fact(data, "drawn")


@given(any_fact())
def test_a_fact_survives_json_unchanged(fact: Fact) -> None:
    printed = json.loads(json.dumps(to_json(fact)))
    assert parse_fact(printed, "printed") == fact


def test_all_twenty_eight_kinds_are_there() -> None:
    assert len(KINDS) == 28
    assert {"offtake", "omission", "trade_linkage", "china_link"} <= KINDS.keys()
    assert len(SLOTS) == 13


def test_fields_may_be_flat_or_nested() -> None:
    flat = parse_fact({"kind": "offtake", "form": "binding", "buyer_named": "yes"}, "x")
    nested = parse_fact({"kind": "offtake", "fields": {"form": "binding", "buyer_named": "yes"}}, "x")
    assert flat == nested
    assert flat.fields["buyer_named"] == "yes"


def test_a_field_given_twice_is_refused() -> None:
    with pytest.raises(FactsError, match="field 'form' is given twice"):
        parse_fact({"kind": "offtake", "form": "binding", "fields": {"form": "loi"}}, "x")


def test_what_the_rules_compute_is_ignored_when_a_printed_fact_is_read_back() -> None:
    assert parse_fact({"kind": "fid"} | {"kind": "commitment", "form": "fid", "rung": 6}, "x").kind == "commitment"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "offtak"}, r"no fact kind 'offtak'\. Did you mean 'offtake'\? Known: document, party"),
        ({"kind": "offtake", "form": "bindin"}, r"kind offtake, field form, value 'bindin': allowed: interest, unspec"),
        ({"kind": "offtake", "frm": "loi"}, r"kind offtake has no field 'frm' \(value 'loi'\)\. Did you mean 'form'\?"),
        ({"kind": "offtake"}, r"kind offtake needs field 'form', one of: interest"),
        ({"kind": "fact"}, r"no fact kind 'fact'"),
        (5, r"a fact is an object with a kind, not 5"),
        ({"kind": "legal", "event": "arrest", "spans": [[5, 3]]}, r"field spans\.0, value \[\[5, 3\]\]: a span runs"),
        ({"kind": "milestone", "what": "fid", "horizon_months": float("nan")}, r"field horizon_months"),
        ({"kind": "financing", "status": "pool", "currency": "dollars"}, r"field currency, value 'dollars'"),
        ({"kind": "legal", "event": "arrest", "date": "31 May"}, r"field date, value '31 May'"),
        ({"kind": "legal", "event": "arrest", "fields": 3}, r"fields is an object, not 3"),
    ],
)
def test_a_wrong_fact_is_refused_with_kind_field_value_and_remedy(data: object, message: str) -> None:
    with pytest.raises(FactsError, match=message) as raised:
        parse_fact(data, "facts.json, fact 2")
    assert raised.value.message.startswith("facts.json, fact 2: ")


def test_a_fact_cannot_be_changed() -> None:
    fact = parse_fact({"kind": "offtake", "form": "loi"}, "x")
    with pytest.raises(ValueError, match="frozen"):
        setattr(fact, "subject", "someone else")  # noqa: B010  mypy knows already that it is frozen


def test_an_omission_is_omitted_unless_said_otherwise() -> None:
    assert parse_fact({"kind": "omission", "slot": "timeline"}, "x").polarity == "omitted"
    assert parse_fact({"kind": "denial", "what": "offtake", "mode": "not_yet"}, "x").polarity == "affirmed"


def test_facts_without_an_id_get_the_first_free_one() -> None:
    facts = parse_facts([{"kind": "offtake", "form": "loi"}, {"kind": "offtake", "form": "mou", "id": "f1"}], "x")
    assert [fact.id for fact in facts] == ["f2", "f1"]


def test_two_facts_may_not_share_an_id() -> None:
    with pytest.raises(FactsError, match="two facts have the id 'a'"):
        number([Offtake(id="a", form="loi"), Offtake(id="a", form="mou")])
