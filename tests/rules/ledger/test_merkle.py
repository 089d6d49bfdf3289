"""The Merkle tree against the published test vectors of RFC 6962 implementations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.ledger import merkle

# The leaves and roots of certificate-transparency's reference implementation (merkle_tree_test), used since by all.
_LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# Index (from nought), size, path; from the same source, where leaves count from one.
_PATHS: tuple[tuple[int, int, list[str]], ...] = (
    (0, 1, []),
    (0, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (5, 8, [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
)  # fmt: skip
_CONSISTENCY: tuple[tuple[int, int, list[str]], ...] = (
    (1, 1, []),
    (1, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (6, 8, [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 5, [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]),
)  # fmt: skip


def _hashes(size: int) -> list[bytes]:
    return [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in _LEAVES[:size]]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert merkle.root(_hashes(size)).hex() == _ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), _PATHS)
def test_inclusion_proofs_are_those_of_the_published_vectors(index: int, size: int, path: list[str]) -> None:
    assert [each.hex() for each in merkle.inclusion_proof(_hashes(size), index)] == path


@pytest.mark.parametrize(("old", "new", "path"), _CONSISTENCY)
def test_consistency_proofs_are_those_of_the_published_vectors(old: int, new: int, path: list[str]) -> None:
    assert [each.hex() for each in merkle.consistency_proof(_hashes(new), old)] == path


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.data())
def test_a_proof_of_inclusion_holds_for_its_leaf_and_for_no_other(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(bytes([n])) for n in range(size)]
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    root, proof = merkle.root(hashes), merkle.inclusion_proof(hashes, index)
    assert merkle.included(hashes[index], index, size, proof, root)
    assert merkle.included(hashes[other], index, size, proof, root) == (other == index)
    assert not merkle.included(hashes[index], index, size, [*proof, root], root)
    assert not merkle.included(hashes[index], size, size, proof, root)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 70), st.data())
def test_a_proof_of_consistency_holds_for_a_prefix_and_for_no_other_tree(size: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(bytes([n])) for n in range(size)]
    old = data.draw(st.integers(1, size))
    root, before, proof = merkle.root(hashes), merkle.root(hashes[:old]), merkle.consistency_proof(hashes, old)
    forked = merkle.root([*hashes[: old - 1], merkle.leaf_hash(b"other")])
    assert merkle.consistent(old, size, before, root, proof)
    assert not merkle.consistent(old, size, forked, root, proof)
    assert not merkle.consistent(old, size, before, forked, proof)


def test_a_leaf_outside_the_tree_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf 3 in a tree of 3"):
        merkle.inclusion_proof(_hashes(3), 3)
    with pytest.raises(ValueError, match="no prefix of 4"):
        merkle.consistency_proof(_hashes(3), 4)
