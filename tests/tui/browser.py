"""A headless Chromium, driven by its own protocol: opens pages, types, and tells what they and the console say."""

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--remote-debugging-port=0", "--window-size=1000,700",
)  # fmt: skip
#: What goes through the socket of a page, in both directions, is kept where a test can read it.
_LISTEN = """
window.seen = "";
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    const decoder = new TextDecoder();
    this.addEventListener("message", async (event) => {
      if (typeof event.data === "string") return;
      const data = event.data instanceof Blob ? await event.data.arrayBuffer() : event.data;
      window.seen += decoder.decode(data, { stream: true });
    });
  }
};
"""
_PATIENCE, _TURN = 120.0, 0.05


def chromium() -> str | None:
    """A Chromium, if there is one."""
    return next((place for name in _NAMES if (place := shutil.which(name))), None)


class Page:
    """One page of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.console: list[str] = []
        self.requests: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader = asyncio.create_task(self._read())

    async def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """One command of the protocol, and its answer."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": given})
        return await asyncio.wait_for(answer, _PATIENCE)

    async def begin(self) -> None:
        """Listen to the console, to requests and to sockets."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.ask(f"{domain}.enable")
        await self.ask("Page.addScriptToEvaluateOnNewDocument", source=_LISTEN)

    async def open(self, address: str) -> None:
        """Go to an address."""
        await self.ask("Page.navigate", url=address)

    async def value(self, script: str) -> Any:
        """What a script gives, in the page."""
        answer = await self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer.get("result", {}).get("value")

    async def type(self, *keys: str) -> None:
        """Press keys: characters, or names such as Enter and Escape."""
        codes = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "Tab": 9}
        for key in keys:
            more = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            code = codes.get(key, 0)
            await self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **more)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def until(self, words: str) -> str:
        """Wait until the session has drawn these words; all that it has drawn so far."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while words not in (seen := str(await self.value("window.seen || ''"))):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(
                    f"the page never showed {words!r}; console: {self.console}; drawn: {seen[-2000:]!r}"
                )
            await asyncio.sleep(_TURN)
        return seen

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if "id" in told:
                self._answers.pop(told["id"]).set_result(told.get("result", told.get("error", {})))
            elif told["method"] == "Runtime.consoleAPICalled":
                self.console.append(" ".join(str(each.get("value")) for each in told["params"]["args"]))
            elif told["method"] == "Log.entryAdded":
                self.console.append(told["params"]["entry"]["text"])
            elif told["method"] == "Network.requestWillBeSent":
                self.requests.append(told["params"]["request"]["url"])


@asynccontextmanager
async def page(program: str, folder: Path) -> AsyncIterator[Page]:
    """A page of a new browser whose profile is in this folder."""
    ran = await asyncio.create_subprocess_exec(
        program, *_FLAGS, f"--user-data-dir={folder}", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        port = await _port(folder / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                targets = await answer.json(content_type=None)
            address = next(each["webSocketDebuggerUrl"] for each in targets if each["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                found = Page(socket)
                await found.begin()
                yield found
    finally:
        ran.terminate()
        await ran.wait()


async def _port(place: Path) -> int:
    end = asyncio.get_running_loop().time() + _PATIENCE
    while not (place.exists() and (lines := place.read_text().split())):
        if asyncio.get_running_loop().time() > end:
            raise AssertionError("Chromium did not start")
        await asyncio.sleep(_TURN)
    return int(lines[0])
