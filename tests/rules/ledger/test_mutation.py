"""A thousand ways to alter the file of a ledger, each under a checkpoint that was kept elsewhere."""

from pathlib import Path

import pytest

from rules.ledger.signing import SigningKey
from tests.rules.ledger import tampering
from tests.rules.ledger.tampering import MUTATIONS, Mutation

#: With 18 mutations: a thousand and eight.
_ROUNDS = 56


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize("rounds", [range(3), pytest.param(range(3, _ROUNDS), marks=pytest.mark.slow)])
def test_every_mutation_under_the_exported_checkpoint_is_found(
    mutation: Mutation, rounds: range, tmp_path: Path, key: SigningKey
) -> None:
    base, place = tmp_path / "base.db", tmp_path / "ledger.db"
    exported = tampering.build(base, key)
    assert tampering.found(base, exported, key) == []
    for seed in rounds:
        tampering.tampered(base, place, mutation, seed)
        if not tampering.found(place, exported, key):
            # A byte that belongs to nothing (a freed page, an index that is rebuilt) may change unseen.
            assert mutation is tampering.flip_bytes, f"seed {seed}"
            assert tampering.same(base, place), f"seed {seed}"
