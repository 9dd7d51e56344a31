"""Exchanges over HTTP: begun, found, joined, answered and left, in several languages at once."""

import asyncio
import re
import time

import pytest
import pytest_asyncio

from actions import joining
from delivery.exchange_cards import title_of
from domain.exchanges import Exchange, MembershipState
from domain.profiles import Answer
from locales import names
from locales.speech import speech
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import newcomer, stand_at
from tests.journeys.test_organisations import coordinating, now_in, person_of
from tests.support.bot_process import RunningBot
from tests.support.chat import PATIENCE, Chat, buttons, data_of, read
from tests.support.exchanges import CONTACT
from tests.support.sandbox_server import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = 24 * 60 * 60


@pytest_asyncio.fixture(loop_scope="module")
async def store(bot: RunningBot):
    """The bot's own database, opened beside it."""
    opened = Store(bot.database_url)
    yield opened
    await opened.close()


async def begun(store: Store, chat: Chat, title: str, entry: str = "on-approval") -> Exchange:
    """An exchange that a coordinator begins, question by question."""
    await chat.say("/exchanges")
    await chat.tap("button-new-exchange")
    await chat.expect("exchange-question-title")
    await chat.say(title)
    await chat.expect("exchange-question-description")
    await chat.tap("button-skip")
    await chat.expect("exchange-question-contact")
    for wrong in ("Anna Beispiel, +49 30 123456", "Anna Beispiel, anna@example.org, 030 123456"):
        await chat.say(wrong)
        await chat.expect("misheard-named-contact")
    await chat.say(f"{CONTACT.name}, {CONTACT.email}, {CONTACT.phone}")
    await chat.expect("exchange-question-sectors")
    await chat.sim.tap(
        chat.person, (await chat.from_bot())[-1]["message_id"],
        callback_data="Jo:sectors:wastewater",
    )  # fmt: skip
    chosen = await chat.expect("answered-so-far")
    await chat.tap("button-done", chosen)
    await chat.expect("exchange-question-topics")
    await chat.say(names.topic(chat.language, "sludge"))
    chosen = await chat.expect("exchange-question-topics", "answered-so-far")
    await chat.tap("button-done", chosen)
    await chat.expect("exchange-question-entry")
    await chat.tap(f"button-entry-{entry}")
    await chat.expect("exchange-question-rules")
    await chat.say("1. ✓")
    await chat.expect("exchange-question-zone")
    await chat.say("Europe/Berlin")
    preview = await chat.expect("exchange-preview")
    assert title in read(preview["text"])
    await chat.tap("button-begin-exchange")
    await chat.expect("exchange-begun")
    me = await person_of(store, chat)
    made = (await store.exchanges.run_by(me.id))[0]
    assert title_of(speech(chat.language), made) == title
    return made


async def opened(chat: Chat, exchange: Exchange) -> Message:
    """The window of an exchange, by the list."""
    await chat.say("/exchanges")
    title = title_of(speech(chat.language), exchange)
    listed = await chat.expect("exchanges-title")
    await chat.tap_text(next(one for one in buttons(listed) if title in one), listed)
    return await chat.until(lambda one: CONTACT.email in read(one["text"]), "its window")


async def state_of(store: Store, chat: Chat, exchange: Exchange) -> MembershipState:
    found = await store.memberships.between(exchange.id, (await person_of(store, chat)).id)
    assert found is not None
    return found.state


@ON_BOTH
async def test_from_a_dialogue_to_members_who_come_and_go(bot: RunningBot, store: Store) -> None:
    chief, second = [await coordinating(bot, store, one) for one in ("ar", "fr")]
    there = await begun(store, chief, "شراكات المياه الدولية")
    await chief.tap("button-exchange-settings")
    await chief.expect("exchange-settings-title")
    await chief.tap("button-runners")
    offered = await chief.expect("runners")
    french = (await person_of(store, second)).id
    await chief.sim.tap(
        chief.person, offered["message_id"], callback_data=f"Je:{there.id}:{french}:1"
    )
    await second.expect("ExchangeEntrusted")

    german = await newcomer(bot, "de")
    await german.sim.start(german.person, f"join_{there.id}")
    await german.expect("welcome")
    await german.tap("button-consent")
    await german.find("entry-on-approval")
    await german.expect("joining-name")
    await german.say("Ada Beispiel")
    await german.expect("joining-organisation")
    await german.say("Stadtwerke Musterstadt")
    await german.expect("joining-note")
    await german.say("Wir bauen gerade um")
    sent = await german.expect("joining-sent")
    asked = await chief.expect("JoinAsked")
    for words in ("Ada Beispiel", "Stadtwerke Musterstadt", "Wir bauen gerade um"):
        assert words in read(asked["text"])
    at_second = await second.expect("JoinAsked")

    ukrainian = await stand_at(bot, store, "uk", Answer.ORGANISATION)
    window = await opened(ukrainian, there)
    await ukrainian.tap("button-ask-to-join", window)
    await ukrainian.expect("joining-organisation")
    await ukrainian.say("Львівводоканал")
    await ukrainian.expect("joining-note")
    await ukrainian.tap("button-without-note")
    await ukrainian.find("joining-sent")
    await ukrainian.expect("joining-taken-over", "question-kind")
    # No card comes any more: what the bot says to the coordinator next is what they asked for.
    await chief.find_text("Львівводоканал")

    await chief.tap("button-ask-newcomer", asked)
    await chief.expect("enquiry-question")
    await chief.say("منذ متى؟")
    await chief.find("enquiry-sent")
    question = await german.expect("EnquiryMade")
    assert "منذ متى؟" in read(question["text"])
    await german.tap("button-answer-enquiry", question)
    await german.expect("enquiry-answer")
    await german.say("Seit 2019")
    await german.expect("enquiry-answer-sent")
    answered = await chief.find("EnquiryAnswered")
    assert "Seit 2019" in read(answered["text"])

    await chief.tap("button-admit-member", asked)
    await chief.find("request-done-member")
    await german.expect("JoinAdmitted")
    await second.tap("button-decline-member", at_second)
    await second.find("request-settled-member")
    assert await state_of(store, german, there) is MembershipState.MEMBER

    waiting = await second.find_text("Львівводоканал")
    await second.tap("button-decline-member", waiting)
    await second.find("decline-why")
    await second.tap("button-why-full")
    await second.find("request-done-declined")
    told = await ukrainian.expect("JoinDeclined")
    assert read(str(ukrainian.words("declined-full"))) in read(told["text"])
    assert CONTACT.email in read(told["text"])
    assert await state_of(store, ukrainian, there) is MembershipState.DECLINED

    await german.tap("button-show-exchange", sent)
    await german.find("exchange-taking-part")
    await german.tap("button-leave-exchange")
    await german.find("exchange-left")
    await german.tap("button-join-again")
    await german.find("joining-note")


