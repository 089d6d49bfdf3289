"""What can be done on every screen with what it shows: copy it, save it to the ledger, write a report."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from facts.errors import FactsError
from rules.errors import RulesError
from tui import report
from tui.desk import Desk
from tui.literal import one_line
from tui.messages import Recorded
from tui.offers import OnRecord, Rated, Worded
from tui.screens.report import ReportScreen

if TYPE_CHECKING:
    from rules.assessment import Assessment

_MOST_LINES = 3
_LONG = 10.0
#: Ratings on record that are read without a word.
_MANY = 50


class Clerk:
    """Does it, and says what was done or why not; the ledger and files are worked on in threads."""

    def __init__(self, app: App[None], desk: Desk) -> None:
        self._app = app
        self._desk = desk

    def copy(self, as_json: bool) -> None:
        """What the focused pane shows to the clipboard of the terminal, else what the screen shows."""
        worded = next((node for node in self._nodes() if isinstance(node, Worded)), None)
        if worded is None:
            self._say("There is nothing here to copy.", "Not copied")
            return
        text = worded.as_json() if as_json else worded.as_text()
        self._app.copy_to_clipboard(text)
        lines = len(text.splitlines())
        what = "JSON" if as_json else "text"
        self._say(f"{lines:,} line{'s' if lines != 1 else ''} as {what}, {len(text):,} characters", "Copied")

    def save(self) -> None:
        """The assessments of the screen to the ledger."""
        if found := self._rated():
            self._app.run_worker(lambda: self._record(found), thread=True, group="ledger", exit_on_error=False)
        elif self._entries():
            self._say("What is chosen is on record already.", "Nothing to save")
        else:
            self._say("There is no rating here to save; open or select one first.", "Nothing chosen")

    def report(self) -> None:
        """The assessments of the screen, and its ratings on record, to a file whose name is asked for."""
        found, entries = self._rated(), self._entries()
        if not found and not entries:
            self._say("There is no rating here to report on; open or select one first.", "Nothing chosen")
        elif self._desk.sealed:
            self.refuse(RulesError("Not here", "no files are written from the browser; copy with y instead"))
        else:
            count = len(found) + len(entries)
            # No `partial`: Textual writes its work out in words, and an assessment of a long text takes long to write.
            self._app.push_screen(
                ReportScreen(count, _name(found, entries)), lambda answer: self._written(found, entries, answer)
            )

    def complain(self, error: RulesError | FactsError) -> None:
        """Show an error that arose in a thread."""
        self._app.call_from_thread(self.refuse, error)

    def _written(self, found: "Sequence[Assessment]", entries: Sequence[str], answer: tuple[Path, bool] | None) -> None:
        if answer is None:
            return
        path, overwrite = answer
        if len(entries) > _MANY:
            self._say(f"{len(entries):,} ratings are read from the ledger; then it is written.", "Report")
        work = lambda: self._write(path, found, entries, overwrite)  # noqa: E731
        self._app.run_worker(work, thread=True, group="report", exit_on_error=False)

    def _write(self, path: Path, found: "Sequence[Assessment]", entries: Sequence[str], overwrite: bool) -> None:
        try:
            if entries:
                from tui.reread import WithRecord

                with self._desk.ledger() as ledger:
                    report.write(path, WithRecord(found, ledger, entries), overwrite)
            else:
                report.write(path, found, overwrite)
        except (RulesError, FactsError) as error:
            self.complain(error)
            return
        self._app.call_from_thread(self._say, str(path.absolute()), "Report written")

    def _record(self, found: "Sequence[Assessment]") -> None:
        try:
            lines = self._desk.save(found)
        except (RulesError, FactsError) as error:
            self.complain(error)
            return
        rest = len(lines) - _MOST_LINES
        told = "\n".join([*map(one_line, lines[:_MOST_LINES]), *([f"and {rest:,} more"] if rest > 0 else [])])
        self._app.call_from_thread(self._recorded, told)

    def _recorded(self, told: str) -> None:
        self._say(told, "Saved to the ledger")
        for screen in self._app.screen_stack:
            screen.post_message(Recorded())

    def _rated(self) -> "Sequence[Assessment]":
        return next((node.assessments() for node in self._nodes() if isinstance(node, Rated)), ())

    def _entries(self) -> Sequence[str]:
        return next((node.entries() for node in self._nodes() if isinstance(node, OnRecord)), ())

    def _nodes(self) -> list[object]:
        """The focused pane and what it stands in, then the screen."""
        focused = self._app.focused
        return [*(focused.ancestors_with_self if focused else ()), self._app.screen]

    def _say(self, what: str, title: str) -> None:
        self._app.notify(what, title=title, markup=False)

    def refuse(self, error: RulesError | FactsError) -> None:
        """Show an error."""
        self._app.notify(one_line(error.message), title=error.title, severity="error", markup=False, timeout=_LONG)


def _name(found: "Sequence[Assessment]", entries: Sequence[str]) -> str:
    """A name for the report: that of the one announcement, without what no file name should have."""
    if len(entries) == 1 and not found:
        return f"caveat-{entries[0]}.md"
    announcement = found[0].announcement if len(found) == 1 and not entries else None
    stem = Path(announcement.name).stem if announcement else "caveat-report"
    return "".join(letter if letter.isalnum() or letter in "-_ ." else "_" for letter in stem).strip() + ".md"
