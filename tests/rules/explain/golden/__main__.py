"""Writes the texts anew: `python -m tests.rules.explain.golden`. Review the difference before it goes in."""

from tests.rules.explain.golden import golden, place
from tests.rules.explain.known import cases

for each in cases():
    place(each["case"]).write_text(golden(each["case"]), encoding="utf-8")
