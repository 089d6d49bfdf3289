"""The proof and the panes that question it: one is in front; they are made one by one while nobody waits."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import ClassVar, Self

from textual.app import ComposeResult
from textual.geometry import Region

from facts.fact import Span
from tui.panes.pane import Pane, Told
from tui.session import Session
from tui.widgets.proof_tree import ProofTree
from tui.widgets.still import StillContainer

WHY = "why"
_PANES: Mapping[str, tuple[str, str]] = {
    "whynot": ("tui.panes.whynot", "WhyNotPane"),
    "whatif": ("tui.panes.whatif", "WhatIfPane"),
    "distance": ("tui.panes.distance", "DistancePane"),
    "ask": ("tui.panes.ask", "AskPane"),
}


def ready() -> None:
    """Have the modules of the panes read in before the first is asked for; for a thread."""
    for module, _ in _PANES.values():
        import_module(module)


class Questions(StillContainer):
    """Why, why not, what if, distance, ask: over one session."""

    DEFAULT_CSS: ClassVar[str] = """
    Questions {
        height: 1fr;
        width: 1fr;
    }
    Questions > * {
        width: 1fr;
        height: 1fr;
    }
    """

    def __init__(self, session: Session, changed: Callable[[], None], told: Told) -> None:
        """`changed` is called after one of them has changed the session, `told` takes what is highlighted in front."""
        self._mounting = False
        super().__init__()
        self._session = session
        self._changed = changed
        self._told = told
        self._made: dict[str, Pane] = {}
        self._making = asyncio.Lock()
        self.front = WHY

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """A pane that is made out of sight changes no layout: no key is to wait for one."""
        layout = layout and not self._mounting
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def proof(self) -> ProofTree:
        """The proof."""
        return self.query_one(ProofTree)

    @property
    def pane(self) -> Pane | None:
        """The pane in front; None for the proof."""
        return self._made.get(self.front)

    def compose(self) -> ComposeResult:
        """The proof is there from the start."""
        proof = ProofTree(self._session.current)
        proof.listener = lambda node: self._tell(WHY, node.means or node.label, node.spans)
        yield proof

    async def open(self, name: str) -> None:
        """Put one in front, as the session is now, and give it the focus."""
        if name in _PANES:
            await self._make(name)
        self.front = name
        for other, pane in self._made.items():
            pane.waiting = pane.waiting and other != name
            pane.display = other == name
        self.proof.display = name == WHY
        self.follow()
        self.screen.set_focus(self.pane.first if self.pane else self.proof)
        if self.pane:
            self.pane.light(True)
        self.tell()

    async def prepare(self) -> bool:
        """Make one more pane, out of sight. Returns whether there are more to be made."""
        missing = [name for name in _PANES if name not in self._made]
        if missing and self.is_attached:
            await self._make(missing[0])
        return len(missing) > 1

    async def _make(self, name: str) -> None:
        async with self._making:
            if name in self._made:
                return
            module, made = _PANES[name]
            pane = getattr(import_module(module), made)(self._session, self._changed, partial(self._tell, name))
            assert isinstance(pane, Pane)
            pane.display = False
            self._mounting = True
            await self.mount(pane)
            self._mounting = False
            self._made[name] = pane

    def follow(self) -> None:
        """Show the session as it is now; what is not in front follows when it is opened."""
        if self.pane:
            self.pane.follow()
        else:
            self.proof.follow(self._session.current)

    def tell(self) -> None:
        """Tell once more what is highlighted in front."""
        (self.pane or self.proof).tell()

    def _tell(self, name: str, means: str, spans: Sequence[Span]) -> None:
        """What is not in front has nothing to say."""
        if name == self.front:
            self._told(means, spans)
