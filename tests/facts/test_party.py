"""Who is a party, in longer texts than the example list holds."""

from facts.announcement import Announcement
from facts.extract import read_in_scope
from facts.kinds import Party


def _parties(text: str) -> list[Party]:
    return [fact for fact in read_in_scope(Announcement.from_text(text)).facts if isinstance(fact, Party)]


def test_an_organisation_is_one_party_however_often_it_is_named() -> None:
    text = (
        'Corvane Signs\n\nCorvane Metals Ltd. (ASX: CVN) (the "Company") announces a supply agreement '
        "with Halvorsen AG. "
        "Under the supply agreement with Halvorsen AG, ore is shipped to Halvorsen AG. The Company is content."
    )
    assert [party.subject for party in _parties(text)] == ["Corvane Metals Ltd.", "Halvorsen AG"]


def test_a_company_that_others_write_about_is_a_project_company() -> None:
    text = (
        "Corvane Metals drills\n\n--News Direct--\n\n"
        "Corvane Metals CEO Ann Marsh joined Steve Darling from Proactive to share news of its drilling in Yukon."
    )
    (corvane,) = _parties(text)
    assert (corvane.role, corvane.named, corvane.ptype) == ("project_company", "yes", "junior")


def test_a_company_that_praises_a_decision_has_committed_nothing() -> None:
    text = (
        'Corvane Metals Praises Executive Order\n\nCorvane Metals Ltd. (NASDAQ: CVN) (the "Company") today praises the '
        "order of President Donald Trump on minerals."
    )
    roles = {party.role: party for party in _parties(text)}
    assert roles["announcer"].committed == "no"
    assert (roles["host"].ptype, roles["host"].committed) == ("government", "yes")


def test_the_span_of_a_party_is_its_name() -> None:
    text = "Corvane Metals Ltd. has closed a loan of EUR 2 million from Ashgrove Capital Partners LP."
    quotes = {party.quote for party in _parties(text)}
    assert quotes == {"Corvane Metals Ltd.", "Ashgrove Capital Partners LP"}


def test_a_department_that_is_told_to_act_is_no_buyer() -> None:
    text = (
        "Stockpiles\n\nBy the authority vested in me as President by the Constitution, it is hereby ordered:\n\n"
        "The Secretary of Commerce shall buy antimony."
    )
    assert all(party.role != "buyer" for party in _parties(text))
