"""The JSON Schema of a rule file, for completion and checks in an editor."""

from typing import Any

from rules.condition import COMPARISONS
from rules.pack import Pack
from rules.rule import RuleFile
from rules.schema import FieldSpec

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def rule_schema(pack: Pack) -> dict[str, Any]:
    """The schema of the pack's rule files: the keys of every rule, and the kinds, fields and values of this pack."""
    schema = RuleFile.model_json_schema(by_alias=True)
    defs: dict[str, Any] = schema.setdefault("$defs", {})
    defs["condition"] = {"oneOf": [{"$ref": f"#/$defs/kind_{kind}"} for kind in pack.schema]}
    operands = _Operands(defs)
    for kind, fields in pack.schema.items():
        defs[f"kind_{kind}"] = _kind(kind, {name: operands.of(f"{kind}_{name}", spec) for name, spec in fields.items()})
    defs["fact"] = {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": list(pack.settings.kinds)}}}
    for group in ("when", "any", "unless"):
        schema["properties"][group] = {"type": "array", "items": {"$ref": "#/$defs/condition"}}
    schema["properties"]["theme"] = {"enum": list(pack.settings.themes)}
    example = defs["Example"]["properties"]
    example["class"] = {"enum": list(pack.settings.classes)}
    example["facts"] = {"type": "array", "items": {"$ref": "#/$defs/fact"}}
    title = f"A rule file of the pack {pack.name}"
    return {"$schema": _DRAFT, **schema, "title": title}


def _kind(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"fact": {"const": kind}, "as": {"type": "string"}}
    return {"type": "object", "required": ["fact"], "additionalProperties": False, "properties": properties | fields}


class _Operands:
    """What may stand after a field: a value or a table of operators; the same values share one definition."""

    def __init__(self, defs: dict[str, Any]) -> None:
        self._defs = defs
        self._known: dict[FieldSpec, str] = {}

    def of(self, name: str, spec: FieldSpec) -> dict[str, Any]:
        """A reference to the definition, which is made when it is first asked for."""
        if spec not in self._known:
            self._known[spec] = name if spec.type == "enum" else spec.type
            self._defs[f"value_{self._known[spec]}"] = _value(spec)
            self._defs[f"operand_{self._known[spec]}"] = _operand(spec, f"#/$defs/value_{self._known[spec]}")
        return {"$ref": f"#/$defs/operand_{self._known[spec]}"}


def _value(spec: FieldSpec) -> dict[str, Any]:
    plain: dict[str, dict[str, Any]] = {"number": {"type": "number"}, "text": {"type": "string"}}
    return plain.get(spec.type, {"enum": list(spec.values)})


def _operand(spec: FieldSpec, reference: str) -> dict[str, Any]:
    value = {"$ref": reference}
    operators: dict[str, Any] = {"equals": value, "one_of": {"type": "array", "items": value, "minItems": 1}}
    if spec.type == "number":
        operators |= dict.fromkeys(COMPARISONS, value)
    else:
        operators["same_as"] = {"type": "string", "pattern": r"^[^.]+\.[^.]+$"}
    tests = {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": operators}
    return {"anyOf": [value, tests]}
