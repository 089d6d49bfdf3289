"""A new rule file: one that loads and whose examples hold, with everything to fill in marked."""

from collections.abc import Iterator, Mapping
from typing import Any

from facts.codec import allowed_values
from facts.fact import COMMON_FIELDS, Fact
from rules.pack import Pack
from rules.rule import Effect

#: Facts on which the effect may ask: concerns for what alarms, mitigating ones for what calms.
_POLARITY = {"concern": "C", "floor": "C", "finding": "C", "mitigant": "M", "cap": "M"}
_EFFECT: Mapping[str, str] = {
    "concern": 'theme = "{theme}"\neffect = "concern"\nseverity = "medium"          # fill in: low, medium, high\n'
    "weight = 10                   # fill in: points added to the theme's score of 0 to 100\n",
    "mitigant": 'theme = "{theme}"\neffect = "mitigant"\nseverity = "medium"          # fill in: low, medium, high\n'
    "weight = 10                   # fill in: points taken from the theme's score of 0 to 100\n",
    "floor": 'effect = "floor"\nlevel = 3                     # fill in: the rating is at least this\n',
    "cap": 'effect = "cap"\nlevel = 3                     # fill in: the base level is at most this\n',
    "finding": 'effect = "finding"\nconcludes = "{finding}"      # fill in: the name by which other rules read it\n',
}
_FILE = """\
code = "{code}"
title = "{title}"
status = "draft"             # stable once it is merged; retired codes are never used again
since = "{since}"
{effect}because = "Fill in: why a reader should care, and where it was seen."
says = "fill in: what the explanation says when it fires{{evidence}}"
sources = [
  {{ title = "Fill in: title", publisher = "Fill in", year = {year}, url = "https://example.org/fill-in" }},
]

# Fill in: every [[when]] must match, one [[any]] must, no [[unless]] may. `caveat rules check` knows kinds and values.
[[when]]
fact = "{kind}"
{field} = "{value}"

# Fill in: at least one that fires and one that is silent; both sides of a threshold; one that is denied, and one that
# is only an opinion, wherever that could fool the rule.
[[example]]
name = "fill in: a case in which it fires"
expect = "fires"
facts = [{{ kind = "{kind}", {field} = "{value}" }}]

[[example]]
name = "fill in: a case in which it stays silent"
expect = "silent"
facts = []
"""


def template(pack: Pack, code: str, effect: Effect, theme: str | None, title: str, year: int) -> str:
    """The text of a new rule file."""
    kind, field, value = next(_conditions(pack, effect))
    words = {"theme": theme or "", "finding": code.replace("-", "_")}
    return _FILE.format(
        code=code, title=title.replace('"', "'"), since=pack.version, effect=_EFFECT[effect].format(**words), year=year,
        kind=kind, field=field, value=value,
    )  # fmt: skip


def next_free(pack: Pack, prefix: str) -> str:
    """The first code of a prefix that no rule, retired ones included, has had."""
    return next(code for n in range(1, 1000) if (code := f"{prefix}-{n:03}") not in pack.by_code)


def _conditions(pack: Pack, effect: Effect) -> Iterator[tuple[str, str, str]]:
    """A kind, its leading field and a value; from the polarity that suits the effect where the pack names one."""
    for table in pack.settings.polarities:
        if table.polarity == _POLARITY.get(effect):
            for pattern in table.any:
                yield from _simple(pack, pattern)
    for kind in pack.settings.kinds:
        yield from _simple(pack, {"fact": kind})


def _simple(pack: Pack, pattern: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    model: type[Fact] = pack.settings.kinds[str(pattern["fact"])]
    required = {name for name, info in model.model_fields.items() if info.is_required() and name not in COMMON_FIELDS}
    values = allowed_values(model, model.leading)
    tested = pattern.keys() - {"fact"}
    if values and required <= {model.leading} and tested <= {model.leading}:
        operand = pattern.get(model.leading, values[0])
        allowed = operand.get("one_of", values) if isinstance(operand, Mapping) else [operand]
        yield str(pattern["fact"]), model.leading, str(allowed[0])
