"""What goes wrong in durable_rules outside its protocol, and that it cannot through the adapter (docs/engine.md)."""

import importlib.metadata
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import durable_rules_engine as library
import pytest

from rules import engine as adapter
from rules.assess import DURABLE_VERSION
from rules.engine import MOST_ELEMENTS, Durable
from rules.errors import RulesError
from rules.pack import Pack
from rules.reference import Reference
from rules.translate import translate
from tests.rules.small import fact, fired, pack, rule, trace

DEAL = '[[when]]\nfact = "deal"\n'


def both(of: Pack, *facts: Any) -> list[tuple[str, int, tuple[str, ...]]]:
    """What both engines let fire, alike."""
    found = fired(Durable(of), of, *facts)
    assert found == fired(Reference(of), of, *facts)
    return found


def test_the_library_is_the_one_that_was_fuzzed() -> None:
    assert importlib.metadata.version("durable_rules") == DURABLE_VERSION == "2.0.28"


def test_the_public_host_is_never_imported() -> None:
    code = "import sys, rules.engine, rules.pack; rules.engine.Durable(rules.pack.load()); print(list(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "durable_rules_engine" in loaded
    assert "'durable'" not in loaded
    assert "'durable.engine'" not in loaded


# facts that the library would misread


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), 1e-7, 2**53 + 1, -(2**53) - 1, 1e300, 10**400]
)
def test_a_number_that_the_library_misreads_is_refused_with_its_place(value: float) -> None:
    of = pack(DEAL + "n = { at_least = 1 }")
    with pytest.raises(RulesError, match=r"fact f1: deal\.n"):
        fired(Durable(of), of, fact("deal", "f1", n=value))


def test_a_rule_s_number_out_of_range_is_refused_when_the_pack_loads() -> None:
    for number in ("1e999999999", "9007199254740993", "inf", "nan", "0.00001"):
        with pytest.raises(RulesError, match=r"r0000\.toml: when 1, deal\.n: .* is out of range"):
            pack(DEAL + f"n = {{ at_least = {number} }}")


@pytest.mark.parametrize("value", [2**53, -(2**53), 0.1, 1.5, -0.0, 3.0])
def test_a_number_within_its_limits_is_compared_exactly(value: float) -> None:
    of = pack(DEAL + f"n = {{ at_least = {value} }}", DEAL + f"n = {{ above = {value} }}")
    assert both(of, fact("deal", "f1", n=value)) == [("AAA-000", 0, ("f1",))]


@pytest.mark.parametrize("value", ["3", "x", True])
def test_a_word_or_a_truth_value_is_refused_where_rules_read_a_number(value: str | bool) -> None:
    of = pack(DEAL + "n = { at_least = 1 }")
    for engine in (Durable(of), Reference(of)):
        with pytest.raises(RulesError, match="rules read a number there"):
            fired(engine, of, fact("deal", "f1", n=value))


def test_a_number_is_refused_where_rules_read_a_word() -> None:
    of = pack(DEAL + 'form = "1"')
    for engine in (Durable(of), Reference(of)):
        with pytest.raises(RulesError, match="rules read a word there"):
            fired(engine, of, fact("deal", "f1", form=1))


@pytest.mark.parametrize(
    "word", ["1", "1.0", "01", "true", "True", "null", "", " ", 'a"b', "a\\", "\0", "\ud800", "é", "$m"]
)
def test_look_alikes_are_different_words(word: str) -> None:
    of = pack(*(DEAL + f"form = {json.dumps(other)}" for other in ("1", "true", "nil", "e\u0301")))
    expected = [("AAA-000", 0, ("f1",))] if word == "1" else [("AAA-001", 0, ("f1",))] if word == "true" else []
    assert both(of, fact("deal", "f1", form=word)) == expected


def test_a_text_of_a_million_letters_is_joined_like_any_other() -> None:
    of = pack('[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "party"\nname = { same_as = "d.party" }')
    long = "x" * 1_000_000
    facts = fact("deal", "f1", party=long), fact("party", "f2", name=long), fact("party", "f3", name=long + "y")
    assert both(of, *facts) == [("AAA-000", 0, ("f1", "f2"))]


