"""How an introduction goes on after it was asked for: each side reads it in its own language."""

import asyncio
from datetime import timedelta

import pytest

from domain.introductions import IntroductionState, Patience
from storage.store import Store
from tests.journeys.standing import Side, settled
from tests.support.bot_process import RunningBot
from tests.support.chat import buttons, read, says

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def pair(bot: RunningBot, store: Store, one: str, other: str) -> tuple[Side, Side, int]:
    """Two with visible profiles, of whom the first has asked; and the introduction's id."""
    here, there = await asyncio.gather(settled(bot, store, one), settled(bot, store, other))
    await here.press(f"i:{there.organisation.id}")
    await there.told("IntroductionAsked")
    (made,) = await store.introductions.of(here.organisation.id)
    return here, there, made.id


async def state(store: Store, introduction: int) -> IntroductionState:
    found = await store.introductions.by_id(introduction)
    assert found is not None
    return found.state


async def test_declined(bot: RunningBot, memory: Store) -> None:
    here, there, made = await pair(bot, memory, "uk", "ar")
    await there.chat.tap("button-decline")
    await there.told("introduction-you-declined")
    notice = await here.told("IntroductionDeclined")
    assert there.organisation.name in notice
    assert await state(memory, made) is IntroductionState.DECLINED
    await here.press(f"i:{there.organisation.id}")
    await here.told("refusal-no-longer-open")
    await there.press(f"ia:{made}")
    await there.told("refusal-no-longer-open")
    assert await there.times_told("IntroductionAsked") == 0, "its message was changed in place"
    assert len(await memory.introductions.of(here.organisation.id)) == 1


async def test_who_has_declined_may_ask_later(bot: RunningBot, memory: Store) -> None:
    here, there, _ = await pair(bot, memory, "es", "de")
    await there.chat.tap("button-decline")
    await here.told("IntroductionDeclined")
    await there.press(f"i:{here.organisation.id}")
    await here.told("IntroductionAsked")
    await here.chat.tap("button-accept")
    assert f"{here.chat.person}@example.org" in await there.told("IntroductionAccepted")


async def test_withdrawn_and_accepted_too_late(bot: RunningBot, memory: Store) -> None:
    here, there, made = await pair(bot, memory, "de", "uk")
    await here.chat.tap("button-withdraw")
    withdrawn = await here.told("introduction-you-withdrew")
    assert there.organisation.name in withdrawn
    await there.told("IntroductionWithdrawn")
    await there.chat.tap("button-accept")
    await there.told("refusal-no-longer-open")
    assert await state(memory, made) is IntroductionState.WITHDRAWN
    assert await here.times_told("IntroductionAccepted") == 0


async def test_accepting_twice_at_once_shows_contacts_once(bot: RunningBot, memory: Store) -> None:
    here, there, made = await pair(bot, memory, "fr", "pt")
    asked = await there.chat.find("IntroductionAsked")
    await asyncio.gather(
        *(
            there.chat.sim.tap(there.chat.person, asked["message_id"], callback_data=f"ia:{made}")
            for _ in range(2)
        )
    )
    await there.told("introduction-you-accepted")
    for side, other in ((here, there), (there, here)):
        assert f"{other.chat.person}@example.org" in await side.told("IntroductionAccepted")
    await there.chat.sim.tap(there.chat.person, asked["message_id"], callback_data=f"ia:{made}")
    await asyncio.gather(here.chat.say("/help"), there.chat.say("/help"))
    await asyncio.gather(here.chat.expect("help"), there.chat.expect("help"))
    assert await here.times_told("IntroductionAccepted") == 1
    assert await there.times_told("IntroductionAccepted") == 1


async def test_asking_each_other_at_once_is_agreeing(bot: RunningBot, memory: Store) -> None:
    here, there = await asyncio.gather(settled(bot, memory, "en"), settled(bot, memory, "ar"))
    await asyncio.gather(
        here.press(f"i:{there.organisation.id}"), there.press(f"i:{here.organisation.id}")
    )
    for side, other in ((here, there), (there, here)):
        assert other.organisation.name in await side.told("IntroductionAccepted")
    assert len(await memory.introductions.of(here.organisation.id)) == 1


async def test_a_notice_speaks_the_language_that_its_reader_has_by_then(
    bot: RunningBot, memory: Store
) -> None:
    here, there, _ = await pair(bot, memory, "de", "fr")
    await here.chat.say("/language")
    await here.chat.expect("language-question")
    await here.chat.tap_text("العربية")
    here.chat.language = "ar"
    await here.told("language-changed")
    await there.chat.tap("button-decline")
    await here.told("IntroductionDeclined")


async def test_an_answer_in_the_middle_of_a_question_leaves_it_waiting(
    bot: RunningBot, memory: Store
) -> None:
    here, there, _ = await pair(bot, memory, "pt", "uk")
    await there.press("e:name")
    await there.told("question-name")
    await there.chat.tap("button-accept")
    await there.told("introduction-you-accepted")
    await here.told("IntroductionAccepted")
    await there.chat.say("Олена Коваль")
    await there.told("answer-stored")
    person = await memory.people.by_id(there.person.id)
    assert person is not None
    assert person.name == "Олена Коваль"


async def test_a_reminder_after_five_days_and_an_end_after_fourteen(
    bot: RunningBot, memory: Store
) -> None:
    patience = Patience()
    sim = bot.sandbox.sim
    several = await asyncio.gather(
        *(pair(bot, memory, *two) for two in (("ar", "uk"), ("uk", "ar"), ("de", "pt")))
    )
    await sim.advance((patience.remind_after + timedelta(minutes=1)).total_seconds())
    for here, there, _ in several:
        reminder = await there.told("IntroductionReminder")
        assert here.organisation.name not in reminder, "still without a name"
        newest = (await there.chat.from_bot())[-1]
        assert there.chat.words("button-accept") in buttons(newest)
        assert await here.times_told("IntroductionReminder") == 0
    answered_late, *waiting = several
    await answered_late[1].chat.tap("button-accept")
    await answered_late[0].told("IntroductionAccepted")
    await sim.advance((patience.expire_after - patience.remind_after).total_seconds())
    for here, there, made in waiting:
        ended = await here.told("IntroductionExpired")
        assert there.organisation.name in ended
        assert await state(memory, made) is IntroductionState.EXPIRED
        await there.press(f"ia:{made}")
        await there.told("refusal-no-longer-open")
        assert await there.times_told("IntroductionReminder") == 1
        assert await there.times_told("IntroductionExpired") == 0
    here, there, _ = answered_late
    assert await here.times_told("IntroductionExpired") == 0
    texts = [read(one["text"]) for one in await here.chat.from_bot() if "text" in one]
    assert sum(says("ar", "IntroductionAccepted", one) for one in texts) == 1
