"""The fact kinds of the vocabulary (section 4) as a discriminated union; one class a kind, one line a field."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from facts.fact import Fact, Number, Polarity, YesNo

Slot = Literal[
    "financial_scale", "binding_status", "named_corporate", "offtake_terms", "funding_source", "timeline",
    "operational_detail", "capacity", "study_basis", "permits", "feedstock", "price_terms", "site",
]  # fmt: skip
Credit = Literal["strong", "moderate", "weak", "unknown"]


class Document(Fact):
    """What kind of text this is and how many hops it stands from the speaker."""

    leading: ClassVar[str] = "doc_type"
    kind: Literal["document"] = "document"
    doc_type: Literal[
        "gov_statement", "exchange_filing", "company_release", "news_report", "analyst_note", "opinion_piece",
        "promo_material", "social_post",
    ]  # fmt: skip
    relay: Literal["first_hand", "second_hand", "third_hand"] | None = None
    sourcing: Literal["named", "anonymous", "mixed"] | None = None


class Party(Fact):
    """Someone with a role in the announcement; `committed` says whether it signed, paid or approved."""

    leading: ClassVar[str] = "named"
    kind: Literal["party"] = "party"
    named: YesNo = "unstated"
    role: Literal["announcer", "funder", "buyer", "seller", "partner", "project_company", "host", "possible_player"]
    ptype: Literal[
        "government", "state_agency", "major_industrial", "trading_house", "producer", "junior", "startup",
        "private_fund", "shell", "unknown",
    ] = "unknown"  # fmt: skip
    credit: Credit = "unknown"
    committed: YesNo = "unstated"


class Commitment(Fact):
    """How far the parties have bound themselves."""

    leading: ClassVar[str] = "form"
    kind: Literal["commitment"] = "commitment"
    form: Literal[
        "talks", "overture", "statement_of_intent", "joint_declaration", "framework", "mou", "loi", "term_sheet",
        "conditional_approval", "option", "application", "order", "definitive_conditional", "definitive", "fid",
        "closed", "construction", "operating",
    ]  # fmt: skip
    binding: Literal["binding", "non_binding", "unstated"] = "unstated"


class Condition(Fact):
    """Something that must happen first; `standard` is a routine court, exchange or competition clearance."""

    leading: ClassVar[str] = "ctype"
    kind: Literal["condition"] = "condition"
    ctype: Literal[
        "due_diligence", "financing", "permit", "shareholder_approval", "offtake", "price", "government_approval",
        "exchange_approval", "board_approval", "legislation", "definitive_documents", "concession_award", "unspecified",
    ]  # fmt: skip
    weight: Literal["material", "standard"] = "material"


class Offtake(Fact):
    """An agreement to buy product: `share_pct` of the announced plant's nameplate, `term_years` in years."""

    leading: ClassVar[str] = "form"
    kind: Literal["offtake"] = "offtake"
    form: Literal["interest", "unspecified", "mou", "loi", "term_sheet", "binding_conditional", "binding", "delivering"]
    buyer_named: YesNo = "unstated"
    buyer_credit: Credit = "unknown"
    volume_stated: YesNo = "unstated"
    share_pct: Number | None = None
    term_years: Number | None = None
    price_terms: Literal["fixed", "floor", "index", "cost_plus", "undisclosed", "unstated"] = "unstated"
    product: str | None = None


class Financing(Fact):
    """Money: `amount` in units of the ISO `currency`, the largest where a range or "up to" is given."""

    leading: ClassVar[str] = "status"
    kind: Literal["financing"] = "financing"
    instrument: Literal[
        "equity", "debt", "grant", "tax_credit", "agency_letter", "conditional_loan", "convertible", "warrants",
        "prepayment", "guarantee", "programme", "unspecified",
    ] = "unspecified"  # fmt: skip
    status: Literal["mentioned", "pool", "interest_letter", "conditional", "committed", "closed", "drawn"]
    amount: Number | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    amount_stated: YesNo = "unstated"
    funder_named: YesNo = "unstated"
    funder_type: str | None = None
    covers_capex: Literal["full", "majority", "minority", "unknown"] = "unknown"


class PriceSupport(Fact):
    """A floor, contract for difference, guaranteed purchase, stockpile or border adjustment."""

    leading: ClassVar[str] = "form"
    kind: Literal["price_support"] = "price_support"
    form: Literal["price_floor", "cfd", "guaranteed_purchase", "stockpile", "border_adjustment"]
    status: Literal["discussed", "legislated", "contracted"]


