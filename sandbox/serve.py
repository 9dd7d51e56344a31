"""Starts the sandbox. `python -m bot sandbox` comes here."""

import socket
from asyncio import BaseTransport, Transport
from contextlib import suppress
from typing import cast

import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.app import create_app
from sandbox.limits import Limits
from sandbox.telegram import SandboxSettings

__all__ = ["Limits", "SandboxSettings", "run", "server"]


class CuttableLine(H11Protocol):
    """Lets the application break the line, as networks do: extension "sandbox.cut"."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Hand each request the way to abort its own connection."""
        super().connection_made(cast(Transport, transport))
        inner = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})["sandbox.cut"] = cast(Transport, transport).abort
            await inner(scope, receive, send)

        self.app = app


class SandboxServer(uvicorn.Server):
    """Ends streams and polls first: they would else hold the server up."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Hang up, then stop as usual."""
        self.config.app.state.telegram.hang_up()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def server(settings: SandboxSettings) -> uvicorn.Server:
    """A server that is ready to run, for those who start and stop it themselves."""
    return SandboxServer(
        uvicorn.Config(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            http=CuttableLine,
            ws="none",
            lifespan="on",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=75,
            server_header=False,
        )
    )


def run(settings: SandboxSettings) -> None:
    """Serve until interrupted. Raises OSError where the port is taken."""
    _check_port(settings)
    with suppress(KeyboardInterrupt):
        server(settings).run()


def _check_port(settings: SandboxSettings) -> None:
    """Say so early where another server has the port: uvicorn would only log it and exit."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((settings.host, settings.port))
