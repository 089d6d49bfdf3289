"""durable_rules behind an adapter: the only module that knows it.

The C module is safe only under a protocol; docs/engine.md has the table of what goes wrong outside it. Most of it is
impossible here by construction: kinds, fields and words never reach the library as written but as short tokens, so
that no id, reserved name, look-alike ("1", "True"), escape or over-long string can; numbers are whole within 2**53 or
plain floats; facts get running ids of their own; every batch ends in a fact whose rule must answer.
"""

import itertools
import os
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence

import orjson

from rules.condition import Value, plain_number
from rules.errors import RulesError
from rules.memory import Element
from rules.pack import Pack
from rules.trace import Firing
from rules.translate import Field, encode, translate

try:
    import durable_rules_engine as _library
except ImportError as _error:
    raise RulesError(
        "Engine does not load",
        f"durable_rules is not usable here ({_error}); mend it with:  CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
        "pip install --force-reinstall --no-cache-dir --no-binary durable_rules durable_rules==2.0.28",
    ) from None

#: Elements of one session. The library knows facts by a 32-bit hash of their id; up to here no two of ours share one.
MOST_ELEMENTS = 10_000

_SESSION = "s"
_HASH_COLLISION = 2
_numbers = itertools.count()
_engines: "weakref.WeakSet[Durable]" = weakref.WeakSet()


class Durable:
    """A pack compiled for durable_rules; `open` starts one announcement's session.

    One session at a time: another thread waits in `open`, the same thread gets an error. A forked child starts with
    none. Raises RulesError naming the rule and the limit when the pack does not fit.
    """

    name = "durable_rules"

    def __init__(self, pack: Pack) -> None:
        self._translation = translate(pack)
        try:
            self._handle = self._compiled()
        except _library.error as error:
            raise RulesError("Engine refused pack", f"pack {pack.name}: durable_rules: {error}") from None
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._current: DurableSession | None = None
        _engines.add(self)

    def open(self) -> "DurableSession":
        """An empty session; waits for another thread's. Raises RulesError if this thread has one open."""
        if self._owner == threading.get_ident():
            raise RulesError("Engine busy", "this thread has a session open on this pack; close it first")
        self._lock.acquire()
        self._owner = threading.get_ident()
        self._current = DurableSession(self)
        return self._current

    def _compiled(self) -> int:
        handle: int = _library.create_ruleset(f"caveat{next(_numbers)}", encode(self._translation.definitions))
        weakref.finalize(self, _library.delete_ruleset, handle).atexit = False
        return handle

    def _release(self) -> None:
        self._owner = self._current = None
        self._lock.release()

    def _after_fork(self) -> None:
        """In a forked child: a session of a thread that did not come along is given up."""
        if self._owner != threading.get_ident():
            if self._current is not None:
                self._current._give_up()
            self._owner = self._current = None
            self._lock = threading.Lock()  # the other thread may have held it, or been about to say so


