"""Calendars to subscribe to, over HTTP: a private address shows its person's sessions.

Nothing is written into the journal: an address is a secret, and who looks at it is nobody's
business.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

import structlog
from aiohttp import web

from actions import calendars, running
from bot.settings import Settings
from delivery.calendar import Entry, feed
from domain.clock import Clock
from domain.people import Person
from handlers.calendars import PATH
from locales.speech import speech
from storage.store import UNAVAILABLE, Store

log = structlog.get_logger()

PRIVATE = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}


class Calendars:
    """What is shown at /calendar/<token>.ics."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def register(self, application: web.Application) -> None:
        """Serve it beside what is served there already."""
        application.router.add_get(f"{PATH}/{{token}}.ics", self.show)

    async def show(self, request: web.Request) -> web.Response:
        """The calendar; 404 for an address that is none, or no longer."""
        try:
            person = await calendars.owner(self._store, request.match_info["token"])
            if person is None:
                return web.Response(status=404)
            content = await self._calendar_of(person)
        except UNAVAILABLE:
            return web.Response(status=503)
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        headers = {**PRIVATE, "ETag": tag}
        if tag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=content, content_type="text/calendar", charset="utf-8", headers=headers
        )

    async def _calendar_of(self, person: Person) -> bytes:
        several = await running.coming_to(self._store, self._clock, person)
        exchanges = await self._store.exchanges.several({one.exchange for one in several})
        entries = [Entry(one, exchanges[one.exchange]) for one in several]
        # Some hundred events take a while to write, and people wait for their answers meanwhile.
        return await asyncio.to_thread(feed, speech(person.language), entries)


@asynccontextmanager
async def served(settings: Settings, store: Store, clock: Clock) -> AsyncIterator[None]:
    """A web server for calendars alone, where there is a public address and no webhook, which
    would serve them, too."""
    if not settings.public_url or settings.webhook_url:
        yield
        return
    application = web.Application()
    Calendars(store, clock).register(application)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.webhook_host, settings.webhook_port).start()
        log.info("calendars-listening", port=settings.webhook_port)
        yield
    finally:
        await runner.cleanup()
