"""The sandbox as a web application: Bot API, control API and the chat page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.bot_api import BotApi
from sandbox.control import Control
from sandbox.telegram import SandboxSettings, Telegram

PAGE = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}


def create_app(settings: SandboxSettings) -> Starlette:
    """The application; its database opens when it starts."""
    telegram = Telegram(settings)
    bot_api = BotApi(telegram)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await telegram.open()
        try:
            yield
        finally:
            await telegram.close()

    routes = [
        Route("/bot{token}/{method}", bot_api),
        Route("/file/bot{token}/{path:path}", bot_api.download),
        *Control(telegram).routes(),
        Route("/", page),
        Route("/page/{file:path}", page),
    ]
    guards = [Middleware(OnlyFromHere)] if _is_loopback(settings.host) else []
    app = Starlette(routes=routes, middleware=guards, lifespan=lifespan)
    app.state.telegram = telegram
    return app


async def page(request: Request) -> Response:
    """The chat page's files."""
    path = (PAGE / request.path_params.get("file", "index.html")).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        return PlainTextResponse("There is no such page.", 404)
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    return FileResponse(path, media_type=kind, headers={"Cache-Control": "no-cache"})


class OnlyFromHere:
    """Refuses what a foreign web page sends through the browser of whoever runs the sandbox.

    Such a request names the page in Origin, or (DNS rebinding) its own host name in Host.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from this machine."""
        if scope["type"] == "http" and not _from_here(dict(scope["headers"])):
            sentence = "The sandbox answers this machine only."
            await JSONResponse({"error": sentence}, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _from_here(headers: dict[bytes, bytes]) -> bool:
    host = headers.get(b"host", b"").decode("latin-1")
    origin = headers.get(b"origin")
    if not _is_loopback(_name_in(f"//{host}")):
        return False
    return origin is None or _is_loopback(_name_in(origin.decode("latin-1")))


def _name_in(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