def test_ids_and_kinds_that_the_library_reserves_never_reach_it() -> None:
    of = pack('[[when]]\nfact = "sid"\nid_ = "$end"', kinds={"sid": {"id_": "text"}})
    assert both(of, fact("sid", "$end", id_="$end"), fact("sid", "sid-s", id_="e0")) == [("AAA-000", 0, ("$end",))]


def test_a_fact_with_none_for_a_field_is_a_fact_without_it() -> None:
    of = pack(DEAL + "n = { at_most = 1 }", DEAL + 'form = "x"')
    assert both(of, {"kind": "deal", "id": "f1", "n": None, "form": None}) == []


def test_two_facts_of_one_id_are_refused() -> None:
    of = pack(DEAL)
    with pytest.raises(RulesError, match="two facts have the id 'f1'"):
        fired(Durable(of), of, fact("deal", "f1"), fact("deal", "f1", n=1))


# the library's ids


def _fnv(text: str) -> int:
    found = 2166136261
    for byte in text.encode():
        found = ((found ^ byte) * 16777619) % 2**32
    return found


@pytest.mark.slow
def test_no_two_ids_of_a_session_share_the_library_s_hash() -> None:
    ids = [f"e{number}" for number in range(MOST_ELEMENTS)] + [f"$phase{n}" for n in range(5_000)]
    ids += [f"$end{n}" for n in range(1_000)] + ["$boot", "sid-s"]
    assert len({_fnv(f"s!{name}") for name in ids}) == len(ids)


def test_no_two_field_names_share_the_library_s_hash() -> None:
    names = ["kind", "id", "sid", "n", "$s", "$forward", "$m"] + [f"{j}a{n}" for n in range(3_000) for j in ("", "j")]
    assert len({_fnv(name) for name in names}) == len(names)


def test_more_facts_than_the_ids_were_checked_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MOST_ELEMENTS", 3)
    of = pack(DEAL)
    with pytest.raises(RulesError, match="more than 3 facts"):
        fired(Durable(of), of, *(fact("deal", f"f{n}") for n in range(4)))


# batches


def test_the_library_drops_the_rest_of_a_batch_in_silence() -> None:
    handle = library.create_ruleset("cut", json.dumps({"r": {"all": [{"m": {"kind": "k"}}]}}))
    batch = (
        '[{"kind":"k","id":"1","sid":"x"},{"kind":"k","id":"2","sid":"x","n":1e-07},{"kind":"k","id":"3","sid":"x"}]'
    )
    code, offset = library.assert_facts(handle, batch)
    assert code == 0
    seen = [json.loads(library.start_action_for_state(handle, offset)[1])["r"]["m"]["id"]]
    while message := library.complete_and_start_action(handle, offset):
        seen.append(json.loads(message)["r"]["m"]["id"])
    assert seen == ["1"]


def test_a_batch_cut_short_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "plain_number", lambda value: value)
    of = pack(DEAL, DEAL + "n = 1", '[[unless]]\nfact = "deal"\nform = "x"')
    engine = Durable(of)
    cut = [fact("deal", "f1"), fact("deal", "f2", n=1e-7), fact("deal", "f3", form="x")]
    with pytest.raises(RulesError, match="cut a batch"):
        fired(engine, of, *cut)
    assert [code for code, _, _ in fired(engine, of, fact("deal", "f1"))] == ["AAA-000", "AAA-002"]


def test_a_session_in_which_nothing_fired_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "plain_number", lambda value: value)
    of = pack(DEAL, DEAL + "n = 1")
    engine = Durable(of)
    for _ in range(50):
        with pytest.raises(RulesError, match="cut a batch"):
            fired(engine, of, fact("deal", "f2", n=1e-7))
        engine.open().close()
    assert fired(engine, of, fact("deal", "f1")) == [("AAA-000", 0, ("f1",))]


def test_a_session_that_failed_answers_no_more() -> None:
    of = pack(DEAL + "n = 1")
    session = Durable(of).open()
    with pytest.raises(RulesError, match="out of range"):
        session.fire(2, [fact("deal", "f1", n=float("nan"))])
    with pytest.raises(RulesError, match="has failed before"):
        session.fire(2, [])
    session.close()
    session.close()
    with pytest.raises(RulesError, match="is closed"):
        session.fire(2, [])