async def test_what_nobody_answers_is_reminded_of_and_handed_on(
    bot: RunningBot, store: Store
) -> None:
    chief, other = [await coordinating(bot, store, one) for one in ("de", "uk")]
    there = await begun(store, chief, "Deponien im Dialog")
    person = await stand_at(bot, store, "es", Answer.NAME)
    await joining.ask(
        store, await now_in(bot), by=await person_of(store, person), exchange=there.id,
        name="Ana", organisation="Ayuntamiento",
    )  # fmt: skip
    await bot.sandbox.sim.advance(3 * DAY)
    await chief.find("JoinReminder")
    forged = f"jy:{(await store.memberships.asked(there.id))[0].id}"
    await other.say("/exchanges")
    listed = await other.expect("exchanges-title")
    await other.sim.tap(other.person, listed["message_id"], callback_data=forged)
    await other.find("refusal-not-yours")
    await bot.sandbox.sim.advance(4 * DAY)
    handed = await other.find("JoinForOthers")
    await other.tap("button-admit-member", handed)
    await other.find("request-done-member")
    await person.find("JoinAdmitted")
    assert await state_of(store, person, there) is MembershipState.MEMBER


async def test_a_flyer_lets_in_until_it_is_revoked(bot: RunningBot, store: Store) -> None:
    chief = await coordinating(bot, store, "pt")
    there = await begun(store, chief, "Só por convite", "by-invitation")
    await chief.tap("button-exchange-settings")
    await chief.find("exchange-settings-title")
    await chief.tap("button-invitations")
    await chief.find("exchange-invitations-title")
    await chief.tap("button-invitation-30")
    await chief.find("invitation-made")
    code = await printed(chief)

    guest = await newcomer(bot, "ar")
    await guest.sim.start(guest.person, f"join_{there.id}")
    await guest.tap("button-consent")
    await guest.find("refusal-exchange-gone")
    await guest.say(f"/start join_{code}")
    await guest.find("entry-by-invitation")
    await guest.expect("joining-name")
    await guest.say("ليلى")
    await guest.expect("joining-organisation")
    await guest.say("مياه المثال")
    await guest.find("joined-at-once")
    assert await state_of(store, guest, there) is MembershipState.MEMBER

    await opened(chief, there)
    await chief.tap("button-exchange-settings")
    await chief.find("exchange-settings-title")
    await chief.tap("button-invitations")
    window = await chief.find("exchange-invitations-title")
    await chief.sim.tap(chief.person, window["message_id"], callback_data=data_of(window, "Jh:"))
    await chief.find("invitation-revoked")
    late = await stand_at(bot, store, "fr", Answer.FUNCTION)
    await late.say(f"/start join_{code}")
    said = await late.find("entry-code-ended")
    assert CONTACT.email in read(said["text"])
    for _ in range(5):
        await late.say("/start join_0123456789abcdef0123456789abcdef")
        await late.find("entry-code-wrong")
    await late.say(f"/start join_{code}")
    await late.find("refusal-codes-an-hour")


async def printed(chat: Chat) -> str:
    """The code on the flyer that was sent, as a picture and as a page."""
    deadline = time.monotonic() + PATIENCE
    while True:
        sent = [one for one in await chat.from_bot() if "document" in one]
        if len(sent) == 2:
            break
        assert time.monotonic() < deadline, "no flyer"
        await asyncio.sleep(0.03)
    files = [one["document"]["file_name"].rpartition(".")[2] for one in sent]
    assert files == ["png", "pdf"]
    return re.findall(r"start=join_(\w+)", sent[0]["caption"])[0]


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_what_is_answered_of_a_new_exchange_is_not_lost_by_looking_at_something_else(
    bot: RunningBot, store: Store, language: str
) -> None:
    chief = await coordinating(bot, store, language)
    await chief.say("/exchanges")
    await chief.tap("button-new-exchange")
    await chief.expect("exchange-question-title")
    await chief.say("Phosphor & Partner")
    await chief.expect("exchange-question-description")
    await chief.say("/sessions")
    await chief.find("sessions-mine")
    await chief.expect("dialogue-waits", "exchange-question-description")
    await chief.tap("button-skip")
    await chief.expect("exchange-question-contact")
    await chief.say("/cancel")
    await chief.expect("aside-over")
    await chief.say("Anna")
    await chief.expect("out-of-place")
