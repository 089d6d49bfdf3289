"""What a check of a pack reports: a code, the place, what is wrong, what to do."""

from dataclasses import dataclass
from typing import Any

#: Every code with what it stands for, as `docs/packs.md` lists them.
CODES = {
    "PCK-01": "broken TOML",
    "PCK-02": "key unknown, missing or of the wrong type",
    "PCK-03": "unknown fact kind",
    "PCK-04": "unknown field",
    "PCK-05": "unknown value",
    "PCK-06": "broken condition",
    "PCK-07": "broken pack.toml",
    "PCK-08": "duplicate code",
    "PCK-09": "unknown theme",
    "PCK-10": "cycle through a negation",
    "PCK-11": "retired code still referenced",
    "PCK-12": "missing source",
    "PCK-13": "missing example",
    "PCK-14": "theme without mitigant",
    "PCK-15": "slot never used",
    "PCK-16": "finding never read",
    "PCK-17": "dead rule",
    "PCK-18": "condition that can never match",
    "PCK-19": "duplicate rule",
    "PCK-20": "shadowed rule",
    "PCK-21": "floor or cap never reached",
    "PCK-22": "condition outside the monotone discipline",
    "PCK-23": "condition that breaks monotony",
    "PCK-24": "fact that is both mitigating and a concern",
    "PCK-25": "acceptance without effect",
    "PCK-26": "broken example",
    "PCK-27": "left to fill in",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `file` is the path inside the pack, `line` counts from 1, `rule` is a rule's code or empty.

    `condition` names the condition at fault, as the rule's page prints it; pack.toml may accept it by that name.
    """

    code: str
    file: str
    line: int
    message: str
    remedy: str
    rule: str = ""
    condition: str = ""

    def to_json(self) -> dict[str, Any]:
        """The finding for programs and editors."""
        return {
            "code": self.code,
            "title": CODES[self.code],
            "rule": self.rule or None,
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "remedy": self.remedy,
        }

    def __str__(self) -> str:
        about = f"{self.rule}: " if self.rule else ""
        return f"{self.file}:{self.line}: {self.code} {about}{self.message}; {self.remedy}"
