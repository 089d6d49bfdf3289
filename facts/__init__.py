"""Announcements in, typed facts out. The public face: `read`, `Announcement`, `Reading`, `FactsError`."""

from typing import TYPE_CHECKING, Any

from facts.errors import FactsError

if TYPE_CHECKING:
    from facts.announcement import Announcement
    from facts.extract import read
    from facts.reading import Reading

__all__ = ["Announcement", "FactsError", "Reading", "read"]

#: Loaded on first use: importing a submodule must not pay for the whole reader.
_LAZY = {"Announcement": "facts.announcement", "Reading": "facts.reading", "read": "facts.extract"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'facts' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)
