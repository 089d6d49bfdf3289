"""Theme scores as bars, drawn as SVG with numbers in words beside them."""

from rules.assessment import Assessment, Rated
from rules.explain.prose import bar_title
from rules.rating import plain
from rules.render.html.element import Markup, element

_LEFT, _WIDE, _ROW, _HIGH = 230, 400, 28, 16


def bars(assessment: Assessment, rated: Rated) -> Markup:
    """One bar a theme, with the cut points of the theme levels as broken lines."""
    themes = rated.rating.themes
    height = _ROW * len(themes) + 8
    rows = []
    for place, theme in enumerate(themes):
        top = 6 + place * _ROW
        name = assessment.pack.settings.themes[theme.code].name
        long = round(float(theme.score) * _WIDE / 100)
        rows += [
            element("text", name, x=0, y=top + 13),
            element("rect", class_="track", x=_LEFT, y=top, width=_WIDE, height=_HIGH),
            element("rect", class_="bar", x=_LEFT, y=top, width=long, height=_HIGH),
            element("text", f"{plain(theme.score)}, level {theme.level}, weighs {theme.weight}%", x=_LEFT + _WIDE + 10,
                    y=top + 13),
        ]  # fmt: skip
    for point in assessment.pack.settings.theme_cut_points:
        place_ = _LEFT + round(float(point) * _WIDE / 100)
        rows.append(element("line", class_="cut", x1=place_, x2=place_, y1=2, y2=height - 4))
    title = element("title", bar_title(assessment, rated))
    width = _LEFT + _WIDE + 190
    return element("svg", title, rows, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")
