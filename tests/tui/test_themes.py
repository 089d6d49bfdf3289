"""Colours: enough contrast on every ground, and told apart with every colour vision."""

import itertools

import pytest
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from rules.config import Config
from rules.errors import RulesError
from tests.tui.example import overture, refuted
from tests.tui.vision import VISIONS, difference
from tests.tui.walk import LARGE, SMALL, Walk, finished, rows, screen_of, shown, until
from tui.evidence import STANCES
from tui.filters import CONTRAST, HighContrast, NoColour, contrast
from tui.palette import level_style, stance_style
from tui.themes import HIGH_CONTRAST, NAMES, THEMES, chosen

#: WCAG 2.2, success criterion 1.4.3 (AA).
LEAST = 4.5
#: In CIELAB; about two is the least that can be seen at all.
APART = 11.0


def colours(dark: bool) -> list[str]:
    styles = [level_style(level, dark) for level in (2, 3, 4, 5)]
    return [style.color.name for style in styles if style.color]


@pytest.mark.parametrize("theme", THEMES, ids=NAMES)
def test_levels_and_stances_can_be_read_on_every_ground(theme: Theme) -> None:
    stances = [style.color.name for stance in STANCES if (style := stance_style(stance, theme.dark)).color]
    grounds = [ground for ground in (theme.background, theme.surface, theme.panel) if ground]

    for ink, ground in itertools.product([*colours(theme.dark), *stances, theme.primary, theme.error or ""], grounds):
        assert contrast(Color.parse(ink), Color.parse(ground)) >= LEAST, (ink, ground)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("vision", VISIONS)
def test_levels_are_told_apart_with_every_colour_vision(vision: str, dark: bool) -> None:
    for one, other in itertools.combinations(colours(dark), 2):
        assert difference(Color.parse(one), Color.parse(other), vision) >= APART, (one, other)


def test_a_level_has_its_weight_and_a_stance_its_form_without_any_colour() -> None:
    forms = {stance_style(stance, True).without_color for stance in STANCES}

    assert len(forms) == len(STANCES)
    assert level_style(5, True).bold


@pytest.mark.parametrize("name", sorted(HIGH_CONTRAST))
@pytest.mark.parametrize("style", ["#56b4e9", "#777777 dim", "#1d2126", "reverse #444444", "#8a5a00 on #56b4e9", "dim"])
def test_high_contrast_is_seven_to_one_whatever_is_drawn(name: str, style: str) -> None:
    theme = next(each for each in THEMES if each.name == name)
    ground = Color.parse(theme.background or "")

    (drawn,) = HighContrast().apply([Segment("x", Style.parse(style))], ground)

    assert drawn.style
    assert drawn.style.color
    assert drawn.style.bgcolor
    assert not drawn.style.dim
    pair = (Color.from_rich_color(drawn.style.color), Color.from_rich_color(drawn.style.bgcolor))
    assert contrast(*pair) >= CONTRAST


def test_no_colour_takes_all_colours_and_reverses_what_stood_out_by_its_ground() -> None:
    ground = Color.parse("#14171a")
    plain, cursor = NoColour().apply(
        [Segment("x", Style.parse("bold #56b4e9 on #14171a")), Segment("y", Style.parse("#14171a on #56b4e9"))], ground
    )

    default = RichColor.parse("default")
    assert plain.style == Style(bold=True, color=default, bgcolor=default)
    assert cursor.style == Style(reverse=True, color=default, bgcolor=default)


def test_the_theme_is_that_of_the_configuration_then_that_of_last_time() -> None:
    assert chosen(Config(theme="caveat-light"), "high-contrast-dark") == "caveat-light"
    assert chosen(Config(), "high-contrast-dark") == "high-contrast-dark"
    assert chosen(Config(), "nord") == "caveat-dark"
    with pytest.raises(RulesError, match="no theme 'caveat-lihgt'; did you mean 'caveat-light'"):
        chosen(Config(theme="caveat-lihgt"), "")


async def test_what_is_on_the_screen_takes_the_colours_of_a_new_theme() -> None:
    dark = {style.color.name for stance in STANCES if (style := stance_style(stance, True)).color} | set(colours(True))
    async with screen_of(*finished(overture(), refuted())).run_test(size=LARGE) as walk:
        await rows(walk, 2)
        await walk.press("down", "enter", "e")
        assert drawn(walk) & dark
        walk.app.theme = "caveat-light"
        await until(walk, lambda: not drawn(walk) & dark)
        await walk.press("escape")
        await until(walk, lambda: not drawn(walk) & dark)


def drawn(walk: Walk) -> set[str]:
    """The colours of all text on the screen."""
    segments = [segment for strip in walk.app.screen._compositor.render_strips() for segment in strip]
    return {each.style.color.name for each in segments if each.text.strip() and each.style and each.style.color}


async def test_no_colour_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with screen_of(*finished(overture())).run_test(size=SMALL) as walk:
        await until(walk, lambda: "overture.txt" in shown(walk))
        await walk.pause()
        strips = walk.app.screen._compositor.render_strips()
        styles = [segment.style for strip in strips for segment in strip if segment.style]
        colours = [colour for style in styles for colour in (style.color, style.bgcolor) if colour]
        assert all(colour.is_default for colour in colours)
        assert any(style.reverse for style in styles)
