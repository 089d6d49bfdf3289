"""One assessment: the rating, the themes, the text with its evidence, and the proof."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer, Tree

from rules.assessment import Assessment
from tui.evidence import STANCES, Mark, Stance, marks
from tui.node import Node
from tui.proof import proof
from tui.view import bars, header
from tui.widgets.announcement_text import AnnouncementText
from tui.widgets.details import Details
from tui.widgets.proof_tree import ProofTree
from tui.widgets.rating_header import RatingHeader
from tui.widgets.theme_bars import ThemeBars

#: What is drawn in an announcement that is not rated.
_DECIDED: dict[Stance, str] = {"backdrop": "words that decided"}
_NO_TEXT = "There is no text: these facts were given by hand."


class AssessmentScreen(Screen[None]):
    """Highlighting a step of the proof shows its sentence in the text."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  (the base class declares it so)

    DEFAULT_CSS = """
    AssessmentScreen #panes {
        height: 1fr;
    }
    AssessmentScreen ProofTree, AssessmentScreen AnnouncementText {
        width: 1fr;
        height: 1fr;
    }
    AssessmentScreen.-narrow ProofTree:focus, AssessmentScreen.-narrow AnnouncementText:focus {
        height: 2fr;
    }
    AssessmentScreen.-wide #panes {
        layout: horizontal;
    }
    AssessmentScreen.-wide Details {
        height: 6;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.back", "Back"),
        Binding("w", "why", "Why"),
        Binding("s", "sentence", "Sentence"),
        Binding("e", "expand", "Expand"),
        Binding("tab", "app.focus_next", "Next pane"),
    ]

    HELP = (
        "The tree says why: floors first, then the themes with the rules that fired, each down to the sentence. "
        "“absent” is something that was looked for and is not there. Highlight a step to see its sentence in the "
        "text. Bars run from 0 to 100, a higher score being more reason for caution."
    )

    def __init__(self, assessment: Assessment) -> None:
        super().__init__()
        self.assessment = assessment

    def compose(self) -> ComposeResult:
        """Header, bars, proof beside (or above) the text, details, keys."""
        head = header(self.assessment)
        announcement = self.assessment.announcement
        yield RatingHeader(head)
        if themes := bars(self.assessment):
            yield ThemeBars(themes)
        with Container(id="panes"):
            yield ProofTree(proof(self.assessment))
            text, legend = announcement.text if announcement else _NO_TEXT, STANCES if themes else _DECIDED
            yield AnnouncementText(head.name, text, self._marks(), legend)
        yield Details(f"In words · rules {head.pack} · {head.engines}")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin with the reasons."""
        self.query_one(ProofTree).focus()

    def _marks(self) -> tuple[Mark, ...]:
        if self.assessment.rated is None and self.assessment.scope:
            return tuple(Mark(*span, "backdrop") for span in sorted(set(self.assessment.scope.words)))
        return marks(self.assessment.facts) if self.assessment.announcement else ()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Node]) -> None:
        """Say what the step means, and show its words."""
        if (node := event.node.data) is None:
            return
        self.query_one(Details).show(node.means)
        self.query_one(AnnouncementText).mark(node.spans if self.assessment.announcement else ())

    def action_why(self) -> None:
        """To the proof."""
        self.query_one(ProofTree).focus()

    def action_sentence(self) -> None:
        """To the sentence of the highlighted step."""
        text = self.query_one(AnnouncementText)
        if not text.marked:
            self.query_one(Details).show("This step rests on no words of the text. w goes back to the reasons.")
        text.focus()

    def action_expand(self) -> None:
        """Open or close the highlighted step with all below it."""
        self.query_one(ProofTree).action_expand()
