"""By which rules and cues a rating is found again: a table beside the log, one row an entry, that follows from it.

A row holds the numbers of the entry's marks between blanks. A row for each mark would answer a question in less time
than a twentieth of a second, but write seventy pages for every rating where this one writes one.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from rules.ledger.database import Database, number

Sort = Literal["rule", "cue"]
#: The rules that fired, the cues that produced facts and the files that these cues stand in.
Marks = dict[Sort, Sequence[str]]
#: The numbers of marks, in words; they are given out in order, and never change.
Numbers = dict[Sort, dict[str, str]]


def marks(data: Mapping[str, Any]) -> Marks:
    """The marks that an entry names."""
    cues: Sequence[str] = data.get("cues", ())
    files = dict.fromkeys([file for cue in cues for file in _files(cue)])
    return {"rule": data.get("fired", ()), "cue": [*cues, *files]}


def cues(assessment: Mapping[str, Any]) -> list[str]:
    """The cues that produced the facts of an assessment, each once."""
    return sorted({cue for fact in assessment["facts"] for cue in fact.get("cues", ())})


def numbers(database: Database) -> Numbers:
    """The number of every mark that is in use."""
    found: Numbers = {"rule": {}, "cue": {}}
    for sort, name, known in database.execute("SELECT sort, name, number FROM mark"):
        found.setdefault(sort, {})[str(name)] = str(number(known))
    return found


def row(marks: Marks, known: Numbers) -> str:
    """What stands in the row of an entry; empty for one without marks, which has no row."""
    found = [known[sort].get(name, "-") for sort, names in marks.items() for name in names]
    return f" {' '.join(found)} " if found else ""


def put(database: Database, entries: Sequence[tuple[int, Marks]], known: Numbers) -> Numbers:
    """File entries under their marks, inside `writing()`.

    `known` are numbers that are committed. Returns all that are known once this transaction is.
    """
    if _missing(entries, known):
        known = numbers(database)
        new = list(enumerate(_missing(entries, known), sum(map(len, known.values()))))
        database.load("mark", ("number", "sort", "name"), [(at, *each) for at, each in new])
        for at, (sort, name) in new:
            known[sort][name] = str(at)
    database.load("marked", ("seq", "marks"), [(seq, told) for seq, of in entries if (told := row(of, known))])
    return known


def _missing(entries: Sequence[tuple[int, Marks]], known: Numbers) -> list[tuple[Sort, str]]:
    """Marks without a number, each once, in order."""
    pairs = ((sort, name) for _, of in entries for sort, names in of.items() for name in names)
    return list(dict.fromkeys((sort, name) for sort, name in pairs if name not in known[sort]))


@functools.lru_cache(maxsize=4096)
def _files(cue: str) -> tuple[str, ...]:
    """The file that a cue stands in; of a.b.c both a and a.b."""
    parts = cue.split(".")
    return tuple(".".join(parts[:end]) for end in range(1, len(parts)))
