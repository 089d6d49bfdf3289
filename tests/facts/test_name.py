"""Organisations, governments and places are found where they stand, and nothing else is taken for one."""

import pytest

from facts.announcement import Announcement
from facts.text.analysis import Analysis, analyse
from facts.text.lexicon import group_of, key_of
from facts.text.name import Names, names_of
from facts.text.office import offices
from facts.text.place import country_of, places, risk_of
from facts.text.protagonist import protagonist_of


def _analysis(text: str) -> Analysis:
    return analyse(Announcement.from_text(text))


def _names(text: str) -> Names:
    return names_of(_analysis(text))


def _labels(text: str) -> list[str]:
    return [one.label for one in _names(text).organisations]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("A contract with Corvane Metals Ltd. was signed.", "Corvane Metals Ltd."),
        ("A contract with Brakel Fluorkemi AS was signed.", "Brakel Fluorkemi AS"),
        ("A contract with Veltrina Cathodes S.p.A. was signed.", "Veltrina Cathodes S.p.A."),
        ("A contract with 2204417 BC Ltd. was signed.", "2204417 BC Ltd."),
        ("A contract with Thornbury Manganese plc was signed.", "Thornbury Manganese plc"),
        ("A contract with Pellworth Mining & Equipment Ltd. was signed.", "Pellworth Mining & Equipment Ltd."),
        ("A contract with Halvorsen Labs, Inc. was signed.", "Halvorsen Labs, Inc."),
        ("A contract with Ardvane Graphite was signed.", "Ardvane Graphite"),
        ("The CEO of Corvane Metals Ltd. was pleased.", "Corvane Metals Ltd."),
        ("A claim by London-quoted Oxbow Lithium was wrong.", "Oxbow Lithium"),
        ("The mill is held by Tarn Hill Copper of Reno.", "Tarn Hill Copper"),
    ],
)
def test_a_company_is_known_by_its_form_or_its_trade(text: str, label: str) -> None:
    assert _labels(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "The Copper Creek Gold Project lies in the hills.",
        "The Minister of Mines and Energy spoke.",
        "The shares trade on the TSX Venture Exchange.",
        "Rare Earth Elements and Critical Minerals matter.",
        "The Working Group met twice.",
    ],
)
def test_projects_ministries_exchanges_and_minerals_are_no_companies(text: str) -> None:
    assert _labels(text) == []


def test_two_names_joined_by_and_are_two() -> None:
    assert _labels("It signed with Corvane Metals Ltd. and Halvorsen Tin Inc. today.") == [
        "Corvane Metals Ltd.",
        "Halvorsen Tin Inc.",
    ]


def test_a_known_name_inside_a_longer_one_is_not_meant() -> None:
    names = _names("It bought Tamber Vale Critical Metals Corp. from a fund.")
    assert [(one.label, one.group) for one in names.organisations] == [("Tamber Vale Critical Metals Corp.", None)]


def test_short_forms_and_the_company_lead_back_to_the_full_name() -> None:
    text = (
        'Corvane Metals Ltd. ("Corvane" or the "Company") (TSX-V: CVN) drills.\n\nCorvane is glad. The Company goes on.'
    )
    names = _names(text)
    (corvane,) = names.organisations
    assert names.company is corvane
    assert corvane.listed
    assert [text[start:end] for _, start, end in corvane.places] == [
        "Corvane Metals Ltd.", "Corvane", "CVN", "Corvane", "The Company",
    ]  # fmt: skip


def test_every_mention_lies_in_its_sentence() -> None:
    text = (
        "\u202bCorvane\u00a0Metals Ltd.\u202c pays.\r\n\r\n"
        "\tHalvorsen Magnétique S.A. gets İt.\r\nCorvane Metals Ltd. ends."
    )
    analysis = _analysis(text)
    for one in names_of(analysis).organisations:
        for index, start, end in one.places:
            assert analysis.sentences[index].start <= start < end <= analysis.sentences[index].end


def test_the_key_of_a_company_has_no_legal_form() -> None:
    assert key_of("Corvane Nickel Company Inc.") == key_of("CORVANE NICKEL") == "corvane nickel"


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("Glencore plc", "major_industrial"),
        ("Anglo American Sur S.A.", "major_industrial"),
        ("Export-Import Bank of the United States", "state_agency"),
        ("Fordwich Metals", None),
        ("Corvane Metals Ltd.", None),
    ],
)
def test_well_known_names_have_a_group(label: str, group: str | None) -> None:
    assert group_of(label) == group


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Canada's minister agreed.", "Canada"),
        ("The Chinese commerce ministry said so.", "China"),
        ("The Government of Namibia denied it.", "Namibia"),
        ("The White House signed.", "United States"),
        ("Manila wants a lower duty.", "Philippines"),
        ("The Minister of Mines has issued a permit.", None),
    ],
)
def test_governments_are_known_by_office_and_capital(text: str, country: str | None) -> None:
    analysis = _analysis(text)
    assert [office.country for office in offices(text, analysis.sentences[0])] == [country]


def test_a_market_is_no_government() -> None:
    text = "Prices in Canada rose."
    assert list(offices(text, _analysis(text).sentences[0])) == []


def test_the_longest_place_counts_and_words_around_it_do_not() -> None:
    text = "Papua New Guinea, New Mexico, U.S. copper, US$5, Nigeria, Malibu"
    assert [(text[p.start : p.end], p.country) for p in places(text)] == [
        ("Papua New Guinea", "Papua New Guinea"), ("New Mexico", "United States"), ("U.S.", "United States"),
        ("Nigeria", "Nigeria"),
    ]  # fmt: skip


def test_the_table_of_risks() -> None:
    assert (risk_of("Canada"), risk_of("Namibia"), risk_of("Mali"), risk_of("Marrow")) == (
        "low", "moderate", "high", "moderate",
    )  # fmt: skip
    assert country_of("Ontario") == "Canada"
    assert country_of("Corvane") is None


def test_the_protagonist_is_the_company_of_headline_and_lead() -> None:
    text = (
        "Corvane Metals Receives Loan\n\nCorvane Metals CEO Ann Marsh spoke of a loan by Ashgrove Capital Partners LP."
    )
    hero = protagonist_of(_analysis(text))
    assert hero is not None
    assert hero.label == "Corvane Metals"


def test_a_text_on_no_company_has_no_protagonist() -> None:
    assert protagonist_of(_analysis("Copper Prices Rise\n\nPrices rose on Tuesday. Tarn Copper was up.")) is None


def test_of_a_list_of_thousands_of_companies_the_first_sixty_are_told() -> None:
    text = "\n\n".join(f"Qarn{n} Metals Ltd. sold ore to Holm{n} Steel AG in Ontario." for n in range(1_600))
    found = names_of(_analysis(text)).organisations
    assert len(found) == 60
    assert found[0].label == "Qarn0 Metals Ltd."
