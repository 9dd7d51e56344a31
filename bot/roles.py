"""Roles on the command line: the first administrator's code, and the trail."""

import httpx

from actions import roles
from bot.clock import SandboxClock
from bot.settings import Settings
from bot.wiring import store_of
from domain.clock import Clock, wall_clock
from domain.roles import Invitation
from domain.trail import Entry
from storage.migrate import upgrading


async def invitation(settings: Settings) -> str:
    """A new code for an administrator, and what to do with it. Only its digest is stored."""
    await upgrading(settings.database)
    store = store_of(settings)
    try:
        made = await roles.code_for_administrator(store, await _clock(settings))
    finally:
        await store.close()
    return _what_to_do(settings, made, await _username(settings))


async def trail_lines(settings: Settings, limit: int) -> list[str]:
    """The newest lines of the trail, the oldest of them first."""
    await upgrading(settings.database)
    store = store_of(settings)
    try:
        entries = await store.roles.trail(limit=limit)
    finally:
        await store.close()
    return [_line(one) for one in reversed(entries)] or ["Nothing has been done yet."]


def _line(entry: Entry) -> str:
    by = "–" if entry.by is None else f"person:{entry.by}"
    return f"{entry.at:%Y-%m-%d %H:%M:%S} UTC  {by:<14}  {entry.verb:<28}  {entry.subject}"


def _what_to_do(settings: Settings, made: Invitation, username: str | None) -> str:
    bot = f"the bot (@{username})" if username else "the bot"
    lines = [
        f"A one-time code, valid until {made.expires_at:%Y-%m-%d %H:%M} UTC. Whoever sends it to "
        f"{bot} becomes an administrator:",
        "",
        f"  /redeem {made.code}",
    ]
    if settings.in_sandbox:
        lines += ["", f"Write it on the chat page: {settings.api_url}"]
    elif username:
        lines += ["", "Or open:", "", f"  https://t.me/{username}?start=redeem-{made.code}"]
    return "\n".join(lines)


async def _username(settings: Settings) -> str | None:
    """The bot's name, if its server answers: the code is good without it, too."""
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(f"{settings.api_url}/bot{settings.token}/getMe")
            return str(answer.raise_for_status().json()["result"]["username"])
    except (httpx.HTTPError, ValueError, KeyError):
        return None


async def _clock(settings: Settings) -> Clock:
    """The clock by which the bot will judge the code; the machine's where no sandbox answers."""
    if not settings.in_sandbox:
        return wall_clock
    clock = SandboxClock(settings.api_url)
    await clock.look()
    return clock