# matching


def test_one_fact_may_fill_two_patterns() -> None:
    of = pack(2 * (DEAL + "n = { at_least = 1 }\n"))
    assert both(of, fact("deal", "f1", n=1)) == [("AAA-000", 0, ("f1", "f1"))]


def test_a_fact_that_fills_a_pattern_may_also_be_what_must_be_absent() -> None:
    of = pack(DEAL + 'n = { at_least = 1 }\n[[unless]]\nfact = "deal"\nn = { at_least = 2 }')
    assert both(of, fact("deal", "f1", n=3)) == []
    assert both(of, fact("deal", "f1", n=1)) == [("AAA-000", 0, ("f1",))]


def test_absence_is_judged_when_all_facts_are_known_whatever_their_order() -> None:
    of = pack(DEAL + '[[unless]]\nfact = "party"\nname = "x"')
    deal, party = fact("deal", "f1"), fact("party", "f2", name="x")
    assert both(of, deal, party) == both(of, party, deal) == []


def test_a_rule_of_absences_alone_fires_once() -> None:
    of = pack('[[unless]]\nfact = "deal"\nform = "x"')
    assert both(of) == both(of, fact("deal", "f1", form="y")) == [("AAA-000", 0, ())]


def test_a_finding_is_absent_only_after_all_that_could_make_it() -> None:
    of = pack(
        '[[unless]]\nfact = "finding"\nname = "HIGH"',
        'HIGH:[[when]]\nfact = "finding"\nname = "LOW"',
        'LOW:[[when]]\nfact = "deal"',
    )
    assert both(of) == [("AAA-000", 0, ())]
    assert [code for code, _, _ in both(of, fact("deal", "f1"))] == ["AAA-001", "AAA-002"]


def test_rules_read_the_class_slots_tallies_and_findings() -> None:
    slots = '[[slot]]\nname = "who"\nlabel = "l"\nquestion = "q"\n[[slot.any]]\nfact = "party"\n'
    of = pack(
        '[[when]]\nfact = "class"\nname = "deal"\n[[when]]\nfact = "slot"\nstatus = "STATED"\n'
        '[[when]]\nfact = "tally"\nof = "missing"\nn = { at_most = 0 }\n[[when]]\nfact = "finding"\nname = "ANY"',
        'ANY:[[when]]\nfact = "party"',
        slots=slots,
    )
    assert both(of, fact("party", "f1"))[-1] == (
        "AAA-000",
        0,
        ("class:deal", "slot:who", "tally:missing", "finding:ANY"),
    )


JOIN = '[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "party"\nname = { same_as = "d.party" }\n'


def test_a_join_of_a_missing_field_is_false_and_harms_no_other_fact() -> None:
    of = pack(JOIN, DEAL)
    facts = fact("deal", "f1"), fact("party", "f2"), fact("deal", "f3", party="A"), fact("party", "f4", name="A")
    assert both(of, *facts) == [("AAA-000", 0, ("f3", "f4")), ("AAA-001", 0, ("f1",)), ("AAA-001", 0, ("f3",))]


def test_an_absence_joined_to_a_missing_field_is_an_absence() -> None:
    of = pack('[[when]]\nfact = "deal"\nas = "d"\n[[unless]]\nfact = "party"\nname = { same_as = "d.party" }')
    facts = fact("deal", "f1"), fact("party", "f2", name="A"), fact("party", "f3"), fact("deal", "f4", party="A")
    assert both(of, *facts) == [("AAA-000", 0, ("f1",))]


def test_a_fact_without_the_field_does_not_join_with_itself() -> None:
    of = pack('[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "deal"\nparty = { same_as = "d.party" }')
    assert both(of, fact("deal", "f1"), fact("deal", "f2", party="A")) == [("AAA-000", 0, ("f2", "f2"))]


