"""HOW: the proof of a rating, from the level to the sentence; all proofs, absences first."""

from collections.abc import Iterator
from dataclasses import replace

from facts.fact import Fact
from rules.assessment import Assessment, Rated
from rules.errors import RulesError
from rules.explain import prose
from rules.explain.node import Node
from rules.explain.searches import search_for, searched
from rules.explain.trial import rated_of
from rules.rule import Rule
from rules.trace import Firing


def why(assessment: Assessment) -> Node:
    """The whole proof tree. Raises RulesError if the announcement was not rated."""
    rated = rated_of(assessment)
    limits = [_limit(assessment, rated, code) for code in (*rated.rating.floors, *rated.rating.caps)]
    themes = [_theme(assessment, rated, theme.code) for theme in rated.rating.themes]
    says = prose.sentence(prose.headline(assessment.pack, rated.rating)) + prose.but_for(assessment)
    told = {node.id for part in (*limits, *themes) for node in part.walk()}
    besides = [f"finding:{name}" for name in rated.rating.findings if f"finding:{name}" not in told]
    shown = [premise(assessment, rated, name) for name in besides]
    children = (*_first_the_binding(assessment, limits), *themes, *shown)
    return Node("rating", f"level {rated.rating.level}", says, found=prose.confidence(assessment), children=children)


def why_of(assessment: Assessment, conclusion: str) -> Node:
    """The proof of one rule, theme, finding, slot or fact. Raises RulesError if nothing of that name holds."""
    rated = rated_of(assessment)
    name = conclusion.strip()
    if name.upper() in rated.trace.fired:
        limit = name.upper() in (*rated.rating.floors, *rated.rating.caps)
        return (_limit if limit else _rule)(assessment, rated, name.upper())
    if name.upper() in assessment.pack.settings.themes:
        return _theme(assessment, rated, name.upper())
    known = {fact.id for fact in assessment.facts} | {item.id for item in rated.trace.derived}
    for candidate in (name, name.lower(), f"slot:{name.lower()}", f"finding:{name.upper()}"):
        if candidate in known:
            return premise(assessment, rated, candidate)
    assessment.pack.rule(name)  # an unknown rule is told with the nearest known one
    raise RulesError("Does not hold", f"{name.upper()} did not fire here; `caveat whynot` tells what it needed")


def facts_only(node: Node) -> Node:
    """The facts at the bottom of a proof, each once, without the steps between."""
    facts = {below.id: below for below in node.walk() if below.kind == "fact"}
    if node.kind == "fact":
        return node
    return Node(node.kind, node.id, node.says, node.holds, children=tuple(facts.values()))


def premise(assessment: Assessment, rated: Rated, name: str) -> Node:
    """A fact, a derived fact or the class, with what it rests on."""
    fact = next((fact for fact in assessment.facts if fact.id == name), None)
    if fact is not None:
        return fact_node(fact, rated)
    if name.startswith("class:"):
        label = assessment.pack.settings.classes[rated.announcement_class].label
        return Node("slot", name, f"the announcement is of the class {rated.announcement_class}: {label.lower()}")
    item = next(item for item in rated.trace.derived if item.id == name)
    below = tuple(premise(assessment, rated, other) for other in item.by)
    if item.kind == "slot":
        slot = next(slot for slot in assessment.pack.settings.slots if slot.name == item.fields["name"])
        status = str(item.fields["status"])
        found = None if status == "STATED" else searched(assessment, [slot.name])
        return Node("slot", name, prose.slot(slot, status), status == "STATED", found=found, children=below)
    if item.kind == "tally":
        return Node("tally", name, prose.tally(str(item.fields["of"]), int(item.fields["n"])), children=below)
    rules = [
        rule
        for rule in assessment.pack.live
        if rule.effect == "finding" and rule.concludes == item.fields["name"] and rule.code in rated.trace.fired
    ]
    proofs = tuple(_rule(assessment, rated, rule.code) for rule in rules)
    return Node("finding", name, prose.finding([rule.title for rule in rules]), children=proofs)


def fact_node(fact: Fact, rated: Rated) -> Node:
    """A fact as read, with its sentences."""
    sentences = tuple(
        Node("sentence", f"{span.start}-{span.end}", fact.quote or "") if place == 0
        else Node("sentence", f"{span.start}-{span.end}", "said again")
        for place, span in enumerate(fact.spans)
    )  # fmt: skip
    rung = rated.memory.rungs.get(fact.id)
    return Node("fact", fact.id, prose.fact(fact, rung), children=sentences)


def _first_the_binding(assessment: Assessment, limits: list[Node]) -> list[Node]:
    return sorted(limits, key=lambda node: assessment.pack.rule(node.id).level != assessment.level)


def _theme(assessment: Assessment, rated: Rated, code: str) -> Node:
    score = next(theme for theme in rated.rating.themes if theme.code == code)
    rules = [code_ for code_ in rated.trace.fired if assessment.pack.rule(code_).theme == code]
    children = tuple(_rule(assessment, rated, fired) for fired in rules)
    return Node("theme", code, prose.theme(assessment.pack.settings.themes[code], score), children=children)


def _rule(assessment: Assessment, rated: Rated, code: str) -> Node:
    rule = assessment.pack.rule(code)
    children = (*_absences(assessment, rule), *_premises(assessment, rated, rated.trace.of(code)))
    return Node("rule", code, prose.rule_line(rule), children=children)


def _limit(assessment: Assessment, rated: Rated, code: str) -> Node:
    """A floor or cap, and whether it decides the level or what overrules it."""
    node, pack = _rule(assessment, rated, code), assessment.pack
    floors = [pack.rule(floor) for floor in rated.rating.floors]
    caps = [pack.rule(cap) for cap in rated.rating.caps]
    return replace(node, says=f"{node.says}: {prose.binds(pack.rule(code), rated.rating, floors, caps)}")


def _absences(assessment: Assessment, rule: Rule) -> Iterator[Node]:
    for pattern in rule.unless:
        yield Node(
            "absence",
            str(pattern),
            prose.absence(pattern, assessment.pack.settings),
            found=search_for(assessment, pattern),
        )


def _premises(assessment: Assessment, rated: Rated, proofs: tuple[Firing, ...]) -> Iterator[Node]:
    """Every premise of every proof, each told once."""
    for name in dict.fromkeys(name for proof in proofs for name in proof.premises):
        yield premise(assessment, rated, name)
