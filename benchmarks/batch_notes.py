"""What the measurements of benchmarks/batch.py found, kept in a file as soon as it is known.

A measurement that is broken off, by whatever, loses at most the run under way: what stands in the file is not done
again.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

NAME = "findings.jsonl"


@dataclass(frozen=True)
class Finding:
    """One claim, what was measured, and whether it holds."""

    claim: str
    measured: str
    holds: bool

    def __str__(self) -> str:
        return f"{'holds' if self.holds else 'FAILS':<6} {self.claim}: {self.measured}"


class Notes:
    """The file in a folder, and whoever is told."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder, self.say = folder, say
        self._path = folder / NAME
        lines = self._path.read_text("utf-8").splitlines(keepends=True) if self._path.exists() else []
        # The last may have been cut off with its writer.
        self._lines: list[dict[str, Any]] = [json.loads(line) for line in lines if line.endswith("\n")]
        self._write()

    def part(self, name: str, given: Mapping[str, Any], measure: Callable[[], Iterable[Finding]]) -> list[Finding]:
        """The findings of a part, each told and kept when it is known; those that are kept where it was done before.

        `given` is what it was measured with: with anything else it is another part.
        """
        about = {"part": name, "given": dict(given)}
        kept = [line for line in self._lines if {key: line.get(key) for key in about} == about]
        if any(line.get("done") for line in kept):
            found = [Finding(**line["finding"]) for line in kept if "finding" in line]
            self.say(f"-- {name}: measured before, see {self._path}")
            for each in found:
                self.say(str(each))
            return found
        self._lines = [line for line in self._lines if line not in kept]  # what was broken off is measured anew
        self._write()
        self.say(f"-- {name}: {', '.join(f'{key} {value}' for key, value in given.items())}")
        found = []
        for each in measure():
            found.append(each)
            self.say(str(each))
            self._keep(about | {"finding": asdict(each)})
        self._keep(about | {"done": True})
        return found

    def known(self) -> list[Finding]:
        """Every finding that is kept."""
        return [Finding(**line["finding"]) for line in self._lines if "finding" in line]

    def run(self, name: str) -> dict[str, Any] | None:
        """What a run of this name came to; None if it has not been, or not to its end."""
        return next((line["run"] for line in reversed(self._lines) if line.get("name") == name), None)

    def keep_run(self, name: str, run: Mapping[str, Any]) -> None:
        """Keep what a run came to."""
        self._keep({"name": name, "run": dict(run)})

    def _write(self) -> None:
        self._path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self._lines), "utf-8")

    def _keep(self, line: dict[str, Any]) -> None:
        self._lines.append(json.loads(json.dumps(line)))
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
