"""The desk: what is saved, where it lies, and what may not be written."""

from pathlib import Path

import pytest

from rules.config import Config
from rules.errors import RulesError
from tests.tui.example import off_topic, overture, refuted
from tui.desk import Desk


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.db")


def test_a_rating_is_saved_once_and_found_again(place: str) -> None:
    desk = Desk(ledger_address=place)
    assert desk.place_of(overture()) is None

    assert desk.save([overture(), refuted()]) == ["overture.txt: saved as 0", "refuted.txt: saved as 1"]
    assert desk.save([refuted()]) == ["refuted.txt: already there as 1; noted as read again"]
    assert desk.place_of(refuted()) == "ledger 1"
    assert desk.place_of(off_topic()) is None


def test_a_rating_on_record_is_the_one_that_was_saved(place: str) -> None:
    desk = Desk(ledger_address=place)
    desk.save([refuted()])

    assert desk.assessment_of("0").to_json() == refuted().to_json()
    with pytest.raises(RulesError, match="No such entry"):
        desk.assessment_of("7")


def test_who_and_where_are_those_of_the_environment_before_the_configuration(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    desk = Desk(Config(who="ann", ledger="/folder/ratings.db"))
    assert (desk.who, desk.ledger_address) == ("ann", "/folder/ratings.db")

    monkeypatch.setenv("CAVEAT_WHO", "bob")
    monkeypatch.setenv("CAVEAT_LEDGER", "/folder/other.db")
    assert (desk.who, desk.ledger_address) == ("bob", "/folder/other.db")
    monkeypatch.delenv("CAVEAT_LEDGER")
    assert Desk().ledger_address == str(home / ".local/share/caveat/ledger.db")


def test_who_saved_it_is_on_record(place: str) -> None:
    desk = Desk(Config(who="ann"), place)
    desk.save([overture()])

    with desk.ledger() as ledger:
        assert b'"name":"ann"' in (ledger.content(ledger.entry(0), "who") or b"")


def test_a_desk_that_may_only_look_writes_nothing(place: str) -> None:
    desk = Desk(ledger_address=place, read_only=True)

    with pytest.raises(RulesError, match="Read only: this screen may only look; start `caveat serve --write`"):
        desk.save([overture()])
    assert not Path(place).exists()
