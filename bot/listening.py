"""The whole bot in one process: it listens, answers, delivers, and looks what is due."""

import asyncio
import gc

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from actions.understanding import Understanding
from bot import webhook
from bot.answering import Answering
from bot.calendars import Calendars, served
from bot.floods import Floods
from bot.gatekeeper import Gatekeeper
from bot.ledger import Ledger
from bot.listener import Listener
from bot.menus import Menus
from bot.middlewares import Turns
from bot.settings import Settings
from bot.timetable import timetable
from bot.understanding import TopicsInTheMaking, understanding_of
from bot.wiring import Parts, delivering, keeping_of, parts, patience_of
from delivery.gate import Gate
from handlers.routers import ROUTERS
from handlers.turn import Operator, Services

log = structlog.get_logger()

ANSWER_WITHIN = 30
"""Seconds after which a line on which nothing comes is given up; it holds up one person's lane."""


def telegram(settings: Settings, gate: Gate) -> Bot:
    """aiogram's bot, whose sends pass the gate."""
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(settings.api_url), timeout=ANSWER_WITHIN
    )
    session.middleware(Gatekeeper(gate))
    properties = DefaultBotProperties(
        parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)
    )
    return Bot(settings.token, session=session, default=properties)


def dispatcher(
    parts: Parts, understanding: Understanding, answering: Answering, ledger: Ledger
) -> Dispatcher:
    """aiogram's dispatcher; the state of conversations is ours, and commits with the work."""
    settings = parts.settings
    services = Services(
        store=parts.store,
        clock=parts.clock,
        understanding=understanding,
        operator=Operator(settings.operator_name, settings.operator_contact),
        patience=patience_of(settings),
        keeping=keeping_of(settings),
        alone_up_to=settings.announce_alone_up_to,
        public_url=settings.public_url,
    )
    made = Dispatcher(disable_fsm=True)
    made.update.outer_middleware(
        Turns(services, answering, ledger, settings.bot_id, Floods(settings.updates_per_person))
    )
    made.include_routers(*ROUTERS)
    return made


async def listen(settings: Settings, stop: asyncio.Event) -> None:
    """Run until told to stop."""
    async with parts(settings, stop) as assembled, delivering(assembled) as worker:
        bot = telegram(settings, assembled.gate)
        answering = Answering(bot, assembled.store)
        ledger = Ledger(assembled.store, settings.bot_id)
        topics = TopicsInTheMaking(settings)
        understanding = await understanding_of(settings, topics)
        hearing = dispatcher(assembled, understanding, answering, ledger)
        due = timetable(
            assembled.store,
            assembled.clock,
            patience_of(settings),
            keeping_of(settings),
            tick=settings.tick,
        )
        if settings.own_sandbox and settings.examples:
            from bot.demo.examples import settle_examples

            await settle_examples(
                assembled.store, assembled.clock, understanding, settings.sandbox_url
            )
        settling = asyncio.create_task(_settle_for_good(topics))
        due.start()
        menus = asyncio.create_task(Menus(bot, assembled.store).publish())
        delivery = asyncio.create_task(worker.run(stop)) if settings.deliver_here else None
        log.info("listening", api=settings.api_url, delivers=settings.deliver_here)
        try:
            async with served(settings, assembled.store, assembled.clock):
                await _hear(assembled, bot, hearing, ledger, stop)
        finally:
            stop.set()
            due.shutdown(wait=False)
            menus.cancel()
            settling.cancel()
            if delivery is not None:
                await delivery
            await answering.settle()
            await bot.session.close()


async def _settle_for_good(topics: TopicsInTheMaking) -> None:
    """What stays for good need not be looked through again: it halves the slowest answers."""
    await topics.ready()
    gc.collect()
    gc.freeze()
    gc.enable()


async def _hear(
    parts: Parts, bot: Bot, hearing: Dispatcher, ledger: Ledger, stop: asyncio.Event
) -> None:
    """By webhook where an address is set, else by asking."""
    settings = parts.settings
    if not settings.webhook_url:
        await Listener(bot, hearing, ledger).run(stop)
        return
    if settings.webhook_secret is None:
        raise SystemExit("WEBHOOK_URL needs WEBHOOK_SECRET: choose a long random word for it.")
    await webhook.serve(
        bot,
        hearing,
        ledger,
        url=settings.webhook_url,
        secret=settings.webhook_secret.get_secret_value(),
        host=settings.webhook_host,
        port=settings.webhook_port,
        stop=stop,
        calendars=Calendars(parts.store, parts.clock) if settings.public_url else None,
    )
