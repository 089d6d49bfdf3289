"""What a sentence tells by noun and verb, and that the lexicon of both is whole."""

import tomllib

import pytest

from facts.news import Named, senses
from facts.news_lexicon import news_lexicon
from facts.package import PACKAGE
from facts.reading import CLASSES


def _classes(sentence: str, *names: tuple[str, bool]) -> dict[str, float]:
    """The classes that noun and verb make together, with their greatest weight."""
    folded = sentence.lower()
    places = [(folded.index(name.lower()), name, state) for name, state in names]
    named = [Named(start, start + len(name), state) for start, name, state in places]
    found: dict[str, float] = {}
    for sense in senses(folded, 0, len(folded), named):
        if sense.paired:
            found[sense.name] = max(found.get(sense.name, 0.0), sense.weight)
    return found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ma_deal", "Corvane offloads its Fox Creek tenements"),
        ("ma_deal", "Nevada gold claims sold for $3 million"),
        ("financing_deal", "Corvane arranges a bridge facility with lenders"),
        ("offtake_deal", "Halvorsen books a five-year supply contract"),
        ("partnership", "Corvane teams up with Halvorsen"),
        ("study_result", "Soil survey completed at Fox Creek"),
        ("study_result", "Second hole yields bonanza interval"),
        ("project_milestone", "Rigs are mobilised for a 5,000 metre programme"),
        ("project_milestone", "Last permit issued for the Osprey mine"),
        ("production_report", "Halvorsen halts mining at its smelter"),
        ("production_report", "Throughput rises at Osprey"),
        ("corporate_news", "Corvane hires a chief geologist"),
        ("policy_action", "Ottawa overhauls its mining code"),
        ("trade_measure", "Jakarta curbs shipments of nickel ore"),
        ("gov_funding", "Canberra lends $40 million for a refinery"),
        ("gov_framework", "Tokyo and Ottawa conclude a minerals pact"),
        ("gov_overture", "Astana invites investors to its lithium deposits"),
    ],
)
def test_verb_and_noun_make_a_class(name: str, sentence: str) -> None:
    classes = _classes(sentence)
    assert max(classes, key=lambda one: classes[one]) == name


def test_a_state_that_is_only_a_place_does_not_act() -> None:
    assert "policy_action" in _classes("Chile adopts a lithium strategy")
    assert "policy_action" not in _classes("Corvane of Chile adopts a lithium strategy")
    assert "policy_action" not in _classes("Chile's Corvane adopts a lithium strategy")


def test_a_state_behind_by_acts_and_one_behind_from_gives() -> None:
    assert "policy_action" in _classes("New mining code adopted by Ottawa")
    assert "gov_funding" in _classes("Corvane receives $5 million from Ottawa")


def test_words_of_a_name_tell_nothing() -> None:
    assert "ma_deal" in _classes("Fund buys royalty")
    assert _classes("Fund buys Royalty Partners", ("Royalty Partners", False)) == {}


def test_a_name_of_a_state_body_acts() -> None:
    given = "Northland Development Fund lends $40 million for a refinery"
    assert "gov_funding" not in _classes(given, ("Northland Development Fund", False))
    assert "gov_funding" in _classes(given, ("Northland Development Fund", True))


def test_of_a_compound_the_last_noun_counts() -> None:
    assert _classes("Corvane buys a copper project").keys() == {"ma_deal"}
    assert "offtake_deal" in _classes("Corvane buys copper")


def test_a_noun_is_no_verb_unless_to_or_will_stands_before_it() -> None:
    assert "financing_deal" not in _classes("Lenders fund")
    assert "study_result" not in _classes("A drill intercept")
    assert "gov_funding" in _classes("Ottawa will fund a $5 million grant")


def test_a_verb_and_a_noun_of_different_clauses_make_nothing() -> None:
    assert "ma_deal" not in _classes("Corvane sells; its project grows")
    assert "ma_deal" in _classes("Corvane sells its project")


def test_a_letter_is_no_money_of_the_state() -> None:
    assert "gov_funding" not in _classes("Corvane receives $5 million letter of interest from Ottawa")


def test_every_sense_names_a_class_and_groups_that_exist() -> None:
    table = tomllib.loads((PACKAGE / "lexicons" / "news.toml").read_text("utf-8"))
    for sense in table["sense"]:
        assert sense["class"] in CLASSES
        assert set(sense.get("verb", [])) <= table["verb"].keys()
        assert {*sense.get("noun", []), *sense.get("unless", [])} <= table["noun"].keys()
    used = {group for sense in table["sense"] for group in (*sense.get("verb", []), *sense.get("noun", []))}
    assert table["verb"].keys() <= used


def test_the_lexicon_is_read_as_toml_would_read_it() -> None:
    table = tomllib.loads((PACKAGE / "lexicons" / "news.toml").read_text("utf-8"))
    assert news_lexicon().moving == frozenset(table["moving"])
    assert sum(len(rules) for rules in news_lexicon().rules.values()) == sum(
        len(sense.get("verb", [""])) * len(sense.get("noun", [""])) for sense in table["sense"]
    )


@pytest.mark.parametrize(
    ("form", "group"),
    [
        ("acquiring", "own"),
        ("bought", "own"),
        ("carried", ""),
        ("banned", "restrict"),
        ("duties", "duty"),
        ("taxes", ""),
    ],
)
def test_forms_follow_from_the_base(form: str, group: str) -> None:
    entry = news_lexicon().entry(form)
    groups = entry.verbs | entry.nouns if entry else frozenset()
    assert group in groups if group else not groups
