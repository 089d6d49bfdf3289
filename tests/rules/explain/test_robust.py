"""What a level hangs on: single sentences, cues and rules; what nothing uses."""

from rules.assessment import Assessment
from rules.explain.robust import robustness, used_by
from rules.explain.trial import rated_of
from tests.rules.explain.known import case, read_as

_TEXT = "The company filed for creditor protection. Talks with Acme went on. The weather was fine. It has 3 magnets."


def _insolvent(*more: str) -> Assessment:
    facts: list[dict[str, object]] = [
        {"kind": "solvency", "state": "creditor_protection", "cues": ["solvency.protection"],
         "quote": "filed for creditor protection"},
        {"kind": "commitment", "form": "talks", "cues": ["commitment.talks"], "quote": "Talks with Acme"},
        {"kind": "material", "product": "magnet", "quote": "3 magnets"},
    ]  # fmt: skip
    return read_as(" ".join([_TEXT, *more]), "offtake_deal", facts)


def test_a_level_that_hangs_on_one_sentence_is_flagged_with_its_cue_and_rule() -> None:
    found = robustness(_insolvent())
    assert (found.level, found.head) == (5, "Level 5 hangs on 3 single points:")
    assert [(point.kind, point.name, point.level) for point in found.points] == [
        ("sentence", "0-42", 4),
        ("cue", "solvency.protection", 4),
        ("rule", "FLR-501", 4),
    ]
    assert found.points[0].says == (
        "without the sentence “The company filed for creditor protection.” (f1) the level would be 4"
    )


def test_a_level_with_more_than_one_ground_hangs_on_none() -> None:
    found = robustness(case(1))
    assert found.points == ()
    assert found.head == "Level 4 hangs on no single sentence, cue or rule: without any one of them it stays 4."


def test_facts_that_no_rule_used_are_idle() -> None:
    assert robustness(_insolvent()).idle == ("f2", "f3")


def test_a_fact_that_keeps_a_rule_silent_is_not_idle() -> None:
    text = "It has an exchange filing and a mine in Australia, at lab scale."
    quiet = read_as(text, "project_milestone", [
        {"kind": "document", "doc_type": "exchange_filing", "relay": "first_hand", "quote": "exchange filing"},
        {"kind": "capability", "step": "mining", "readiness": "lab", "quote": "a mine"},
    ])  # fmt: skip
    used = used_by(quiet, rated_of(quiet))
    assert used["f2"] == ()
    assert "f2" not in robustness(quiet).idle


def test_sentences_all_of_whose_facts_are_idle_are_unused() -> None:
    spans = robustness(_insolvent()).unused
    assert [_TEXT[start:end] for start, end in spans] == ["Talks with Acme went on.", "It has 3 magnets."]


def test_a_fact_works_through_slots_and_tallies() -> None:
    used = used_by(case(1), rated_of(case(1)))
    assert {"DIS-003", "DIS-004", "DIS-005"} <= set(used["f14"])


def test_confidence_is_told_in_words() -> None:
    assert robustness(case(1)).confidence == (
        "Confidence in the reading is medium: it is not known to be the first-hand text; none of the 6 things that "
        "such an announcement ought to state is stated; the text itself says what it leaves out. It does not enter "
        "the level."
    )
