"""What pack.toml names must exist: kinds, fields, values, rules. The loader reads past most of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from facts.codec import parse_facts
from facts.errors import FactsError
from facts.fact import Fact
from rules.lint.finding import Finding
from rules.lint.source import Source
from rules.pack import Pack
from rules.schema import nearest

_CODE = "PCK-07"


def pack_file(pack: Pack, source: Source) -> Iterator[Finding]:
    """Every name in pack.toml that leads nowhere."""
    yield from _ladders(pack, source)
    yield from _evidence(pack, source)
    yield from _slots(pack, source)
    yield from _changes(pack, source)
    yield from _rules(pack, source)


def has_ladders(pack: Pack) -> bool:
    """Whether every ladder stands on a field that its kind has."""
    return all(
        ladder.field in pack.schema[kind]
        for kind, ladder in pack.settings.ladders.items()
        if kind in pack.settings.kinds
    )


def _ladders(pack: Pack, source: Source) -> Iterator[Finding]:
    for kind, ladder in pack.settings.ladders.items():
        path = ("ladder", kind)
        fields = pack.schema.get(kind, {})
        if kind not in pack.settings.kinds:
            yield _unknown(source, path, "ladder: no fact kind", kind, tuple(pack.settings.kinds))
        elif ladder.field not in fields:
            yield _unknown(source, (*path, "field"), f"ladder.{kind}: no field", ladder.field, tuple(fields))
        else:
            values = fields[ladder.field].values
            for value in ladder.rungs.keys() - set(values):
                yield _unknown(source, (*path, "rungs", value), f"ladder.{kind}: no value", value, values)
            for value in (value for value in values if value not in ladder.rungs):
                message = f"ladder.{kind}: the {ladder.field} {value!r} has no rung, and stands on 0"
                yield source.pack_finding(_CODE, (*path, "rungs"), message, f"write {value} = ...")
    for kind, only in pack.settings.ladder_only.items():
        for field, value in only.items():
            spec = pack.schema.get(kind, {}).get(field)
            if kind not in pack.settings.ladders or spec is None or value not in spec.values:
                message = f"ladder_only.{kind}: no ladder, field or value {field} = {value!r}"
                yield source.pack_finding(_CODE, ("ladder_only", kind, field), message, "correct or remove it")


def _evidence(pack: Pack, source: Source) -> Iterator[Finding]:
    evidence, kinds = pack.settings.evidence, tuple(pack.settings.kinds)
    named: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
        "event_only": (evidence.event_only, kinds),
        "standing": (evidence.standing, kinds),
        "always_heard": (evidence.always_heard, kinds),
        "layers": (evidence.layers, _stance("layer")),
        "holds": (evidence.holds, _stance("modality")),
        "modality_caps": (tuple(evidence.modality_caps), _stance("modality")),
        "modality_caps_of": (tuple(evidence.modality_caps_of), kinds),
        "attribution_caps": (tuple(evidence.attribution_caps), _stance("attribution")),
    }
    for key, (names, known) in named.items():
        for name in names:
            if name not in known:
                yield _unknown(source, ("evidence", key), f"evidence.{key}: no", name, known)


def _slots(pack: Pack, source: Source) -> Iterator[Finding]:
    spec = pack.schema.get("denial", {}).get("what")
    known = spec.values if spec else ()
    for slot in pack.settings.slots:
        for name in slot.denied_by:
            if name not in known:
                yield _unknown(source, ("slot", slot.name, "denied_by"), f"slot {slot.name}: no denial of", name, known)


def _changes(pack: Pack, source: Source) -> Iterator[Finding]:
    for change in pack.settings.changes:
        try:
            parse_facts(change.facts, f"change {change.name}", pack.settings.kinds)
        except FactsError as error:
            yield source.pack_finding(_CODE, ("change", change.name, "facts"), error.message, "correct the facts")


def _rules(pack: Pack, source: Source) -> Iterator[Finding]:
    concluded = tuple(str(rule.concludes) for rule in pack.live if rule.effect == "finding")
    wanted = pack.settings.upside_finding
    if wanted is not None and wanted not in concluded:
        yield _unknown(source, ("upside", "finding"), "upside: no finding", wanted, concluded)
    known = (*pack.by_code, *(rule.code for rule in pack.slots))
    for place, entry in enumerate(pack.settings.accepted):
        if entry.rule not in known:
            line = source.lines("pack.toml").find(("accept", place, "rule"))
            message = f"accept: no rule {entry.rule!r}"
            yield Finding(_CODE, "pack.toml", line, message, "correct or remove the entry", entry.rule)


def _unknown(source: Source, path: Sequence[str], what: str, name: str, known: Sequence[str]) -> Finding:
    meant = nearest(name, tuple(known)).lstrip("; ")
    return source.pack_finding(_CODE, path, f"{what} {name!r}", meant or "remove it")


def _stance(field: str) -> tuple[str, ...]:
    return get_args(Fact.model_fields[field].annotation)
