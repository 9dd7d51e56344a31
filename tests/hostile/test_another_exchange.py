"""What belongs to an exchange is nothing to who runs another one, whatever number they guess."""

import asyncio
from datetime import timedelta

import pytest

from actions import exchanges
from delivery.buttons import Press
from delivery.presses_of_joining import AdmitMember, AskNewcomer, DeclineMember, ShowRequest
from domain.exchanges import Entry, Membership
from domain.roles import Role
from tests.hostile.inputs import Tapped
from tests.hostile.test_asides_end import LANGUAGE, told
from tests.hostile.test_every_step import Front, front, runner
from tests.support.chat import says
from tests.support.exchanges import Setting, exchange, member

__all__ = ["front", "runner"]


async def old_members(front: Front, there: Setting) -> list[Membership]:
    """One who was let in at once, and one who was entered without Telegram, both long ago."""
    secret = await front.settle("uk")
    theirs = [await member(front.store, front.clock, there.exchange, secret.person)]
    theirs.append(
        await exchanges.enter(
            front.store,
            front.clock,
            by=there.coordinator,
            exchange=there.exchange.id,
            name="Jan Geheim",
            email="jan@example.org",
        )
    )
    return theirs


@pytest.mark.parametrize("kind", [ShowRequest, AdmitMember, AskNewcomer, DeclineMember])
def test_who_takes_part_is_not_shown_by_guessing(
    runner: asyncio.Runner, front: Front, kind: type[Press]
) -> None:
    async def is_refused() -> None:
        me = await front.settle(LANGUAGE)
        async with front.store.transaction():
            await front.store.roles.grant(me.person.id, Role.COORDINATOR, by=None, at=front.now)
        there = await exchange(front.store, front.clock, entry=Entry.BY_INVITATION)
        theirs = await old_members(front, there)
        front.now += timedelta(days=30)
        for one in theirs:
            more = ("",) if kind is DeclineMember else ()
            said = await told(front, me, Tapped(kind(one.id, *more).pack()))
            assert says(LANGUAGE, "refusal-not-yours", said[0]), said

    runner.run(is_refused())
