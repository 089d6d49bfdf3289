"""Merkle hash trees of RFC 6962: roots, inclusion proofs, consistency proofs.

Standard library only: this file is part of the offline checker that an audit bundle carries. Hashes are the 32 bytes
of SHA-256; a tree is given by the hashes of its leaves, in order.
"""

import hashlib
from collections.abc import Sequence


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The root of the tree over these leaves; of no leaves, the hash of nothing (RFC 6962, section 2.1)."""
    tree = Tree()
    for each in hashes:
        tree.add(each)
    return tree.root()


class Tree:
    """A tree that grows leaf by leaf and keeps only its right edge: the roots of the full subtrees it is made of."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf, by its hash."""
        self._edge.append(leaf)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            right = self._edge.pop()
            self._edge[-1] = node_hash(self._edge[-1], right)
            rest //= 2

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._edge:
            return hashlib.sha256(b"").digest()
        found = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            found = node_hash(left, found)
        return found


def inclusion_proof(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of a leaf, deepest sibling first (RFC 6962, section 2.1.1). Raises ValueError outside the tree."""
    size = len(hashes)
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    if size == 1:
        return []
    split = _split(size)
    if index < split:
        return [*inclusion_proof(hashes[:split], index), root(hashes[split:])]
    return [*inclusion_proof(hashes[split:], index - split), root(hashes[:split])]


def consistency_proof(hashes: Sequence[bytes], old: int) -> list[bytes]:
    """That the tree of the first `old` leaves is a prefix of this one (RFC 6962, section 2.1.2).

    Raises ValueError where `old` is larger than the tree.
    """
    if not 0 <= old <= len(hashes):
        raise ValueError(f"a tree of {len(hashes)} has no prefix of {old}")
    return _subproof(hashes, old, True) if 0 < old < len(hashes) else []


def _subproof(hashes: Sequence[bytes], old: int, whole: bool) -> list[bytes]:
    if old == len(hashes):
        return [] if whole else [root(hashes)]
    split = _split(len(hashes))
    if old <= split:
        return [*_subproof(hashes[:split], old, whole), root(hashes[split:])]
    return [*_subproof(hashes[split:], old - split, False), root(hashes[:split])]


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], tree_root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(sibling, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = node_hash(found, sibling)
        place, last = place // 2, last // 2
    return last == 0 and found == tree_root


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the older tree to be a prefix of the newer (RFC 9162, section 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 <= old < new:
        return False
    if old == 0:
        return not proof and old_root == root([])
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place % 2:
        place, last = place // 2, last // 2
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            second = node_hash(second, sibling)
        place, last = place // 2, last // 2
    return last == 0 and first == old_root and second == new_root


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)
