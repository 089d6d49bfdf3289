"""What is about mineral supply, and the near misses that are not."""

import tomllib
from pathlib import Path

import pytest

from facts.announcement import Announcement
from facts.extract import read

_EXAMPLES = tomllib.loads((Path(__file__).parent / "examples" / "scope.toml").read_text("utf-8"))["example"]


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: example["name"])
def test_a_document_is_in_scope_or_not_for_a_reason(example: dict[str, str]) -> None:
    scope = read(Announcement.from_text(example["text"])).scope
    assert scope.reason == example.get("reason")
    assert scope.in_scope == ("reason" not in example)


def test_the_words_that_decided_are_shown() -> None:
    text = "Corvane signs tin offtake\n\nCorvane Metals will sell tin concentrate from its mine to Halvorsen."
    scope = read(Announcement.from_text(text)).scope
    assert {text[word.start : word.end] for word in scope.words} >= {"tin"}


def test_a_document_that_is_not_rated_has_no_facts() -> None:
    reading = read(Announcement.from_text("Bitcoin miner doubles hashrate\n\nThe crypto miner earned bitcoin."))
    assert reading.facts == ()
    assert reading.classification is None


def test_a_close_call_says_so() -> None:
    text = (
        "Token backs tin mine\n\nThe token gives a share in tin from the mine. The crypto token trades on a blockchain."
    )
    assert read(Announcement.from_text(text)).scope.borderline
