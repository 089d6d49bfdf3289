"""The append-only record of ratings: who was told what, when, on which facts and rules, provably unaltered since."""
