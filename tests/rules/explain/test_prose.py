"""The wording keeps its words apart."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from rules.explain import prose
from rules.explain.prose import phrase, proof, rating
from rules.pack import load
from tests.rules.explain.known import case


def _sources() -> str:
    modules = [import_module(f"rules.explain.prose.{info.name}") for info in pkgutil.iter_modules(prose.__path__)]
    return "\n".join(Path(module.__file__ or "").read_text("utf-8") for module in modules)


def test_no_other_word_stands_for_not_stated() -> None:
    assert "not mentioned" not in _sources().lower()
    assert "unmentioned" not in _sources().lower()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("STATED", "stated"),
        ("HEDGED", "stated only as hoped for or planned"),
        ("DENIED", "denied, the text says that there is none"),
        ("OMITTED", "not stated, and the text says so"),
        ("NOT_MENTIONED", "not stated"),
    ],
)
def test_each_slot_status_has_words_of_its_own(status: str, told: str) -> None:
    assert proof.status(status) == told


def test_every_condition_of_the_pack_has_words_without_underscores() -> None:
    pack = load()
    for rule in (*pack.slots, *pack.live):
        for pattern in rule.patterns:
            told = proof.thing(pattern, pack.settings)
            assert "_" not in told, told
            assert told.split()[0] in ("a", "an", "some", "any", "the", "at"), told


@pytest.mark.parametrize(
    ("items", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_one(items: list[str], told: str) -> None:
    assert phrase.listed(items) == told


def test_a_yes_or_no_reads_as_a_word() -> None:
    party = next(fact for fact in case(1).facts if fact.id == "f2")
    assert phrase.fact(party, None) == (
        "party “Japan, prime minister and minister”: named, role announcer, type government, credit strong, "
        "not committed"
    )


def test_the_headline_names_level_number_and_caution() -> None:
    rated = case(1).rated
    assert rated is not None
    assert rating.headline(load(), rated.rating) == "Caution 4 of 5, signal only (high caution)"
