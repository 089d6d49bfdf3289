"""The pack of the configuration: what every command uses where `--rules` does not say."""

import json
from pathlib import Path

import pytest

from rules.bundle import collect
from rules.pack import DEFAULT, load
from tests.rules.batch.making import folder_of, lines_of, texts
from tests.rules.cli.conftest import Caveat


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the shipped pack beside the configuration that names it; its digest."""
    for name, data in collect(DEFAULT).items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data + b"\n# Of the house.\n" if name == "pack.toml" else data)
    (tmp_path / "config.toml").write_text('rules = "house"\n')
    monkeypatch.setenv("CAVEAT_CONFIG", str(tmp_path / "config.toml"))
    digest = load(tmp_path / "house").digest
    assert digest != load().digest
    return digest


def test_rate_check_watch_and_batch_use_it(caveat: Caveat, tmp_path: Path, house: str) -> None:
    folder = folder_of(tmp_path / "news", texts(1))
    rated = caveat("rate", folder, "--format", "jsonl").out
    assert json.loads(rated)["pack"]["digest"] == house
    (tmp_path / "rated.jsonl").write_text(rated)
    assert caveat("check", tmp_path / "rated.jsonl").code == 0
    watched = caveat("watch", folder, "--once", "--state", tmp_path / "state").out
    assert json.loads(watched)["pack"]["digest"] == house
    caveat("batch", lines_of(tmp_path / "one.jsonl", 1), "--out", tmp_path / "out", "--workers", 1)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["pack"]["digest"] == house


def test_what_rules_says_goes_before_it(caveat: Caveat, tmp_path: Path, house: str) -> None:
    folder = folder_of(tmp_path / "news", texts(1))
    rated = caveat("rate", folder, "--format", "jsonl", "--rules", DEFAULT).out
    assert json.loads(rated)["pack"]["digest"] == load().digest != house


@pytest.mark.usefixtures("house")
def test_the_commands_of_its_author_work_on_it(caveat: Caveat, tmp_path: Path) -> None:
    made = caveat("rules", "new", "OFF-950", "--title", "Of the house")
    assert made.out == f"{tmp_path / 'house'}/off/OFF-950-of-the-house.toml\n"


def test_one_that_is_not_there_is_told_with_the_line_of_the_configuration(
    caveat: Caveat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('who = "ann"\nrules = "hause"\n')
    monkeypatch.setenv("CAVEAT_CONFIG", str(tmp_path / "config.toml"))
    ran = caveat("rate", "-", stdin=b"A text.")
    assert ran.code == 2
    assert ran.err.startswith(f"caveat: configuration: {tmp_path}/config.toml:2: rules: ")
