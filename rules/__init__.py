"""Facts in, rating out. The public face: `rate`, `evaluate`, `load_pack`, `RulesError`."""

from typing import TYPE_CHECKING, Any

from rules.errors import RulesError

if TYPE_CHECKING:
    from rules.assess import evaluate, rate
    from rules.assessment import Assessment
    from rules.pack import Pack
    from rules.pack import load as load_pack

__all__ = ["Assessment", "Pack", "RulesError", "evaluate", "load_pack", "rate"]

#: Loaded on first use: importing a submodule must not pay for the engine and the reader.
_LAZY = {
    "rate": ("rules.assess", "rate"),
    "evaluate": ("rules.assess", "evaluate"),
    "Assessment": ("rules.assessment", "Assessment"),
    "Pack": ("rules.pack", "Pack"),
    "load_pack": ("rules.pack", "load"),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'rules' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)
