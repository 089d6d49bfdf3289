"""How SQLite answers each filter: from an index, never by reading the entries, which are ten times as long."""

from collections.abc import Iterator

import pytest

from rules.ledger.filter import EVERYTHING, Filter
from rules.ledger.ledger import Ledger
from rules.ledger.place import open_ledger
from tests.rules.ledger.made import small

_ASKED = {
    "kind": "rating", "issuer": "acme", "story": "story", "name": "a", "announcement_class": "offtake_deal", "level": 5,
    "pack": "sha256:", "reader": "0.", "rule": "COM-003", "cue": "offtake", "about": 3, "since": "2026",
    "before": "2027",
}  # fmt: skip


def _plan(ledger: Ledger, wanted: Filter) -> list[str]:
    table, condition, values = wanted.query()
    where = f" WHERE {condition}" if condition else ""
    rows = ledger.database.execute(f"EXPLAIN QUERY PLAN SELECT seq FROM {table}{where} ORDER BY +seq DESC", values)
    return [str(row[-1]) for row in rows if "entry" in str(row[-1])]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path_factory.mktemp("three") / "ledger.db"), write=True) as ledger:
        ledger.append(*(small(str(n), issuer="acme", level=5) for n in range(3)))
        yield ledger


@pytest.mark.parametrize("name", [*_ASKED, "everything at once", "nothing"])
def test_no_filter_reads_the_entries(three: Ledger, name: str) -> None:
    if name in _ASKED:
        wanted = Filter(**{name: _ASKED[name]})  # type: ignore[arg-type]  # each value is of its field's type
    else:
        wanted = Filter(**_ASKED) if name == "everything at once" else EVERYTHING  # type: ignore[arg-type]
    for step in _plan(three, wanted):
        assert "COVERING INDEX" in step or "SEARCH entry USING" in step, step


def test_a_rule_and_a_cue_are_looked_up_beside_the_entries(three: Ledger) -> None:
    assert _plan(three, Filter(rule="COM-003")) == []
    assert _plan(three, Filter(cue="offtake")) == []
