"""The webhook: Telegram brings updates, and is answered when their work is committed."""

import asyncio

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.calendars import Calendars
from bot.ledger import Ledger
from bot.listener import KINDS, LAST_WORDS, insist, unless
from bot.middlewares import NotHandled

log = structlog.get_logger()

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105, because it is a name
LEDGER_EVERY = 0.1


class CommittedHandler(SimpleRequestHandler):
    """aiogram's handler, answering when the work is committed, however long that takes (aiogram
    answers after 55 seconds at the latest), and 503 to what must come again."""

    async def handle(self, request: web.Request) -> web.Response:
        """One update."""
        bot = await self.resolve_bot(request)
        if not self.verify_secret(request.headers.get(SECRET_HEADER, ""), bot):
            return web.Response(body="Unauthorized", status=401)
        try:
            update = Update.model_validate(await request.json(), context={"bot": bot})
        except ValueError:
            return web.Response(status=400)
        try:
            await self.dispatcher.feed_update(bot, update)
        except NotHandled:
            return web.Response(status=503)
        except Exception as error:  # noqa: BLE001, it would come again and hold up those after it
            log.error("update-dropped", update=update.update_id, error=error)
        return web.Response()

    async def close(self) -> None:
        """Leave the session open: what is in hand still answers through it."""


async def serve(
    bot: Bot,
    dispatcher: Dispatcher,
    ledger: Ledger,
    *,
    url: str,
    secret: str,
    host: str,
    port: int,
    stop: asyncio.Event,
    calendars: Calendars | None = None,
) -> None:
    """Listen at host and port behind the public `url` until told to stop."""

    async def set_webhook() -> None:
        await bot.set_webhook(
            url.rstrip("/") + PATH, secret_token=secret, allowed_updates=KINDS, max_connections=40
        )

    application = web.Application()
    # Answering at once, aiogram's default, would confirm updates before their work is done.
    handler = CommittedHandler(dispatcher, bot, handle_in_background=False, secret_token=secret)
    handler.register(application, path=PATH)
    if calendars is not None:
        calendars.register(application)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=LAST_WORDS)
    await runner.setup()
    stopping = asyncio.create_task(stop.wait())
    try:
        await web.TCPSite(runner, host, port).start()
        await unless(stopping, insist(set_webhook))
        log.info("webhook-listening", port=port)
        while not stop.is_set():
            await ledger.write()
            await asyncio.wait({stopping}, timeout=LEDGER_EVERY)
    finally:
        stopping.cancel()
        await runner.cleanup()
        await ledger.write()