class DurableSession:
    """One announcement's reasoning. Close it always; facts stay in the library until then."""

    def __init__(self, engine: Durable) -> None:
        self._engine = engine
        self._translation = engine._translation
        self._ids: list[str] = []
        self._strange: dict[str, str] = {}
        self._sent = self._answered = self._closed = self._broken = False

    def fire(self, stratum: int, elements: Sequence[Element]) -> list[Firing]:
        """Add the elements, then every firing of the stratum's rules. Raises RulesError rather than fire wrongly.

        The elements and the markers of the stratum's phases go in one batch: a marker comes after all that its rules
        may read, and its own rule must answer, or the library has cut the batch short in silence.
        """
        self._check_usable()
        self._broken = True  # until the end is reached: after a refusal the library's memory is not what it should be
        batch = [fact for element in elements if (fact := self._fact(element)) is not None]
        phases = self._translation.phases.get(stratum, ())
        marks = [f"$phase{phase}" for phase in phases]
        batch += [
            {"kind": "$phase", "n": phase, "id": mark, "sid": _SESSION}
            for phase, mark in zip(phases, marks, strict=True)
        ]
        if batch and not marks:
            marks = [f"$end{stratum}"]
            batch.append({"kind": "$end", "id": marks[0], "sid": _SESSION})
        if batch and not self._sent:  # first of all: without a fact that is taken, a session is memory not yet set up
            marks.append("$boot")
            batch.insert(0, {"kind": "$boot", "id": "$boot", "sid": _SESSION})
        found = self._run(batch, marks) if batch else []
        self._broken = False
        return found

    def close(self) -> None:
        """Give the session back to the library; a second time does nothing."""
        if not self._closed:
            try:
                self._give_up()
            finally:
                self._engine._release()

    def _give_up(self) -> None:
        """Delete the session in the library; one in which nothing fired yet would free an uninitialised pointer."""
        self._closed = True
        if not self._sent:
            return
        try:
            if not self._answered:
                self._run([{"kind": "$boot", "id": "$boot", "sid": _SESSION}], ["$boot"])
        except RulesError:  # it cannot be deleted safely: left behind, with a ruleset that nobody asks again
            self._engine._handle = self._engine._compiled()
        else:
            _library.delete_state(self._engine._handle, _SESSION)

    def _check_usable(self) -> None:
        if self._closed:
            raise RulesError("Session closed", "this session is closed; open another")
        if self._broken:
            raise RulesError("Session broken", "this session has failed before; close it and open another")
        if self._engine._owner != threading.get_ident():
            raise RulesError("Wrong thread", "a session belongs to the thread that opened it")

    def _fact(self, element: Element) -> dict[str, Value] | None:
        """An element in tokens, with only the fields that some rule reads; None if no rule reads its kind."""
        kind = str(element["kind"])
        token = self._translation.kinds.get(kind)
        if token is None:
            return None
        if len(self._ids) == MOST_ELEMENTS:
            raise RulesError(
                "Too many facts", f"more than {MOST_ELEMENTS} facts for one announcement; nothing was rated"
            )
        fact: dict[str, Value] = {"kind": token, "id": f"e{len(self._ids)}", "sid": _SESSION}
        for field in self._translation.fields[kind]:
            value = element.get(field.name)
            if value is not None:
                fact[field.token] = self._value(value, field, element)
            if field.joined is not None:
                fact[field.joined] = fact.get(field.token, f"v{len(self._ids)}{field.token}")
        self._ids.append(str(element["id"]))
        return fact

    def _value(self, value: Value, field: Field, element: Element) -> Value:
        place = f"fact {element['id']}: {element['kind']}.{field.name} = {value!r}"
        if not field.number:
            if not isinstance(value, str):
                raise RulesError("Wrong value", f"{place}: rules read a word there")
            known = self._translation.words.get(value)
            return known if known is not None else self._strange.setdefault(value, f"u{len(self._strange)}")
        if isinstance(value, bool | str):
            raise RulesError("Wrong value", f"{place}: rules read a number there")
        number = plain_number(value)
        if number is None:
            raise RulesError("Number out of range", f"{place}: rules compare numbers up to 2**53, without exponent")
        return number

    def _run(self, batch: Sequence[Mapping[str, Value]], marks: Sequence[str]) -> list[Firing]:
        """Assert one batch and drain it; every mark must answer, once, and no rule of another phase."""
        handle, answered, fired = self._engine._handle, [], []
        self._sent = True
        try:
            code, offset = _library.assert_facts(handle, orjson.dumps(batch).decode())
            if code == _HASH_COLLISION:
                raise RulesError("Engine refused facts", "two facts share an id or its 32-bit hash; nothing was rated")
            for name, bound in _answers(handle, offset):
                self._answered = True
                if name in self._translation.ways:
                    fired.append(self._firing(name, bound, marks))
                else:
                    answered.append(bound["m"]["id"])
        except _library.error as error:
            raise RulesError("Engine refused facts", f"durable_rules: {error}; nothing was rated") from None
        if sorted(answered) != sorted(marks):
            raise RulesError(
                "Engine lost facts", f"durable_rules cut a batch of {len(batch)} facts short; nothing was rated"
            )
        return fired

    def _firing(self, name: str, bound: Mapping[str, Mapping[str, str]], marks: Sequence[str]) -> Firing:
        way = self._translation.ways[name]
        if bound["m"]["id"] not in marks:
            raise RulesError(
                "Engine fired out of turn", f"{way.code} fired in phase {bound['m']['id']}; nothing was rated"
            )
        premises = [self._ids[int(bound[alias]["id"][1:])] for alias in way.aliases]
        return Firing(way.code, way.alternative, tuple(premises))


def _answers(handle: int, offset: int) -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
    """What fired: the library's rule name and the facts it bound, until nothing more does."""
    state = _library.start_action_for_state(handle, offset)
    message = state[1] if state else None
    while message:
        yield from orjson.loads(message).items()
        message = _library.complete_and_start_action(handle, offset)


def _after_fork() -> None:
    for engine in tuple(_engines):
        engine._after_fork()


os.register_at_fork(after_in_child=_after_fork)
