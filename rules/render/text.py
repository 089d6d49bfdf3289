"""An assessment for people, as plain text: level first, why in the announcement's own words, what would lower it."""

import textwrap
from collections.abc import Iterator

from facts.text.visible import one_line, visible
from rules.assessment import Assessment, Rated
from rules.explain import prose
from rules.explain.evidence import evidence_of, nearest_to
from rules.explain.glossary import Glossary
from rules.explain.moves import moves
from rules.explain.prose import report
from rules.explain.reasons import main_reasons, weightiest
from rules.render.style import Style
from rules.rule import Rule

_MOST_REASONS = 6
_MOST_MOVES = 3


def text(assessment: Assessment, style: Style, detail: str = "normal", width: int = 100, glossary: bool = True) -> str:
    """The report; `detail` is brief, normal or explain; with `glossary` the terms that it uses are explained."""
    lines = list(_lines(assessment, style, detail, width, glossary))
    return "\n".join(lines) + "\n"


def _lines(assessment: Assessment, style: Style, detail: str, width: int, glossary: bool) -> Iterator[str]:
    if assessment.announcement is not None:
        yield style.dim(one_line(assessment.announcement.name))
    if assessment.rated is None:
        yield from _not_rated(assessment, style, width)
        return
    rated = assessment.rated
    yield from _head(assessment, rated, style)
    if detail == "brief":
        yield from _wrapped(main_reasons(assessment.pack, rated.rating, rated.trace), "", width)
        yield from _wrapped(prose.DISCLAIMER, "", width, style)
        return
    words = Glossary(assessment.pack.settings if glossary else None)
    yield from words.watch(_wrapped(assessment.pack.settings.levels[rated.rating.level].means, "", width))
    for title, items in _sections(assessment, rated):
        words.note("\n".join(items))
        yield from _section(title, style, items, width)
    if detail == "explain":
        yield from _themes(assessment, rated, style)
        yield from words.watch(_fired(assessment, rated, style, width))
    yield from _section(report.TERMS, style, list(words.lines()), width)
    yield ""
    yield from _wrapped(prose.provenance(assessment), "", width, style)
    yield from _wrapped(prose.DISCLAIMER, "", width, style)


def _sections(assessment: Assessment, rated: Rated) -> Iterator[tuple[str, list[str]]]:
    yield report.WHY, _reasons(assessment, rated)
    yield report.LACKS, _missing(assessment, rated)
    yield report.SPEAKS_FOR, _mitigants(assessment, rated)
    yield report.LOWER, _moves(assessment, "lower")
    yield report.RAISE, _moves(assessment, "raise")
    yield report.UPSIDE, [rated.upside] if rated.upside else []


def _head(assessment: Assessment, rated: Rated, style: Style) -> Iterator[str]:
    pack, rating = assessment.pack, rated.rating
    level = pack.settings.levels[rating.level]
    title = f"{level.name.upper()}  {level.level} of 5  {level.shape}"
    yield f"{style.level(title, level.level)}  {prose.how_sure(pack, rating)[:-1]}"
    yield report.kind_of_news(pack.settings.classes[rated.announcement_class].label)


def _not_rated(assessment: Assessment, style: Style, width: int) -> Iterator[str]:
    scope = assessment.scope
    yield style.strong(report.NOT_RATED.upper())
    yield from _wrapped(prose.not_rated(scope), "", width)
    yield from _wrapped(prose.DISCLAIMER, "", width, style)


def _reasons(assessment: Assessment, rated: Rated) -> list[str]:
    rules = weightiest(assessment.pack, rated.rating, rated.trace)
    if rated.rating.level <= 2:
        rules = [rule for rule in rules if rule.effect != "concern"]
    return [_told(assessment, rule) for rule in rules[:_MOST_REASONS]]


def _told(assessment: Assessment, rule: Rule) -> str:
    return prose.told(rule, evidence_of(assessment, rule), nearest_to(assessment, rule))


def _missing(assessment: Assessment, rated: Rated) -> list[str]:
    return list(prose.missing(assessment.pack, rated, assessment.facts))


def _mitigants(assessment: Assessment, rated: Rated) -> list[str]:
    if rated.rating.level <= 2:
        return []
    fired = [assessment.pack.rule(code) for code in rated.trace.fired]
    found = sorted((rule for rule in fired if rule.effect == "mitigant"), key=lambda rule: -rule.weight)
    return [_told(assessment, rule) for rule in found[:_MOST_REASONS]]


def _moves(assessment: Assessment, direction: str) -> list[str]:
    found = moves(assessment, direction)
    if not found:
        return [prose.no_move(assessment, direction)]
    return [prose.move(move) for move in found[:_MOST_MOVES]]


def _themes(assessment: Assessment, rated: Rated, style: Style) -> Iterator[str]:
    yield ""
    yield style.strong(report.THEME_TABLE)
    for theme in rated.rating.themes:
        name = assessment.pack.settings.themes[theme.code].name
        score = f"{prose.bar(theme.score)} {theme.score:>5}"
        yield f"  {theme.code}  {name:<28} {score}  level {theme.level}, weight {theme.weight}"


def _fired(assessment: Assessment, rated: Rated, style: Style, width: int) -> Iterator[str]:
    yield ""
    yield style.strong(report.ALL_FIRED)
    for code in rated.trace.fired:
        rule, proofs = assessment.pack.rule(code), rated.trace.of(code)
        yield from _wrapped(prose.fired(rule, proofs), "  ", width)


def _section(title: str, style: Style, items: list[str], width: int) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield style.strong(title)
    for item in items:
        yield from textwrap.wrap(visible(item), width, initial_indent="  • ", subsequent_indent="    ")


def _wrapped(paragraph: str, indent: str, width: int, style: Style | None = None) -> Iterator[str]:
    below = indent + "  " if indent else ""
    lines = textwrap.wrap(visible(paragraph), width, initial_indent=indent, subsequent_indent=below)
    yield from (style.dim(line) for line in lines) if style else lines
