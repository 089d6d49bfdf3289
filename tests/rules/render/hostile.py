"""An announcement that tries to get out of every kind of report."""

from rules.assessment import Assessment
from tests.rules.explain.known import read_as

TEXT = (
    "<script>alert(1)</script> Acme signed a \"letter of intent\" & more.\n"
    "=HYPERLINK(\"http://evil.example\") | [click](http://evil.example) `code` \x1b[31mred\x1b[0m.\n"
    "Doubts <img src=x onerror=alert(2)> remain -->.\n"
)  # fmt: skip
NAME = "=cmd|'/c calc'!A1 <b>.txt"


def hostile() -> Assessment:
    """It is rated; its facts carry the hostile words as quotes and subjects."""
    return read_as(TEXT, "offtake_deal", [
        {"kind": "offtake", "form": "loi", "quote": 'signed a "letter of intent" & more', "subject": "<u>x</u>\"]--"},
        {"kind": "tech_risk", "form": "scale_up", "quote": "Doubts <img src=x onerror=alert(2)> remain"},
        {"kind": "china_link", "form": "feedstock", "quote": "[click](http://evil.example) `code` \x1b[31mred"},
        {"kind": "tech_risk", "form": "low_grade", "quote": "img src=x"},
    ], NAME)  # fmt: skip
