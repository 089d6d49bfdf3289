"""The evidence for a fact: its places, the cues that matched there, and what decided how it is meant."""

from facts.announcement import Announcement
from facts.cue import families, family
from facts.extract import read
from facts.why import cue_named, why

_TEXT = (
    "Corvane Metals Plans Offtake Agreement\n\n"
    "PORT ALDER, June 3, 2026 - Corvane Metals Inc. plans to sign an offtake agreement for tin with Halvorsen AG.\n\n"
    "No financing has been secured. Tin is mined at its Osprey mine in Canada.\n"
)


def test_every_fact_of_a_text_has_evidence_at_its_places() -> None:
    announcement = Announcement.from_text(_TEXT)
    for fact in read(announcement).facts:
        places = [one.span for one in why(announcement, fact)]
        assert set(places) == set(fact.spans), fact


def test_the_stance_that_was_decided_is_told_with_its_cue() -> None:
    announcement = Announcement.from_text(_TEXT)
    plan = next(fact for fact in read(announcement).facts if fact.modality == "planned")
    assert any("stance.plans" in one.stance.because for one in why(announcement, plan))


def test_a_cue_is_found_by_its_name() -> None:
    assert all(cue_named(cue.name) is cue for name in families() for cue in family(name)[:2])
    assert cue_named("offtake.nothing") is None
