"""Asking an address again and again, politely: only for what is new, and in the child, like every fetch."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from facts.errors import FactsError
from facts.readers.child import CHILD
from facts.readers.files import FETCH_SECONDS, is_address


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered. `data` is None where nothing is new, or where the server refuses (`error`).

    `hint` and `charset` are the server's words on the document, `validators` the conditions to ask with next time,
    `wait` the seconds that the server asks to be left alone.
    """

    data: bytes | None = None
    url: str = ""
    hint: str | None = None
    charset: str | None = None
    validators: Mapping[str, str] = field(default_factory=dict)
    wait: int = 0
    error: FactsError | None = None


def poll(url: str, validators: Mapping[str, str], allow_private: bool = False) -> Answer:
    """The answer of an address under the conditions of an earlier one. Raises FactsError where none comes."""
    if not is_address(url):
        raise FactsError("Not an address", f"{url}: only http and https addresses are fetched")
    more = {"url": url, "allow_private": allow_private, "validators": dict(validators)}
    found, data = CHILD.ask("poll", b"", url, FETCH_SECONDS, **more)
    if "refused" in found:
        return Answer(url=url, validators=validators, wait=found["wait"], error=FactsError(*found["refused"]))
    return Answer(data if found["new"] else None, found["url"], found["hint"], found["charset"], found["validators"])
