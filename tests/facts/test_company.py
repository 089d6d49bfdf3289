"""Which company's stage is told, and from which words."""

from facts.announcement import Announcement
from facts.extract import read_in_scope
from facts.kinds import Company


def _companies(text: str) -> list[Company]:
    return [fact for fact in read_in_scope(Announcement.from_text(text)).facts if isinstance(fact, Company)]


def test_the_stage_of_a_neighbour_is_not_that_of_the_announcer() -> None:
    text = (
        'Corvane Stakes Ground\n\nCorvane Metals Ltd. (TSX-V: CVN) (the "Company") is an exploration company. '
        "Ostmark Lithium Inc. produced 4,000 tonnes next door."
    )
    stages = {company.subject: (company.stage, company.layer) for company in _companies(text)}
    assert stages["Corvane Metals Ltd."] == ("grassroots", "event")
    assert stages["Ostmark Lithium Inc."] == ("producing", "backdrop")


def test_a_text_that_tells_neither_stage_nor_listing_gives_no_company() -> None:
    assert _companies("Corvane Metals Looks Ahead\n\nCorvane Metals Ltd. will hold its meeting in May.") == []


def test_revenue_is_read_from_the_fine_print_too() -> None:
    text = (
        'Corvane Talks\n\nCorvane Metals Ltd. (TSX-V: CVN) (the "Company") is in talks on antimony.\n\n'
        "Forward-Looking Statements\n\nThis release contains forward-looking statements. The Company has no revenue."
    )
    assert [company.revenue for company in _companies(text)] == ["zero"]
