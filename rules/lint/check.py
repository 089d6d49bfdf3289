"""All checks of a pack in one run: reading, structure, reach, the monotone discipline."""

from collections.abc import Iterator

from rules.lint.discipline import discipline
from rules.lint.finding import Finding
from rules.lint.logic import Logic
from rules.lint.packfile import has_ladders, pack_file
from rules.lint.reach import reach
from rules.lint.read import Draft, read
from rules.lint.source import Source
from rules.lint.structure import structure
from rules.pack import Pack


def check(place: str) -> list[Finding]:
    """Every finding, in order of file and line, but for those that the pack accepts. Raises RulesError for no pack."""
    return checked(read(place))


def checked(draft: Draft) -> list[Finding]:
    """The same, of a pack that was read."""
    found = list(draft.findings)
    if draft.pack is not None:
        found += _accepted(draft.pack, draft.source, list(_semantic(draft.pack, draft.source)))
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.code, finding.message))


def _semantic(pack: Pack, source: Source) -> Iterator[Finding]:
    yield from pack_file(pack, source)
    yield from structure(pack, source)
    if not has_ladders(pack):  # what a rung means is unknown, and with it what any rule means
        return
    logic = Logic(pack, source.polarities)
    yield from reach(logic, source)
    yield from discipline(logic, source)


def _accepted(pack: Pack, source: Source, found: list[Finding]) -> Iterator[Finding]:
    """The findings that pack.toml does not accept, and acceptances that accept nothing."""
    accepted = {(entry.finding, entry.rule) for entry in pack.settings.accepted if entry.finding != "PCK-23"}
    yield from (finding for finding in found if (finding.code, finding.rule) not in accepted)
    needed = {(finding.code, finding.rule) for finding in found}
    known = {rule.code for rule in pack.rules}
    for place, entry in enumerate(pack.settings.accepted):
        if (entry.finding, entry.rule) not in needed and (entry.rule in known or entry.rule.startswith("slot:")):
            message = f"[[accept]] of {entry.finding} for {entry.rule}: the check finds nothing of the kind"
            line = source.lines("pack.toml").find(("accept", place))
            yield Finding("PCK-25", "pack.toml", line, message, "remove the entry", entry.rule)
