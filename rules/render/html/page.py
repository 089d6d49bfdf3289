"""A report as one self-contained HTML page: no network, whole without a script, strict about what may run."""

import base64
import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from facts.text.visible import one_line
from rules.assessment import Assessment
from rules.explain import prose
from rules.explain.glossary import Glossary
from rules.explain.prose import report as wording
from rules.rating import rounded
from rules.render.html.bars import bars
from rules.render.html.element import Content, Markup, element, joined, raw
from rules.render.html.marked import announcement
from rules.render.html.tree import Tree
from rules.render.report import Report, report_of
from rules.render.row import Row
from rules.render.why import absent


def page(rows: Iterable[Row], glossary: bool = True) -> str:
    """The page of one announcement or of several, each an article."""
    listed = list(rows)
    articles = [_article(row, f"a{place}-" if len(listed) > 1 else "", glossary) for place, row in enumerate(listed, 1)]
    style, script = _own("report.css"), _own("report.js")
    title = one_line(_name(listed[0])) if len(listed) == 1 else wording.several_reports(len(listed))
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"Caveat: {title}"),
        raw("style", style),
    )
    body = element("body", articles, raw("script", script))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _article(row: Row, prefix: str, glossary: bool) -> Markup:
    if not isinstance(row, Assessment):
        return element("article", element("h1", row[0]), element("p", f"{row[1].title}: {row[1].message}"))
    report = report_of(row)
    head = element("h1", one_line(_name(row)))
    if report is None:
        told = element("p", prose.not_rated(row.scope))
        disclaimer = element("footer", element("p", prose.DISCLAIMER))
        return element("article", head, element("p", wording.NOT_RATED, class_="level"), told, disclaimer)
    words = Glossary(row.pack.settings if glossary else None)
    body = list(_body(report, prefix, words))
    terms = _section(wording.TERMS, words.lines())
    return element("article", head, body, terms, _foot(report))


def _body(report: Report, prefix: str, words: Glossary) -> Iterator[Markup]:
    yield _header(report)
    first, second = _lists(report, words)
    yield element("div", first, class_="columns")
    if report.assessment.announcement is not None:
        yield element("section", element("h2", wording.ANNOUNCEMENT), announcement(report, prefix))
    scores = element("p", f"{wording.SCORE}: {rounded(report.rated.rating.score)}.{prose.but_for(report.assessment)}")
    yield element("section", element("h2", wording.THEMES), scores, bars(report.assessment, report.rated))
    proof = Tree(prefix).draw(report.proof)
    yield element("section", element("h2", wording.PROOF), element("p", wording.HOW_TO_READ, class_="soft"), proof)
    yield _section(wording.ABSENT, list(absent(report.proof)))
    yield _facts(report, prefix)
    yield element("div", second, class_="columns")


def _header(report: Report) -> Markup:
    assessment, rating = report.assessment, report.rated.rating
    level = assessment.pack.settings.levels[rating.level]
    class_ = assessment.pack.settings.classes[report.rated.announcement_class]
    title: list[Content] = [
        f"{level.name}: {level.level} of 5 ",
        element("span", level.shape, class_="shape", aria_hidden="true"),
    ]
    return element(
        "header",
        element("p", title, class_="level"),
        element("p", prose.how_sure(assessment.pack, rating), prose.but_for(assessment)),
        element("p", level.means, class_="means"),
        element("p", wording.kind_of_news(class_.label), " ", report.robust.confidence, class_="soft"),
    )


def _lists(report: Report, words: Glossary) -> tuple[list[Markup], list[Markup]]:
    """The lists above and below the announcement; their terms are noted in the order in which they stand."""
    facts = {fact.id: fact for fact in report.assessment.facts}
    above = [
        (wording.WHY, report.reasons()),
        (wording.LACKS, report.missing()),
        (wording.SPEAKS_FOR, report.mitigants()),
        (wording.LOWER, report.ways(report.distance.lower, "lowers")),
        (wording.RAISE, report.ways(report.distance.higher, "raises")),
        (wording.UPSIDE, [report.rated.upside] if report.rated.upside else []),
        (wording.OPEN, report.asked()),
    ]
    below = [
        (wording.HANGS_ON, [report.robust.head, *(point.says for point in report.robust.points)]),
        (wording.IDLE, [prose.idle_line(facts[name]) for name in report.robust.idle]),
        (wording.UNUSED, _unused(report)),
    ]
    for _, items in (*above, *below):
        for item in items:
            words.note(item)
    return [_section(*each) for each in above], [_section(*each) for each in below]


def _facts(report: Report, prefix: str) -> Markup:
    """Every fact with its words and the rules that use it, linked both ways."""
    rows = []
    for fact in report.assessment.facts:
        here = prefix + fact.id
        name = element("a", fact.id, href=f"#{prefix}at-{fact.id}") if fact.spans else fact.id
        used: list[Content] = []
        for code in report.used[fact.id]:
            used += [", "] if used else []
            used.append(element("a", code, href=f"#{prefix}rule-{code}"))
        rows.append(element(
            "tr",
            element("td", name, class_="code"),
            element("td", prose.fact(fact, report.rated.memory.rungs.get(fact.id))),
            element("td", f"“{one_line(fact.quote)}”" if fact.quote else ""),
            element("td", used or wording.NO_RULE),
            id=f"{prefix}fact-{fact.id}", data_facts=here,
        ))  # fmt: skip
    head = element("thead", element("tr", [element("th", title, scope="col") for title in wording.FACT_COLUMNS]))
    return element("section", element("h2", wording.FACTS), element("table", head, element("tbody", rows)))


def _unused(report: Report) -> list[str]:
    source = report.assessment.announcement
    if source is None:
        return []
    return [prose.unused_line(one_line(source.text[start:end])) for start, end in report.robust.unused]


def _foot(report: Report) -> Markup:
    assessment, source = report.assessment, report.assessment.announcement
    lines = [prose.provenance(assessment), f"{assessment.pack.title}: {assessment.pack.digest}"]
    if source is not None:
        lines.append(f"{one_line(source.name)}: sha256:{source.sha256}")
    told = [element("p", line) for line in lines]
    return element("footer", element("h2", wording.SOURCE), told, element("p", prose.DISCLAIMER))


def _section(title: str, items: Sequence[str]) -> Markup:
    if not items:
        return joined(())
    return element("section", element("h2", title), element("ul", [element("li", item) for item in items]))


def _name(row: Row) -> str:
    if not isinstance(row, Assessment):
        return row[0]
    return row.announcement.name if row.announcement else wording.FACTS_GIVEN


@functools.cache
def _own(name: str) -> str:
    return (files("rules.render.html") / name).read_text("utf-8")


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
