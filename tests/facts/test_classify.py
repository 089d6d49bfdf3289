"""The class by what the news is, the words that decided, and the class that came second."""

import tomllib
from pathlib import Path

import pytest

from facts.announcement import Announcement
from facts.classify import ORDER
from facts.extract import read_in_scope
from facts.reading import CLASSES, Classification

_LEAD = 'PORT ALDER, June 3, 2026 - Corvane Metals Inc. (TSXV: CVN) (the "Company") is pleased to announce '


_HEADLINES = tomllib.loads((Path(__file__).parent / "headlines.toml").read_text("utf-8"))
_LEADS = tomllib.loads((Path(__file__).parent / "leads.toml").read_text("utf-8"))


def _class(title: str, text: str) -> Classification:
    classification = read_in_scope(Announcement.from_text(f"{title}\n\n{text}\n")).classification
    assert classification is not None
    return classification


@pytest.mark.parametrize(
    ("name", "title", "text"),
    [
        (
            "rumour",
            "Fund said to circle Corvane Copper - sources",
            "LONDON, 3 June 2026 - A fund is weighing a bid, three people familiar with the matter said.",
        ),
        (
            "trade_measure",
            "Ministry imposes export controls on gallium",
            "MINISTRY OF TRADE. The ministry imposes export controls on gallium from 1 July.",
        ),
        (
            "policy_action",
            "Immediate Measures for Mineral Permits",
            "By the authority vested in me, it is hereby ordered that permits for mines be decided within a year.",
        ),
        (
            "gov_funding",
            "Corvane Awarded $20 Million Department of Defense Grant for Antimony",
            f"{_LEAD}that it was awarded a grant of $20 million by the Department of Defense.",
        ),
        (
            "gov_framework",
            "Joint Statement on a Framework for Critical Minerals",
            "The two governments signed a framework on critical minerals today.",
        ),
        (
            "gov_overture",
            "Seoul offers Ottawa graphite know-how",
            "SEOUL, 3 June 2026 (Northwire) - South Korea has offered Canada help with anodes, a vice minister said.",
        ),
        ("production_report", "Corvane Ships First Concentrate", f"{_LEAD}the first shipment of tin concentrate."),
        (
            "offtake_deal",
            "Corvane Signs Offtake Agreement With Halvorsen",
            f"{_LEAD}an offtake agreement for tin concentrate with Halvorsen Solder.",
        ),
        (
            "financing_deal",
            "Corvane Closes Private Placement",
            f"{_LEAD}the closing of its non-brokered private placement for gross proceeds of $3 million.",
        ),
        (
            "ma_deal",
            "Corvane to Acquire Lower Marsh Tin Project",
            f"{_LEAD}that it has agreed to acquire the Lower Marsh tin project.",
        ),
        (
            "partnership",
            "Corvane and Halvorsen Form Joint Venture",
            f"{_LEAD}a joint venture with Halvorsen on tin alloys.",
        ),
        (
            "study_result",
            "Corvane Intersects 40 Metres of Tin at Lower Marsh",
            f"{_LEAD}drill results from Lower Marsh, with 40 metres at 0.9% Sn.",
        ),
        (
            "project_milestone",
            "Corvane Receives Environmental Permit for Lower Marsh",
            f"{_LEAD}that it has received the environmental permit for its tin mine.",
        ),
        (
            "corporate_news",
            "Corvane Appoints Chief Financial Officer",
            f"{_LEAD}the appointment of Ilse Marten as chief financial officer.",
        ),
        (
            "corporate_news",
            "Corvane Applauds Tariffs on Graphite Imports",
            f"{_LEAD}its support for the tariffs on graphite imports.",
        ),
        (
            "financing_deal",
            "Corvane Applies for Department of Energy Grant",
            f"{_LEAD}that it has submitted an application for a grant of $9 million.",
        ),
    ],
)
def test_the_class_is_what_the_news_is(name: str, title: str, text: str) -> None:
    assert _class(title, text).name == name


def test_the_words_that_decided_are_shown() -> None:
    title = "Corvane Closes Private Placement"
    classification = _class(title, f"{_LEAD}the closing of its private placement.")
    assert "Private Placement" in classification.because
    assert any(title[span.start : span.end].endswith("Private Placement") for span in classification.words)


def test_two_stories_in_one_headline_are_borderline_and_the_first_is_the_news() -> None:
    classification = _class("Corvane Closes Private Placement and Signs Offtake Agreement", f"{_LEAD}both.")
    assert classification.name == "financing_deal"
    assert classification.runner_up == "offtake_deal"
    assert classification.borderline


def test_a_text_that_speaks_for_no_class_is_corporate_news() -> None:
    assert _class("Corvane", "Corvane is here.").name == "corporate_news"


def test_every_class_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(CLASSES)


@pytest.mark.parametrize(("name", "title"), [(name, title) for name, titles in _HEADLINES.items() for title in titles])
def test_a_headline_decides_where_the_text_says_nothing_else(name: str, title: str) -> None:
    assert _class(title, "It is a mineral company.").name == name


@pytest.mark.parametrize(
    ("name", "title", "lead"), [(name, title, lead) for name, rows in _LEADS.items() for title, lead in rows]
)
def test_headline_and_lead_decide(name: str, title: str, lead: str) -> None:
    assert _class(title, lead).name == name


def test_an_afterthought_of_the_headline_is_not_the_news() -> None:
    text = f"{_LEAD}that drilling has begun at Lower Marsh."
    assert _class("Corvane Begins Drilling Following Closing of Placement", text).name == "project_milestone"