def test_a_choice_beside_a_join_is_written_out_and_fires_once_a_value() -> None:
    of = pack(JOIN.rstrip() + "\nn = { one_of = [1, 2, 1] }")
    assert len(translate(of).ways) == 2
    facts = fact("deal", "f1", party="A"), fact("party", "f2", name="A", n=2), fact("party", "f3", name="B", n=2)
    assert both(of, *facts) == [("AAA-000", 0, ("f1", "f2"))]


def test_every_alternative_is_told_apart_and_fires_on_its_own() -> None:
    of = pack('[[any]]\nfact = "deal"\n[[any]]\nfact = "party"\n[[any]]\nfact = "deal"\nform = "x"')
    found = both(of, fact("deal", "f1", form="x"), fact("party", "f2"))
    assert found == [("AAA-000", 0, ("f1",)), ("AAA-000", 1, ("f2",)), ("AAA-000", 2, ("f1",))]


# limits of the library: refused when the pack loads, with the rule and the limit


def _refused(of: Callable[[], Pack], message: str) -> None:
    with pytest.raises(RulesError, match=message):
        Durable(of())


def test_the_61st_pattern_over_a_kind_is_refused() -> None:
    rules = [DEAL + f"n = {number}" for number in range(61)]
    assert len(both(pack(*rules[:60]), fact("deal", "f1", n=7))) == 1
    _refused(lambda: pack(*rules), r"AAA-060 is the 61th different pattern over kind deal .* takes 60")


def test_a_choice_counts_each_time_for_it_overflows_the_library_s_stack() -> None:
    choice = DEAL + 'form = { one_of = ["x", "y"] }'
    _refused(lambda: pack(*[choice] * 61), "AAA-060 is the 61th different pattern over kind deal")
    patterns = [{"p": {"$and": [{"kind": "k"}, {"$or": [{"a": "x"}, {"a": "y"}]}]}}]
    handle = library.create_ruleset("stack", json.dumps({f"r{n}": {"all": patterns} for n in range(70)}))
    with pytest.raises(library.error, match="303"):
        library.assert_facts(handle, '[{"kind":"k","id":"1","sid":"x","a":"x"}]')


def test_a_stratum_of_more_rules_than_the_library_shares_a_pattern_between_is_cut_in_phases() -> None:
    kinds = {f"k{number}": {"n": "number"} for number in range(10)}
    rules = [f'[[when]]\nfact = "k{number % 10}"\nn = {{ at_least = {number} }}' for number in range(300)]
    of = pack(*rules, kinds=kinds)
    assert translate(of).phases == {2: [1, 2, 3, 4, 5]}
    assert len(both(of, *(fact(kind, f"f{kind}", n=300) for kind in kinds))) == 300


def test_the_251st_use_of_one_pattern_is_refused() -> None:
    _refused(lambda: pack(*[DEAL + 'form = "x"'] * 251), "AAA-250 is the 251th with the pattern deal: form = x")


def test_a_rule_of_sixteen_patterns_is_refused() -> None:
    assert both(pack(DEAL * 15), fact("deal", "f1")) == [("AAA-000", 0, ("f1",) * 15)]
    _refused(lambda: pack(DEAL * 16), "AAA-000 has 16 patterns.* takes 15")


def test_a_choice_of_thousands_written_out_is_refused_before_it_is_made() -> None:
    many = ", ".join(map(str, range(300)))
    _refused(lambda: pack(JOIN + f"n = {{ one_of = [{many}] }}"), "AAA-000 stands for 300 rules")
    joined = "[[unless]]\nfact = 'party'\nname = { same_as = 'd.party' }\n" + f"n = {{ one_of = [{many}] }}\n"
    _refused(lambda: pack("[[when]]\nfact = 'deal'\nas = 'd'\n" + joined), "AAA-000 has 301 patterns")


def test_a_choice_that_fills_the_library_s_table_is_refused() -> None:
    many = ", ".join(map(str, range(501)))
    _refused(lambda: pack(DEAL + f"n = {{ one_of = [{many}] }}"), "AAA-000 makes 501 tests .* takes 500")


def test_a_pattern_of_more_joins_than_the_library_keeps_is_refused() -> None:
    kinds = {"wide": {f"a{number}": "text" for number in range(40)}}
    joins = "".join(f'a{number} = {{ same_as = "w.a{number}" }}\n' for number in range(40))
    _refused(
        lambda: pack(f'[[when]]\nfact = "wide"\nas = "w"\n[[when]]\nfact = "wide"\n{joins}', kinds=kinds), "43 steps"
    )


