"""How a claim is meant: the weakest verb that governs it, who says it, and whether it is the news."""

import pytest

from facts.announcement import Announcement
from facts.fact import Attribution, Layer, Modality, Polarity
from facts.mention import Mention
from facts.stance import Stance, stance_of
from facts.text.analysis import analyse

_BEFORE = "Corvane Metals reports\n\nPORT ALDER, 3 June 2026 - Corvane Metals mines tin.\n\n"


def _stance(sentence: str, claim: str = "offtake agreement", kind: str = "offtake") -> Stance:
    analysis = analyse(Announcement.from_text(_BEFORE + sentence))
    start = analysis.text.index(claim, len(_BEFORE))
    holder = next(found for found in analysis.sentences if found.start <= start < found.end)
    return stance_of(analysis, Mention(kind, holder, start, start + len(claim)))


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Corvane plans to sign a binding offtake agreement.", "planned"),
        ("Corvane signed an offtake agreement, and will build a plant.", "agreed"),
        ("Corvane may sign an offtake agreement.", "possible"),
        ("Corvane is exploring an offtake agreement with two buyers.", "possible"),
        ("A potential offtake agreement would follow.", "possible"),
        ("Corvane offered Halvorsen help with an offtake agreement.", "proposed"),
        ("Corvane is in talks with Halvorsen on an offtake agreement.", "proposed"),
        ("Corvane is reportedly close to an offtake agreement.", "rumoured"),
        ("The offtake agreement is expected in the third quarter.", "planned"),
        ("The offtake agreement has been signed.", "agreed"),
        ("Corvane delivered the first cargo under its offtake agreement.", "completed"),
        ("Corvane expects that it could sign an offtake agreement.", "possible"),
        ("CORVANE TO CLOSE PLANT, WILL KEEP OFFTAKE AGREEMENT", "planned"),
    ],
)
def test_the_weakest_verb_that_governs_a_claim_decides(sentence: str, modality: Modality) -> None:
    claim = "OFFTAKE AGREEMENT" if sentence.isupper() else "offtake agreement"
    assert _stance(sentence, claim).modality == modality


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Corvane has not signed an offtake agreement.", "denied"),
        ("No offtake agreement has been signed.", "denied"),
        ("Reports of an offtake agreement are unfounded.", "denied"),
        ("The note makes no mention of an offtake agreement.", "omitted"),
        ("Corvane signed an offtake agreement not only with Halvorsen.", "affirmed"),
        ("Corvane has not built a plant, but it has an offtake agreement.", "affirmed"),
    ],
)
def test_a_negation_reaches_as_far_as_its_clause(sentence: str, polarity: Polarity) -> None:
    assert _stance(sentence).polarity == polarity


@pytest.mark.parametrize(
    ("sentence", "layer"),
    [
        ("Corvane signed an offtake agreement today.", "event"),
        ("Corvane had previously signed an offtake agreement.", "backdrop"),
        ("In 2023 the company signed an offtake agreement.", "backdrop"),
        ("We believe that Corvane could sign an offtake agreement.", "opinion"),
    ],
)
def test_earlier_deals_are_background_and_hopes_are_opinion(sentence: str, layer: Layer) -> None:
    assert _stance(sentence).layer == layer


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("Corvane signed an offtake agreement.", "first_hand"),
        ("The Daily Ledger reported that Corvane signed an offtake agreement.", "reported"),
        ("Corvane signed an offtake agreement, people familiar with the matter said.", "anonymous"),
    ],
)
def test_whose_word_it_is(sentence: str, attribution: Attribution) -> None:
    assert _stance(sentence).attribution == attribution


def test_a_country_is_never_planned() -> None:
    assert _stance("Corvane plans to build in Norway.", "Norway", "jurisdiction").modality == "agreed"


def test_what_the_extractor_has_set_stands() -> None:
    analysis = analyse(Announcement.from_text("Corvane may sign an offtake agreement."))
    mention = Mention(
        "offtake", analysis.sentences[0], 20, 37, modality="agreed", layer="backdrop", polarity="affirmed"
    )
    stance = stance_of(analysis, mention)
    assert (stance.modality, stance.layer, stance.polarity) == ("agreed", "backdrop", "affirmed")
