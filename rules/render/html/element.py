"""HTML, element by element. Whatever is not an element is text from outside and is escaped."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

from facts.text.visible import visible

_VOID = ("meta", "br")


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of finished HTML. Only this module makes one."""

    text: str

    def __str__(self) -> str:
        return self.text


Content = Markup | str | Iterable["Content"]


def element(tag: str, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """An element; `class_` is class and `data_facts` data-facts; None and False leave an attribute out."""
    told = "".join(
        f" {_name(name)}" if value is True else f' {_name(name)}="{escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{tag}{told}>" if tag in _VOID else f"<{tag}{told}>{joined(content)}</{tag}>")


def joined(content: Iterable[Content]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(_piece(piece) for piece in content))


def escaped(text: str) -> str:
    """Text that stays text: control signs shown, what HTML reads escaped."""
    return html.escape(visible(text), quote=True)


def raw(tag: str, content: str, **attributes: str) -> Markup:
    """A style or script element with content of our own, which must not be escaped."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return Markup(f"<{tag}{told}>{content}</{tag}>")


def _piece(piece: Content) -> str:
    if isinstance(piece, Markup):
        return piece.text
    return escaped(piece) if isinstance(piece, str) else joined(piece).text


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
