"""The wording of what was needed and what was found, with the reason: one word for each, and the values."""

from collections.abc import Sequence

from facts.fact import Fact
from rules.condition import Test
from rules.explain.prose.phrase import field_words, kind_words, listed, several, words
from rules.explain.prose.proof import slot, tally
from rules.memory import Element
from rules.settings import Settings

ONE_OF, NONE_OF = "one of", "absent"
HOLDS, ABSENT = "holds", "absent"


def met(name: str) -> str:
    """A condition that holds."""
    return f"holds: {name}"


def unmet(count: int, kind: str) -> str:
    """A condition that does not."""
    return f"none of {several(count, f'{kind_words(kind)} fact')} fits" if count else "not stated"


def there(names: Sequence[str]) -> str:
    """Something that must not be there, and is."""
    return f"there: {listed(names)}"


def unseen(fact: Fact) -> str:
    """Why rules do not see a fact."""
    if fact.polarity == "denied":
        return "denied: the text says that it is not so"
    if fact.polarity == "omitted":
        return "not stated: the text says that it is left out"
    if fact.layer != "event":
        return f"wrong layer: only {words(fact.layer)}, not the news"
    return f"hedged: only {words(fact.modality)}"


def not_stated(test: Test) -> str:
    """A field that the text does not give."""
    return f"not stated: {field_words(test.field)}, needed {test}"


def other_value(test: Test, value: object) -> str:
    """A field with another value."""
    return f"other value: {field_words(test.field)} is {words(value)}, needed {test}"


def hedged(test: Test, fact: Fact, rung: int, top: int) -> str:
    """A rung kept down by how the fact is meant."""
    if fact.polarity == "denied":
        why = "denied"
    elif fact.layer != "event":
        why = f"wrong layer: only {words(fact.layer)}"
    else:
        anonymous = fact.attribution == "anonymous"
        why = "hedged: from unnamed sources" if anonymous else f"hedged: only {words(fact.modality)}"
    return f"{why}, so rung {rung} and not {top}, needed {test}"


def derived(element: Element, settings: Settings) -> str:
    """A slot, tally, finding or class on one line."""
    if element["kind"] == "slot":
        slot_ = next(slot_ for slot_ in settings.slots if slot_.name == element["name"])
        return slot(slot_, str(element["status"]))
    if element["kind"] == "tally":
        return tally(str(element["of"]), int(element["n"]))
    return f"{element['kind']} {words(element['name'])}"
