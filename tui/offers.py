"""What a screen or a pane may offer to the rest of the program, by method; each is optional."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from rules.assessment import Assessment

#: Name as `group: verb`, what it does in a few words, and the deed.
Command = tuple[str, str, Callable[[], object]]


@runtime_checkable
class Worded(Protocol):
    """Can be copied: `y` as text, `Y` as JSON."""

    def as_text(self) -> str:
        """The plain-text twin of what is shown."""

    def as_json(self) -> str:
        """The same as JSON."""


@runtime_checkable
class Rated(Protocol):
    """Has assessments that can be saved to the ledger or written as a report."""

    def assessments(self) -> "Sequence[Assessment]":
        """Those selected, or the one in front."""


@runtime_checkable
class OnRecord(Protocol):
    """Has ratings on record on which a report can be written."""

    def entries(self) -> Sequence[str]:
        """The ids of those selected, or of the one in front."""


@runtime_checkable
class Commanded(Protocol):
    """Has commands for the palette."""

    def commands(self) -> Iterable[Command]:
        """Its commands, named `group: verb`."""


@runtime_checkable
class Keeping(Protocol):
    """Has work in it that must survive the end of the program, a crash included."""

    def kept(self) -> Mapping[str, object]:
        """What to remember, as plain JSON values (what-if changes as the texts that made them); empty for nothing."""

    def restore(self, kept: Mapping[str, object]) -> None:
        """Take it up again, after the screen was mounted; what no longer fits is left out."""
