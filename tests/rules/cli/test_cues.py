"""`caveat cues` from the outside."""

import json
from pathlib import Path

from tests.rules.cli.conftest import Caveat

_BINDING = """
[[example]]
name = "a binding contract"
text = "Corvane Metals signed a binding offtake agreement with Halvorsen Magnetics for 900 tonnes of NdPr oxide."
"""


def test_the_list_of_one_family_names_its_cues_and_their_words(caveat: Caveat) -> None:
    lines = caveat("cues", "list", "--family", "offtake").out.splitlines()
    assert next(line for line in lines if line.startswith("offtake.binding ")).startswith("offtake.binding  offtake, ")
    assert all(line.startswith("offtake.") for line in lines)


def test_an_unknown_family_is_refused_with_those_that_there_are(caveat: Caveat) -> None:
    ran = caveat("cues", "list", "--family", "offtakes")
    assert ran.code == 2
    assert "no family 'offtakes'; known: attribution, capability" in ran.err


def test_a_cue_is_shown_with_its_pattern_and_what_it_sets(caveat: Caveat) -> None:
    shown = caveat("cues", "show", "offtake.binding").out
    assert "words:   offtake, off-take" in shown
    assert "sets:    {'form': 'binding'}" in shown


def test_the_check_names_cues_that_no_text_reaches_and_spares_those_that_one_does(
    caveat: Caveat, tmp_path: Path
) -> None:
    (tmp_path / "offtake.toml").write_text(_BINDING)
    ran = caveat("cues", "check", tmp_path, "--format", "json")
    findings = {each["cue"]: each for each in json.loads(ran.out)["findings"]}
    assert ran.code == 1
    assert "offtake.binding" not in findings
    assert findings["price_support.state-buys"]["says"].startswith("matches in none of 1 texts")


def test_without_texts_only_doubled_cues_are_looked_for_and_none_is_there(caveat: Caveat) -> None:
    ran = caveat("cues", "check")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing found" in ran.err


def test_a_broken_example_list_is_said_and_gives_the_exit_code_of_what_was_not_read(
    caveat: Caveat, tmp_path: Path
) -> None:
    (tmp_path / "broken.toml").write_text("[[example]]\nname = 'x'\n")
    ran = caveat("cues", "check", tmp_path / "broken.toml")
    assert ran.code == 3
    assert "broken.toml, example 1: an example needs a text" in ran.err
