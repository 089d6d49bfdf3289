"""Where everything in a pack was written, so that a finding can name file and line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rules.bundle import Files
from rules.condition import Pattern, parse_pattern
from rules.lint.finding import Finding
from rules.lint.place import Lines
from rules.rule import Rule
from rules.schema import Schema
from rules.settings import Settings

#: A group of conditions and the place in it, from 0.
Place = tuple[str, int]
PACK = "pack.toml"


class Source:
    """The files of a pack as text, their lines, and findings made from them; `cases` is its case file."""

    def __init__(self, content: Files, cases: str = "") -> None:
        self.cases = cases
        self.texts = {name: data.decode("utf-8", "replace") for name, data in content.items()}
        self._lines: dict[str, Lines] = {}
        self._named: dict[tuple[str, str], tuple[str, int]] = {}
        self._polarities: dict[str, tuple[Pattern, ...]] = {}

    def lines(self, file: str) -> Lines:
        """The places of one file."""
        if file not in self._lines:
            self._lines[file] = Lines(self.texts.get(file, ""))
        return self._lines[file]

    def name_tables(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        """Remember where the named tables of every pack.toml stand; an extending pack's come first."""
        for file in sorted((name for name in tables if name.rpartition("/")[2] == PACK), key=len):
            for key, entries in tables[file].items():
                for place, entry in enumerate(entries if isinstance(entries, list) else ()):
                    for name in ("name", "code"):
                        if isinstance(entry, Mapping) and name in entry:
                            self._named.setdefault((key, str(entry[name])), (file, place))

    def read_polarities(self, settings: Settings, schema: Schema) -> None:
        """Parse the patterns of pack.toml. Raises RulesError."""
        for table in settings.polarities:
            place = f"{PACK}: pattern {table.name}"
            self._polarities[table.name] = tuple(parse_pattern(each, schema, "any", {}, place) for each in table.any)

    def polarity(self, name: str) -> tuple[Pattern, ...]:
        """The patterns of one polarity."""
        return self._polarities.get(name, ())

    @property
    def polarities(self) -> tuple[Pattern, ...]:
        """The patterns of all polarities."""
        return tuple(pattern for patterns in self._polarities.values() for pattern in patterns)

    def conditions(self, rule: Rule) -> Iterator[tuple[Place, Pattern]]:
        """The conditions of a rule with their places."""
        for group, patterns in (("when", rule.when), ("any", rule.any), ("unless", rule.unless)):
            for number, pattern in enumerate(patterns):
                yield (group, number), pattern

    def finding(
        self, code: str, rule: Rule, path: Sequence[str | int], message: str, remedy: str, condition: str = ""
    ) -> Finding:
        """A finding about a rule, at a table or key of its file."""
        if rule.effect == "slot":
            found = self.pack_finding(code, ("slot", str(rule.concludes), *path), message, remedy)
            return Finding(code, found.file, found.line, message, remedy, rule.code, condition)
        line = self.lines(rule.file).find(path)
        return Finding(code, rule.file, line, message, remedy, rule.code, condition)

    def pack_finding(self, code: str, path: Sequence[str | int], message: str, remedy: str) -> Finding:
        """A finding about pack.toml; a path such as ("slot", "timeline") is looked up by name."""
        file, place = self._named.get((str(path[0]), str(path[1])), (PACK, None)) if len(path) > 1 else (PACK, None)
        where = (path[0], place, *path[2:]) if place is not None else tuple(path)
        return Finding(code, file, self.lines(file).find(where), message, remedy)
