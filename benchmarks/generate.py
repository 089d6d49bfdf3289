"""Announcements in bulk, made from templates, each with the facts that were put into it.

    python -m benchmarks.generate --count 10000 --seed 1 --out made.jsonl

Companies, places of works and people are invented. `known` says what the text states, in the terms of the fact kinds;
the readers ignore it, so that a load test can also ask what was found again.
"""

import datetime as dt
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

Record = dict[str, Any]

_FIRST = (
    "Altamar", "Bluegum", "Cordell", "Dunmore", "Eastvale", "Farrow", "Glenrock", "Harrick", "Ironbark",
    "Jarrow", "Kestrel", "Larkhill",
)  # fmt: skip
_LAST = (
    "Lithium", "Minerals", "Resources", "Rare Earths", "Critical Metals", "Graphite", "Nickel",
    "Battery Metals",
)  # fmt: skip
_FORMS = (("Ltd", "ASX", "PERTH"), ("Corp.", "TSXV", "VANCOUVER"), ("plc", "AIM", "LONDON"), ("Inc.", "NYSE", "DENVER"))
_BUYERS = (
    "Norvale Motors", "Tessaly Chemicals", "Hanmar Battery", "Orrin Magnetics", "Castell Trading",
    "Suwon Cathode",
)  # fmt: skip
_SITES = (
    ("Western Australia", "Australia"), ("Quebec", "Canada"), ("Nevada", "United States"), ("Namibia", "Namibia"),
    ("Minas Gerais", "Brazil"), ("Zambia", "Zambia"),
)  # fmt: skip
_PRODUCTS = (
    ("spodumene concentrate", "Li"), ("neodymium-praseodymium oxide", "Nd"), ("natural graphite concentrate", "C"),
    ("mixed rare earth carbonate", "Nd"), ("nickel sulphate", "Ni"), ("lithium hydroxide", "Li"),
)  # fmt: skip
_PEOPLE = (
    "M. Ferrand", "J. Okafor", "L. Brandt", "S. Whitlam", "A. Castro", "R. Nakata",
)  # fmt: skip

_DEALS = {
    "binding": "has signed a binding offtake agreement with {buyer} for {volume:,} tonnes a year of {product}",
    "loi": "has received a non-binding letter of intent from {buyer} for {volume:,} tonnes a year of {product}",
    "mou": "has entered into a non-binding memorandum of understanding with {buyer} on the supply of {product}",
    "interest": "is in discussions with {buyer} about a possible supply of {product}",
}
_MONEY = {
    "closed": "{company} has closed a loan of US${amount} million and has drawn the first tranche.",
    "conditional": "{company} has a conditional loan commitment of US${amount} million, subject to due diligence.",
    "interest_letter": "{company} has received a letter of interest for up to US${amount} million of debt.",
    "none": "The project is not yet funded, and {company} is considering its options.",
}
_STUDIES = {
    "dfs": "A definitive feasibility study completed under the JORC Code puts capital cost at US${capex} million.",
    "pfs": "A pre-feasibility study puts capital cost at US${capex} million.",
    "scoping_pea": "A scoping study, which is preliminary in nature, puts capital cost at US${capex} million.",
    "none": "No economic study has been published.",
}
_STAGES = {
    "commercial": "The plant has been in commercial production since {since} and shipped its latest cargo last month.",
    "under_construction": "Construction of the plant is under way; first production is expected in {year}.",
    "announced": "The plant has yet to be built; {company} aims for first production in {year}.",
}
_PERMITS = {
    "granted": "All principal permits, including the mining lease and the environmental approval, have been granted.",
    "pending": "The environmental permit is pending, and a decision is expected next year.",
}
#: What few announcements tell, one in twenty each: metal that moved, and a deal that never was.
_SELDOM = {
    7: ({"form": "delivered", "financing": "closed", "stage": "commercial", "permit": "granted"}, (
        ("today reported that its plant in {site} has started commercial production. The first {volume:,} tonnes of"
        " {product} have been delivered to {buyer} under a binding ten-year offtake agreement."),
        ("The product met specification. The plant has a nameplate capacity of {capacity:,} tonnes a year of {product}"
        " and is operating at full capacity. {company} has produced at the same site since {since} and sold"
        " {sold:,} tonnes of product last year, with operating revenue of US${revenue:,} million."),
        ("{buyer}, a large listed manufacturer, buys 70% of the plant's output at a price with a floor. Feed comes from"
        " the company's own ore reserve under a mining licence granted in {since}. All permits for the plant have been"
        " granted."),
        ("The expansion cost US${amount} million and was funded in full from a loan, which has been drawn, and from the"
        " company's own cash flow. It was completed on time and on budget."),
    )),
    13: ({"form": "denied", "financing": "none", "stage": "announced", "permit": "pending"}, (
        ("has no agreement with {buyer} on {product} from the {project} project in {site}, {buyer} said on Monday,"
        " contradicting a statement that {company} published last week."),
        ("\u201cThere is no supply agreement and no talks are taking place,\u201d a {buyer} spokesman said. \u201cThe"
        " claim is untrue.\u201d"),
        "{company} had announced an offtake with {buyer} and called it a game-changing, world-class milestone.",
        ("The company has no revenue. Its auditor has expressed substantial doubt about its ability to continue as a"
        " going concern. Trading in the shares has been suspended by the regulator, which is investigating."),
    )),
}  # fmt: skip
_EVERY = 20
_FILLER = (
    "{person}, chief executive of {company}, said: \u201cThis is an important day for {site}.\u201d",
    "The board will keep the market informed as the work goes on.",
    "{company} holds {share} per cent of the {project} project, {km} kilometres from the nearest port.",
    "Drilling by the company has covered {metres:,} metres in {holes} holes so far.",
    "Water will come from a licensed bore field, and power from the regional grid.",
    "The workforce is expected to reach {jobs} when the plant is running.",
)
_LEGAL = (
    "Forward-looking statements\n\nThis announcement contains forward-looking statements, which rest on assumptions"
    " that may prove wrong. Readers should not place undue reliance on them."
)


