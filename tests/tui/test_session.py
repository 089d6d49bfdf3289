"""Changes tried on a rating: made, taken back, made again, remembered."""

import pytest

from rules.errors import RulesError
from rules.explain.candidates import Candidate, candidates
from tests.tui.example import overture, refuted
from tui.session import Session
from tui.tried import warm
from tui.ways import at_once


def known(session: Session, *names: str) -> list[Candidate]:
    found = {part.name: part for part in candidates(session.current)}
    return [found[name] for name in names]


def test_a_session_begins_with_the_rating_as_it_was_read() -> None:
    assessment = overture()
    session = Session(assessment)

    assert session.current is assessment
    assert session.told.changes == ()
    assert (session.changed, session.done, session.undo()) == (False, (), None)


def test_a_dropped_fact_changes_the_level_and_tells_the_steps() -> None:
    session = Session(refuted())
    session.drop("f4")

    assert (session.told.before.level, session.told.after.level) == (5, 4)
    assert session.told.changes == ("drop f4",)
    assert [step.now for step in session.told.steps if step.rule == "FLR-503"] == ["silent"]
    assert [fact.id for fact in session.listed()] == ["f1", "f2", "f3", "f4"]
    assert [session.state(name) for name in ("f1", "f4")] == ["kept", "dropped"]


def test_a_restored_fact_is_as_it_was_read_and_where_it_was() -> None:
    session = Session(overture())
    session.set("f1", "form", "definitive")
    assert session.state("f1") == "changed"
    session.drop("f1")
    session.restore("f1")

    assert session.facts == session.original.facts
    assert session.current is session.original


def test_a_field_takes_another_value_and_says_how_whatif_writes_it() -> None:
    session = Session(overture())
    session.set("f1", "form", "definitive")

    assert session.told.changes == ("f1.form=definitive",)
    assert session.done[-1].says == "f1.form=definitive"


def test_what_does_not_fit_is_refused_and_changes_nothing() -> None:
    session = Session(overture())

    with pytest.raises(RulesError, match="allowed: talks"):
        session.set("f1", "form", "handshake")
    with pytest.raises(RulesError, match="no fact kind 'wish'"):
        session.add("wish")
    with pytest.raises(RulesError, match="no fact 'f9'"):
        session.restore("f9")
    assert session.done == ()


def test_an_added_fact_is_listed_behind_those_that_were_read() -> None:
    session = Session(overture())
    session.add("offtake form=binding buyer_named=yes")

    assert session.state("new1") == "added"
    assert [fact.id for fact in session.listed()][-1] == "new1"
    assert session.told.changes == ("add offtake form=binding buyer_named=yes",)


def test_undo_and_redo_go_step_by_step_and_a_new_step_ends_redo() -> None:
    session = Session(refuted())
    session.drop("f4")
    session.drop("f1")

    assert [step.says for step in (session.undo(), session.undo()) if step] == ["drop f1", "drop f4"]
    assert session.current.level == 5
    assert [step.says for step in session.undone] == ["drop f4", "drop f1"]
    session.redo()
    assert session.current.level == 4
    session.drop("f2")
    assert session.redo() is None
    session.reset()
    assert (session.changed, len(session.undone)) == (False, 2)


def test_the_smallest_changes_are_applied_as_one_step_also_twice() -> None:
    session = Session(overture())
    session.apply(known(session, "definitive", "money"))
    session.apply(known(session, "definitive"))

    assert len(session.done) == 2
    assert len({fact.id for fact in session.facts}) == len(session.facts)
    assert session.done[0].says.startswith("a definitive, binding agreement, together with ")


def test_the_interview_asks_on_and_undo_takes_back_an_answer() -> None:
    session = Session(overture(), "A. Reader", "2026-01-05")
    first = session.interview().next()
    assert first
    session.answer(first.name, "yes")
    second = session.interview().next()

    assert second is None or second.name != first.name
    assert session.facts[-1].cues == (f"analyst:A. Reader:2026-01-05:{first.name}",)
    session.undo()
    asked = session.interview().next()
    assert asked
    assert asked.name == first.name


def test_a_record_holds_answers_but_no_what_if() -> None:
    session = Session(overture())
    question = session.interview().next()
    assert question
    session.answer(question.name, "yes")
    answered = session.saved
    assert answered.facts == session.facts
    assert answered.reading
    assert answered.reading.facts == session.facts

    session.drop("f1")
    assert session.saved is session.original


def test_remembered_steps_are_made_again_and_what_no_longer_fits_is_left_out() -> None:
    session = Session(overture())
    session.set("f1", "form", "mou")
    session.drop("f2")
    session.add("offtake form=loi")
    session.apply(known(session, "money"))
    question = session.interview().next()
    assert question
    session.answer(question.name, "no")

    again = Session(overture())
    again.take_up([*session.kept(), ["drop", "f99"], ["juggle"], ["answer", "nobody asked"], []])
    assert again.facts == session.facts
    assert [step.says for step in again.done] == [step.says for step in session.done]


def test_what_is_foreseen_is_what_is_asked_and_a_later_step_is_not_mixed_up_with_it() -> None:
    session = Session(overture())
    work = session.foresight()
    session.add("commitment form=construction binding=binding")
    work()
    session.undo()

    assert session.ways.to_json() == at_once(overture()).to_json()
    asked = Session(overture()).asked.question
    assert asked
    assert session.asked.question
    assert session.asked.question.name == asked.name
    assert session.asked is session.asked


def test_both_engines_agree_on_a_what_if() -> None:
    session = Session(refuted())
    warm(session.original.pack)
    session.drop("f4")

    assert session.current.engines.agree is True
