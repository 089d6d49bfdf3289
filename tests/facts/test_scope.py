"""What is about mineral supply, and the near misses that are not."""

import os
import subprocess
import sys
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


def test_of_two_other_businesses_with_as_much_evidence_the_first_counts_however_words_are_hashed() -> None:
    text = "Crypto miners and gas pipelines met. The pipeline and the blockchain had a good year."
    program = f"""if True:
        from facts.announcement import Announcement
        from facts.extract import read
        print(read(Announcement.from_text({text!r})).scope.because)"""
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert told == {"the document speaks of crypto assets\n"}
