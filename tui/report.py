"""Reports written from the screen: the same as `caveat rate --format`, the form chosen by the file's ending."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rules.errors import RulesError

if TYPE_CHECKING:
    from rules.assessment import Assessment

#: Endings, and what each form is good for.
FORMS = {
    ".md": "Markdown, for a wiki or an editor",
    ".html": "one page for a browser, the announcement marked",
    ".txt": "plain text",
    ".json": "for programs",
    ".jsonl": "for programs, one announcement a line",
    ".csv": "for a spreadsheet, one announcement a row",
}


def form_of(path: Path) -> str:
    """The ending of a path. Raises RulesError naming those there are."""
    if path.suffix.lower() not in FORMS:
        raise RulesError("Unknown form", f"{path.name}: end the name in {', '.join(FORMS)}")
    return path.suffix.lower()


def write(path: Path, assessments: "Sequence[Assessment]", overwrite: bool = False) -> None:
    """Write the report of these assessments. Raises RulesError; an existing file stays unless `overwrite`."""
    text = rendered(form_of(path), assessments)
    try:
        with path.open("w" if overwrite else "x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.write(text)
    except FileExistsError:
        raise RulesError("It exists", f"{path}: choose another name, or overwrite it") from None
    except OSError as error:
        raise RulesError("Cannot write", f"{path}: {error.strerror or error}; choose another place") from None


def rendered(form: str, assessments: "Sequence[Assessment]") -> str:
    """The report as text; each form is imported when it is asked for."""
    if form == ".md":
        from rules.render.md import markdown

        return markdown(assessments)
    if form == ".html":
        from rules.render.html.page import page

        return page(assessments)
    if form == ".txt":
        from rules.render.style import Style
        from rules.render.text import text

        return "\n".join(text(each, Style(False), "explain") for each in assessments)
    stream = io.StringIO(newline="")
    if form == ".csv":
        from rules.render.csv import write_csv

        write_csv(assessments, stream)
    else:
        from rules.render.json import write_json

        write_json((each.to_json() for each in assessments), stream, lines=form == ".jsonl")
    return stream.getvalue()
