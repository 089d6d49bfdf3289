"""Whether the packages that run are Caveat's own: `facts`, `rules` and `tui` are names that others may install too."""

from importlib.metadata import packages_distributions

from rules.errors import RulesError

_OURS = ("facts", "rules", "tui")


def check_ownership() -> None:
    """Refuse to run beside another distribution's packages of our names: pip installs over them in silence.

    Raises RulesError naming the distribution and the remedy.
    """
    owners = packages_distributions()
    for name in _OURS:
        others = sorted(set(owners.get(name, [])) - {"caveat"})
        if others:
            raise RulesError(
                "Mixed packages",
                f"the package {name!r} is also installed by {', '.join(others)}; install Caveat in an environment of "
                "its own (uv tool install, pipx)",
            )
