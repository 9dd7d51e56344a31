"""However many there are, and however long what they wrote: who runs an exchange is shown a message
that Telegram takes, and none of what still holds is missing from it."""

import asyncio
from typing import Any

import pytest

from actions import enquiries, entry_codes, exchanges, joining
from delivery.buttons import Press
from delivery.presses_of_afterwards import ShowAttendance
from delivery.presses_of_joining import ShowRequest, ShowRequests
from delivery.presses_of_running import RevokeInvitation, ShowInvitations, ShowMembers
from domain.joining import CODE_LASTS, LONGEST_NAME, LONGEST_NOTE, MOST_CODES
from domain.profiles import Profile
from domain.roles import Role
from domain.rules.announcements import shown_length
from tests.hostile.inputs import Tapped
from tests.hostile.line import SAYING
from tests.hostile.test_every_step import Front, front, runner
from tests.support.exchanges import Setting, exchange, session
from tests.support.partners import somebody

__all__ = ["front", "runner"]

MOST = 4_096
LANGUAGES = ("de", "uk", "ar")
LONG_NAME, LONG_NOTE = "Ю" * LONGEST_NAME, "щ" * LONGEST_NOTE


async def running(front: Front, language: str) -> tuple[Profile, Setting]:
    """An exchange, and somebody who runs it."""
    me, there = await front.settle(language), await exchange(front.store, front.clock)
    async with front.store.transaction():
        await front.store.roles.grant(me.person.id, Role.COORDINATOR, by=None, at=front.now)
        await front.store.exchanges.entrust(there.exchange.id, me.person.id, at=front.now)
    return me, there


async def shown(front: Front, who: Profile, press: Press) -> Any:
    """The answer to a press, which is no longer than Telegram takes."""
    language = who.person.language
    said = await front.hear(who.person.telegram_id, Tapped(press.pack()), 1, language)
    (call,) = [one for one in said if isinstance(one, SAYING)]
    assert shown_length(str(call.text)) <= MOST
    return call


def buttons_of(call: Any) -> list[str]:
    return [one.callback_data for row in call.reply_markup.inline_keyboard for one in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_with_long_names_would_like_to_join(
    runner: asyncio.Runner, front: Front, language: str
) -> None:
    async def is_shown() -> None:
        me, there = await running(front, language)
        for _ in range(21):
            await joining.ask(
                front.store, front.clock, by=await somebody(front.store, front.clock),
                exchange=there.exchange.id, name=LONG_NAME, organisation=LONG_NAME,
            )  # fmt: skip
        await shown(front, me, ShowRequests(there.exchange.id))

    runner.run(is_shown())


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_with_long_names_take_part(
    runner: asyncio.Runner, front: Front, language: str
) -> None:
    async def is_shown() -> None:
        me, there = await running(front, language)
        for number in range(11):
            await exchanges.enter(
                front.store, front.clock, by=me.person, exchange=there.exchange.id,
                name=LONG_NAME, email=f"{number}@example.org", organisation=LONG_NAME,
            )  # fmt: skip
        await shown(front, me, ShowMembers(there.exchange.id, 0))
        before = front.clock()
        made = await session(front.store, front.clock, there.exchange, starts_at=before)
        await shown(front, me, ShowAttendance(made.id, 0))

    runner.run(is_shown())


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_asked_again_and_again(
    runner: asyncio.Runner, front: Front, language: str
) -> None:
    async def is_shown() -> None:
        me, there = await running(front, language)
        person = await somebody(front.store, front.clock)
        asked = await joining.ask(
            front.store, front.clock, by=person, exchange=there.exchange.id, note=LONG_NOTE,
            name=LONG_NAME, organisation=LONG_NAME,
        )  # fmt: skip
        newest = f"{LONG_NOTE[:-1]}!"
        for words in (*[LONG_NOTE] * 5, newest):
            made = await enquiries.ask(
                front.store, front.clock, by=me.person, membership=asked.id, words=words
            )
            await enquiries.answer(
                front.store, front.clock, by=person, enquiry=made.id, words=words
            )
        call = await shown(front, me, ShowRequest(asked.id))
        assert str(call.text).count(newest) == 2

    runner.run(is_shown())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_that_lets_people_in_can_be_revoked(
    runner: asyncio.Runner, front: Front, language: str
) -> None:
    async def can_be() -> None:
        me, there = await running(front, language)
        number, store, clock = there.exchange.id, front.store, front.clock
        made = [
            (await entry_codes.make(store, clock, by=me.person, exchange=number, days=days))[1]
            for days in (*CODE_LASTS, *[0] * (MOST_CODES - len(CODE_LASTS)))
        ]
        for one in made[3:]:
            await entry_codes.revoke(store, clock, by=me.person, code=one.id)
        for left in (made[:3], made[:2]):
            call = await shown(front, me, ShowInvitations(number))
            revoking = [RevokeInvitation(one.id).pack() for one in left]
            assert set(revoking) <= set(buttons_of(call))
            await shown(front, me, RevokeInvitation(left[-1].id))
        endless = [
            (await entry_codes.make(store, clock, by=me.person, exchange=number, days=0))[1]
            for _ in range(MOST_CODES - 1)
        ]
        call = await shown(front, me, ShowInvitations(number))
        revoking = [RevokeInvitation(one.id).pack() for one in (made[0], *endless)]
        assert set(revoking) <= set(buttons_of(call))

    runner.run(can_be())
