"""The wording of proofs and of missing proofs: conditions, absences, slots, rules and what they do."""

from collections.abc import Sequence

from facts.fact import Fact
from rules.condition import Pattern, Test
from rules.explain.prose.phrase import (
    BARE,
    codes,
    effect,
    fact,
    field_words,
    kind_words,
    listed,
    negated,
    says,
    several,
    words,
)
from rules.pack import Pack
from rules.rating import Rating, ThemeScore, plain
from rules.rule import Rule
from rules.settings import Settings, Slot, Theme
from rules.trace import Firing

_STATUS = {
    "STATED": "stated",
    "HEDGED": "stated only as hoped for or planned",
    "DENIED": "denied, the text says that there is none",
    "OMITTED": "not stated, and the text says so",
    "NOT_MENTIONED": "not stated",
}
_COMPARED = {"at_least": "at least", "at_most": "at most", "below": "below", "above": "above"}
_MOST_NAMED = 3


def status(name: str) -> str:
    """How a slot stands."""
    return _STATUS[name]


def slot(slot: Slot, how: str) -> str:
    """A slot and how it stands: "how much money: not stated"."""
    return f"{slot.label}: {status(how)}"


def tally(of: str, count: int) -> str:
    """A count between strata."""
    if of == "missing":
        return f"{several(count, 'thing')} that such an announcement ought to state {_is(count)} not stated"
    return f"the text says of {several(count, 'thing')} that {'it is' if count == 1 else 'they are'} not stated"


def finding(titles: Sequence[str]) -> str:
    """A finding, by the titles of the rules that conclude it."""
    return f"the facts together show: {listed([title[:1].lower() + title[1:] for title in titles])}"


def theme(theme: Theme, score: ThemeScore) -> str:
    """A theme with its score."""
    return f"{theme.name}: {plain(score.score)} of 100, starting from {theme.base}; weighs {theme.weight}%"


def rule_line(rule: Rule) -> str:
    """A rule that holds, with what it does to the rating."""
    return f"{says(rule) or rule.title} [{effect(rule)}]"


def binds(rule: Rule, rating: Rating, floors: Sequence[Rule], caps: Sequence[Rule]) -> str:
    """What a floor or cap that holds does to the level, and what overrules it or does the same."""
    return _floor(rule, rating, floors, caps) if rule.effect == "floor" else _cap(rule, rating, floors)


def _floor(rule: Rule, rating: Rating, floors: Sequence[Rule], caps: Sequence[Rule]) -> str:
    level = rating.level
    if (rule.level or 1) < level:
        return f"this holds too, and the level stands higher, at {level}"
    capped = min([rating.base_level, *(cap.level or 5 for cap in caps)])
    same = [floor.code for floor in floors if floor.level == level and floor is not rule]
    others = [*(["the score"] if capped >= level else []), *same]
    if others:
        return f"this alone gives {level}, and so {'does' if len(others) == 1 else 'do'} {listed(others)}"
    return f"this decides the level; without it the level would be {_next(floors, rule, capped)}"


def _next(floors: Sequence[Rule], rule: Rule, capped: int) -> int:
    return max([capped, *(floor.level or 1 for floor in floors if floor is not rule)])


def _cap(rule: Rule, rating: Rating, floors: Sequence[Rule]) -> str:
    over = [floor.code for floor in floors if (floor.level or 0) > (rule.level or 5)]
    if over and rating.base_level > (rule.level or 5):
        return f"this would bring the level down to {rule.level} but for {codes(over)}"
    if rule.level == rating.level and rating.base_level > rating.level:
        return f"this decides the level; the score alone gives {rating.base_level}"
    return f"this holds too; the score alone gives {rating.base_level}"


def condition(pattern: Pattern, settings: Settings) -> str:
    """Something that must be there."""
    return f"there is {thing(pattern, settings)}"


def absence(pattern: Pattern, settings: Settings) -> str:
    """Something that must not be there, and is not."""
    return f"absent: {thing(pattern, settings)}"


def thing(pattern: Pattern, settings: Settings) -> str:
    """What a pattern looks for, as a noun: "an offtake at least as firm as a term sheet"."""
    tests = {test.field: test for test in pattern.tests}
    if pattern.kind == "finding":
        return f"the finding {_options(tests['name'])}" if "name" in tests else "any finding"
    if pattern.kind == "class":
        return f"an announcement of the class {_options(tests['name'])}"
    if pattern.kind == "slot":
        return _slot_thing(tests, settings)
    if pattern.kind == "tally" and "n" in tests and "of" in tests:
        what = "not stated though expected" if tests["of"].operand == "missing" else "said not to be stated"
        return f"{_COMPARED.get(tests['n'].operator, 'exactly')} {tests['n'].operand} things {what}"
    if pattern.kind == "omission" and "slot" in tests:
        return f"a word that {_options(tests['slot'])} is not stated"
    noun = kind_words(pattern.kind)
    parts = [_firm(test, settings, pattern.kind) if test.field == "rung" else _test(test) for test in pattern.tests]
    return f"{_article(noun)} {noun}{' ' if parts else ''}{', '.join(parts)}"


