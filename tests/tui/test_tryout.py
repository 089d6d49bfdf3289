"""What if as a tree: signs, fields, the values that a field may take, hints for a fact to add."""

from rules.pack import load
from tests.tui.example import overture, refuted
from tui.session import Session
from tui.tryout import choices, completed, effect, effect_of_add, field_of, hint, root

PACK = load()


def test_every_fact_has_a_sign_and_a_word_for_what_became_of_it() -> None:
    session = Session(overture())
    session.set("f1", "form", "mou")
    session.drop("f2")
    session.add("offtake form=binding")

    assert [node.label.split(" (")[0] for node in root(session).children] == [
        "≠ changed: f1", "✗ dropped: f2", "✓ f3", "+ added: new1",
    ]  # fmt: skip
    assert root(session).children[1].means.endswith("Dropped.")


def test_a_fact_opens_to_its_fields_the_leading_one_first() -> None:
    fact = root(Session(overture())).children[0]
    labels = [node.label for node in fact.children]

    assert labels[:2] == ["form: overture", "binding: not stated"]
    assert "modality: proposed" in labels
    assert field_of(Session(overture()), "f1.form")[1] == "form"


def test_every_value_tells_the_level_that_it_would_give() -> None:
    session = Session(refuted())
    fact, field = field_of(session, "f4.mode")
    found = {choice.value: choice.level for choice in choices(session, fact, field)}

    assert found["refuted"] == 5
    assert min(level for level in found.values() if level) < 5
    assert session.done == ()


def test_a_field_of_free_text_has_no_list_of_values() -> None:
    session = Session(overture())

    assert choices(session, *field_of(session, "f2.subject")) == ()


def test_hints_say_what_may_come_next() -> None:
    assert hint("off", PACK) == "kinds: offtake"
    assert hint("offtake ", PACK).startswith("fields: form=, ")
    assert hint("offtake form=bi", PACK) == "form: binding_conditional, binding"
    assert hint("wish ", PACK).startswith("no kind 'wish'; kinds: ")


def test_a_word_that_is_begun_is_completed() -> None:
    assert completed("offt", PACK) == "offtake "
    assert completed("offtake buyer_n", PACK) == "offtake buyer_named="
    assert completed("offtake form=lo", PACK) == "offtake form=loi"
    assert (completed("zzz", PACK), completed("", PACK), completed("zzz form=", PACK)) == (None, None, None)


def test_what_adding_would_do_is_told_while_it_is_typed() -> None:
    session = Session(overture())

    assert effect_of_add(session, "material group=mixed") == "the level stays 4"
    assert effect_of_add(session, "offt") == ""
    assert effect_of_add(session, "x").startswith("no fact kind 'x'")
    assert session.done == ()


def test_the_effect_tells_the_levels_and_every_rule_that_changed() -> None:
    session = Session(refuted())
    assert effect(session) == ("Nothing is changed yet: drop, edit or add a fact, and see here what it does.",)

    session.drop("f4")
    head, *rules = effect(session)
    assert head.startswith("Level 5 → 4; ")
    assert head.endswith("Last step: drop f4")
    assert any(line.startswith("FLR-503 no longer holds: ") for line in rules)
