"""A process that saves the same ratings as others do, at the same time.

python -m tests.rules.ledger.saver ADDRESS SEED COUNT
"""

import random
import sys

from rules.ledger.place import open_ledger
from tests.rules.ledger.made import small


def main(address: str, seed: str, count: str) -> None:
    """Say that the ledger is open, wait for a line, record each rating once, and say how many were new."""
    names = [f"rating {number}" for number in range(int(count))]
    chance = random.Random(seed)
    chance.shuffle(names)
    with open_ledger(address, write=True) as ledger:
        print("open", flush=True)
        sys.stdin.readline()
        new = 0
        while names:
            some, names = names[: (size := chance.choice([1, 2, 7]))], names[size:]
            new += len(ledger.append(*map(small, some), once=True))
    print(new, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
