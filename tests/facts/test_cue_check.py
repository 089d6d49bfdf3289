"""The check of the cues: what says the same twice, and what no text reaches."""

import tomllib
from pathlib import Path

import pytest

from facts.announcement import Announcement
from facts.cue import Cue, read_cues
from facts.cue_check import doubled, examples, reached, shipped_cues, unreached
from facts.errors import FactsError


def _cues(source: str, family: str = "x") -> tuple[Cue, ...]:
    return read_cues(source, family)


def test_a_name_given_twice_is_found_with_both_files() -> None:
    first = _cues("[[cue]]\nname = 'x.a'\nwords = ['tin']", "one")
    second = _cues("[[cue]]\nname = 'x.a'\nwords = ['zinc']", "two")
    assert [str(fault) for fault in doubled((*first, *second))] == [
        "cues/two.toml: x.a: cues/one.toml has this name already; choose another"
    ]


def test_the_same_wording_under_two_names_is_found_whatever_the_order_of_its_words() -> None:
    cues = _cues("[[cue]]\nname = 'x.a'\nwords = ['tin', 'zinc']\n[[cue]]\nname = 'x.b'\nwords = ['zinc', 'tin']")
    assert [(fault.cue.name, fault.says) for fault in doubled(cues)] == [
        ("x.b", "says what x.a says; keep one of them")
    ]


def test_cues_that_differ_in_a_condition_are_not_doubled() -> None:
    cues = _cues("[[cue]]\nname = 'x.a'\nwords = ['tin']\n[[cue]]\nname = 'x.b'\nwords = ['tin']\nneeds = 'ore'")
    assert list(doubled(cues)) == []


def test_a_cue_is_reached_by_a_text_that_it_matches_even_where_it_gives_no_fact() -> None:
    text = "Corvane Metals signed a binding offtake agreement with Halvorsen Magnetics for its rare earth oxide."
    assert "offtake.binding" in reached(Announcement.from_text(text))


def test_a_cue_that_no_text_matches_is_named_with_the_number_of_texts() -> None:
    cues = _cues("[[cue]]\nname = 'x.never'\nwords = ['unobtainium']")
    texts = [Announcement.from_text("Corvane opened a tin mine."), Announcement.from_text("Nothing here.")]
    assert [fault.says for fault in unreached(cues, texts)] == [
        "matches in none of 2 texts; add an example, or drop the cue"
    ]


def test_an_example_list_gives_its_texts_with_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "tin.toml"
    path.write_text('[[example]]\nname = "one"\ntitle = "Head"\ntext = "Body."\nfacts = []\n')
    assert [(each.name, each.text) for each in examples(path)] == [("one", "Head\n\nBody.")]


@pytest.mark.parametrize("source", ["[[example]", "[[example]]\nname = 'no text'"])
def test_a_broken_example_list_is_a_plain_error(source: str, tmp_path: Path) -> None:
    path = tmp_path / "tin.toml"
    path.write_text(source)
    with pytest.raises(FactsError, match=r"tin\.toml"):
        list(examples(path))


def test_every_shipped_cue_is_reached_by_an_example_and_none_says_what_another_says() -> None:
    folder = Path(__file__).parent
    lists = [text for path in sorted((folder / "examples").glob("*.toml")) for text in examples(path)]
    heads = tomllib.loads((folder / "headlines.toml").read_text("utf-8")).values()
    leads = tomllib.loads((folder / "leads.toml").read_text("utf-8")).values()
    titles = [Announcement.from_text(title) for titles in heads for title in titles]
    opened = [Announcement.from_text("\n\n".join(parts)) for rows in leads for parts in rows]
    assert list(map(str, doubled(shipped_cues()))) == []
    assert list(map(str, unreached(shipped_cues(), [*lists, *titles, *opened]))) == []
