"""The country of the project among all the countries of a text."""

from facts.announcement import Announcement
from facts.extract import read_in_scope
from facts.kinds import Jurisdiction


def _countries(text: str) -> list[str | None]:
    return [
        fact.country for fact in read_in_scope(Announcement.from_text(text)).facts if isinstance(fact, Jurisdiction)
    ]


def test_two_countries_of_equal_weight_are_both_read() -> None:
    text = (
        "Framework\n\nAustralia and Japan will share maps of deposits. "
        "Australia and Japan will finance mines in Australia and Japan."
    )
    assert sorted(map(str, _countries(text))) == ["Australia", "Japan"]


def test_a_passing_mention_is_left_out() -> None:
    text = (
        "Corvane Drills in Nevada\n\nCorvane Metals Ltd. drilled its gold property in Nevada. "
        "The rig came from Canada. "
        "The mine is located in Nye County, Nevada."
    )
    assert _countries(text) == ["United States"]


def test_the_span_shows_the_place() -> None:
    reading = read_in_scope(Announcement.from_text("The tungsten mine is located near Kalgoorlie."))
    (place,) = [fact for fact in reading.facts if isinstance(fact, Jurisdiction)]
    assert (place.quote, place.country, place.risk) == ("Kalgoorlie", "Australia", "low")
