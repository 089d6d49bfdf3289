"""The keys of the configuration, checked against the actions there are."""

import unicodedata
from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.keys import ASCII_KEY_NAMES, KEY_NAME_REPLACEMENTS, KEY_TO_UNICODE_NAME, Keys
from textual.screen import ModalScreen

from rules.config import Config, choice
from tui.actions import Action

_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
#: Names of keys that are no single characters: "enter", "f1", "question_mark" …
_NAMES = frozenset(
    {each.value for each in Keys if each.value.isalnum()}
    | set(KEY_TO_UNICODE_NAME)
    | set(KEY_NAME_REPLACEMENTS.values())
    | set(ASCII_KEY_NAMES.values())
    | {"space"}
)
_LISTED = "`caveat tui --keys` lists them all"
_HOW = 'write a letter ("f"), a name ("f2", "enter", "slash") or both with "ctrl+", "alt+" or "shift+", comma between'


def keymap(config: Config, actions: Sequence[Action]) -> Mapping[str, str]:
    """Keys by action id, for `App.set_keymap`. Raises RulesError naming file, line, action and remedy."""
    known = {action.id for action in actions if action.id}
    for name, keys in config.keys.items():
        place = f"keys.{name}"
        if name not in known:
            raise config.error(place, f"no action {name!r}; {choice(name, sorted(known))} {_LISTED}")
        if wrong := [key.strip() for key in keys.split(",") if not is_key(key.strip())]:
            raise config.error(place, f"{wrong[0]!r} is no key; {_HOW}")
    for name, keys in config.keys.items():
        for action in actions:
            if action.id == name and (taken := _taken(action, normal(keys), actions, config.keys)):
                other, key = taken
                remedy = f"give {other.id} another key, too, or choose another here"
                raise config.error(f"keys.{name}", f"{key!r} is the key of {other.id} ({other.says}); {remedy}")
    return dict(config.keys)


def normal(keys: str) -> frozenset[str]:
    """Keys with a comma between, by their full names: "?" is "question_mark"."""
    return frozenset(each.key for each in Binding.make_bindings([Binding(keys, "none")]))


def is_key(key: str) -> bool:
    """Whether a terminal could send it: a character or a name, modifiers before it."""
    *modifiers, name = key.split("+")
    if len(name) == 1:
        return all(each in _MODIFIERS for each in modifiers) and (not modifiers or name.isalnum())
    return (name in _NAMES or _is_character(name)) and all(each in _MODIFIERS for each in modifiers)


def _is_character(name: str) -> bool:
    """Whether it is the name of a character, as Textual writes it: "comma", "exclamation_mark"."""
    spelt = name.replace("_", " ").upper()
    try:
        return unicodedata.name(unicodedata.lookup(spelt), "") == spelt  # not an alias: FF is a form feed
    except KeyError:
        return False


def _together(one: Action, other: Action) -> bool:
    """Whether both can be meant by a key at the same time: over a modal screen nothing else can."""
    if one.owner is other.owner:
        return True
    modal = issubclass(one.owner, ModalScreen) or issubclass(other.owner, ModalScreen)
    return (one.everywhere or other.everywhere) and not modal


def _taken(
    action: Action, wanted: frozenset[str], actions: Sequence[Action], given: Mapping[str, str]
) -> tuple[Action, str] | None:
    """Another action that has one of these keys where this one is to have it."""
    for other in actions:
        if other.id == action.id or not _together(action, other):
            continue
        has = normal(given[other.id]) if other.id in given else frozenset(other.keys)
        if both := wanted & has:
            return other, min(both)
    return None
