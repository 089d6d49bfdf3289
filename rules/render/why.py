"""A proof as prose, for people: what is absent first, then what decides the level, then the themes."""

import textwrap
from collections.abc import Iterator

from facts.text.visible import one_line
from rules.explain.evidence import shortened
from rules.explain.node import Node
from rules.explain.prose import report, sentence
from rules.render.style import Style

_PARTS = ("rule", "theme", "finding", "fact")


def why_text(node: Node, style: Style, width: int = 100) -> str:
    """The proof of a node in paragraphs and lists."""
    return "\n".join(_lines(node, style, width)) + "\n"


def _lines(node: Node, style: Style, width: int) -> Iterator[str]:
    yield from _wrapped(sentence(node.says), "", width)
    if node.kind != "rating":
        yield from _proof(node, "", width, None)
        return
    if node.found:
        yield from _wrapped(node.found, "", width)
    told: set[str] = set()
    of_kind = {kind: [child for child in node.children if child.kind == kind] for kind in _PARTS}
    parts = (
        (report.ABSENT, (line for absence in absent(node) for line in _bullet(absence, "", width))),
        (report.DECIDES, (line for rule in of_kind["rule"] for line in _rule(rule, "", width, told, absences=True))),
        (report.THEMES, (line for theme in of_kind["theme"] for line in _theme(theme, width, told))),
        (report.BESIDES, (line for finding in of_kind["finding"] for line in _besides(finding, width, told))),
        (report.FACTS, (line for fact in of_kind["fact"] for line in _fact(fact, "", width))),
    )
    for title, lines in parts:
        found = list(lines)
        if found:
            yield from ("", style.strong(title), *found)


def _besides(finding: Node, width: int, told: set[str]) -> Iterator[str]:
    yield from _bullet(sentence(finding.says), "", width)
    yield from _proof(finding, "  ", width, told)


def _theme(theme: Node, width: int, told: set[str]) -> Iterator[str]:
    says = theme.says if theme.children else f"{theme.says}; {report.NOTHING_FIRED}"
    yield from _wrapped(sentence(says), "  ", width)
    for rule in theme.children:
        yield from _rule(rule, "  ", width, told, absences=False)


def absent(node: Node) -> Iterator[str]:
    """Every absence under a node once, by kind and search, with the rules that rest on it."""
    groups: dict[tuple[str, str], dict[str, list[str]]] = {}
    for rule in node.walk():
        for child in rule.children:
            if child.kind == "absence":
                key = child.id.partition(":")[0], child.found or ""
                thing = child.says.partition(": ")[2]
                groups.setdefault(key, {}).setdefault(thing, []).append(rule.id)
    searches = {search for _, search in groups}
    for (_, search), things in groups.items():
        yield report.nothing_of(list(things.items()), search if len(searches) > 1 else "")
    if len(searches) == 1 and len(groups) > 0:
        yield sentence(searches.pop())


def _rule(rule: Node, indent: str, width: int, told: set[str], absences: bool) -> Iterator[str]:
    yield from _bullet(f"{rule.id}: {sentence(rule.says)}", indent, width)
    gone = [child.says.partition(": ")[2] for child in rule.children if child.kind == "absence"]
    if gone and absences:
        yield from _wrapped(report.rests_on(gone), indent + "    ", width)
    yield from _proof(rule, indent + "  ", width, told)


def _proof(node: Node, indent: str, width: int, told: set[str] | None) -> Iterator[str]:
    """What a conclusion rests on. With `told`, steps told before are named only, and absences stand elsewhere."""
    for child in node.children:
        if child.kind == "absence":
            if told is None:
                yield from _bullet(f"{child.says}. {sentence(child.found or '')}", indent, width)
        elif child.kind == "fact":
            yield from _fact(child, indent, width)
        elif child.kind == "sentence":
            yield from _bullet(f"“{one_line(child.says)}” [{child.id}]", indent, width)
        elif told is not None and child.id in told:
            yield from _bullet(report.again(child.says), indent, width)
        else:
            if told is not None:
                told.add(child.id)
            label = f"{child.id}: " if child.kind == "rule" else ""
            yield from _bullet(label + sentence(child.says), indent, width)
            yield from _proof(child, indent + "  ", width, told)


def _fact(node: Node, indent: str, width: int) -> Iterator[str]:
    quotes = [f", from “{shortened(child.says)}”" for child in node.children[:1] if child.says]
    yield from _bullet(f"{node.id}: {node.says}{''.join(quotes)}", indent, width)


def _bullet(told: str, indent: str, width: int) -> Iterator[str]:
    yield from textwrap.wrap(one_line(told), width, initial_indent=f"{indent}  • ", subsequent_indent=f"{indent}    ")


def _wrapped(told: str, indent: str, width: int) -> Iterator[str]:
    yield from textwrap.wrap(one_line(told), width, initial_indent=indent, subsequent_indent=indent)
