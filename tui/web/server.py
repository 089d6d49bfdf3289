"""The web server of `caveat serve`: textual-serve behind a guard that turns foreign requests away."""

import logging
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler
from textual_serve.server import Server

#: Sessions at once; each is a process of its own.
MOST_SESSIONS = 8
_TITLE = "Caveat"
_FONT_SIZE = 16
_SOCKET = "/ws"
#: Our own files beside the template.
_PAGE = ("page.css", "page.js")
#: Nothing from elsewhere, nothing inline but what xterm.js sets on its own elements; no popups, no frames.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:;"
    " connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " sandbox allow-scripts allow-same-origin"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class GuardedServer(Server):
    """Serves one command to pages of the allowed origins, a limited number at once."""

    def __init__(self, command: str, host: str, port: int, origins: frozenset[str], page: str) -> None:
        super().__init__(command, host, port, title=_TITLE, templates_path=page)
        self._origins = origins
        self._hosts = frozenset(name.partition("://")[2].casefold() for name in origins)
        self._page = page
        self._sessions = 0

    def run(self) -> None:
        """Serve until the process is told to stop. Raises OSError."""
        logging.getLogger("textual-serve").setLevel(logging.ERROR)
        web.run_app(self._make_app(), host=self.host, port=self.port, access_log=None, print=lambda *_: None)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        for name in _PAGE:
            app.router.add_get(f"/page/{name}", self._own)
        app.middlewares.append(self._guard())
        app.on_response_prepare.append(self._head)
        return app

    def _guard(self) -> Any:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            if refusal := self.refusal(request):
                raise web.HTTPForbidden(text=f"{refusal}\n")
            return await handler(request)

        return guard

    def refusal(self, request: web.Request) -> str:
        """Why a request is turned away; empty for one that is answered."""
        if request.method not in ("GET", "HEAD"):
            return "Only GET is answered."
        if request.headers.getall("Host", []) != [request.host] or request.host.casefold() not in self._hosts:
            return "This server has another name; see --public-url."
        came_from = request.headers.get("Origin")
        if came_from is None:
            return "A session begins from the page of this server." if request.path == _SOCKET else ""
        same = came_from.casefold().partition("://")[2] == request.host.casefold()
        return "" if same and came_from.casefold() in self._origins else "Another page asks; only its own may."

    async def on_startup(self, app: web.Application) -> None:
        """What the command says at its start is enough."""

    @aiohttp_jinja2.template("app_index.html")
    async def handle_index(self, request: web.Request) -> dict[str, Any]:
        """The page, with addresses as the browser spelled them."""
        return {
            "font_size": _FONT_SIZE,
            "app_websocket_url": f"{self._socket(request)}{_SOCKET}",
            "config": {"static": {"url": "/static/"}},
            "application": {"name": self.title},
        }

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One session, if there is room for it."""
        if self._sessions >= MOST_SESSIONS:
            raise web.HTTPServiceUnavailable(text=f"{MOST_SESSIONS} sessions are open; close one.\n")
        self._sessions += 1
        try:
            return await super().handle_websocket(request)
        finally:
            self._sessions -= 1

    async def _own(self, request: web.Request) -> web.FileResponse:
        return web.FileResponse(f"{self._page}/{next(name for name in _PAGE if request.path.endswith(name))}")

    async def _head(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = _POLICY.format(socket=self._socket(request))
        response.headers.pop("Server", None)

    def _socket(self, request: web.Request) -> str:
        """The scheme and name under which this page may open its session."""
        secure = f"https://{request.host}".casefold() in self._origins
        return f"{'wss' if secure else 'ws'}://{request.host if request.host.casefold() in self._hosts else 'invalid'}"
