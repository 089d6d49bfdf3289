"""Colours that readers with any colour vision can tell apart (after Okabe and Ito 2008), each with a second sign.

A colour never stands alone: levels have a number, a word and a shape, stances a text style.
"""

from collections.abc import Mapping

from rich.style import Style

from tui.evidence import Stance

#: Text styles of the stances, then their colours on dark and on light ground.
_STANCES: Mapping[Stance, tuple[str, str, str]] = {
    "affirmed": ("bold underline", "#56b4e9", "#005f9e"),
    "hedged": ("italic underline", "#e69f00", "#8a5a00"),
    "denied": ("bold italic", "#ff8a5c", "#8c2d04"),
    "backdrop": ("underline", "#a8b0b8", "#5a6068"),
}
_LEVELS: Mapping[int, tuple[str, str]] = {
    1: ("#56b4e9", "#005f9e"),
    2: ("#56b4e9", "#005f9e"),
    3: ("#f0e442", "#7d6b00"),
    4: ("#e69f00", "#8c2d04"),
    5: ("#ff8a5c", "#3f0050"),
}


def stance_style(stance: Stance, dark: bool) -> Style:
    """How words of a stance are drawn."""
    form, on_dark, on_light = _STANCES[stance]
    return Style.parse(f"{form} {on_dark if dark else on_light}")


def level_style(level: int | None, dark: bool) -> Style:
    """How a level is drawn; None is not rated."""
    if level is None:
        return Style(dim=True)
    on_dark, on_light = _LEVELS[level]
    return Style(bold=True, color=on_dark if dark else on_light)
