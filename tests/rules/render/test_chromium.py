"""The HTML report in a real browser: it says nothing on the console, and its script works."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rules.render.html.page import page
from tests.rules.render.hostile import hostile

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--virtual-time-budget=2000", "--enable-logging=stderr", "--v=0",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> str:
    """A Chromium."""
    found = next((place for name in _NAMES if (place := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium is installed here (looked for {', '.join(_NAMES)})")
    return found


def _opened(browser: str, folder: Path, html: str, anchor: str = "") -> tuple[str, str]:
    """The page's elements after its script ran, and what the browser's console said."""
    (folder / "report.html").write_text(html, encoding="utf-8")
    address = (folder / "report.html").as_uri() + anchor
    command = [browser, *_FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", address]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    return ran.stdout, "\n".join(line for line in ran.stderr.splitlines() if ":CONSOLE" in line)


@pytest.mark.slow
def test_the_page_opens_without_a_word_on_the_console_and_follows_a_link(browser: str, tmp_path: Path) -> None:
    elements, console = _opened(browser, tmp_path, page([hostile()]), "#rule-EXE-006")
    assert console == ""
    rule = re.search(r'<details id="rule-EXE-006"([^>]*)>', elements)
    assert rule is not None
    assert "open" in rule[1], "the script opens what a link leads to"
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)", "", elements)


@pytest.mark.slow
def test_a_script_that_is_not_ours_would_be_stopped_and_seen(browser: str, tmp_path: Path) -> None:
    broken = page([hostile()]).replace("</article>", "<script>document.title = 'caught'</script></article>")
    elements, console = _opened(browser, tmp_path, broken)
    assert "Content Security Policy" in console
    assert "<title>caught" not in elements
