"""What every fact has in common: where its words stand, and how they are meant (vocabulary sections 1 to 3)."""

import functools
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictFloat, StrictInt

Polarity = Literal["affirmed", "denied", "omitted"]
Modality = Literal["rumoured", "possible", "proposed", "planned", "agreed", "completed"]
Layer = Literal["event", "backdrop", "opinion"]
Attribution = Literal["first_hand", "reported", "anonymous", "inferred"]
YesNo = Literal["yes", "no", "unstated"]

#: An ISO date of the precision that the text gives: a year, a month or a day.
IsoDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
#: A finite number; amounts are in units of their currency, capacities in tonnes a year, terms in years.
Number = StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)]

STANCE_FIELDS = ("polarity", "modality", "layer", "attribution")
COMMON_FIELDS = ("id", "kind", "subject", *STANCE_FIELDS, "date", "spans", "quote", "cues")


class Span(NamedTuple):
    """Character offsets into the announcement's text: `text[start:end]` is what was read, exactly."""

    start: int
    end: int


def _ordered(span: Span) -> Span:
    if not 0 <= span.start < span.end:
        raise ValueError(f"a span runs from a start to a later end, not {span.start} to {span.end}")
    return span


class Fact(BaseModel):
    """One typed statement read from an announcement; the kinds in `facts.kinds` add their own fields.

    `quote` is the text of the first span, exactly; a fact given by hand has neither. `cues` names the cue data that
    the extractor matched, so that every fact can be traced to the pattern that produced it. Fields that the text does
    not give are `unstated` (enumerations) or None (numbers, free text).
    """

    # Built on first use: one announcement has facts of half the kinds.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    #: The fields of this kind that rules read first; the leading one is what the fact is about.
    leading: ClassVar[str]

    id: str = ""
    subject: str = ""
    polarity: Polarity = "affirmed"
    modality: Modality = "agreed"
    layer: Layer = "event"
    attribution: Attribution = "first_hand"
    date: IsoDate | None = None
    spans: tuple[Annotated[Span, AfterValidator(_ordered)], ...] = ()
    quote: str | None = None
    cues: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, str | int | float]:
        """The kind's own fields that have a value, in the order of the vocabulary."""
        return {name: value for name in own_fields(type(self)) if (value := getattr(self, name)) is not None}


@functools.lru_cache(maxsize=256)
def own_fields(kind: type[Fact]) -> tuple[str, ...]:
    """The fields that a kind adds to the common ones. Kept: pydantic takes as long to tell as it takes to read them."""
    return tuple(name for name in kind.model_fields if name not in COMMON_FIELDS)


@functools.lru_cache(maxsize=256)
def name_of(kind: type[Fact]) -> str:
    """The name of a kind, as rules and documents write it."""
    return str(kind.model_fields["kind"].default)
