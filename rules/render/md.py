"""A report as Markdown. Words from outside are escaped: they can neither format nor link nor hold HTML."""

import re
from collections.abc import Iterable, Iterator, Sequence

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.glossary import Glossary
from rules.explain.prose import report as wording
from rules.rating import plain, rounded
from rules.render.report import Report, report_of
from rules.render.row import Row
from rules.render.why import absent

#: What formats, links or opens HTML anywhere; what does so at the beginning of a line; addresses that link themselves.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&])")
_BEGINNING = re.compile(r"^([-+#=!]|\d+[.)])")
_ADDRESS = re.compile(r"(?i)(https?|ftp)(:)|(www)(\.)|([\w.])(@)")


def markdown(rows: Iterable[Row], glossary: bool = True) -> str:
    """One report after the other, a rule between them."""
    return "\n---\n\n".join("\n".join(_lines(row, glossary)) + "\n" for row in rows)


def escaped(text: str) -> str:
    """Text on one line, every sign that Markdown reads escaped."""
    plain_ = _SPECIAL.sub(r"\\\1", one_line(text))
    plain_ = _ADDRESS.sub(lambda match: "\\".join(part for part in match.groups() if part), plain_)
    return _BEGINNING.sub(lambda match: f"{match.group()[:-1]}\\{match.group()[-1]}", plain_)


def _lines(row: Row, glossary: bool) -> Iterator[str]:
    if not isinstance(row, Assessment):
        yield from (f"# {escaped(row[0])}", "", f"{escaped(row[1].title)}: {escaped(row[1].message)}")
        return
    name = row.announcement.name if row.announcement else wording.FACTS_GIVEN
    yield from (f"# {escaped(name)}", "")
    report = report_of(row)
    if report is None:
        yield from (f"**{wording.NOT_RATED}.** {escaped(prose.not_rated(row.scope))}", "", escaped(prose.DISCLAIMER))
        return
    words = Glossary(row.pack.settings if glossary else None)
    yield from words.watch(_body(report))
    yield from _section(wording.TERMS, words.lines())
    yield from _foot(row)


def _body(report: Report) -> Iterator[str]:
    assessment, rating = report.assessment, report.rated.rating
    level = assessment.pack.settings.levels[rating.level]
    yield f"**{escaped(prose.headline(assessment.pack, rating))}** {level.shape}{escaped(prose.but_for(assessment))}"
    yield from ("", escaped(level.means), "", escaped(report.robust.confidence), "")
    yield from _section(wording.WHY, report.reasons())
    yield from _section(wording.LACKS, report.missing())
    yield from _section(wording.SPEAKS_FOR, report.mitigants())
    yield from _section(wording.LOWER, report.ways(report.distance.lower, "lowers"))
    yield from _section(wording.RAISE, report.ways(report.distance.higher, "raises"))
    yield from _section(wording.UPSIDE, [report.rated.upside] if report.rated.upside else [])
    yield from _section(wording.OPEN, report.asked())
    yield from _themes(report)
    yield from _section(wording.ABSENT, list(absent(report.proof)))
    yield from _facts(report)
    yield from _robust(report)


def _themes(report: Report) -> Iterator[str]:
    yield from (f"## {wording.THEMES}", "", "| Theme | Score | Level | Weight | Rules |", "|---|---|---|---|---|")
    fired = [report.assessment.pack.rule(code) for code in report.rated.trace.fired]
    for theme in report.rated.rating.themes:
        name = report.assessment.pack.settings.themes[theme.code].name
        rules = ", ".join(f"{rule.code} {rule.contribution:+}" for rule in fired if rule.theme == theme.code)
        bar = prose.bar(theme.score)
        cells = [escaped(name), f"{bar} {plain(theme.score)}", theme.level, f"{theme.weight}%", escaped(rules)]
        yield f"| {' | '.join(map(str, cells))} |"
    yield from ("", f"{wording.SCORE}: {rounded(report.rated.rating.score)}", "")


def _facts(report: Report) -> Iterator[str]:
    heads = "| Fact | What was read | Words | Used by |"
    yield from (f"## {wording.FACTS}", "", heads, "|---|---|---|---|")
    for fact in report.assessment.facts:
        says = prose.fact(fact, report.rated.memory.rungs.get(fact.id))
        quote = f"“{escaped(fact.quote)}”" if fact.quote else ""
        used = ", ".join(report.used[fact.id]) or wording.NO_RULE
        yield f"| {escaped(fact.id)} | {escaped(says)} | {quote} | {escaped(used)} |"
    yield ""


def _robust(report: Report) -> Iterator[str]:
    robust, facts = report.robust, {fact.id: fact for fact in report.assessment.facts}
    yield from _section(wording.HANGS_ON, [robust.head, *(point.says for point in robust.points)])
    yield from _section(wording.IDLE, [prose.idle_line(facts[name]) for name in robust.idle])
    if report.assessment.announcement is not None:
        text = report.assessment.announcement.text
        yield from _section(wording.UNUSED, [prose.unused_line(text[start:end]) for start, end in robust.unused])


def _foot(assessment: Assessment) -> Iterator[str]:
    source = assessment.announcement
    lines = [prose.provenance(assessment), assessment.pack.digest]
    if source is not None:
        lines.append(f"{source.name}: sha256:{source.sha256}")
    yield from _section(wording.SOURCE, lines)
    yield escaped(prose.DISCLAIMER)


def _section(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from (f"## {title}", "", *(f"- {escaped(item)}" for item in items), "")