def announcements(count: int, seed: int) -> Iterator[Record]:
    """Records with name, published, title, text and what is known; the same seed gives the same bytes."""
    for number in range(count):
        yield announcement(number, random.Random(f"{seed}-{number}"))


def announcement(number: int, chance: random.Random) -> Record:
    """One record."""
    form, exchange, city = chance.choice(_FORMS)
    company = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    (site, country), (product, element) = chance.choice(_SITES), chance.choice(_PRODUCTS)
    known = {"form": chance.choice(list(_DEALS)), "financing": chance.choice(list(_MONEY))}
    known |= {"study": chance.choice(list(_STUDIES)), "stage": chance.choice(list(_STAGES))}
    known |= {"permit": chance.choice(list(_PERMITS)), "country": country, "element": element}
    seldom, told = _SELDOM.get(number % _EVERY, ({}, ()))
    known |= seldom
    published = dt.date(2023, 1, 2) + dt.timedelta(days=chance.randrange(1200))
    words = {
        "company": company, "buyer": chance.choice(_BUYERS), "product": product, "site": site,
        "project": f"{chance.choice(_FIRST)} {chance.choice(('North', 'Creek', 'Hill', 'Range'))}",
        "volume": chance.randrange(2, 80) * 500, "amount": chance.randrange(10, 600),
        "capex": chance.randrange(60, 1500),
        "year": published.year + chance.randrange(1, 5), "since": published.year - chance.randrange(1, 6),
        "person": chance.choice(_PEOPLE), "share": chance.randrange(51, 101), "km": chance.randrange(12, 400),
        "capacity": 80_000, "sold": 61_000, "revenue": 480,
        "metres": chance.randrange(8, 900) * 100, "holes": chance.randrange(20, 700), "jobs": chance.randrange(40, 900),
    }  # fmt: skip
    title = f"{company} {_headline(known['form'])} {words['buyer']}"
    return {
        "name": f"made-{number:08d}",
        "published": published.isoformat(),
        "publisher": f"{company} {form}",
        "title": title,
        "text": _text(title, f"{city}, {published:%-d %B %Y} - {company} {form} ({exchange}: {company[:3].upper()})",
                      known, words, chance, told),
        "known": {**known, "buyer": words["buyer"], "volume": words["volume"], "amount": words["amount"]},
    }  # fmt: skip


def _headline(form: str) -> str:
    return {
        "binding": "signs binding offtake with", "loi": "receives letter of intent from",
        "mou": "signs memorandum with", "interest": "in supply talks with", "delivered": "delivers to",
        "denied": "has no deal, says",
    }[form]  # fmt: skip


def _text(
    title: str,
    dateline: str,
    known: dict[str, str],
    words: dict[str, Any],
    chance: random.Random,
    seldom: Sequence[str],
) -> str:
    """Headline, dateline, what is known in any order among the usual talk, and the fine print."""
    if seldom:
        first, *rest = seldom
        return "\n\n".join(each.format(**words) for each in (title, f"{dateline} {first}", *rest))
    told = [_MONEY[known["financing"]], _STUDIES[known["study"]], _STAGES[known["stage"]], _PERMITS[known["permit"]]]
    body = told + chance.sample(_FILLER, chance.randrange(3, len(_FILLER) + 1))
    chance.shuffle(body)
    lead = f"{dateline} {_DEALS[known['form']]} from the {{project}} project in {{site}}."
    about = "About {company}\n\n{company} is developing the {project} project in {site}."
    return "\n\n".join(each.format(**words) for each in (title, lead, *body, about, _LEGAL))


@click.command()
@click.option("--count", default=1_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A .jsonl file.")
def main(count: int, seed: int, out: Path) -> None:
    """Write `count` announcements as JSON lines."""
    with out.open("w", encoding="utf-8") as stream:
        for record in announcements(count, seed):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
