"""DISTANCE: the smallest changes that move the level, as things to watch for; Enter applies one."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from rules.assessment import Assessment
from rules.explain.distance import Distance
from rules.render.json import dumps
from rules.render.style import Style
from rules.render.ways import ways
from tui.offers import Command
from tui.panes.pane import Pane, Told
from tui.session import Session
from tui.ways import Line, SearchStoppedError, in_words, lines, quick, search
from tui.widgets.delivered import Delivered
from tui.widgets.options import Options

_DEEP = 3


class _Ways(Options):
    """Tells at once what is highlighted, so that what that shows is painted together with the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Apply the changes, as a what-if", show=False, id="distance.apply"),
    ]

    def __init__(self, told: Callable[[], None]) -> None:
        super().__init__(markup=False, compact=True)
        self._told = told

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Tell it."""
        super().watch_highlighted(highlighted)
        if self.is_attached:
            self._told()


class DistancePane(Pane):
    """What lowers and what raises the level."""

    NAME: ClassVar[str] = "Distance"
    KEYS: ClassVar[str] = "the smallest changes · Enter applies · u undoes · 3 sets of three"
    HELP: ClassVar[str] = (
        "Distance: all smallest sets of changes that move the level, found by trying every one. “Could be learnt” may "
        "be so already and is not stated; “the reading may be wrong” doubts a fact that was read. Enter applies the "
        "highlighted set as a what-if; u takes it back."
    )

    DEFAULT_CSS = """
    DistancePane OptionList {
        height: 1fr;
        border: none;
        padding: 0;
        background: $background;
    }
    DistancePane OptionList.-textual-compact > .option-list--option {
        padding: 0 1;
    }
    DistancePane OptionList > .option-list--option-disabled {
        color: $foreground;
    }
    DistancePane Static {
        height: auto;
        padding: 0 1;
        display: none;
    }
    DistancePane.-searching Static {
        display: block;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("3", "deep", "Sets of three changes, too", show=False, id="distance.deep"),
        Binding("escape", "stop", "Stop the search", show=False, id="distance.stop"),
    ]

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        super().__init__(session, changed, told)
        self._of: Assessment | None = None
        self._most = 2
        self._found: Distance | None = None
        self._lines: tuple[Line, ...] = ()

    def compose(self) -> ComposeResult:
        """The progress of a search, and the list."""
        yield Static()
        yield _Ways(self.tell)

    @property
    def first(self) -> Widget:
        """The list takes the focus."""
        return self.query_one(OptionList)

    def offers(self) -> Iterable[Command]:
        """Its keys."""
        yield "distance: three", "Search sets of three changes, too", self.action_deep

    def follow(self) -> None:
        """The smallest changes to the rating as it is now."""
        if self._of is not self.session.current:
            self._of, self._most, self._found, self._lines = self.session.current, 2, None, ()
            self.query_one(OptionList).clear_options()
            self._begin(2)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape stops a search only where there is one; else it goes back."""
        return self.has_class("-searching") if action == "stop" else True

    def action_deep(self) -> None:
        """Search sets of three, too."""
        self._begin(_DEEP)

    def action_stop(self) -> None:
        """Stop the search."""
        self.workers.cancel_node(self)
        self.remove_class("-searching")

    def _begin(self, size: int) -> None:
        assert self._of is not None
        if quick(self._of, size):
            self._take(self.session.ways, self._of)
            return
        self.add_class("-searching")
        self._tell(size, 0, 0)
        of = self._of
        # Not a partial: Textual names a worker by its repr, and that of an assessment is as long as the announcement.
        self.run_worker(lambda: self._search(of, size), group="distance", exclusive=True, thread=True)

    def _search(self, assessment: Assessment, size: int) -> None:
        """In a thread."""
        worker = get_current_worker()

        def told(count: int, every: int) -> None:
            if worker.is_cancelled:
                raise SearchStoppedError
            self.post_message(Delivered(lambda: self._tell(size, count, every)))

        try:
            found = search(assessment, size, told)
        except SearchStoppedError:
            return
        if not worker.is_cancelled:
            self.post_message(Delivered(lambda: self._take(found, assessment)))

    def _tell(self, size: int, count: int, every: int) -> None:
        far = f"{count:,} of at most {every:,}, {100 * count // every} %" if every else "…"
        self.query_one(Static).update(Text(f"Trying sets of up to {size} changes: {far}. Escape stops."))

    def _take(self, found: Distance, assessment: Assessment) -> None:
        if assessment is not self._of:
            return
        self._found, self._lines = found, tuple(lines(found))
        self.remove_class("-searching")
        listed = self.query_one(OptionList)
        options = [
            Option(Text(line.text, "bold" if line.head else ""), disabled=line.way is None) for line in self._lines
        ]
        listed.set_options(options)
        listed.highlighted = next((at for at, option in enumerate(options) if not option.disabled), None)

    def tell(self) -> None:
        """The highlighted set: what it changes, and the words of the facts that it changes."""
        at = self.query_one(OptionList).highlighted
        way = self._lines[at].way if at is not None and at < len(self._lines) else None
        if way is None:
            self.told("\n".join(line.text for line in self._lines), ())
            return
        gone = {name for part in way.parts for name in part.removes}
        spans = tuple(span for fact in self.session.facts if fact.id in gone for span in fact.spans)
        self.told(in_words(way), spans)

    @on(OptionList.OptionSelected)
    def _apply(self, event: OptionList.OptionSelected) -> None:
        """Make the change, as a what-if."""
        event.stop()
        way = self._lines[event.option_index].way
        if way is not None:
            self.session.apply(way.parts)
            self.changed()

    # Copied.

    def as_text(self) -> str:
        """What `caveat distance` prints."""
        return ways(self._found, Style(), all_ways=True) if self._found else ""

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(self._found.to_json() if self._found else None, indent=2)
