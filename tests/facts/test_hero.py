"""Whom a text is about where no full name says so."""

from facts.announcement import Announcement
from facts.extractors.hero import hero_of
from facts.text.analysis import analyse


def _hero(text: str) -> str | None:
    hero = hero_of(analyse(Announcement.from_text(text)))
    return hero.label if hero else None


def test_a_name_that_headline_and_lead_share_is_the_one() -> None:
    text = "Pellworth Bay lifts output\n\nHOBART, July 24 (Harbour Wire) - Pellworth Bay said it milled more tin."
    assert _hero(text) == "Pellworth Bay"


def test_the_owner_of_the_mine_is_the_one_that_the_lead_names() -> None:
    text = (
        "Peru clears Cerro Bajo copper mine\n\nLIMA, March 6 (Harbour Wire) - Peru cleared it, lifting the shares "
        "of its owner, Pukallay Copper.\n\nPukallay wants to start digging next year."
    )
    assert _hero(text) == "Pukallay Copper"


def test_a_surname_is_no_company() -> None:
    text = (
        "Gallium line starts up\n\nLINZ, 18 Sept - Hofer opened the gallium line. "
        "The director Ulrike Hofer thanked her team. Hofer has sold it since."
    )
    assert _hero(text) is None


def test_whoever_is_named_once_and_not_in_the_headline_is_an_example() -> None:
    text = (
        "Beijing mulls gallium licences\n\nTraders were surprised by the Chinese government. "
        "Pellworth Gallium, the only producer in Europe, turned out 4 tonnes."
    )
    assert _hero(text) is None


def test_the_only_miner_that_an_article_names_is_the_one() -> None:
    text = "Opinion: the emperor's lithium\n\nI have rarely seen a claim as bold as that of Salar Bianco Resources."
    assert _hero(text) == "Salar Bianco Resources"


def test_wire_copy_in_capitals_names_its_speaker() -> None:
    text = "TIN MINER TO EXPAND\n\nKUALA LUMPUR, MAY 12 - CORVANE TIN SAID IT WILL SPEND 38 MLN DLRS."
    assert _hero(text) == "CORVANE TIN"


def test_a_government_is_no_company() -> None:
    text = "TIN QUOTA TO FALL\n\nKUALA LUMPUR, MAY 12 - THE MINES MINISTRY SAID IT WILL CUT THE TIN QUOTA."
    assert _hero(text) is None
