"""What comes after a session, over HTTP: a German coordinator and a Spanish member at once."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from delivery.buttons import Press
from delivery.presses_of_afterwards import (
    AskPaper,
    GetPaper,
    PickMember,
    ShowAttendance,
    ShowPapers,
    ShowPromised,
    ShowSessionFeedback,
)
from delivery.presses_of_practices import ShowPractices, WritePractice
from domain.exchanges import Exchange
from domain.people import Person
from domain.roles import Role
from domain.sessions import Reply, Session
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import settled
from tests.support.afterwards import without_telegram
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read
from tests.support.exchanges import exchange, member, session
from tests.support.partners import SetClock
from tests.support.roles import grant

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True, slots=True)
class Round:
    """An exchange whose session began an hour ago; a coordinator, a member, and somebody else."""

    exchange: Exchange
    session: Session
    chief: Chat
    member: Chat
    other: Chat


async def clock_of(bot: RunningBot) -> SetClock:
    clock = SetClock()
    moment = (await bot.sandbox.sim.clock())["now"]
    clock.now = clock.now.fromtimestamp(moment, clock.now.tzinfo)
    return clock


async def a_round(bot: RunningBot, store: Store, *, without: bool = False) -> Round:
    clock = await clock_of(bot)
    chief, own, other = [await settled(bot, store, one) for one in ("de", "es", "uk")]
    await grant(store, clock, chief.person, Role.COORDINATOR)
    there = (await exchange(store, clock)).exchange
    async with store.transaction():
        await store.exchanges.entrust(there.id, chief.person.id, at=clock())
    membership = await member(store, clock, there, own.person)
    if without:
        await without_telegram(store, clock, there)
    begins = clock() - timedelta(hours=1)
    made = await session(store, clock, there, starts_at=begins)
    async with store.transaction():
        await store.rsvps.put(made.id, membership.id, Reply.YES, since=clock())
    return Round(there, made, chief.chat, own.chat, other.chat)


async def press(chat: Chat, which: Press) -> None:
    """Press what carries this, under the bot's newest message."""
    newest = (await chat.from_bot())[-1]
    await chat.sim.tap(chat.person, newest["message_id"], callback_data=which.pack())


async def person_of(store: Store, chat: Chat) -> Person:
    found = await store.people.by_telegram(chat.person)
    assert found is not None
    return found


@ON_BOTH
async def test_from_who_was_there_to_whether_it_helped(bot: RunningBot, memory: Store) -> None:
    there = await a_round(bot, memory)
    chief, own, other = there.chief, there.member, there.other
    await press(chief, ShowAttendance(there.session.id, 0))
    window = await chief.expect("attendance-title")
    name = (await person_of(memory, own)).name or ""
    assert name in read(window["text"])
    await chief.tap("button-attendance-all", window)
    await chief.until(lambda one: "war da" in read(one["text"]), "one who was there")

    await press(chief, AskPaper(there.session.id, 1))
    await chief.expect("paper-question-minutes")
    await chief.say("TOP 1: Nachtmessung")
    await chief.expect("paper-minutes-added")
    told = await own.expect("MinutesAdded")
    await own.tap("button-papers", told)
    listed = await own.expect("papers-title")
    get = data_of(listed, "mg:")
    await own.sim.tap(own.person, listed["message_id"], callback_data=get)
    await own.expect("paper-words")
    assert "TOP 1: Nachtmessung" in read((await own.from_bot())[-1]["text"])
    for forged in (ShowPapers(there.session.id), GetPaper(int(get.partition(":")[2]))):
        await press(other, forged)
        await other.expect("refusal-not-yours")

    await bot.sandbox.sim.advance(4 * 3_600)
    asked = await own.expect("HelpedAsked")
    await own.tap("button-helped-partly", asked)
    await own.expect("what-question-partly")
    await own.say("Zu wenig Zeit für Fragen")
    thanks = await own.expect("helped-thanks")
    assert "Zu wenig Zeit für Fragen" in read(thanks["text"])
    await own.tap("button-helped-partly", thanks)
    await own.expect("what-question-partly")
    await own.tap("button-what-language")
    await own.expect("helped-thanks")
    await press(other, ShowSessionFeedback(there.session.id))
    await other.expect("refusal-not-yours")
    await press(chief, ShowSessionFeedback(there.session.id))
    numbers = await chief.expect("session-feedback-title")
    assert "Teils, teils: 1" in read(numbers["text"])
    assert "Sprache oder Technik: 1" in read(numbers["text"])
    assert name not in read(numbers["text"])


