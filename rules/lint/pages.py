"""The rule book of a pack: a page a rule, an index by theme, and what mutation leaves to explain."""

from collections.abc import Iterator, Sequence

from rules.lint.mutation import Mutant
from rules.pack import Pack
from rules.render.rule import page, weight
from rules.rule import Rule

INDEX, MUTANTS = "index.md", "mutants.md"
_MADE = "<!-- made by `caveat rules docs`; change the rule files instead -->\n\n"


def pages(pack: Pack, mutants: Sequence[Mutant]) -> dict[str, str]:
    """Every page by file name."""
    made = {f"{rule.code}.md": _MADE + page(rule, pack) for rule in pack.rules}
    made[INDEX] = _MADE + "\n".join(_index(pack)).rstrip() + "\n"
    made[MUTANTS] = _MADE + "\n".join(_mutants(mutants)).rstrip() + "\n"
    return made


def _index(pack: Pack) -> Iterator[str]:
    settings = pack.settings
    yield f"# The rules of {settings.title}\n"
    yield f"Pack {pack.title}: {len(pack.rules)} rules. [What mutation leaves to explain]({MUTANTS}).\n"
    for theme in settings.themes.values():
        own = [rule for rule in pack.rules if rule.theme == theme.code]
        yield from _table(f"{theme.code}, {theme.name}: weight {theme.weight} %, base score {theme.base}", own)
    for effect, title in (
        ("finding", "Findings"),
        ("floor", "Floors: the level is at least"),
        ("cap", "Caps: the base level is at most; floors still win"),
        ("definition", "Definitions: what the program itself does, with worked examples"),
    ):
        yield from _table(title, [rule for rule in pack.rules if rule.effect == effect])


def _table(title: str, rules: Sequence[Rule]) -> Iterator[str]:
    if not rules:
        return
    yield f"## {title}\n"
    yield "| Rule | Effect | Title | Status |"
    yield "|---|---|---|---|"
    for rule in rules:
        yield f"| [{rule.code}]({rule.code}.md) | {weight(rule)} | {rule.title} | {rule.status} |"
    yield ""


def _mutants(mutants: Sequence[Mutant]) -> Iterator[str]:
    alive = [mutant for mutant in mutants if mutant.killed_by is None]
    yield "# What mutation leaves to explain\n"
    yield "`caveat rules mutate` drops and turns round every condition and test, moves every threshold by one, and"
    yield "leaves out every value of a choice. A change that no example and no case notices is listed here.\n"
    yield f"{len(mutants) - len(alive)} of {len(mutants)} changes are noticed. The other {len(alive)}:\n"
    for mutant in alive:
        why = mutant.equivalent or "**not tested**: an example is missing"
        yield f"- [{mutant.rule.code}]({mutant.rule.code}.md), {mutant.change}: {why}"
    yield "\nEach reason is proved: over every fact that rules can see, whatever its values, the changed rule fires"
    yield "exactly when the rule does."
