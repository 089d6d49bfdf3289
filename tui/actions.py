"""Every action of the screen that has a key, by the id under which the configuration can give it another."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

_PACKAGES = ("tui.screens", "tui.panes", "tui.widgets")


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its id, its keys as they are by default, what it does, and the class of screen or pane it is for."""

    id: str
    keys: tuple[str, ...]
    says: str
    owner: type[DOMNode]
    show: bool

    @property
    def everywhere(self) -> bool:
        """Whether it belongs to the program, not to one screen or pane."""
        return issubclass(self.owner, App)


def actions(app: type[App[None]]) -> tuple[Action, ...]:
    """The actions of the program and of all its screens, panes and widgets; imports every one of them."""
    owners: list[type[DOMNode]] = [app]
    for package in _PACKAGES:
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            owners += _classes(module.name)
    return tuple(action for owner in owners for action in _own(owner))


def listing(app: type[App[None]]) -> str:
    """Every action that has an id: id, keys, what it does; one a line."""
    rows: dict[str, tuple[list[str], str]] = {}
    for action in actions(app):
        keys, _ = rows.setdefault(action.id, ([], action.says))
        keys += [key for key in action.keys if key not in keys]
    return "".join(f"{id:<28}{', '.join(keys):<40}{says}\n" for id, (keys, says) in sorted(rows.items()) if id)


def _classes(module: str) -> Iterator[type[DOMNode]]:
    """The widgets and screens that a module defines."""
    for _, found in getmembers(import_module(module), isclass):
        if issubclass(found, DOMNode) and found.__module__ == module:
            yield found


def _own(owner: type[DOMNode]) -> Iterator[Action]:
    for binding in owner.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding):
            keys = tuple(key.strip() for key in binding.key.split(","))
            yield Action(binding.id or "", keys, binding.description, owner, binding.show)
