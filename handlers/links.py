"""Deep links: t.me/<bot>?start=<link>, which Telegram brings as "/start <link>".

A conversation registers what its links lead to by what stands before their first hyphen or
underscore; one that is registered with an underscore ("join_") is another than the one without. A
link proves nothing: whoever follows it may have guessed it, so what it leads to asks for itself
whether the person may. Strangers follow it after they have agreed to be stored.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TypeGuard

from aiogram import Bot

from domain.errors import Refusal
from handlers.turn import Turn

Follow = Callable[[Turn, str], Awaitable[None]]

FOLLOWED: dict[str, Follow] = {}
"""What each kind of link leads to."""

# core.telegram.org/bots/features#deep-linking
_FORM = re.compile(r"[A-Za-z0-9_-]{1,64}")
_KIND = re.compile(r"([A-Za-z0-9]*)([_-]?)(.*)")


def follows(kind: str) -> Callable[[Follow], Follow]:
    """Register where links of a kind lead: a function of the turn and of what stands after the
    first hyphen or underscore. What it says it says in new messages."""

    def register(follow: Follow) -> Follow:
        FOLLOWED[kind] = follow
        return follow

    return register


def stated(arguments: str | None) -> str:
    """What was written after /start; empty where nothing was."""
    return (arguments or "").strip()


def known(link: str | None) -> TypeGuard[str]:
    """Whether it is a link of ours."""
    return bool(link and _FORM.fullmatch(link) and _parts(link)[0] in FOLLOWED)


def _parts(link: str) -> tuple[str, str]:
    """The kind of a link, and the rest of it."""
    kind, mark, rest = _KIND.fullmatch(link).groups()  # type: ignore[union-attr]
    return (kind + mark if kind + mark in FOLLOWED else kind), rest


async def follow(turn: Turn, link: str) -> None:
    """Go where a link that is known leads. Raises what the verb behind it refuses."""
    kind, rest = _parts(link)
    await FOLLOWED[kind](turn, rest)


async def follow_after_consent(turn: Turn, link: str) -> None:
    """The same, of somebody who has just agreed: a refusal is told, and the consent stays."""
    standing, said = turn.conversation, len(turn.sayings)
    pressed, turn.message_id = turn.message_id, None
    try:
        async with turn.store.trial():
            await follow(turn, link)
    except Refusal as refusal:
        del turn.sayings[said:]
        turn.conversation = standing
        turn.send(turn.say(refusal.key, None, **refusal.values))
    finally:
        turn.message_id = pressed


async def address(bot: Bot, link: str) -> str:
    """The address of a link, for buttons and for people to pass on."""
    if not _FORM.fullmatch(link):
        raise ValueError("Telegram takes no such link")
    return f"https://t.me/{(await bot.me()).username}?start={link}"
