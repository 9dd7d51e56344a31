"""Who joins an exchange that is open to all is seen by those who run it, and disturbs nobody."""

import pytest

from domain.exchanges import Entry
from domain.profiles import Answer
from domain.roles import Role
from locales.speech import speech
from storage.store import Store
from tests.journeys.standing import settled, stand_at
from tests.journeys.test_organisations import now_in
from tests.journeys.walking import NEWCOMERS
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, read
from tests.support.exchanges import CONTACT, exchange

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(("language", "other"), [("de", "uk"), ("ar", "fr")])
async def test_who_joins_stands_above_the_members_for_a_week(
    bot: RunningBot, memory: Store, language: str, other: str
) -> None:
    clock = await now_in(bot)
    there = (await exchange(memory, clock, entry=Entry.OPEN)).exchange
    chief = await settled(bot, memory, language)
    async with memory.transaction():
        await memory.roles.grant(chief.person.id, Role.COORDINATOR, by=None, at=clock())
        await memory.exchanges.entrust(there.id, chief.person.id, at=clock())
    before = len(await chief.chat.from_bot())

    guest = await stand_at(bot, memory, other, Answer.FUNCTION)
    await guest.sim.start(guest.person, f"join_{there.id}")
    await guest.tap("button-join")
    await guest.expect("joining-organisation")
    await guest.say(f"{NEWCOMERS[other].organisation} {guest.person}")
    await guest.find("joined-at-once")

    assert len(await chief.chat.from_bot()) == before, "nobody is disturbed"
    await chief.chat.say("/exchanges")
    await chief.chat.expect("exchanges-title")
    await chief.press(f"xe:{there.id}")
    window = await chief.chat.until(lambda one: CONTACT.email in read(one["text"]), "its window")
    opens = speech(language).plain("button-members-new", number=1, new=1)
    assert opens in buttons(window)
    await chief.chat.tap_text(opens, window)
    listed = await chief.chat.expect("members-new")
    assert read(listed["text"]).count(NEWCOMERS[other].name) == 2, "above the list, and in it"
