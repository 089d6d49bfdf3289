"""Packages of our names that somebody else installed are found and named."""

from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.ownership import check_ownership


def test_a_clean_environment_is_accepted() -> None:
    check_ownership()


def test_another_distribution_with_a_package_of_our_name_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "business_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: business-rules\nVersion: 1.0\n", encoding="utf-8")
    (info / "top_level.txt").write_text("rules\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(RulesError, match="the package 'rules' is also installed by business-rules; install Caveat in"):
        check_ownership()
