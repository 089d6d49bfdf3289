"""The page of one rule: what it says, its conditions lit by an announcement, and where it is used."""

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from facts.errors import FactsError
from rules.assessment import Assessment
from rules.errors import RulesError
from rules.ledger.filter import Filter
from rules.ledger.ledger import Ledger
from rules.render.json import dumps
from tui.asking import AskingScreen, desk_of, looked_at, place_in_front
from tui.ledger_view import brief
from tui.messages import Go
from tui.offers import Command
from tui.places import EntryPlace, LedgerPlace, RulePlace
from tui.rule_page import Recorded, RulePage, Uses
from tui.widgets.details import Details
from tui.widgets.key_line import KeyLine
from tui.widgets.page_tree import PageTree
from tui.widgets.step_tree import StepTree

_NEWEST = 10


class RuleScreen(AskingScreen[None]):
    """The page is a tree: conditions with needed and found, rules and ratings that use it, examples, sources."""

    AUTO_FOCUS = "PageTree"

    #: Where there are few lines, the list has them.
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    RuleScreen #head {
        height: auto;
        max-height: 40%;
        padding: 0 1;
    }
    RuleScreen PageTree {
        height: 1fr;
    }
    RuleScreen Details {
        height: 6;
    }
    RuleScreen.-low Details {
        display: none;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", "Back", id="rule.leave"),
        Binding("enter", "choose", "Open", show=False, id="rule.open"),
        Binding("l", "in_ledger", "In the ledger", id="rule.ledger"),
        Binding("e", "expand", "Expand", id="rule.expand"),
        Binding("greater_than_sign", "beside(1)", "Next rule", show=False, id="rule.next"),
        Binding("less_than_sign", "beside(-1)", "Rule before", show=False, id="rule.before"),
    ]

    HELP: ClassVar[str] = (
        "The page of a rule. ✓ marks a condition that the announcement meets, ✗ one that it does not; what was needed "
        "and what was found stand below, whole. Open a condition to see each fact that came near. Enter on a rule, a "
        "rating or a fact goes there. < and > turn to the rule before and after. As text: caveat rules show CODE, "
        "caveat whynot SOURCE CODE, caveat ledger list --rule CODE."
    )

    def __init__(self, code: str, assessment: Assessment | None = None) -> None:
        super().__init__()
        self._code = code
        self._given = assessment
        self._page: RulePage | None = None

    def compose(self) -> ComposeResult:
        """Head, tree, details, keys."""
        yield Static(id="head")
        yield PageTree()
        yield Details("In words")
        yield KeyLine()

    @property
    def steps(self) -> PageTree:
        """The page."""
        return self.query_one(PageTree)

    def on_mount(self) -> None:
        """Show the page; then ask the ledger."""
        self._load(self._given or self._looked_at())

    def on_screen_resume(self) -> None:
        """Come back with another announcement, perhaps."""
        if self._page is None:
            return
        here = place_in_front(self.app)
        given = here.assessment if isinstance(here, RulePlace) and here.code == self._code else None
        if (wanted := given or self._looked_at()) is not self._page.given and wanted is not None:
            self._load(wanted)

    def on_step_tree_pointed(self, event: StepTree.Pointed) -> None:
        """Say it whole."""
        self.query_one(Details).show(Text(event.node.means))

    def on_step_tree_chosen(self, event: StepTree.Chosen) -> None:
        """Go to the rule, the rating, the ledger or the announcement that a step tells of."""
        what, _, which = event.node.id.partition(":")
        if what == "rule":
            self.post_message(Go(RulePlace(which, self._page.assessment if self._page else None)))
        elif what == "entry":
            self.post_message(Go(EntryPlace(which)))
        elif event.node.id in ("entries", "ledger"):
            self.action_in_ledger()
        elif what == "fact" and (found := looked_at(self.app)):
            self.post_message(Go(found.place))

    def action_choose(self) -> None:
        """What Enter does where the tree does not have the focus."""
        self.steps.action_select_cursor()

    def action_expand(self) -> None:
        """Open or close the highlighted step with all below it."""
        self.steps.action_expand()

    def action_in_ledger(self) -> None:
        """The ratings on record in which the rule holds."""
        self.post_message(Go(LedgerPlace(f"rule:{self._code}")))

    def action_beside(self, step: int) -> None:
        """Turn to the rule so many further on in the pack."""
        if self._page is not None:
            codes = list(self._page.pack.by_code)
            at = codes.index(self._page.rule.code) + step
            if 0 <= at < len(codes):
                self.post_message(Go(RulePlace(codes[at], self._page.assessment)))

    def commands(self) -> Iterable[Command]:
        """What the palette offers here."""
        yield "rule: ledger", "The ratings on record in which this rule holds", self.action_in_ledger
        yield "rule: next", "The next rule of the pack", lambda: self.action_beside(1)
        yield "rule: before", "The rule before", lambda: self.action_beside(-1)

    def as_text(self) -> str:
        """The whole page."""
        return self._page.as_text() if self._page else ""

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(self._page.as_data() if self._page else {}, indent=2)

    def _looked_at(self) -> Assessment | None:
        found = looked_at(self.app)
        return found.assessment if found else None

    def _load(self, assessment: Assessment | None) -> None:
        try:
            pack = assessment.pack if assessment else desk_of(self.app).pack
            if self._code not in pack.by_code:
                assessment, pack = None, desk_of(self.app).pack  # an old rating knows no newer rule
            page = RulePage(pack, self._code, assessment)
        except RulesError as error:
            self.query_one("#head", Static).update(Text(f"{error.title}: {error.message}"))
            return
        if self._page is not None and self._page.rule.code == page.rule.code:
            page.uses = self._page.uses
        self._page = page
        self._show()
        self.ask("uses", self._uses, self._used, self._unused)

    def _show(self) -> None:
        assert self._page is not None
        page = self._page
        head = Text(page.title, "bold").append(f"\n{page.facts_of}\n{page.says}\n", "not bold").append(page.lit_by)
        self.query_one("#head", Static).update(head)
        self.steps.show(page.tree())

    def _uses(self, ledger: Ledger) -> Uses:
        """In a thread: how often the rule is on record."""
        wanted = Filter(kind="rating", rule=self._code.upper())
        newest = [Recorded(each.seq, brief(each)) for each in ledger.entries(wanted, newest=True, limit=_NEWEST)]
        count = ledger.count(wanted) if len(newest) == _NEWEST else len(newest)
        return Uses(count, ledger.count(Filter(kind="rating")), tuple(newest))

    def _used(self, uses: Uses) -> None:
        if self._page is not None:
            self._page.uses = uses
            self._show()

    def _unused(self, error: RulesError | FactsError) -> None:
        told = "there is no ledger yet" if error.title == "No ledger" else f"{error.title}: {error.message}"
        self._used(Uses(problem=told))
