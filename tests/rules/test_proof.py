"""The checker of finished assessments: it accepts what was derived, and names the step in what was not."""

import copy
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from facts.codec import parse_facts
from facts.errors import FactsError
from rules.assess import evaluate, rate
from rules.bundle import collect
from rules.pack import Pack, load
from rules.proof import Step, check
from tests.rules.small import pack as small_pack

Data = dict[str, Any]
_MUTATIONS = 1_000


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return collect("critical_minerals")


@pytest.fixture(scope="module")
def assessments(shared: Path, shipped: Pack) -> list[Data]:
    """The 43 cases, rated, as JSON read back."""
    lines = (shared / "knowledge" / "cases.jsonl").read_text().splitlines()
    cases = [json.loads(line) for line in lines]
    return [
        json.loads(json.dumps(evaluate(parse_facts(c["facts"], c["key"]), c["class"], pack=shipped).to_json()))
        for c in cases
    ]


def failing(assessment: Data, files: Mapping[str, bytes], text: str | None = None) -> Step | None:
    """The step that fails, if one does."""
    steps = check(assessment, files, text)
    assert all(step.holds for step in steps[:-1])
    return None if steps[-1].holds else steps[-1]


def test_every_case_is_accepted(assessments: list[Data], files: dict[str, bytes]) -> None:
    assert len(assessments) == 43
    for assessment in assessments:
        assert failing(assessment, files) is None


# mutations: each changes one thing that the derivation decides, and tells which step must notice


def _pick(data: Data, key: str, chance: random.Random) -> Any:
    return chance.choice(data[key]) if data[key] else None


def _level(data: Data, chance: random.Random) -> str:
    data["level"] = chance.choice([n for n in range(1, 6) if n != data["level"]])
    return "^level: floors over caps"


def _level_name(data: Data, chance: random.Random) -> str:
    data["level_name"] = "Executed" if data["level"] != 1 else "Signal only"
    return "^level name"


def _base_level(data: Data, chance: random.Random) -> str:
    data["base_level"] += chance.choice([-1, 1])
    return "^base level"


def _score(data: Data, chance: random.Random) -> str:
    data["score"] = f"{float(data['score']) + chance.choice([-0.1, 0.1, 5]):.1f}"
    return "^score"


def _theme(data: Data, chance: random.Random) -> str:
    theme, key = _pick(data, "themes", chance), chance.choice(["score", "level", "weight"])
    theme[key] = f"{int(float(theme[key])) + 1}" if key == "score" else theme[key] + chance.choice([-1, 1])
    return f"^theme {theme['code']}"


def _drop_theme(data: Data, chance: random.Random) -> str:
    data["themes"].pop(chance.randrange(len(data["themes"])))
    return "^theme"


def _contribution(data: Data, chance: random.Random) -> str:
    firing = _pick(data, "fired", chance)
    firing["contribution"] = str(int(firing["contribution"]) + chance.choice([-5, 1, 20]))
    return f"^rule {firing['rule']}: contribution"


def _conclusion(data: Data, chance: random.Random) -> str:
    firing = _pick(data, "fired", chance)
    firing["conclusion"] = "cap" if firing["conclusion"] != "cap" else "floor"
    return f"^rule {firing['rule']}: conclusion"


def _absent(data: Data, chance: random.Random) -> str:
    firing = _pick(data, "fired", chance)
    firing["absent"] = firing["absent"][1:] if firing["absent"] else ["commitment: rung >= 8"]
    return f"^rule {firing['rule']}: absences"


def _drop_firing(data: Data, chance: random.Random) -> str:
    firing = data["fired"].pop(chance.randrange(len(data["fired"])))
    return f"^rule {firing['rule']}: every way"


def _swap_firings(data: Data, chance: random.Random) -> str:
    place = chance.randrange(len(data["fired"]) - 1)
    data["fired"][place : place + 2] = reversed(data["fired"][place : place + 2])
    return "^fired rules, in pack order"


