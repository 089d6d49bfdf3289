"""The prose of every case's proof, as it was read and found true.

A change of wording, of a rule or of the evaluator shows here. Look at the difference, line by line; then write the new
texts with `python -m tests.rules.explain.golden`.
"""

import pytest

from tests.rules.explain.golden import golden, place
from tests.rules.explain.known import cases


@pytest.mark.parametrize("number", [each["case"] for each in cases()])
def test_the_proof_of_a_case_reads_as_it_was_reviewed(number: int) -> None:
    assert golden(number) == place(number).read_text("utf-8")
