"""WHY NOT: why the level is not another, and why a rule does not hold, condition by condition."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Tree

from rules.explain.node import Node as Step
from rules.explain.whynot import whynot_level, whynot_rule
from rules.render.json import dumps
from rules.render.style import Style
from rules.render.tree import tree
from tui.node import Node
from tui.obstacles import Obstacles
from tui.offers import Command
from tui.panes.pane import Pane, Told
from tui.session import Session
from tui.widgets.delivered import Delivered
from tui.widgets.step_tree import StepTree

_LEVEL = "level "


class WhyNotPane(Pane):
    """Levels first, then the rules that do not hold, the nearest first."""

    NAME: ClassVar[str] = "Why not"
    KEYS: ClassVar[str] = "→ opens · / filters the rules · r rule page"
    HELP: ClassVar[str] = (
        "Why not: what keeps the rating from another level, with the smallest change that gives it, and why a rule "
        "does not hold: every condition with what was needed and what was found, ✓ met, ✗ not met. / filters the rules."
    )

    DEFAULT_CSS = """
    WhyNotPane Input {
        display: none;
    }
    WhyNotPane.-filtered Input {
        display: block;
    }
    WhyNotPane StepTree {
        height: 1fr;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Prior, so that what is typed right behind it goes to the filter.
        Binding("slash", "filter", "Filter the rules", show=False, priority=True, id="whynot.filter"),
        Binding("escape", "unfilter", "Show all rules again", show=False, id="whynot.unfilter"),
    ]

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        super().__init__(session, changed, told)
        self._obstacles = Obstacles(session.current)

    def compose(self) -> ComposeResult:
        """The filter, and the tree."""
        yield Input(placeholder="code or words of a rule", compact=True)
        steps = StepTree(self._obstacles.root())
        steps.stand_open()
        steps.listener = self.point
        yield steps

    @property
    def steps(self) -> StepTree:
        """The tree."""
        return self.query_one(StepTree)

    @property
    def first(self) -> Widget:
        """The tree takes the focus."""
        return self.steps

    def tell(self) -> None:
        """The step under the cursor."""
        self.steps.tell()

    def offers(self) -> Iterable[Command]:
        """Its keys."""
        yield "why not: filter", "Filter the rules by code or words", self.action_filter
        yield "why not: all rules", "Take the filter away", self.action_unfilter

    def follow(self) -> None:
        """The obstacles of the rating as it is now."""
        if self._obstacles.assessment is not self.session.current:
            self._obstacles = Obstacles(self.session.current)
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape takes the filter away only where there is one, else it goes back; in the filter a slash is typed."""
        if action == "filter":
            return not isinstance(self.screen.focused, Input)
        return self.has_class("-filtered") if action == "unfilter" else True

    def action_filter(self) -> None:
        """Type a filter."""
        self.add_class("-filtered")
        self.screen.set_focus(self.query_one(Input))

    def action_unfilter(self) -> None:
        """No filter."""
        self.remove_class("-filtered")
        self.query_one(Input).value = ""
        self.steps.focus()

    @on(Input.Changed)
    def _filtered(self, event: Input.Changed) -> None:
        self._show()

    @on(Input.Submitted)
    def _settled(self, event: Input.Submitted) -> None:
        self.steps.focus()

    @on(Tree.NodeExpanded)
    def _look_into(self, event: Tree.NodeExpanded[Node]) -> None:
        """A level that takes longer is looked into in a thread."""
        name = event.node.data.id if event.node.data else ""
        if name.startswith(_LEVEL) and not self._obstacles.known(level := int(name.removeprefix(_LEVEL))):
            obstacles = self._obstacles
            self.run_worker(lambda: self._search(obstacles, level), group="whynot", exclusive=True, thread=True)

    def _search(self, obstacles: Obstacles, level: int) -> None:
        obstacles.look_into(level)
        self.post_message(Delivered(lambda: self._found(obstacles)))

    def _found(self, obstacles: Obstacles) -> None:
        if obstacles is self._obstacles and self.is_attached:
            self._show()

    def _show(self) -> None:
        query = self.query_one(Input).value
        self.steps.show(self._obstacles.root(query))
        if query:
            self.steps.root.children[0].expand()

    # Copied.

    def as_text(self) -> str:
        """What `caveat whynot` prints of the highlighted rule or level."""
        told = self._told()
        return tree(told, Style()) if told else ""

    def as_json(self) -> str:
        """The same as JSON."""
        told = self._told()
        return dumps(told.to_json() if told else None, indent=2)

    def _told(self) -> Step | None:
        """The level or rule that is highlighted, or that the highlighted step belongs to."""
        assessment = self._obstacles.assessment
        for node in self.steps.above:
            if node.rule:
                return whynot_rule(assessment, node.rule)
            if node.id.startswith(_LEVEL):
                return whynot_level(assessment, int(node.id.removeprefix(_LEVEL)))
        return None
