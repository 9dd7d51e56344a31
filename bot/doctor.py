"""The doctor: what is wrong, and what to do about it, a line each."""

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx

from bot.settings import Settings
from bot.wiring import store_of
from storage.migrate import revisions, version_of
from storage.rotation import unopened
from storage.store import UNAVAILABLE, Store

Check = Callable[[Settings], Awaitable[str | None]]


async def examine(settings: Settings) -> int:
    """Print what was found; 0 when all is well, else 1."""
    faults = 0
    for name, check in CHECKS:
        fault = await check(settings)
        faults += fault is not None
        print(f"ok    {name}" if fault is None else f"FAULT {name}: {fault}")
    return 1 if faults else 0


async def _settings(settings: Settings) -> str | None:
    if settings.webhook_url and settings.webhook_secret is None:
        return "WEBHOOK_URL is set without WEBHOOK_SECRET; choose a long random word for it"
    if settings.bot_token and settings.operator_contact == "–":
        return "OPERATOR_CONTACT is not set; /privacy must say how to reach you"
    if settings.remind_after_days >= settings.expire_after_days:
        return "REMIND_AFTER_DAYS must be less than EXPIRE_AFTER_DAYS"
    return None


async def _database(settings: Settings) -> str | None:
    store = Store(settings.database)
    try:
        version = await version_of(store)
    except UNAVAILABLE as error:
        return f"does not answer ({type(error).__name__}); check DATABASE_URL"
    finally:
        await store.close()
    return None if version == revisions()[-1] else "not up to date; run: python -m bot migrate"


async def _contact_keys(settings: Settings) -> str | None:
    try:
        store = store_of(settings)
    except SystemExit as sentence:
        return str(sentence)
    try:
        lost = await unopened(store)
    except UNAVAILABLE:
        return None  # the database's own line says so
    finally:
        await store.close()
    on = "encrypted" if store.seal.on else "not encrypted: CONTACT_KEYS names no key"
    print(f"      contact details are {on}")
    return f"no key opens {lost} contact details; CONTACT_KEYS lacks an older key" if lost else None


async def _gazetteer(settings: Settings) -> str | None:
    from matching.places import Gazetteer, GazetteerUnavailableError

    try:
        await asyncio.to_thread(Gazetteer.open, settings.gazetteer)
    except GazetteerUnavailableError:
        return "not built, or of another version; run: python -m bot gazetteer"
    return None


async def _topics(settings: Settings) -> str | None:
    from bot.understanding import topics_of
    from matching.topics import TopicsNotLearned

    try:
        finder = await asyncio.to_thread(topics_of, settings)
    except TopicsNotLearned as error:
        return str(error)
    print(f"      topics are found by {finder.mode.words}")
    return None


async def _token(settings: Settings) -> str | None:
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.get(f"{settings.api_url}/bot{settings.token}/getMe")
    except httpx.HTTPError as error:
        return f"no answer from {settings.api_url} ({type(error).__name__}); is it running?"
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return "refused; check BOT_TOKEN (or SANDBOX_TOKEN) against @BotFather's message"
    return None if answer.is_success else f"{settings.api_url} answers {answer.status_code}"


async def _zones(_: Settings) -> str | None:
    try:
        for zone in ("Europe/Berlin", "Europe/Kyiv", "Asia/Amman"):
            ZoneInfo(zone)
    except ZoneInfoNotFoundError as error:
        return f"{error}; run: make setup"
    return None


CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", _settings),
    ("database", _database),
    ("contact keys", _contact_keys),
    ("gazetteer", _gazetteer),
    ("topics", _topics),
    ("token and server", _token),
    ("time zones", _zones),
)