def _forge_firing(data: Data, chance: random.Random) -> str:
    codes = {firing["rule"] for firing in data["fired"]}
    code = chance.choice(
        [c for c in ("COM-010", "COM-002", "OFF-001", "OFF-008", "FIN-001", "FIN-009") if c not in codes]
    )
    conclusion, amount = ("mitigant", -1) if code in ("COM-010", "OFF-008", "FIN-009") else ("concern", 1)
    proof = {"alternative": 0, "premises": []}
    forged = {"rule": code, "premises": [], "absent": [], "conclusion": conclusion, "contribution": str(amount)}
    data["fired"].insert(0, {**forged, "proofs": [proof]})
    return f"^rule {code}"


def _unknown_rule(data: Data, chance: random.Random) -> str:
    _pick(data, "fired", chance)["rule"] = "COM-999"
    return "^rule COM-999: in the pack"


def _premise(data: Data, chance: random.Random) -> str | None:
    firings = [firing for firing in data["fired"] if firing["premises"]]
    if not firings:
        return None
    firing = chance.choice(firings)
    proof = chance.choice(firing["proofs"])
    place = chance.randrange(len(proof["premises"]))
    others = [fact["id"] for fact in data["facts"]] + ["f999", "slot:timeline", "class:rumour"]
    proof["premises"][place] = chance.choice([name for name in others if name != proof["premises"][place]])
    return f"^rule {firing['rule']}"


def _drop_proof(data: Data, chance: random.Random) -> str | None:
    firings = [firing for firing in data["fired"] if len(firing["proofs"]) > 1]
    if not firings:
        return None
    firing = chance.choice(firings)
    firing["proofs"].pop()
    return f"^rule {firing['rule']}: every way"


def _alternative(data: Data, chance: random.Random) -> str:
    firing = _pick(data, "fired", chance)
    chance.choice(firing["proofs"])["alternative"] += chance.choice([-1, 1, 7])
    return f"^rule {firing['rule']}"


def _slot(data: Data, chance: random.Random) -> str:
    name = chance.choice(sorted(data["slots"]))
    statuses = ["STATED", "HEDGED", "DENIED", "OMITTED", "NOT_MENTIONED"]
    data["slots"][name] = chance.choice([status for status in statuses if status != data["slots"][name]])
    return f"^slot {name}"


def _derived(data: Data, chance: random.Random) -> str:
    item = _pick(data, "derived", chance)
    if item["kind"] == "tally":
        item["n"] += chance.choice([-1, 1])
    elif item["kind"] == "slot":
        item["status"] = "STATED" if item["status"] != "STATED" else "OMITTED"
    else:
        item["name"] = "RED_FLAG" if item["name"] != "RED_FLAG" else "FUNDED_BUILD"
    return f"^{item['id']}$"


def _derived_by(data: Data, chance: random.Random) -> str:
    item = _pick(data, "derived", chance)
    item["by"] = item["by"][1:] if item["by"] else ["f1"]
    return f"^{item['id']}$"


def _drop_derived(data: Data, chance: random.Random) -> str:
    item = data["derived"].pop(chance.randrange(len(data["derived"])))
    return f"^{item['id']}$|: premise {item['id']}$"


def _findings(data: Data, chance: random.Random) -> str:
    if data["findings"] and chance.random() < 0.5:
        data["findings"].pop()
    else:
        data["findings"].append("MADE_UP")
    return "^findings|: premise finding:"


def _verdicts(data: Data, chance: random.Random) -> str:
    key = chance.choice(["floors", "caps"])
    if data[key] and chance.random() < 0.6:
        data[key].pop(chance.randrange(len(data[key])))
    else:
        data[key].append("FLR-501" if key == "floors" else "CAP-101")
    return f"^{key}$"


def _rung(data: Data, chance: random.Random) -> str | None:
    facts = [fact for fact in data["facts"] if fact["rung"] is not None]
    if not facts:
        return None
    fact = chance.choice(facts)
    fact["rung"] += chance.choice([-1, 1])
    return f"^fact {re.escape(fact['id'])}: rung"


