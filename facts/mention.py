"""One place in the text that says something; several mentions of the same thing become one fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from facts.fact import Attribution, Layer, Modality, Polarity
from facts.text.sentence import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """What an extractor found at `start:end` of the text (offsets into the whole text, inside `sentence`).

    Stance fields are None where the sentence decides (`facts.stance`); an extractor sets one only where its own
    pattern carries it ("no offtake", "makes no mention of"). `same` is the key under which mentions of one fact are
    merged, besides the kind; by default the leading field and the subject.
    """

    kind: str
    sentence: Sentence
    start: int
    end: int
    fields: Mapping[str, str | int | float] = field(default_factory=dict)
    subject: str = ""
    cues: tuple[str, ...] = ()
    polarity: Polarity | None = None
    modality: Modality | None = None
    layer: Layer | None = None
    attribution: Attribution | None = None
    date: str | None = None
    same: str | None = None
