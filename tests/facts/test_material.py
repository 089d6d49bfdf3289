"""The material that a document is about, weighed over the whole text."""

from facts.announcement import Announcement
from facts.extract import read_in_scope
from facts.kinds import Material


def _materials(text: str) -> list[tuple[str | None, str | None]]:
    facts = read_in_scope(Announcement.from_text(text)).facts
    return [(fact.group, fact.elements) for fact in facts if isinstance(fact, Material)]


def test_the_headline_outweighs_a_list_in_the_body() -> None:
    text = "Corvane Acquires Rare Earth Property\n\nThe ground holds some zirconium too."
    assert [group for group, _ in _materials(text)] == ["mixed"]


def test_a_metal_in_a_name_counts_little() -> None:
    text = (
        'Sterling Nickel Corp. Sells Tin\n\nSterling Nickel Corp. (TSXV: SNC) (the "Company") sells tin. '
        "Sterling Nickel Corp. ships tin from its tin mine."
    )
    assert _materials(text) == [("non_ree", "Sn")]


def test_minerals_given_as_examples_do_not_replace_the_critical_minerals() -> None:
    text = (
        "An order on critical minerals\n\n"
        "A mineral means a critical mineral, as well as uranium, copper, potash and gold."
    )
    assert [group for group, _ in _materials(text)] == ["mixed"]