class Company(Fact):
    """How far a company (or, as backdrop, a class of companies) has come, and whether it sells anything."""

    leading: ClassVar[str] = "stage"
    kind: Literal["company"] = "company"
    stage: Literal[
        "grassroots", "resource", "pea", "pfs", "dfs", "permitted", "construction", "commissioning", "producing",
        "unstated",
    ] = "unstated"  # fmt: skip
    revenue: Literal["zero", "small", "operating", "unstated"] = "unstated"
    listed: YesNo = "unstated"


class Study(Fact):
    """The engineering study behind the claim; `inferred_share` is the percentage of inferred resource in it."""

    leading: ClassVar[str] = "level"
    kind: Literal["study"] = "study"
    level: Literal["none", "scoping_pea", "pfs", "dfs", "feed"] | None = None
    standard: Literal["ni43_101", "jorc", "sk1300", "none"] | None = None
    independent: YesNo = "unstated"
    inferred_share: Number | None = None


class Capability(Fact):
    """A plant or mine: `asset` tells the announced one from an operator's existing one; tonnes a year of product."""

    leading: ClassVar[str] = "step"
    kind: Literal["capability"] = "capability"
    step: Literal[
        "mining", "concentration", "cracking", "separation", "refining", "smelting", "anode", "metal", "alloy",
        "magnet", "recycling",
    ]  # fmt: skip
    readiness: (
        Literal["claimed", "lab", "pilot", "demo", "under_construction", "opened", "commissioning", "commercial"] | None
    ) = None
    asset: Literal["announced", "existing"] = "announced"
    capacity_tpa: Number | None = None
    capacity_stated: YesNo = "unstated"
    on_spec: YesNo = "unstated"
    location: Literal["ex_china", "china", "unstated"] = "unstated"
    group: Literal["light", "heavy", "mixed", "magnet", "non_ree"] | None = None


class Feedstock(Fact):
    """Where the plant's feed comes from."""

    leading: ClassVar[str] = "status"
    kind: Literal["feedstock"] = "feedstock"
    status: Literal["own_reserve", "own_resource", "contracted", "mou", "unspecified"]


class Material(Fact):
    """Which elements and products are spoken of; `elements` are symbols, separated by commas. Context only."""

    leading: ClassVar[str] = "group"
    kind: Literal["material"] = "material"
    group: Literal["light", "heavy", "mixed", "non_ree"] | None = None
    elements: str | None = None
    product: str | None = None


class TechRisk(Fact):
    """A technical hazard that the text itself names."""

    leading: ClassVar[str] = "form"
    kind: Literal["tech_risk"] = "tech_risk"
    form: Literal["novel_process", "unproven_feed", "radioactive", "low_grade", "scale_up"]


class TradeMeasure(Fact):
    """A restriction of trade by a government; `effective` is the date from which it applies."""

    leading: ClassVar[str] = "mtype"
    kind: Literal["trade_measure"] = "trade_measure"
    mtype: Literal[
        "export_control", "export_ban", "quota", "tariff", "licence", "import_ban", "anti_dumping", "procurement_rule"
    ]
    imposer: str | None = None
    status: (
        Literal["investigated", "threatened", "announced", "in_force", "suspended", "repealed", "contested"] | None
    ) = None
    elements: str | None = None
    effective: str | None = None


class TradeLinkage(Fact):
    """Minerals offered or discussed inside another bargain."""

    leading: ClassVar[str] = "ltype"
    kind: Literal["trade_linkage"] = "trade_linkage"
    ltype: Literal["bargaining_chip", "offset_package", "quid_pro_quo"]


class Milestone(Fact):
    """Something due; `horizon_months` is counted from the document's date, rounded up."""

    leading: ClassVar[str] = "what"
    kind: Literal["milestone"] = "milestone"
    what: Literal[
        "signing", "financing_close", "fid", "construction_start", "commissioning", "first_production", "ramp_up",
        "delivery", "drilling", "resource_estimate", "study", "permit", "effective_date", "listing", "review",
    ]  # fmt: skip
    date_kind: Literal["exact", "quarter", "year", "range", "vague"] | None = None
    horizon_months: Number | None = None
    contractual: YesNo = "unstated"


class Permit(Fact):
    """The state of the licences that the project needs."""

    leading: ClassVar[str] = "status"
    kind: Literal["permit"] = "permit"
    status: Literal["granted", "mostly", "pending", "contested", "refused", "revoked", "banned"]


