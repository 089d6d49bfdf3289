"""Tags to paragraphs, by html.parser alone: for fragments of feeds and pages too small for article extraction."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

#: What is never shown, or is not the page's text; their content is left out, other than `title` within `head`.
_UNSEEN = {"script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head", "select", "textarea"}
_FURNITURE = {"nav", "footer", "aside", "form", "button"}
_BLOCKS = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main"),
    *("ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul", "br"),
}
_CELLS = {"td", "th"}
#: These end with their tag and hold nothing: an end tag never comes.
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: These need no end tag, so a missing one says nothing about depth.
_UNNESTED = {*_VOID, "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead", "tfoot"}
_BLANKS = re.compile(r"[^\S\u00a0]+")


class Stripped(NamedTuple):
    """Paragraphs with a blank line between them, the title ("" without one), and how deep elements nest at most."""

    text: str
    title: str
    depth: int


class _Stripper(HTMLParser):
    """Collects paragraphs. A counter per hidden element, not a stack: depth costs nothing."""

    def __init__(self, left_out: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.title = ""
        self._left_out = left_out
        self._pieces: list[str] = []
        self._hidden: str | None = None
        self._hides = 0
        self._open = 0
        self.deepest = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or the hidden part of the page. A body ends a head that nobody closed."""
        if tag == "body" and self._hidden == "head":
            self._hidden = None
        if tag == "title" and not self.title:
            self._in_title = True
        if self._hidden is not None:
            self._hides += tag == self._hidden
        elif tag in self._left_out and tag not in _VOID:
            self._hidden, self._hides = tag, 1
        if tag not in _UNNESTED:
            self._open += 1
            self.deepest = max(self.deepest, self._open)
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content hides nothing."""
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a block, or the hidden part."""
        self._in_title = self._in_title and tag != "title"
        if tag == self._hidden:
            self._hides -= 1
            self._hidden = self._hidden if self._hides else None
        if tag not in _UNNESTED:
            self._open = max(0, self._open - 1)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Text counts where it is seen."""
        if self._in_title:
            self.title += data
        elif self._hidden is None:
            self._pieces.append(data)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_paragraph()
        elif tag in _CELLS:
            self._pieces.append(" ")

    def end_paragraph(self) -> None:
        """Close the paragraph that is open."""
        if text := _BLANKS.sub(" ", "".join(self._pieces)).strip():
            self.paragraphs.append(text)
        self._pieces.clear()


def strip_tags(html: str, furniture: bool = False) -> Stripped:
    """The text of a page or fragment.

    Menus, footers, side columns and forms are left out unless `furniture` is asked for. Raises nothing: html.parser
    takes any text.
    """
    stripper = _Stripper(_UNSEEN if furniture else _UNSEEN | _FURNITURE)
    stripper.feed(html)
    stripper.close()
    stripper.end_paragraph()
    title = _BLANKS.sub(" ", stripper.title).strip()
    return Stripped("\n\n".join(stripper.paragraphs), title, stripper.deepest)
