"""Facts from and to JSON, in the shape that an assessment prints; every refusal names kind, field, value and remedy."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from facts.errors import FactsError
from facts.fact import COMMON_FIELDS, STANCE_FIELDS, Fact, name_of, own_fields
from facts.kinds import KINDS

#: The fact kinds that may be named, by name; a rule pack may bring its own.
Kinds = Mapping[str, type[Fact]]

#: Computed by the rules, printed with a fact, ignored when a printed fact is read back.
_COMPUTED = ("rung", "family")
_MOST_QUOTED = 60


def parse_fact(data: object, place: str, kinds: Kinds = KINDS) -> Fact:
    """One fact from its JSON object, fields flat or under `fields`.

    `place` says where it stands ("cases.jsonl, line 3, fact 2"). Raises FactsError.
    """
    if not isinstance(data, Mapping):
        raise FactsError("Not a fact", f"{place}: a fact is an object with a kind, not {_shown(data)}")
    flat = _flatten(data, place, kinds)
    model = kinds[flat["kind"]]
    try:
        return model.model_validate(flat)
    except ValidationError as error:
        raise FactsError("Not a fact", f"{place}: {_explain(_plainest(error.errors()), flat, model)}") from None


def parse_facts(data: object, place: str, kinds: Kinds = KINDS) -> tuple[Fact, ...]:
    """A list of facts; those without an id get the first free one of f1, f2, ... Raises FactsError."""
    if not isinstance(data, list):
        raise FactsError("Not facts", f"{place}: facts are a list, not {_shown(data)}")
    return number(parse_fact(item, f"{place}, fact {at}", kinds) for at, item in enumerate(data, 1))


def number(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The same facts, each with an id of its own. Raises FactsError if two share one."""
    facts = tuple(facts)
    taken: set[str] = set()
    for fact in facts:
        if fact.id and fact.id in taken:
            raise FactsError("Doubled fact", f"two facts have the id {fact.id!r}; give each its own, or none")
        taken.add(fact.id)
    free = (name for n in range(1, 2 * len(facts) + 2) if (name := f"f{n}") not in taken)
    return tuple(fact if fact.id else fact.model_copy(update={"id": next(free)}) for fact in facts)


def to_json(fact: Fact, **computed: object) -> dict[str, Any]:
    """The fact as an assessment prints it, with what was computed; `parse_fact` reads it back unchanged."""
    return {
        "id": fact.id,
        "kind": name_of(type(fact)),
        "subject": fact.subject,
        **{name: getattr(fact, name) for name in STANCE_FIELDS},
        "date": fact.date,
        "fields": fact.fields,
        **computed,
        "spans": [list(span) for span in fact.spans],
        "quote": fact.quote,
        "cues": list(fact.cues),
    }


def _flatten(data: Mapping[str, Any], place: str, kinds: Kinds) -> dict[str, Any]:
    nested = data.get("fields", {})
    if not isinstance(nested, Mapping):
        raise FactsError("Not a fact", f"{place}: fields is an object, not {_shown(nested)}")
    flat = {key: value for key, value in data.items() if key != "fields" and key not in _COMPUTED}
    for key, value in nested.items():
        if key in flat:
            raise FactsError("Not a fact", f"{place}: field {key!r} is given twice, flat and under fields; keep one")
        if key not in _COMPUTED:
            flat[key] = value
    kind = flat.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        near = get_close_matches(str(kind), kinds, 1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        raise FactsError("Unknown kind", f"{place}: no fact kind {_shown(kind)}.{meant} Known: {', '.join(kinds)}")
    return {key: value for key, value in flat.items() if value is not None or key == "kind"}


def _plainest(errors: list[ErrorDetails]) -> ErrorDetails:
    """A misspelt field also leaves the right one missing: the misspelling is what to tell."""
    return next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])


def _explain(error: ErrorDetails, flat: Mapping[str, Any], model: type[Fact]) -> str:
    kind = flat["kind"]
    steps = [str(step) for step in error["loc"]]
    field = steps[0] if steps else "?"
    own = own_fields(model)
    if error["type"] == "extra_forbidden":
        near = get_close_matches(field, [*own, *COMMON_FIELDS], 1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        has = f"kind {kind} has no field {field!r} (value {_shown(flat.get(field))})"
        return f"{has}.{meant} Its fields: {', '.join(own)}"
    if error["type"] == "missing":
        allowed = allowed_values(model, field)
        return f"kind {kind} needs field {field!r}" + (f", one of: {', '.join(allowed)}" if allowed else "")
    allowed = allowed_values(model, field)
    wanted = f"allowed: {', '.join(allowed)}" if allowed else error["msg"].removeprefix("Value error, ")
    return f"kind {kind}, field {'.'.join(steps)}, value {_shown(flat.get(field))}: {wanted}"


def allowed_values(kind: type[Fact], field: str) -> tuple[str, ...]:
    """The values an enumerated field may take; empty for numbers and free text."""
    return _literals(kind.model_fields[field].annotation) if field in kind.model_fields else ()


def _literals(annotation: Any) -> tuple[str, ...]:
    parts = getattr(annotation, "__args__", ())
    if parts and all(isinstance(part, str) for part in parts):
        return tuple(parts)
    return next((found for part in parts if (found := _literals(part))), ())


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…"