class Jurisdiction(Fact):
    """Where; `risk` comes from the configured table, or is high where the text says why."""

    leading: ClassVar[str] = "country"
    kind: Literal["jurisdiction"] = "jurisdiction"
    country: str | None = None
    named: YesNo = "unstated"
    risk: Literal["low", "moderate", "high", "unstated"] = "unstated"


class Solvency(Fact):
    """Whether the company says that it can pay its way."""

    leading: ClassVar[str] = "state"
    kind: Literal["solvency"] = "solvency"
    state: Literal["funded_12m", "high_leverage", "going_concern", "default", "creditor_protection", "insolvent"]


class Dilution(Fact):
    """New shares, or paper that becomes shares."""

    leading: ClassVar[str] = "form"
    kind: Literal["dilution"] = "dilution"
    form: Literal[
        "atm", "convertible_variable", "discount_placement", "public_offering", "share_consideration", "warrants",
        "raise_on_news",
    ]  # fmt: skip


class Cost(Fact):
    """A capital need that is open, overrun or stated."""

    leading: ClassVar[str] = "event"
    kind: Literal["cost"] = "cost"
    event: Literal["gap", "overrun", "stated"]


class TrackRecord(Fact):
    """What the text says the company did before."""

    leading: ClassVar[str] = "event"
    kind: Literal["track_record"] = "track_record"
    event: Literal["missed_date", "cost_overrun", "cancelled_deal", "operating_record", "delivered_on_time"]


class Market(Fact):
    """What prices or shares did."""

    leading: ClassVar[str] = "state"
    kind: Literal["market"] = "market"
    state: Literal["price_spike", "price_slump", "stock_surge"]


class ChinaLink(Fact):
    """How the supply still passes through China."""

    leading: ClassVar[str] = "form"
    kind: Literal["china_link"] = "china_link"
    form: Literal[
        "processing_outside_only", "feedstock", "technology", "equipment", "embedded_partner", "shareholder_major",
        "offtaker", "none_claimed",
    ]  # fmt: skip


class Promotion(Fact):
    """Wording that sells rather than tells."""

    leading: ClassVar[str] = "form"
    kind: Literal["promotion"] = "promotion"
    form: Literal[
        "paid", "undisclosed", "superlative", "national_hero", "in_ground_value", "letter_as_funding", "price_target",
        "celebrity",
    ]  # fmt: skip


class Legal(Fact):
    """Trouble with the law or a regulator at a core party."""

    leading: ClassVar[str] = "event"
    kind: Literal["legal"] = "legal"
    event: Literal[
        "trading_suspension", "fraud_charge", "arrest", "short_report", "class_action", "regulator_probe", "arbitration"
    ]


class Denial(Fact):
    """The text says that something is not so: not yet, refuted, or ended."""

    leading: ClassVar[str] = "what"
    kind: Literal["denial"] = "denial"
    what: Literal["commitment", "talks", "offtake", "financing", "readiness", "study"]
    by: Literal["counterparty", "government", "company", "regulator", "third_party"] | None = None
    mode: Literal["not_yet", "refuted", "terminated"]


class Omission(Fact):
    """The text says that a slot is not given, by itself or by the text it discusses."""

    leading: ClassVar[str] = "slot"
    kind: Literal["omission"] = "omission"
    polarity: Polarity = "omitted"
    slot: Slot


AnyFact = Annotated[
    Document | Party | Commitment | Condition | Offtake | Financing | PriceSupport | Company | Study | Capability
    | Feedstock | Material | TechRisk | TradeMeasure | TradeLinkage | Milestone | Permit | Jurisdiction | Solvency
    | Dilution | Cost | TrackRecord | Market | ChinaLink | Promotion | Legal | Denial | Omission,
    Field(discriminator="kind"),
]  # fmt: skip

KINDS: dict[str, type[Fact]] = {
    cls.model_fields["kind"].default: cls
    for cls in (
        Document, Party, Commitment, Condition, Offtake, Financing, PriceSupport, Company, Study, Capability,
        Feedstock, Material, TechRisk, TradeMeasure, TradeLinkage, Milestone, Permit, Jurisdiction, Solvency,
        Dilution, Cost, TrackRecord, Market, ChinaLink, Promotion, Legal, Denial, Omission,
    )
}  # fmt: skip

SLOTS: tuple[str, ...] = Slot.__args__  # type: ignore[attr-defined]
