"""Documents whose formats need a library are read in a child process with limits on time and memory.

A crash, a loop or a bomb then costs one document, and this process imports none of the libraries.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from select import select
from typing import IO, Any

from facts.errors import FactsError

#: The child ends the document itself; the parent ends the child if even that does not happen (it was stopped, say).
_GRACE = 10.0
_CHUNK = 1 << 20


class Child:
    """One process that reads documents one after another, started when it is first asked and again after a death."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: str, data: bytes, name: str, seconds: float, **more: object) -> tuple[dict[str, Any], bytes]:
        """The answer to a task and the bytes behind it. Raises FactsError for all that can go wrong."""
        question = {"task": task, "name": name, "seconds": seconds, "more": more, "size": len(data)}
        deadline = time.monotonic() + seconds + _GRACE
        with self._lock:
            answer = self._asked(json.dumps(question).encode() + b"\n" + data, deadline)
        if answer is None:
            raise _died("clock" if time.monotonic() >= deadline else None, name, seconds)
        line, _, rest = answer.partition(b"\n")
        found = json.loads(line)
        if "error" in found:
            raise FactsError(*found["error"])
        if "died" in found:
            raise _died(found["died"], name, seconds)
        return found, rest

    def close(self) -> None:
        """End the process; the next question starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # a question that was never read
                    pipe.close()
        process.wait()

    def forget(self) -> None:
        """After a fork: the process belongs to the parent, whose questions and answers are not ours to mix up."""
        self._lock = threading.Lock()  # the old one may have been held when the process forked
        if self._process is not None:
            self._process.returncode = 0  # so that it goes without waiting for what is not its child
            self._process = None

    def _asked(self, question: bytes, deadline: float) -> bytes | None:
        """The answer, or None from a child that broke off or missed the deadline, which is ended then."""
        process, answer = self._running(), None
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(question)
                process.stdin.flush()
                answer = _received(process.stdout, deadline)
        finally:  # on an interrupt, too: half an answer would be taken for the next one
            if answer is None:
                self.close()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                # -P: a folder `facts` where the user happens to be is not ours.
                [sys.executable, "-P", "-m", "facts.readers.worker"],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # an interrupt from the keyboard is this process's to answer
            )
        return self._process


def _received(pipe: IO[bytes], deadline: float) -> bytes | None:
    got, wanted = bytearray(), None
    while wanted is None or len(got) < wanted:
        if not select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return None
        if not (piece := os.read(pipe.fileno(), _CHUNK)):
            return None
        got += piece
        if wanted is None and b"\n" in got:
            head, _, rest = bytes(got).partition(b"\n")
            got, wanted = bytearray(rest), int(head)
    return bytes(got)


def _died(how: object, name: str, seconds: float) -> FactsError:
    if how in ("clock", -signal.SIGALRM):
        return FactsError("Too slow", f"{name}: took more than {seconds:g} seconds to read; give its text as .txt")
    if how in ("memory", -signal.SIGKILL):  # the system kills when its memory runs out, and nobody else does
        return FactsError("Too large", f"{name}: needs too much memory to read; give its text as .txt")
    return FactsError("Not readable", f"{name}: its reader failed on it (damaged?); give its text as .txt")


#: The child of this process.
CHILD = Child()
atexit.register(CHILD.close)
os.register_at_fork(after_in_child=CHILD.forget)
