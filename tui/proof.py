"""The proof of a rating as a tree of plain nodes: rating, floors, themes, rules, premises, sentences.

Pure; knows nothing of Textual. Children are made when asked for, so that a long announcement opens as fast as a
short one.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from facts.fact import Fact, Span
from rules.assessment import Assessment, Rated
from rules.condition import Pattern
from rules.explain import prose
from rules.explain.prose import DISCLAIMER, says, sentence, several
from rules.memory import kind_of
from rules.pack import Pack
from rules.rating import ThemeScore, plain, rounded
from rules.rule import Rule
from rules.slots import Derived
from tui.evidence import sentence_at, stance_of
from tui.header import binding_caps, binding_floors, header, not_rated
from tui.literal import one_line
from tui.node import Kind, Node, in_words, named, same_name
from tui.search import search, slot_search

#: The order in which slots are listed: what is said, then what is not.
_STATUSES = ("STATED", "HEDGED", "DENIED", "OMITTED", "NOT_MENTIONED")
#: More premises than this under one rule or slot are counted, not listed: nobody reads them.
_MOST_CHILDREN = 40


def proof(assessment: Assessment) -> Node:
    """The root: the rating, or why there is none."""
    if assessment.rated is None:
        return _unrated(assessment)
    return _Proof(assessment, assessment.rated).root()


def _unrated(assessment: Assessment) -> Node:
    scope = assessment.scope
    found = tuple(dict.fromkeys(scope.words)) if scope else ()
    text = assessment.announcement.text if assessment.announcement else ""
    means = f"{not_rated(assessment)}. No level is given: it is not a low caution, and not a high one."
    return Node(
        "rating", "not_rated", "Not rated", means, found,
        opens=(lambda: [_sentence(text, span, named=True) for span in found[:_MOST_CHILDREN]]) if found else None,
    )  # fmt: skip


def _sentence(text: str, span: Span, named: bool = False) -> Node:
    """The sentence of some words; `named` puts the words first."""
    whole = sentence_at(text, span)
    sentence_words = one_line(text[whole.start : whole.end])
    label = f"“{sentence_words}”"
    if named:
        label = f"“{one_line(text[span.start : span.end])}” in {label}"
    return Node("sentence", f"{span.start}-{span.end}", label, f"The announcement says: “{sentence_words}”", (span,))


class _Proof:
    """The nodes of one rated assessment."""

    def __init__(self, assessment: Assessment, rated: Rated) -> None:
        self.assessment = assessment
        self.rated = rated
        self.pack: Pack = assessment.pack
        self.facts = {fact.id: fact for fact in assessment.facts}
        self.derived = {item.id: item for item in rated.trace.derived}
        self.text = assessment.announcement.text if assessment.announcement else ""
        self._searches: dict[tuple[str, ...], Node] = {}

    # The rating and what decides it.

    def root(self) -> Node:
        head = header(self.assessment)
        level = self.pack.settings.levels[self.rated.rating.level]
        means = f"{one_line(self.rated.summary)} {level.means}"
        return Node("rating", "rating", f"{head.shape} {head.title}", means, opens=self._steps)

    def _steps(self) -> Iterable[Node]:
        rating = self.rated.rating
        bound, capped = binding_floors(self.assessment), binding_caps(self.assessment)
        yield from (self._verdict(code, f"lifts the level to {rating.level}") for code in bound)
        yield from (self._verdict(code, "holds the level down") for code in capped)
        yield self._score()
        rest = [code for code in (*rating.floors, *rating.caps) if code not in (*bound, *capped)]
        same = [code for code in rest if self.pack.rule(code).level == rating.level]
        yield from (self._verdict(code, "says the same as the score, and would hold it there") for code in same)
        if lower := [code for code in rest if code not in same]:
            yield Node(
                "group", "floors", f"{len(lower)} more floors and caps hold, and change nothing",
                "The level is past these already without them.",
                opens=lambda: (self._verdict(code, "changes nothing here") for code in lower), counts=False,
            )  # fmt: skip
        yield self._slots()
        if unused := self._unused():
            yield Node(
                "group", "unused", f"{len(unused)} facts that no rule used",
                "These were read, but no rule that holds rests on them.",
                opens=lambda: self._limited(unused, "facts"), counts=False,
            )  # fmt: skip
        if self.rated.upside:
            upside = one_line(self.rated.upside)
            yield Node("note", "upside", "Upside kept in view (no weight)", upside, counts=False)
        yield Node("note", "disclaimer", "What a rating is not", DISCLAIMER, counts=False)

    def _score(self) -> Node:
        rating = self.rated.rating
        points = ", ".join(plain(point) for point in self.pack.settings.cut_points)
        means = (
            f"The themes, each by its weight, add up to {rounded(rating.score)} of 100. The score alone gives level "
            f"{rating.base_level}: levels 2, 3 and 4 begin at {points}. Only a floor can give 5."
        )
        label = f"Score {rounded(rating.score)} of 100 gives {rating.base_level}"
        return Node("group", "score", label, means, opens=self._themes)

    def _themes(self) -> Iterable[Node]:
        settings = self.pack.settings

        def weight(theme: ThemeScore) -> int:
            return -int(theme.weight * (theme.score - settings.themes[theme.code].base))

        return (self._theme(theme) for theme in sorted(self.rated.rating.themes, key=weight))

    def _theme(self, theme: ThemeScore) -> Node:
        own = self.pack.settings.themes[theme.code]
        rules = [rule for rule in map(self.pack.rule, self.rated.trace.fired) if rule.theme == theme.code]
        rules.sort(key=lambda rule: -abs(rule.contribution))
        raw = plain(sum((rule.contribution for rule in rules), Decimal(own.base)))
        held = f", held to {plain(theme.score)}" if raw != plain(theme.score) else ""
        many = f"{several(len(rules), 'rule')} {'changes' if len(rules) == 1 else 'change'}"
        how = f"{many} that to {raw}{held}" if rules else "no rule of it holds"
        means = (
            f"{own.name} stands at {plain(theme.score)} of 100, level {theme.level} of 5. It begins at {own.base}; "
            f"{how}. It makes up {theme.weight} % of the overall score."
        )
        label = f"{theme.code} {own.name}: {plain(theme.score)} of 100"
        return Node(
            "theme", theme.code, label, means,
            opens=(lambda: (self._rule(rule) for rule in rules)) if rules else None,
        )  # fmt: skip

    def _verdict(self, code: str, what: str) -> Node:
        rule = self.pack.rule(code)
        reach = "at least" if rule.effect == "floor" else "at most"
        kind: Kind = "floor" if rule.effect == "floor" else "cap"
        return self._step(rule, kind, f"{code} {reach} {rule.level}:", f"{code} {what} ({reach} {rule.level}).")

    def _rule(self, rule: Rule) -> Node:
        sign = "+" if rule.contribution >= 0 else "−"
        points = plain(abs(rule.contribution))
        verb = "adds" if rule.contribution >= 0 else "takes off"
        return self._step(rule, "rule", f"{sign}{points} {rule.code}", f"{rule.code} {verb} {points}.")

    def _step(self, rule: Rule, kind: Kind, head: str, means: str) -> Node:
        """A rule that fired. Its spans are those of the facts it rests on, through slots and findings."""
        said = one_line(says(rule)) or one_line(rule.title)
        means = f"{sentence(said)} {means} {sentence(one_line(rule.because))}"
        return Node(
            kind, rule.code, f"{head} {said}", means, self._resting_on(rule.code),
            opens=lambda: self._premises(rule), rule=rule.code,
        )  # fmt: skip

    # What a rule rests on.

    def _premises(self, rule: Rule) -> Iterable[Node]:
        ids = dict.fromkeys(name for firing in self.rated.trace.of(rule.code) for name in firing.premises)
        yield from (self._absence(pattern) for pattern in rule.unless)
        yield from self._limited(list(ids), "premises")

    def _limited(self, ids: Sequence[str], what: str) -> Iterable[Node]:
        yield from (self._premise(name) for name in ids[:_MOST_CHILDREN])
        if (more := len(ids) - _MOST_CHILDREN) > 0:
            label = f"{more:,} more {what}"
            yield Node("note", "more", f"and {label}", f"{label} do the same; they are not listed here.")

    def _premise(self, name: str) -> Node:
        if name in self.facts:
            return self._fact(self.facts[name])
        if name in self.derived:
            return self._derived(self.derived[name])
        return self._class()

    def _fact(self, fact: Fact) -> Node:
        rung = self.rated.memory.rungs.get(fact.id)
        ladder = self.pack.settings.ladders.get(kind_of(fact))
        firm = f" Rung {rung} of {max(ladder.rungs.values())}: how firm it is." if ladder and rung is not None else ""
        quote = f" The words: “{one_line(fact.quote)}”." if fact.quote else ""
        spans = fact.spans
        return Node(
            "fact", fact.id, named(fact), f"{in_words(fact, rung)}{firm}{quote}", spans, stance_of(fact),
            opens=(lambda: [_sentence(self.text, span) for span in spans[:_MOST_CHILDREN]]) if spans else None,
        )  # fmt: skip

    def _derived(self, item: Derived) -> Node:
        if item.kind == "slot":
            return self._slot(item)
        spans = self._spans_of(item.by)
        if item.kind == "tally":
            told = sentence(prose.tally(str(item.fields["of"]), int(item.fields["n"])))
            return Node("tally", item.id, told[:-1], f"A count: {told}", spans, opens=self._opening(item.by))
        name = item.fields["name"]
        rules = [r for r in self.pack.live if r.concludes == name and r.code in self.rated.trace.fired]
        told = sentence(one_line(prose.finding([rule.title for rule in rules])))
        why = " ".join(sentence(one_line(says(rule) or rule.because)) for rule in rules)
        return Node(
            "finding", item.id, told[:-1], f"{told} Concluded by {', '.join(r.code for r in rules)}. {why}", spans,
            opens=lambda: (self._step(rule, "rule", rule.code, "It concludes the finding.") for rule in rules),
        )  # fmt: skip

    def _slot(self, item: Derived) -> Node:
        slot = next(slot for slot in self.pack.settings.slots if slot.name == item.fields["name"])
        told, status = prose.slot(slot, str(item.fields["status"])), item.fields["status"]
        expected = slot.name in self.pack.settings.classes[self.rated.announcement_class].expects
        due = "An announcement of this class is expected to say." if expected else "Not expected of this class."
        means = f"{slot.question} {sentence(one_line(told))} {due}"
        opens = self._opening(item.by)
        if status == "NOT_MENTIONED":
            tried = slot_search(self.assessment, slot.name)
            means, opens = f"{means} {tried.means}", lambda: [tried]
        return Node("slot", item.id, told, means, self._spans_of(item.by), opens=opens, counts=expected)

    def _class(self) -> Node:
        name = self.rated.announcement_class
        label = self.pack.settings.classes[name].label
        reading = self.assessment.reading
        found = reading.classification if reading else None
        because = f" {sentence(one_line(found.because))}" if found and found.because else ""
        return Node(
            "class", name, f"read as: {label}", f"The announcement is read as {name}: {label}.{because}",
            found.words if found else (),
        )  # fmt: skip

    def _absence(self, pattern: Pattern) -> Node:
        """What a rule looked for and did not find, with the search and what there was instead."""
        told = prose.absence(pattern, self.pack.settings)
        if pattern.kind in ("slot", "tally", "finding"):
            near = [item.id for item in self.derived.values() if same_name(pattern, item)]
        else:
            near = [fact.id for fact in self.facts.values() if kind_of(fact) == pattern.kind]
        said = "What there is of that kind does not meet this." if near else "Nothing of that kind was found."
        tried = self._search(pattern)
        means = f"Looked for, and not there. {sentence(told)} {said} {tried.means}"
        return Node("absence", str(pattern), told, means, opens=lambda: [tried, *self._limited(near, "facts")])

    def _search(self, pattern: Pattern) -> Node:
        """Absences of one kind have one search; the wording of its cues takes longer than all else about them."""
        of = pattern.kind, *(str(test.operand) for test in pattern.tests if pattern.kind == "slot")
        if of not in self._searches:
            self._searches[of] = search(self.assessment, pattern)
        return self._searches[of]

    def _opening(self, ids: Sequence[str]) -> Callable[[], Iterable[Node]] | None:
        return (lambda: self._limited(ids, "facts")) if ids else None

    # Everything else that was read.

    def _slots(self) -> Node:
        items = [item for item in self.derived.values() if item.kind == "slot"]
        order = list(_STATUSES)
        items.sort(key=lambda item: order.index(str(item.fields["status"])))
        expects = self.pack.settings.classes[self.rated.announcement_class].expects
        stated = sum(item.fields["status"] == "STATED" for item in items)
        means = (
            f"{len(items)} things that announcements ought to say, and whether this one does. "
            f"Of its class, {len(expects)} are expected."
        )
        label = f"What it says: {stated} of {len(items)} things stated"
        return Node("group", "slots", label, means, opens=lambda: map(self._slot, items), counts=False)

    def _unused(self) -> list[str]:
        used = {name for firing in self.rated.trace.firings for name in firing.premises}
        used |= {name for item in self.derived.values() for name in item.by}
        return [name for name in self.facts if name not in used]

    def _resting_on(self, code: str) -> tuple[Span, ...]:
        return self._spans_of(name for firing in self.rated.trace.of(code) for name in firing.premises)

    def _spans_of(self, ids: Iterable[str]) -> tuple[Span, ...]:
        found: dict[Span, None] = {}
        queue, seen = list(ids), set[str]()
        while queue:
            name = queue.pop(0)
            if name in seen:
                continue
            seen.add(name)
            if name in self.facts:
                found.update(dict.fromkeys(self.facts[name].spans))
            elif name in self.derived:
                queue += self.derived[name].by
        return tuple(found)