def test_a_kind_of_too_many_fields_is_refused() -> None:
    kinds = {"wide": {f"a{number}": "text" for number in range(130)}}
    rules = [f'[[when]]\nfact = "wide"\na{number} = "x"' for number in range(130)]
    more = {f"m{number}.toml": rule(f"BBB-{number:03}", conditions) for number, conditions in enumerate(rules)}
    _refused(lambda: pack(kinds=kinds, more=more), "rules read 130 fields of kind wide; durable_rules takes 120")


def test_a_refusal_of_the_library_itself_names_the_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, rules: str) -> int:
        raise library.error("Could not create ruleset, error code: 106")

    monkeypatch.setattr(library, "create_ruleset", refuse)
    _refused(lambda: pack(DEAL), "pack small: durable_rules: .* 106")


# sessions, threads, processes


def test_a_second_session_in_the_same_thread_is_an_error_not_a_deadlock() -> None:
    engine = Durable(pack(DEAL))
    session = engine.open()
    with pytest.raises(RulesError, match="close it first"):
        engine.open()
    session.close()
    engine.open().close()


def test_a_session_knows_nothing_of_the_one_before_it_three_thousand_times() -> None:
    of = pack(DEAL, '[[unless]]\nfact = "deal"')
    engine = Durable(of)
    for _ in range(1_500):
        assert fired(engine, of, fact("deal", "f1")) == [("AAA-000", 0, ("f1",))]
        assert fired(engine, of) == [("AAA-001", 0, ())]


def test_threads_take_turns() -> None:
    of = pack(DEAL, JOIN)
    engine, wrong = Durable(of), []

    def work(name: str) -> None:
        for _ in range(200):
            found = fired(engine, of, fact("deal", name, party=name), fact("party", f"p{name}", name=name))
            if found != [("AAA-000", 0, (name,)), ("AAA-001", 0, (name, f"p{name}"))]:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(f"f{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_session_belongs_to_the_thread_that_opened_it() -> None:
    session, errors = Durable(pack(DEAL)).open(), []

    def work() -> None:
        try:
            session.fire(2, [])
        except RulesError as error:
            errors.append(error.title)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    session.close()
    assert errors == ["Wrong thread"]


def test_a_forked_child_can_reason_while_another_thread_of_the_parent_is_at_it() -> None:
    of = pack(DEAL, '[[unless]]\nfact = "deal"')
    engine = Durable(of)
    opened, done = threading.Event(), threading.Event()

    def hold() -> None:
        session = engine.open()
        session.fire(1, [fact("deal", "f1")])
        opened.set()
        done.wait()
        session.close()

    thread = threading.Thread(target=hold)
    thread.start()
    opened.wait()
    child = os.fork()
    if child == 0:
        os._exit(0 if fired(engine, of) == [("AAA-001", 0, ())] else 1)
    _, status = os.waitpid(child, 0)
    done.set()
    thread.join()
    assert os.waitstatus_to_exitcode(status) == 0
    assert fired(engine, of, fact("deal", "f1")) == [("AAA-000", 0, ("f1",))]


def test_packs_live_side_by_side() -> None:
    packs = [pack(DEAL + f"n = {number}") for number in range(20)]
    engines = [Durable(of) for of in packs]
    for number, (engine, of) in enumerate(zip(engines, packs, strict=True)):
        assert fired(engine, of, fact("deal", "f1", n=number)) == [("AAA-000", 0, ("f1",))]
        assert fired(engine, of, fact("deal", "f1", n=number + 1)) == []


def test_the_trace_does_not_depend_on_the_order_in_which_the_library_fires() -> None:
    of = pack(DEAL + DEAL)
    facts = [fact("deal", f"f{number}") for number in range(3)]
    assert trace(Durable(of), of, facts).firings == trace(Reference(of), of, facts).firings
    assert fired(Durable(of), of, *facts)[:2] == [("AAA-000", 0, ("f0", "f0")), ("AAA-000", 0, ("f0", "f1"))]