def _best_rung(data: Data, chance: random.Random) -> str:
    name = chance.choice(sorted(data["rungs"]))
    data["rungs"][name] += 1
    return "^rungs"


def _drop_fact(data: Data, chance: random.Random) -> str | None:
    used = {name for firing in data["fired"] for name in firing["premises"]}
    facts = [fact for fact in data["facts"] if fact["id"] in used]
    if not facts:
        return None
    data["facts"].remove(chance.choice(facts))
    return "."


def _deny_fact(data: Data, chance: random.Random) -> str | None:
    used = {name for firing in data["fired"] for name in firing["premises"]}
    kinds = ("omission", "denial")  # these are heard whatever their polarity
    facts = [fact for fact in data["facts"] if fact["id"] in used and fact["kind"] not in kinds]
    if not facts:
        return None
    chance.choice(facts)["polarity"] = "denied"
    return "."


def _doubled_fact(data: Data, chance: random.Random) -> str | None:
    if not data["facts"]:
        return None
    data["facts"].append(copy.deepcopy(chance.choice(data["facts"])))
    return "^ids differ"


def _digest(data: Data, chance: random.Random) -> str:
    digest = data["pack"]["digest"]
    place = chance.randrange(10, len(digest))
    data["pack"]["digest"] = digest[:place] + ("0" if digest[place] != "0" else "1") + digest[place + 1 :]
    return "^pack digest"


def _version(data: Data, chance: random.Random) -> str:
    data["pack"]["version"] += "1"
    return "^pack version"


def _class(data: Data, chance: random.Random) -> str:
    data["class"] = "astrology"
    return "^class is in the pack"


def _confidence(data: Data, chance: random.Random) -> str:
    data["confidence"] = chance.choice([word for word in ("high", "medium", "low") if word != data["confidence"]])
    return "^confidence"


def _upside(data: Data, chance: random.Random) -> str:
    data["upside"] = "" if data["upside"] else "There is an upside."
    return "^upside"


def _engines(data: Data, chance: random.Random) -> str:
    data["engines"]["agree"] = False
    return "^engines agree"


def _missing(data: Data, chance: random.Random) -> str:
    key = chance.choice(["facts", "fired", "derived", "themes", "slots", "level", "score", "rungs", "class", "schema"])
    del data[key]
    return "."


def _type(data: Data, chance: random.Random) -> str:
    key = chance.choice(["level", "base_level", "score", "facts", "fired", "slots", "floors"])
    data[key] = chance.choice([None, True, [], {}, "4", [None], {"a": 1}])
    return "."


MUTATIONS: tuple[Callable[[Data, random.Random], str | None], ...] = (
    _level, _level_name, _base_level, _score, _theme, _drop_theme, _contribution, _conclusion, _absent, _drop_firing,
    _swap_firings, _forge_firing, _unknown_rule, _premise, _drop_proof, _alternative, _slot, _derived, _derived_by,
    _drop_derived, _findings, _verdicts, _rung, _best_rung, _drop_fact, _deny_fact, _doubled_fact, _digest, _version,
    _class, _confidence, _upside, _engines, _missing, _type,
)  # fmt: skip


@pytest.mark.slow
def test_every_mutation_is_rejected_with_the_step_it_breaks(assessments: list[Data], files: dict[str, bytes]) -> None:
    chance, tried = random.Random(500), 0
    while tried < _MUTATIONS:
        mutate, before = MUTATIONS[tried % len(MUTATIONS)], chance.choice(assessments)
        after = copy.deepcopy(before)
        step_name = mutate(after, chance)
        if step_name is None or after == before:
            continue
        step = failing(after, files)
        assert step is not None, (mutate.__name__, before["facts"])
        assert re.search(step_name, step.name), (mutate.__name__, step)
        tried += 1


_JUNK: tuple[Any, ...] = (None, True, 0, -1, 1.5, "x", "", [], {}, [None], [[]], {"a": 1}, float("nan"), 10**30)


def _places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*place, key)
        yield from _places(value, (*place, key))


