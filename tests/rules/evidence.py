"""Single facts that speak for action, or against it, in every form that the knowledge base names (patterns M and C)."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from facts.reading import CLASSES as CLASSES

Make = Callable[[random.Random], dict[str, Any]]


def _any(kind: str, **choices: str | int | Sequence[str | int]) -> Make:
    """A fact of the kind; a field of several values gets one of them by chance."""

    def make(chance: random.Random) -> dict[str, Any]:
        picked = {name: chance.choice(list(c)) if isinstance(c, list) else c for name, c in choices.items()}
        return {"kind": kind, **picked}

    return make


_YES_NO: list[str | int] = ["yes", "no"]

FOR: tuple[Make, ...] = (
    _any("commitment", form=["framework", "mou", "loi", "term_sheet", "conditional_approval", "definitive_conditional",
                             "definitive", "fid", "closed", "construction", "operating"],
         binding=["binding", "non_binding", "unstated"]),
    _any("offtake", form=["mou", "loi", "term_sheet", "binding_conditional", "binding", "delivering"],
         buyer_named=_YES_NO, buyer_credit=["strong", "unknown"], volume_stated=_YES_NO,
         price_terms=["floor", "index", "unstated"]),
    _any("financing", status=["pool", "interest_letter", "conditional", "committed", "closed", "drawn"],
         amount_stated=_YES_NO, funder_named=_YES_NO, covers_capex=["full", "majority", "minority", "unknown"],
         instrument=["debt", "equity", "prepayment"]),
    _any("price_support", form="price_floor", status="contracted"),
    _any("capability", step=["mining", "separation", "metal", "magnet"],
         readiness=["lab", "pilot", "demo", "under_construction", "opened", "commissioning", "commercial"],
         capacity_stated=_YES_NO, on_spec=_YES_NO, location="ex_china", group=["light", "heavy", "magnet"],
         asset=["announced", "existing"]),
    _any("feedstock", status=["own_reserve", "contracted"]),
    _any("permit", status=["granted", "mostly"]),
    _any("milestone", what="commissioning", date_kind=["exact", "quarter", "year"], horizon_months=[3, 12, 24, 36, 60]),
    _any("party", role=["buyer", "funder", "partner", "project_company"],
         ptype=["major_industrial", "trading_house", "producer"], named="yes", credit="strong", committed="yes"),
    _any("party", role="funder", ptype=["government", "state_agency"], named="yes", credit="strong", committed="yes"),
    _any("company", stage=["construction", "commissioning", "producing"], revenue=["operating", "unstated"]),
    _any("track_record", event=["operating_record", "delivered_on_time"]),
    _any("study", level=["pfs", "dfs", "feed"]),
    _any("document", doc_type=["exchange_filing", "gov_statement", "company_release"], relay="first_hand"),
    _any("jurisdiction", country="x", named="yes", risk=["low", "moderate"]),
)  # fmt: skip

AGAINST: tuple[Make, ...] = (
    _any("omission", polarity="omitted", slot=["financial_scale", "named_corporate", "offtake_terms", "binding_status",
                                               "operational_detail", "capacity", "timeline", "funding_source", "site"]),
    _any("denial", what=["commitment", "offtake", "financing", "talks"],
         by=["counterparty", "government", "company", "third_party"], mode=["not_yet", "refuted", "terminated"]),
    _any("condition", ctype=["due_diligence", "legislation", "financing"], weight=["material", "standard"]),
    _any("trade_linkage", ltype="bargaining_chip"),
    _any("trade_measure", mtype="export_control",
         status=["threatened", "announced", "in_force", "suspended", "repealed", "contested"]),
    _any("china_link", form=["processing_outside_only", "feedstock", "technology", "equipment", "embedded_partner",
                             "shareholder_major", "offtaker"]),
    _any("solvency", state=["high_leverage", "going_concern", "default", "creditor_protection", "insolvent"]),
    _any("dilution", form=["atm", "convertible_variable", "discount_placement", "warrants", "raise_on_news"]),
    _any("promotion", form=["paid", "undisclosed", "superlative", "in_ground_value", "letter_as_funding",
                            "price_target"]),
    _any("legal", event=["trading_suspension", "fraud_charge", "arrest", "short_report", "class_action",
                         "regulator_probe"]),
    _any("permit", status=["pending", "contested", "refused", "revoked", "banned"]),
    _any("cost", event=["gap", "overrun"]),
    _any("track_record", event=["missed_date", "cost_overrun", "cancelled_deal"]),
    _any("market", state="price_slump"),
    _any("tech_risk", form="novel_process"),
    _any("jurisdiction", country="x", named="yes", risk="high"),
    _any("company", stage=["grassroots", "resource", "pea", "pfs", "dfs"], revenue="zero"),
    _any("study", level="scoping_pea"),
    _any("document", doc_type="news_report", relay="second_hand", sourcing="anonymous"),
    _any("party", role=["funder", "buyer", "partner"], ptype=["unknown", "shell"], named="no", credit="weak",
         committed="no"),
)  # fmt: skip
