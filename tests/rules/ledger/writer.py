"""A process that appends until it is killed, and says after each commit what has been recorded.

python -m tests.rules.ledger.writer ADDRESS NAME SEED
"""

import random
import sys

from rules.errors import RulesError
from rules.ledger.place import open_ledger
from tests.rules.ledger.made import noise, small


def main(address: str, name: str, seed: str) -> int:
    """Append batches of one to five entries, contents of up to 100 KB among them, for ever; 3 if the ledger fails."""
    chance, count = random.Random(seed), 0
    try:
        with open_ledger(address, write=True) as ledger:
            while True:
                batch = []
                for _ in range(chance.choice([1, 1, 1, 5])):
                    batch.append(small(f"{name}-{count}", noise(chance.choice([200, 5_000, 100_000]))))
                    count += 1
                for entry in ledger.append(*batch):
                    print(entry.seq, entry.data["key"], flush=True)
    except RulesError as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
