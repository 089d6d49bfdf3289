"""Generated announcements: the same each time, and saying what they are said to say."""

from collections import Counter

from benchmarks.generate import announcements
from rules.assess import rate


def test_the_same_seed_gives_the_same_announcements_and_another_gives_others() -> None:
    first = list(announcements(20, 7))
    assert list(announcements(20, 7)) == first
    assert list(announcements(5, 7)) == first[:5]
    assert list(announcements(20, 8)) != first


def test_what_is_known_stands_in_the_text() -> None:
    words = {
        "binding": "signed a binding offtake", "loi": "letter of intent", "mou": "memorandum", "interest": "talks",
        "delivered": "have been delivered", "denied": "has no agreement",
    }  # fmt: skip
    for each in announcements(40, 1):
        known = each["known"]
        assert known["buyer"] in each["text"]
        assert words[known["form"]] in each["text"]
        assert (f"{known['volume']:,} tonnes" in each["text"]) is (known["form"] in ("binding", "loi", "delivered"))
        assert ("US${amount} million".format(**known) in each["text"]) is (known["financing"] != "none")
        assert 600 < len(each["text"]) < 2500


def test_every_level_is_among_the_first_hundred() -> None:
    levels = Counter(rate(each["text"]).level or 0 for each in announcements(100, 1))
    assert sorted(levels) == [1, 2, 3, 4, 5]
    assert max(levels, key=lambda level: levels[level]) == 3
