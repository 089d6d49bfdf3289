"""`caveat serve`: who is answered, what a session may do, and the screen in a real browser."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from textual.events import Paste

from rules.errors import RulesError
from rules.ledger.place import open_ledger
from rules.ledger.record import draft
from tests.ports import free_port
from tests.tui.browser import chromium, page
from tests.tui.example import overture
from tests.tui.ledgers import sees
from tests.tui.walk import SMALL, ListRater, finished, rows
from tui.app import CaveatApp
from tui.rater import Given
from tui.serve import allowed, child, is_loopback, main, origin
from tui.served import desk

_PATIENCE = 120.0


def test_only_loopback_is_served_unless_the_address_of_the_browsers_is_named() -> None:
    assert "http://localhost:8000" in allowed("localhost", 8000, None)
    assert "http://[::1]:8000" in allowed("127.0.0.1", 8000, None)
    with pytest.raises(RulesError, match="lets others in"):
        allowed("0.0.0.0", 8000, None)
    assert allowed("0.0.0.0", 8000, "https://ratings.example.org") == {
        "https://ratings.example.org:443", "https://ratings.example.org",
    }  # fmt: skip
    assert is_loopback("127.9.9.9")
    assert is_loopback("::1")
    assert not is_loopback("192.168.1.4")
    assert not is_loopback("localhost.example.org")


@pytest.mark.parametrize("url", ["ratings.example.org", "ftp://a.example", "https://", "https://a/b", "http://a:x"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(RulesError, match="write it like"):
        origin(url)


def test_wrong_usage_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--host", "0.0.0.0"]) == 2
    assert "caveat: not only this machine: --host 0.0.0.0" in capsys.readouterr().err
    assert main(["--port", "0"]) == 2


def test_a_configuration_that_cannot_stand_is_told_at_the_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "config.toml").write_text("thme = 1\n")
    monkeypatch.setenv("CAVEAT_CONFIG", str(home / "config.toml"))
    assert main([]) == 2
    assert "config.toml:1: unknown key 'thme'" in capsys.readouterr().err


def test_a_file_name_is_no_option_and_no_shell_word_of_the_session() -> None:
    command = child(("--write", "a b.txt; rm -rf ~"), write=False, ledger=None)
    assert command.endswith("-- --write 'a b.txt; rm -rf ~'")
    assert "--write --" not in command


def test_a_session_can_neither_write_nor_open(tmp_path: Path) -> None:
    sealed = desk(ledger=str(tmp_path / "ledger.db"))
    assert sealed.read_only
    assert sealed.sealed
    with pytest.raises(RulesError, match="only look"):
        sealed.save([overture()])
    assert not desk(write=True).read_only


def test_what_its_owner_watches_is_not_shown_to_a_session(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = home / "config.toml"
    config.write_text('watch = ["private"]\nfeeds = ["https://example.org/feed"]\n')
    monkeypatch.setenv("CAVEAT_CONFIG", str(config))
    assert desk().config.watch == ()
    assert desk().config.feeds == ()


async def test_neither_paths_nor_addresses_are_opened_and_no_file_is_written(tmp_path: Path) -> None:
    rater = ListRater(*finished(overture()))
    app = CaveatApp(["inbox"], rater, Path("none"), desk(), remember=False, recover=False)
    async with app.run_test(size=SMALL, notifications=True) as walk:
        await rows(walk, 1)
        await walk.press("o")
        assert walk.app.screen is app.inbox
        await walk.press("f")
        assert walk.app.screen is app.inbox
        app.open_sources([str(tmp_path), "http://169.254.169.254/"])
        await sees(walk, "neither paths nor addresses")
        walk.app.post_message(Paste(str(tmp_path)))
        await walk.press("ctrl+r")
        await sees(walk, "no files are written")
        assert walk.app.screen is app.inbox
        given = [each for asked in rater.asked[1:] for each in asked]
        assert [each.announcement.text for each in given if isinstance(each, Given)] == [str(tmp_path)], "a mere text"
        assert rater.asked[0] == ["inbox"]
        assert all(isinstance(each, Given) for each in given)


async def test_foreign_hosts_and_origins_are_turned_away(tmp_path: Path) -> None:
    async with served(tmp_path) as address, aiohttp.ClientSession() as session:
        name = address.removeprefix("http://")

        async def status(path: str = "/", **headers: str) -> int:
            async with session.get(f"{address}{path}", headers=headers) as answer:
                return answer.status

        async with session.get(address) as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "googleapis" not in await answer.text()
        assert await status("/static/js/textual.js") == 200
        assert await status(Host="evil.example") == 403
        assert await status(Host="evil.example:80") == 403
        assert await status(Host=f"{name}.evil.example") == 403
        assert await status(Origin="https://evil.example") == 403
        assert await status(Origin="null") == 403
        assert await status(Origin=address) == 200
        assert await status("/download/none", Origin="https://evil.example") == 403
        assert await status("/static/../../../etc/passwd") in (403, 404)
        async with session.post(address) as answer:
            assert answer.status == 403
        for came_from in ("https://evil.example", f"{address}.evil.example", "http://localhost:1", None):
            headers = {"Origin": came_from} if came_from else {}
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{address}/ws", headers=headers)
            assert refused.value.status == 403


@pytest.mark.slow
async def test_the_screen_in_a_browser_reads_and_cannot_write(tmp_path: Path) -> None:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed here")
    with open_ledger(str(tmp_path / "ledger.db"), write=True) as ledger:
        ledger.append(draft(overture()))
    async with served(tmp_path) as address, page(program, tmp_path / "profile") as browser:
        await browser.open(address)
        await browser.until("Help")
        await browser.type("L")
        await browser.until("Signal only")
        await browser.type("o")
        await browser.until("only look")
        assert all(each.startswith((address, "about:", "data:")) for each in browser.requests), browser.requests
        assert not [line for line in browser.console if "Refused" in line or "Content Security" in line], (
            browser.console
        )
        foreign = address.replace("localhost", "127.0.0.1")
        assert await browser.value(_TRIES.format(address=foreign.replace("http", "ws", 1))) == "refused"
    with open_ledger(str(tmp_path / "ledger.db")) as ledger:
        assert ledger.size == 1


#: A page of another origin (the name differs) tries to begin a session.
_TRIES = """
new Promise((done) => {{
  try {{
    const socket = new WebSocket("{address}/ws");
    socket.onopen = () => done("open");
    socket.onerror = () => done("refused");
  }} catch (error) {{ done("refused"); }}
}})
"""


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[str]:
    """The server on a free port, over a ledger in this folder; its address."""
    port = free_port()
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.serve", "--port", str(port), "--ledger", str(folder / "ledger.db"),
        stderr=asyncio.subprocess.PIPE, env=dict(os.environ),
    )  # fmt: skip
    try:
        assert ran.stderr is not None
        told = await asyncio.wait_for(ran.stderr.readline(), _PATIENCE)
        assert b"read only" in told
        await _answers(port)
        yield f"http://localhost:{port}"
    finally:
        ran.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(ran.wait(), _PATIENCE) == 0


async def _answers(port: int) -> None:
    end = asyncio.get_running_loop().time() + _PATIENCE
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            assert asyncio.get_running_loop().time() < end, "the server never answered"
            await asyncio.sleep(0.02)
        else:
            writer.close()
            await writer.wait_closed()
            return