def test_rubbish_anywhere_is_a_failed_step_never_a_crash(assessments: list[Data], files: dict[str, bytes]) -> None:
    chance, rejected = random.Random(5), 0
    for _ in range(400):
        data = copy.deepcopy(chance.choice(assessments))
        *path, last = chance.choice(list(_places(data)))
        inner: Any = data
        for key in path:
            inner = inner[key]
        inner[last] = copy.deepcopy(chance.choice(_JUNK))
        rejected += failing(data, files) is not None
    assert rejected > 350


# the command


def _checked(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and what was printed."""
    command = [sys.executable, "-m", "rules", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_command_says_what_was_checked_and_the_first_step_that_fails(
    root: Path, shipped: Pack, tmp_path: Path
) -> None:
    assessment, text = _rated(root, shipped)
    good, bad, several = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "several.jsonl"
    good.write_text(json.dumps(assessment))
    bad.write_text(json.dumps({**assessment, "level": 1}))
    several.write_text("\n".join(json.dumps(each) for each in (assessment, {**assessment, "score": "0.0"})) + "\n")
    document = tmp_path / "text.txt"
    document.write_text(text, newline="")
    code, told = _checked(good, document)
    assert (code, told[:22]) == (0, "good.json: holds: leve")
    assert "every quote against the text" in told
    code, told = _checked(bad)
    assert code == 1
    assert f"level: floors over caps over base level: derived {assessment['level']}; the assessment says 1" in told
    code, told = _checked(several)
    assert code == 1
    assert [line.partition(":")[0] for line in told.splitlines()] == ["several.jsonl, line 1", "several.jsonl, line 2"]
    assert "FAILS" in told.splitlines()[1]


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "not JSON"), ("{", "not JSON"), ("[1]", "not an assessment"), ("[]", "nothing to check"), ("\xff", "")],
)
def test_unusable_input_is_an_error_of_use(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content.encode("latin-1"))
    code, told = _checked(path)
    assert code == 2
    assert message in told
    assert _checked(tmp_path / "none.json")[0] == 2


# texts


def _rated(root: Path, shipped: Pack) -> tuple[Data, str]:
    text = (root / "rules" / "samples" / "level4-overture.txt").read_text()
    return json.loads(json.dumps(rate(text, pack=shipped).to_json())), text


def test_an_announcement_is_accepted_with_its_text(root: Path, shipped: Pack, files: dict[str, bytes]) -> None:
    assessment, text = _rated(root, shipped)
    assert failing(assessment, files, text) is None
    assert failing(assessment, files) is None


def test_every_moved_span_is_rejected(root: Path, shipped: Pack, files: dict[str, bytes]) -> None:
    assessment, text = _rated(root, shipped)
    moved = 0
    for place, fact in enumerate(assessment["facts"]):
        for start, end in ((1, 1), (-1, -1), (0, 1), (0, 10_000_000)):
            if not fact["spans"] or fact["spans"][0][0] + start < 0:
                continue
            changed = copy.deepcopy(assessment)
            span = changed["facts"][place]["spans"][0]
            span[:] = [span[0] + start, span[1] + end]
            step = failing(changed, files, text)
            assert step is not None
            assert step.name.startswith(f"fact {fact['id']}: ")
            moved += 1
    assert moved >= 20


def test_every_altered_quote_is_rejected(root: Path, shipped: Pack, files: dict[str, bytes]) -> None:
    assessment, text = _rated(root, shipped)
    for place, fact in enumerate(assessment["facts"]):
        for altered in (fact["quote"][:-1] + "#", fact["quote"] + " ", fact["quote"].swapcase(), None):
            changed = copy.deepcopy(assessment)
            changed["facts"][place]["quote"] = altered
            step = failing(changed, files, text)
            assert step is not None
            assert step.name == f"fact {fact['id']}: quote"


def test_another_text_is_rejected_by_its_digest(root: Path, shipped: Pack, files: dict[str, bytes]) -> None:
    assessment, text = _rated(root, shipped)
    step = failing(assessment, files, text.replace("e", "a", 1))
    assert step is not None
    assert step.name == "digest of the text"
    shorter = failing(assessment, files, text[:-1])
    assert shorter is not None
    assert shorter.name == "characters of the text"


@pytest.mark.slow
def test_real_announcements_are_accepted_and_their_moved_spans_rejected(
    shared: Path, shipped: Pack, files: dict[str, bytes]
) -> None:
    chance, moved = random.Random(7), 0
    for path in sorted((shared / "announcements").rglob("*.txt"))[:40]:
        try:
            assessment = rate(path, pack=shipped)
        except FactsError:
            continue
        assert assessment.announcement is not None
        data, text = json.loads(json.dumps(assessment.to_json())), assessment.announcement.text
        assert failing(data, files, text) is None, path.name
        quoted = [place for place, fact in enumerate(data.get("facts", [])) if fact["spans"]]
        for place in chance.sample(quoted, min(3, len(quoted))):
            changed = copy.deepcopy(data)
            span = changed["facts"][place]["spans"][0]
            span[0], span[1] = span[0] + 1, span[1] + 1
            step = failing(changed, files, text)
            if text[span[0] : span[1]] != changed["facts"][place]["quote"]:
                assert step is not None
                moved += 1
    assert moved > 20


# the pack, and what is no rating


def test_a_pack_with_one_byte_changed_is_rejected(assessments: list[Data], files: dict[str, bytes]) -> None:
    changed = {**files, "pack.toml": files["pack.toml"] + b"\n"}
    step = failing(assessments[0], changed)
    assert step is not None
    assert step.name == "pack digest"


def test_a_pack_that_is_no_pack_is_an_error_not_a_failed_step(assessments: list[Data]) -> None:
    for broken in ({}, {"pack.toml": b"= 1"}, {"pack.toml": b"\xff"}):
        with pytest.raises(ValueError, match="the pack cannot be read"):
            check(assessments[0], broken)


def test_what_was_not_rated_passes_but_for_schema_and_digest(shipped: Pack, files: dict[str, bytes]) -> None:
    data = json.loads(json.dumps(rate("A recipe for soup. Cut the onions and boil them.", pack=shipped).to_json()))
    assert data["in_scope"] is False
    assert failing(data, files) is None
    assert failing({**data, "level": 4}, files) is not None
    assert failing({**data, "pack": {**data["pack"], "digest": "sha256:0"}}, files) is not None


def test_joins_choices_and_findings_of_any_pack_are_derived_again() -> None:
    joined = 'ONE:[[when]]\nfact = "deal"\nas = "d"\n[[when]]\nfact = "party"\nname = { same_as = "d.party" }\n'
    rules = (
        joined + 'n = { one_of = [1, 2.5] }\n[[unless]]\nfact = "party"\nname = "x"',
        '[[any]]\nfact = "finding"\nname = "ONE"\n[[any]]\nfact = "deal"\nn = { above = 0.5 }',
    )
    pack = small_pack(*rules)
    facts = [{"kind": "deal", "form": "f", "party": "A", "n": 1}, {"kind": "party", "name": "A", "n": 2.5}]
    rated = evaluate(parse_facts(facts, "test", pack.settings.kinds), "deal", pack=pack)
    data = json.loads(json.dumps(rated.to_json()))
    assert [firing["rule"] for firing in data["fired"]] == ["AAA-000", "AAA-001"]
    assert failing(data, pack.files) is None
    data["facts"][1]["fields"]["name"] = "B"
    step = failing(data, pack.files)
    assert step is not None
    assert step.name == "rule AAA-000 on f1, f2: f2 matches party: name = d.party, n in 1, 2.5"


def test_the_checker_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; import rules.proof; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.partition(".")[0] in ("rules", "facts")}
    assert ours <= {"rules", "rules.errors", "rules.proof", "rules.proof_pack"}
    assert {"pydantic", "orjson", "click", "durable_rules_engine"}.isdisjoint(loaded)