def whynot_rule(rule: Rule, fired: bool) -> str:
    """The head of a why-not."""
    return f"{rule.title}: {'it holds' if fired else 'it does not hold'} [{effect(rule)}]"


def level_holds(level: int) -> str:
    """When the level asked about is the level."""
    return f"the level is {level}"


def whynot_level(level: int, current: int) -> str:
    """The head of a why-not of a level."""
    return f"not {level} but {current}: " + (
        "each of these holds it up" if level < current else "one of these would have to hold, the nearest first"
    )


def holds_up(rule: Rule) -> str:
    """A floor above the level asked about."""
    return f"it keeps the level at {rule.level} or above: {says(rule)}"


def lift(positive: bool) -> str:
    """What would lift a floor: something comes, or something goes."""
    return "gone" if positive else "to lift it"


def base_too_high(pack: Pack, rating: Rating, level: int) -> str:
    """A score above the cut point of the level asked about."""
    least = pack.settings.cut_points[level - 1]
    return f"the score is {plain(rating.score)}; level {level} needs less than {least}, or a cap that holds"


def smallest(level: int, told: str, sort: str) -> str:
    """The nearest set of changes that gives a level."""
    return f"the smallest change that gives {level} ({sort}): {told}"


def fired(rule: Rule, proofs: Sequence[Firing]) -> str:
    """A fired rule with its premises and absences, for analysts."""
    found = "; ".join(" + ".join(proof.premises) for proof in proofs if proof.premises)
    absent = ", ".join(f"no {pattern}" for pattern in rule.unless)
    rests = "; ".join(
        part for part in (f"from {found}" if found else "", f"absent: {absent}" if absent else "") if part
    )
    short = {"concern": f"+{rule.weight}", "mitigant": f"-{rule.weight}", "floor": f"at least {rule.level}",
             "cap": f"at most {rule.level}"}.get(rule.effect, rule.effect)  # fmt: skip
    return f"{rule.code} ({short}) {rule.title}: {rests}"


def fact_short(found: Fact, rung: int | None) -> str:
    """A fact with its id."""
    return f"{found.id}, {fact(found, rung)}"


def _firm(test: Test, settings: Settings, kind: str) -> str:
    """A test of a rung by the instruments that stand on it."""
    ladder = settings.ladders.get(kind)
    if ladder is None or test.operator not in _COMPARED or isinstance(test.operand, tuple):
        return _test(test)
    least = float(test.operand)
    rungs = sorted(set(ladder.rungs.values()))
    if test.operator in ("at_least", "above"):
        on = next((rung for rung in rungs if rung > least or (rung == least and test.operator == "at_least")), None)
        how = "at least as firm as"
    else:
        on = next((r for r in reversed(rungs) if r < least or (r == least and test.operator == "at_most")), None)
        how = "no firmer than"
    on_it = (value for value, rung in ladder.rungs.items() if rung == on and value != "unspecified")
    names = [f"“{words(value)}”" for value in on_it][:_MOST_NAMED]
    return f"{how} {listed(names, 'or')} (rung {on})" if names else _test(test)


def _slot_thing(tests: dict[str, Test], settings: Settings) -> str:
    labels = {slot.name: slot.label for slot in settings.slots}
    names = tests["name"].operand if "name" in tests else ()
    named = [labels.get(str(name), str(name)) for name in (names if isinstance(names, tuple) else (names,))]
    what = listed(named, "or") if named else "anything expected"
    if "status" not in tests or tests["status"].operand == "STATED":
        return f"a statement of {what}"
    how = tests["status"].operand
    told = [status(str(each)) for each in (how if isinstance(how, tuple) else (how,))]
    return f"the entry for {what}, {' or '.join(told)}"


def _test(test: Test) -> str:
    field = field_words(test.field)
    if test.operator == "same_as":
        return f"with the same {field} as {'.'.join(map(str, test.operand))}"  # type: ignore[arg-type]
    if test.operator in _COMPARED:
        return f"with {field} {_COMPARED[test.operator]} {words(test.operand)}"
    if test.operand == "yes" and test.operator == "equals":
        return f"with {field}" if test.field.endswith(("stated", "named")) else f"that is {field}"
    if test.operand == "no" and test.operator == "equals":
        return (
            f"with {negated(test.field)}"
            if test.field.endswith(("stated", "named"))
            else f"that is {negated(test.field)}"
        )
    return f"that is {_options(test)}" if test.field in BARE else f"with {field} {_options(test)}"


def _options(test: Test) -> str:
    operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    return listed([f"“{words(operand)}”" for operand in operands], "or")


def _article(noun: str) -> str:
    if noun in ("financing", "feedstock", "promotional wording"):
        return "some"
    return "an" if noun[:1] in "aeiou" else "a"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
