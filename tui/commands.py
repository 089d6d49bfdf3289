"""The command palette: what the screen in front and its panes offer, then what can be done everywhere."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.markup import escape
from textual.app import SystemCommand
from textual.screen import Screen

from tui.literal import one_line
from tui.offers import Commanded
from tui.places import named

if TYPE_CHECKING:
    from tui.app import CaveatApp

Deed = Callable[[], object]


def commands(app: "CaveatApp", screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every command once, as `group: verb`."""
    offered = [screen, *screen.query("*")]
    found: dict[str, tuple[str, Deed]] = {}
    for each in offered:
        for name, says, deed in each.commands() if isinstance(each, Commanded) else ():
            found.setdefault(name, (says, deed))
    for name, (says, deed) in (dict(_everywhere(app)) | found).items():
        yield SystemCommand(escape(name), escape(says), deed)  # the palette reads markup


def _everywhere(app: "CaveatApp") -> Iterator[tuple[str, tuple[str, Deed]]]:
    yield "inbox: open", ("Open a file, a folder or an address", app.inbox.action_ask_path)
    yield "go: inbox", ("All announcements", app.action_go_inbox)
    yield "go: rules", ("The rules of the pack", app.action_go_rules)
    yield "go: ledger", ("The ratings on record", app.action_go_ledger)
    history = app.navigator.history
    if history.behind is not None:
        yield "go: back", (f"To {one_line(named(history.behind))}", app.action_back)
    if history.ahead is not None:
        yield "go: forward", (f"To {one_line(named(history.ahead))}", app.action_forward)
    yield "ledger: save", ("Put the rating on record", app.action_save)
    yield "report: save", ("Write the rating to a file", app.action_report)
    yield "copy: text", ("What the focused pane shows, to the clipboard", app.action_copy_text)
    yield "copy: JSON", ("The same as JSON", app.action_copy_json)
    yield "screen: help", ("Keys of the focused pane, levels and signs", app.action_explain)
    yield "screen: jump", ("A letter over every pane", app.action_jump)
    yield "screen: theme", ("Change the colours; two themes have high contrast", app.action_change_theme)
    yield "screen: quit", ("Leave Caveat; it opens here again", app.action_quit)
