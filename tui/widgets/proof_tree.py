"""The proof of a rating as a tree, opened at its heaviest chain."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets.tree import TreeNode

from rules.assessment import Assessment
from rules.explain.why import why
from rules.render.json import dumps
from rules.render.style import Style
from rules.render.text import text as report
from rules.render.why import why_text
from tui.node import Node
from tui.proof import proof
from tui.widgets.step_tree import StepTree


class ProofTree(StepTree):
    """The steps of a proof, heaviest first."""

    HELP: ClassVar[str] = (
        "Why: the steps of the rating, floors and caps first, then the themes with the rules that hold, each down to "
        "the sentence. “absent” is something that was looked for and is not there, with its search. Highlight a step "
        "to see its words in the text."
    )

    DEFAULT_CSS = """
    ProofTree {
        border-top: solid $foreground 40%;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "expand", "Open a step with all below it, or close it", show=False, id="proof.expand"),
    ]

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(proof(assessment))
        self._assessment = assessment

    def follow(self, assessment: Assessment) -> None:
        """The proof of another rating of the same announcement."""
        if assessment is not self._assessment:
            self._assessment = assessment
            self.show(proof(assessment))

    def as_text(self) -> str:
        """What `caveat why` prints."""
        if self._assessment.rated is None:
            return report(self._assessment, Style())
        return why_text(why(self._assessment), Style())

    def as_json(self) -> str:
        """The same as JSON."""
        return dumps(
            why(self._assessment).to_json() if self._assessment.rated else self._assessment.to_json(), indent=2
        )

    def on_mount(self) -> None:
        """Open the heaviest chain."""
        self.border_title = Text.assemble(("Why", "bold"), ": → opens · e all below · s sentence · r rule page")
        self.open_chain(self.root)

    def open_chain(self, node: TreeNode[Node]) -> None:
        """Open a node, the score under it, and the heaviest theme of that."""
        self._open(node)
        for child in node.children:
            if child.data and child.data.id == "score":
                self._open(child)
                if child.children:
                    self._open(child.children[0])
