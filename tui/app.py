"""The screen: wires the inbox, the places, the rater and the desk together."""

import gc
import os
from collections.abc import Iterable, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter, Monochrome
from textual.message import Message
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme
from textual.widget import Widget

from facts.errors import FactsError
from rules.errors import RulesError
from tui import themes
from tui.clerk import Clerk
from tui.commands import commands
from tui.desk import Desk
from tui.drafts import Drafts
from tui.factory import prepare, screen_for
from tui.filters import HighContrast, NoColour
from tui.memory import EVERY, Memory
from tui.messages import Go, Reported
from tui.navigation import Navigator
from tui.places import AssessmentPlace, EntryPlace, InboxPlace, LedgerPlace, Place, RulesPlace
from tui.rater import Finished, Rater
from tui.recovery import Recovery
from tui.returning import Return
from tui.screens.inbox import InboxScreen
from tui.tray import Tray
from tui.widgets.empty_inbox import EmptyInbox

if TYPE_CHECKING:
    from rules.assessment import Assessment


class CaveatApp(App[None]):
    """Announcements in, ratings and their proofs on the screen."""

    TITLE = "Caveat"
    CSS_PATH = "app.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "explain", "Help", id="screen.help"),
        Binding("f1", "explain", "Help", show=False, id="screen.help"),
        # In the footer, so that the mouse reaches every command; to leave is one of them.
        Binding("ctrl+p", "command_palette", "Commands", priority=True, id="screen.commands"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="screen.quit"),
        Binding("ctrl+o", "jump", "Jump to a pane", show=False, priority=True, id="screen.jump"),
        Binding("alt+left", "back", "Back", show=False, id="screen.back"),
        Binding("alt+right", "forward", "Forward", show=False, id="screen.forward"),
        Binding("I", "go_inbox", "Inbox", show=False, id="screen.inbox"),
        Binding("R", "go_rules", "Rules", show=False, id="screen.rules"),
        Binding("L", "go_ledger", "Ledger", show=False, id="screen.ledger"),
        Binding("y", "copy_text", "Copy as text", show=False, id="screen.copy"),
        Binding("Y", "copy_json", "Copy as JSON", show=False, id="screen.copy_json"),
        Binding("ctrl+s", "save", "Save to the ledger", show=False, id="screen.save"),
        Binding("ctrl+r", "report", "Save a report", show=False, id="screen.report"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, id="screen.suspend"),
    ]

    def __init__(
        self,
        sources: Sequence[str] = (),
        rater: Rater | None = None,
        samples: Path | None = None,
        desk: Desk | None = None,
        *,
        remember: bool = True,
        recover: bool = True,
    ) -> None:
        """Raises RulesError for a configuration that cannot stand.

        `remember` takes up the state of last time and leaves one; without `recover` an internal error is raised.
        """
        super().__init__()
        self.desk = desk or Desk()
        self.animation_level = "none"
        self._memory = Memory(remember)
        self._dress()
        self.drafts = Drafts(self._memory.state.drafts)
        self._sources = list(sources or self._memory.state.sources)
        self._samples = samples or Path(str(files("rules") / "samples"))
        alone = len(sources) == 1 and Path(sources[0]).is_file()
        self.tray = Tray(self.desk, rater)
        self.inbox = InboxScreen(self.tray, self._samples.is_dir(), open_first=alone)
        self.navigator = Navigator(self, self._memory, self.open_entry)
        self._return = Return(self.navigator, self._memory, elsewhere=bool(sources))
        self._clerk = Clerk(self, self.desk)
        rescue = partial(self.remember, failed=True)
        self._recovery = Recovery(self, self.navigator, rescue, self._renew_inbox) if recover else None
        self._up = False

    def _dress(self) -> None:
        """Our themes and keys, and no others."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.chosen(self.desk.config, self._memory.state.theme)
        for name in BUILTIN_THEMES:
            self.unregister_theme(name)
        if self.desk.config.keys:
            from tui.actions import actions
            from tui.keymap import keymap

            self.set_keymap(keymap(self.desk.config, actions(CaveatApp)))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """NO_COLOR means none, not greys; and what a theme promises is kept."""
        found = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        if self.no_color and os.environ.get("NO_COLOR"):
            return [*found, NoColour()]
        return [*found, HighContrast()] if self.theme in themes.HIGH_CONTRAST else found

    def on_mount(self) -> None:
        """Draw the inbox first; rate, and take up what was begun, after that."""
        self.push_screen(self.inbox)
        self._memory.take_up(InboxPlace(), self.inbox)
        if self._sources:
            self.tray.open(self._sources)
        if self._memory.complaint:
            self.notify(self._memory.complaint, title="Starting afresh", severity="warning", markup=False)
        if told := self.drafts.told():
            self.notify("\n".join(told), title="Half typed, and kept", markup=False)
        self.call_after_refresh(self._return.begin)
        self.set_interval(EVERY, self.remember)
        self.theme_changed_signal.subscribe(self, self._recolour)
        self.call_after_refresh(_settle)
        self.call_after_refresh(prepare)
        self._up = True

    def on_unmount(self) -> None:
        """Stop whatever is being rated."""
        self.tray.close()

    async def action_quit(self) -> None:
        """Remember what was begun, and leave."""
        self.remember()
        self.exit()

    def remember(self, failed: bool = False) -> None:
        """Take down where one is and what was begun; after something failed, as much of it as can be had."""
        self._memory.state.sources = [each if "://" in each else str(Path(each).absolute()) for each in self._sources]
        if complaint := self._memory.look(self.theme, self.navigator, self.inbox, failed):
            self.notify(complaint, title="What is open cannot be remembered", severity="warning", markup=False)

    def open_sources(self, sources: Sequence[str]) -> None:
        """Rate these files and folders after those that wait already."""
        if self.desk.sealed and list(sources) != [str(self._samples)]:
            self._clerk.refuse(RulesError("Not here", "neither paths nor addresses are opened from the browser"))
            return
        self._sources += [source for source in sources if source not in self._sources]
        self.tray.open(sources)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette, as `group: verb`."""
        return commands(self, screen)

    def on_reported(self, event: Reported) -> None:
        """Where one was last time is opened when it is rated."""
        if isinstance(event.report, Finished):
            self._return.rated(event.report)

    def on_inbox_screen_sources_wanted(self, event: InboxScreen.SourcesWanted) -> None:
        """Open what was typed or pasted."""
        self.open_sources(event.sources)

    def on_empty_inbox_samples_wanted(self, event: EmptyInbox.SamplesWanted) -> None:
        """Open the samples that come with Caveat."""
        self.open_sources([str(self._samples)])

    def go(self, place: Place) -> None:
        """Show a place; Escape and Alt+Left come back from it."""
        self.navigator.go(place)

    def on_go(self, event: Go) -> None:
        """Some widget wants a place to be shown."""
        self.go(event.place)

    def open_entry(self, place: EntryPlace) -> None:
        """Read a rating from the ledger in a thread, then show it."""
        self.run_worker(partial(self._read_entry, place), thread=True, group="entry", exclusive=True)

    async def action_back(self) -> None:
        """To what was looked at before."""
        self.navigator.back()

    def action_forward(self) -> None:
        """To what was looked at after this."""
        self.navigator.forward()

    def action_go_inbox(self) -> None:
        """To the inbox."""
        self.go(InboxPlace())

    def action_go_rules(self) -> None:
        """To the rules."""
        self.go(RulesPlace())

    def action_go_ledger(self) -> None:
        """To the ledger."""
        self.go(LedgerPlace())

    def action_copy_text(self) -> None:
        """The focused pane, else the screen, to the clipboard as text."""
        self._clerk.copy(as_json=False)

    def action_copy_json(self) -> None:
        """The same as JSON."""
        self._clerk.copy(as_json=True)

    def action_save(self) -> None:
        """What is rated here to the ledger."""
        self._clerk.save()

    def action_report(self) -> None:
        """What is rated here to a file."""
        self._clerk.report()

    def action_jump(self) -> None:
        """A letter over every pane of the screen in front; again, none."""
        from tui.screens.jump import JumpScreen, panes

        if isinstance(self.screen, JumpScreen):
            self.screen.dismiss()
        else:
            self.push_screen(JumpScreen(panes(self.screen)), self._jumped)

    def action_explain(self) -> None:
        """Help for the focused pane."""
        from tui.screens.help import HelpScreen, help_for

        if isinstance(self.screen, HelpScreen):
            return
        try:
            levels = list(self.desk.pack.settings.levels.values())
        except RulesError as error:
            self._clerk.refuse(error)
        else:
            self.push_screen(HelpScreen(help_for(self.screen), levels))

    def _recolour(self, _: Theme) -> None:
        from tui.recolour import recolour

        recolour([self.inbox, *(screen for _, screen in self.navigator.screens)])

    def _jumped(self, pane: Widget | None) -> None:
        if pane is not None:
            pane.focus()

    def _read_entry(self, place: EntryPlace) -> None:
        """In a thread: a rating from the ledger."""
        try:
            assessment = self.desk.assessment_of(place.id)
        except (RulesError, FactsError) as error:
            self._clerk.complain(error)
            self.call_from_thread(self.navigator.forget, place)
            return
        self.call_from_thread(self._show_entry, place, assessment)

    def _show_entry(self, place: EntryPlace, assessment: "Assessment") -> None:
        self.navigator.show(place, screen_for(AssessmentPlace(place.id, assessment)))

    def _renew_inbox(self) -> None:
        """A new inbox over the same rows, in the place of one that failed."""
        self.inbox = self.inbox.again()
        self._memory.take_up(InboxPlace(), self.inbox)
        self.switch_screen(self.inbox)

    async def _dispatch_message(self, message: Message) -> None:
        """An error in the program's own handlers and in actions must not stop it."""
        if isinstance(message, events.Key | events.MouseDown):
            self._return.stay()
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if self._recovery is None or not self._up:
                raise
            self._recovery.take(error, broken=False)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's last resort: the widget in which the error arose has stopped for good."""
        if self._recovery is None or not self._up:
            super()._handle_exception(error)
        else:
            self._recovery.take(error, broken=True)


def _settle() -> None:
    """Collect garbage again, which a cold start does without, but not among what is there: it stays to the end."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
