"""The other process: it forks for each document, so that a document can at worst lose its own process.

A request is one line of JSON and as many bytes as it says; so is the answer. The formats' libraries are imported here,
once, and never in the process that asks.
"""

import functools
import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from facts.errors import FactsError
from facts.readers.draft import Draft

#: Drafts of a document, or for a fetched one what the server said and its bytes.
Read = Callable[..., list[Draft] | tuple[dict[str, Any], bytes]]

#: Address space for one document. The largest page and the longest PDF that pass the other limits need a third of it.
MOST_MEMORY = 1_500_000_000

#: What can be asked for: module and function. A module's `warm`, if it has one, is called before the first fork.
_TASKS = {
    "html": ("facts.readers.html", "read_html"),
    "pdf": ("facts.readers.pdf", "read_pdf"),
    "mail": ("facts.readers.mail", "read_mail"),
    "feed": ("facts.readers.feed", "read_feed"),
    "fetch": ("facts.readers.fetch", "answer"),
    "poll": ("facts.readers.fetch", "answer_if_new"),
}


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while line := questions.readline():
        question = json.loads(line)
        data = questions.read(question["size"])
        answer = _forked(_reader(question["task"]), question, data)
        answers.write(b"%d\n" % len(answer) + answer)
        answers.flush()


@functools.cache
def _reader(task: str) -> Read:
    module, function = _TASKS[task]
    loaded = import_module(module)
    if hasattr(loaded, "warm"):
        loaded.warm()
    gc.freeze()  # what is loaded by now stays shared with every fork
    read: Read = getattr(loaded, function)
    return read


def _forked(read: Read, question: dict[str, Any], data: bytes) -> bytes:
    """The answer of a process of its own; of one that died, why."""
    ours, theirs = os.pipe()
    if (pid := os.fork()) == 0:
        os.close(ours)
        try:
            _limit(question["seconds"])
            _write(theirs, _answer(read, question, data))
        finally:  # an exception that nobody expected ends this process, too, and must not run on in the loop above
            os._exit(0 if sys.exc_info()[0] is None else 1)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        answer = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return answer if status == 0 else json.dumps({"died": status}).encode() + b"\n"


def _answer(read: Read, question: dict[str, Any], data: bytes) -> bytes:
    """A line of JSON, with the bytes of a fetched document behind it."""
    try:
        found = read(data, question["name"], **question["more"])
    except FactsError as error:
        return _line({"error": [error.title, error.message]})
    except MemoryError:
        return _line({"died": "memory"})
    if isinstance(found, list):
        return _line({"drafts": [draft.to_json() for draft in found]})
    return _line(found[0]) + found[1]


def _limit(seconds: float) -> None:
    """Bound this process: time by the clock and on the processor, memory, files of no size."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    whole = int(seconds) + 1
    for what, most in (
        (resource.RLIMIT_CPU, whole),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a stricter limit holds already, or the system knows none (macOS: AS)
            resource.setrlimit(what, (most, most))


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


def _write(pipe: int, answer: bytes) -> None:
    with os.fdopen(pipe, "wb") as stream:
        stream.write(answer)


def main() -> None:
    """Speak over standard input and output; whatever a library prints goes nowhere near them."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
