"""The process beside the screen: rates what it is asked to, and reads the ledger. Knows no Textual.

    python -P -m tui.rating_process [PACK]

The engine may not run in two threads at once, and holds the interpreter while it runs; another process disturbs
nothing, can be stopped in the middle, and takes nothing with it if it dies. A question is a pickled tuple; its answers
are pickled tuples, the last of them `("end",)`. A pack is sent once and then only named.
"""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from facts.announcement import Announcement
from facts.errors import FactsError
from facts.extract import read
from facts.readers import Unread, open_each
from rules.assess import assess
from rules.errors import RulesError
from rules.pack import Pack, load
from tui.rater import Allowed
from tui.wire import Sender

#: How readily it leaves the processor to the screen, as `nice` counts.
_YIELDING = 5
#: ("rate", source) with a path, an address, an allowed one or an announcement; ("list", ledger address, entry or None).
Question = tuple[Any, ...]
#: ("item", Assessment), ("error", name, title, message), ("rows", rows), ("pack", Pack), ("end",).
Answer = tuple[Any, ...]


def serve(questions: BinaryIO, answers: BinaryIO, pack_name: str | None = None) -> None:
    """Answer until there are no more questions."""
    sent: set[str] = set()
    while True:
        try:
            question: Question = pickle.load(questions)
        except EOFError:
            return
        for answer in _answers(question, pack_name):
            _send(answer, answers, sent)
        _send(("end",), answers, sent)


def _answers(question: Question, pack_name: str | None) -> Iterator[Answer]:
    try:
        pack = load(pack_name)
        if question[0] == "list":
            yield from _listed(pack, *question[1:])
        else:
            yield from _rated(pack, question[1])
    except (FactsError, RulesError) as error:
        yield "error", "", error.title, error.message


def _rated(pack: Pack, source: Path | str | Announcement | Allowed) -> Iterator[Answer]:
    for each in _opened(source):
        if isinstance(each, Unread):
            yield "error", each.name, each.error.title, each.error.message
            continue
        try:
            yield "item", assess(read(each), pack=pack)
        except (FactsError, RulesError) as error:
            yield "error", each.name, error.title, error.message


def _opened(source: Path | str | Announcement | Allowed) -> Iterator[Announcement | Unread]:
    if isinstance(source, Announcement):
        return iter([source])
    return open_each(source.key, allow_private=True) if isinstance(source, Allowed) else open_each(source)


def _listed(pack: Pack, address: str, after: int | None) -> Iterator[Answer]:
    from rules.ledger.place import open_ledger
    from tui.on_record import pages

    with open_ledger(address) as ledger:
        for page in pages(ledger, pack, after):
            yield "rows", page


def _send(answer: Answer, answers: BinaryIO, sent: set[str]) -> None:
    if answer[0] == "item" and (pack := answer[1].pack).digest not in sent:
        sent.add(pack.digest)
        pickle.dump(("pack", pack), answers)
    Sender(answers).dump(answer)
    answers.flush()


def _own_output() -> BinaryIO:
    """Standard output, for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_YIELDING)
    serve(sys.stdin.buffer, _own_output(), sys.argv[1] if len(sys.argv) > 1 else None)
