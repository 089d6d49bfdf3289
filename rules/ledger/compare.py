"""Two assessments side by side, as JSON: what moved, and which steps moved the level."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Table = Mapping[str, Any]

_HEAD = ("in_scope", "class", "level", "score", "base_level", "confidence", "floors", "caps", "findings", "upside")
_STANCE = {"polarity": "affirmed", "modality": "agreed", "layer": "event", "attribution": "first_hand"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second assessment has otherwise. Facts are told as words, rules by their codes."""

    before: Table
    after: Table
    fields: tuple[tuple[str, Any, Any], ...]
    themes: tuple[tuple[str, str, str], ...]
    facts_gone: tuple[str, ...]
    facts_new: tuple[str, ...]
    silent: tuple[str, ...]
    firing: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether the level is another, or there is one in one of them only."""
        return self.levels[0] != self.levels[1]

    @property
    def levels(self) -> tuple[int | None, int | None]:
        """Both levels; None where it was not rated."""
        return self.before.get("level"), self.after.get("level")

    def to_json(self) -> dict[str, Any]:
        """Plain data, without the assessments themselves."""
        return {
            "levels": list(self.levels),
            "fields": {name: [was, now] for name, was, now in self.fields},
            "themes": {code: [was, now] for code, was, now in self.themes},
            "facts": {"gone": list(self.facts_gone), "new": list(self.facts_new)},
            "rules": {"silent": list(self.silent), "firing": list(self.firing)},
            "steps": list(self.steps()),
        }

    def steps(self) -> Iterator[str]:
        """Why the level moved, most decisive first; nothing where it did not."""
        if not self.moved:
            return
        if None in self.levels:
            unrated = self.before if self.before.get("level") is None else self.after
            yield f"rated in one of them only: {unrated.get('not_rated', {}).get('because', 'out of scope')}"
            return
        for sort in ("floors", "caps"):
            was, now = self.before[sort], self.after[sort]
            yield from (f"{sort[:-1]} {code} no longer holds" for code in was if code not in now)
            yield from (f"{sort[:-1]} {code} now holds" for code in now if code not in was)
        if self.before["base_level"] != self.after["base_level"]:
            yield (
                f"base level {self.before['base_level']} becomes {self.after['base_level']}:"
                f" score {self.before['score']} becomes {self.after['score']}"
            )
        others = {*self.before["floors"], *self.after["floors"], *self.before["caps"], *self.after["caps"]}
        yield from (f"rule {code} now silent" for code in self.silent if code not in others)
        yield from (f"rule {code} now fires" for code in self.firing if code not in others)


def compare(before: Table, after: Table) -> Difference:
    """What lies between two assessments, each as JSON."""
    gone, new = _apart([told(fact) for fact in before["facts"]], [told(fact) for fact in after["facts"]])
    silent, firing = _apart([f["rule"] for f in before.get("fired", ())], [f["rule"] for f in after.get("fired", ())])
    return Difference(
        before=before,
        after=after,
        fields=tuple(
            (name, before.get(name), after.get(name)) for name in _HEAD if before.get(name) != after.get(name)
        ),
        themes=tuple(_themes(before, after)),
        facts_gone=gone,
        facts_new=new,
        silent=silent,
        firing=firing,
    )


def told(fact: Table) -> str:
    """A fact in words: kind, what it is about, its fields, and its stance where it is not the usual one."""
    parts = [fact["kind"]]
    if fact.get("subject"):
        parts.append(f"“{fact['subject']}”")
    parts += [
        f"{name}={value}" for name, value in fact.get("fields", {}).items() if value not in ("unstated", "unknown")
    ]
    parts += [str(fact[name]) for name, usual in _STANCE.items() if fact.get(name, usual) != usual]
    if fact.get("date"):
        parts.append(f"({fact['date']})")
    return " ".join(map(str, parts))


def _apart(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What only the first has and what only the second has; twice the same counts twice."""
    was, now = Counter(before), Counter(after)
    return tuple((was - now).elements()), tuple((now - was).elements())


def _themes(before: Table, after: Table) -> Iterator[tuple[str, str, str]]:
    was = {theme["code"]: theme["score"] for theme in before.get("themes", ())}
    now = {theme["code"]: theme["score"] for theme in after.get("themes", ())}
    for code in dict.fromkeys([*was, *now]):
        if was.get(code) != now.get(code):
            yield code, was.get(code, "-"), now.get(code, "-")
