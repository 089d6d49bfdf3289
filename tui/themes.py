"""The themes: blue against orange, told apart with any colour vision; two promise high contrast."""

from collections.abc import Collection

from textual.theme import Theme

from rules.config import Config, choice

DEFAULT = "caveat-dark"
#: Themes whose every text has a contrast of seven to one: `tui.filters.HighContrast` sees to it.
HIGH_CONTRAST = frozenset({"high-contrast-dark", "high-contrast-light"})


def _dark(name: str, ground: tuple[str, str, str], text: str | None = None) -> Theme:
    background, surface, panel = ground
    return Theme(
        name, primary="#56b4e9", secondary="#a8b0b8", accent="#e69f00", warning="#e69f00", error="#ff8a5c",
        success="#56b4e9", foreground=text, background=background, surface=surface, panel=panel,
    )  # fmt: skip


def _light(name: str, ground: tuple[str, str, str], text: str | None = None) -> Theme:
    background, surface, panel = ground
    return Theme(
        name, primary="#005f9e", secondary="#5a6068", accent="#8a5a00", warning="#8a5a00", error="#8c2d04",
        success="#005f9e", foreground=text, background=background, surface=surface, panel=panel, dark=False,
    )  # fmt: skip


THEMES = (
    _dark("caveat-dark", ("#14171a", "#1d2126", "#262b31")),
    _light("caveat-light", ("#ffffff", "#f6f7f8", "#eceef0")),
    _dark("high-contrast-dark", ("#000000", "#000000", "#000000"), "#ffffff"),
    _light("high-contrast-light", ("#ffffff", "#ffffff", "#ffffff"), "#000000"),
)
NAMES = tuple(theme.name for theme in THEMES)


def chosen(config: Config, last: str, known: Collection[str] = NAMES) -> str:
    """The theme of the configuration, else the one of last time. Raises RulesError naming those there are."""
    if config.theme and config.theme not in known:
        raise config.error("theme", f"no theme {config.theme!r}; {choice(config.theme, known)}")
    return config.theme or (last if last in known else DEFAULT)