async def test_a_file_is_sent_again_as_it_came(bot: RunningBot, memory: Store) -> None:
    there = await a_round(bot, memory)
    chief, own = there.chief, there.member
    await press(chief, AskPaper(there.session.id, 0))
    await chief.expect("paper-question-file")
    await chief.say("Die Datei kommt gleich")
    await chief.expect("misheard-paper-file")
    await chief.sim.upload(chief.person, b"%PDF-1.4 tariffs", "Tarife.pdf")
    await chief.expect("paper-added")
    await press(own, ShowPapers(there.session.id))
    listed = await own.expect("papers-title")
    assert "Tarife.pdf" in read(listed["text"])
    get = data_of(listed, "mg:")
    await own.sim.tap(own.person, listed["message_id"], callback_data=get)

    def is_file(message: dict[str, object]) -> bool:
        return "document" in message

    message = await own.sim.wait_for(own.person, is_file)
    assert message["document"]["file_name"] == "Tarife.pdf"


async def test_asked_promised_reminded_and_done(bot: RunningBot, memory: Store) -> None:
    there = await a_round(bot, memory, without=True)
    chief, own = there.chief, there.member
    await press(chief, PickMember(there.session.id, 0))
    window = await chief.expect("follow-up-who")
    assert any("Berta Brieflich" in read(one) for one in buttons(window))
    await chief.sim.tap(chief.person, window["message_id"], callback_data=data_of(window, "mK:"))
    await chief.expect("follow-up-what")
    await chief.say("die Tariftabelle senden")
    question = await chief.expect("follow-up-when")
    await chief.say("gestern")
    await chief.expect("misheard-follow-up-day")
    await chief.sim.tap(chief.person, question["message_id"], callback_data="md:7")
    await chief.find("follow-up-asked")

    asked = await own.expect("FollowUpAsked")
    assert "die Tariftabelle senden" in read(asked["text"])
    await own.tap("button-follow-up-agree", asked)
    await own.expect("follow-up-agreed")
    await chief.expect("FollowUpAgreed")
    await bot.sandbox.sim.advance(5 * 24 * 3_600)
    due = await own.expect("FollowUpDue")
    await own.tap("button-follow-up-done", due)
    await own.expect("follow-up-done")
    await press(own, ShowPromised(there.exchange.id))
    await own.expect("promised-title", "promised-none")


async def test_good_practice_is_found_in_another_language(bot: RunningBot, memory: Store) -> None:
    there = await a_round(bot, memory)
    own, other = there.member, there.other
    await press(own, WritePractice(there.exchange.id, there.session.id))
    await own.expect("practice-question-title")
    await own.say("Menos pérdidas de agua")
    await own.expect("practice-question-words")
    await own.say("Medimos de noche y reparamos en una semana.")
    await own.expect("practice-question-topics")
    await own.tap("button-practice-topics-right")
    await own.expect("practice-question-readers")
    await own.tap("button-practice-to-all")
    await own.expect("practice-written")
    await other.say("/practices втрати води")
    found = await other.expect("practices-title", "practices-on")
    assert "Menos pérdidas de agua" in read(found["text"])
    await other.sim.tap(other.person, found["message_id"], callback_data=data_of(found, "ao:"))
    await other.expect("practice-language")
    await press(other, ShowPractices(0, ""))
    await other.expect("practices-title")
