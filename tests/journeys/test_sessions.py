"""Sessions over HTTP: planned by a German coordinator with the calendar's keyboard, told to members
in Ukrainian and Arabic, moved, taken into the calendar, cancelled."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import vobject

from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import ChangeSession, PlanSession, ShowSessions
from domain.exchanges import Entry, MembershipState
from domain.roles import Role
from domain.rules.local_times import local_moment, wall_time
from domain.sessions import Session
from locales import moments
from locales.speech import speech
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import Side, settled
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read
from tests.support.exchanges import CONTACT
from tests.support.partners import SetClock
from tests.support.roles import grant

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def now_in(bot: RunningBot) -> SetClock:
    clock = SetClock()
    clock.now = datetime.fromtimestamp((await bot.sandbox.sim.clock())["now"], UTC)
    return clock


async def exchange_of(store: Store, clock: SetClock, by: Side, *members: Side) -> int:
    await grant(store, clock, by.person, Role.COORDINATOR)
    async with store.transaction():
        made = await store.exchanges.add(
            entry=Entry.ON_APPROVAL, title={"de": "Austausch"}, contact=CONTACT,
            zone="Europe/Berlin", by=by.person.id, at=clock(),
        )  # fmt: skip
        await store.exchanges.entrust(made.id, by.person.id, at=clock())
        for one in members:
            await store.memberships.add(
                exchange=made.id, person=one.person.id, state=MembershipState.MEMBER, at=clock()
            )
    return made.id


async def press(chat: Chat, data: str) -> None:
    """A button as it stands in a window of another conversation."""
    last = (await chat.from_bot())[-1]
    await chat.sim.tap(chat.person, last["message_id"], callback_data=data)


async def plan(chat: Chat, exchange: int, day: datetime) -> None:
    await press(chat, PlanSession(exchange).pack())
    await chat.expect("question-plan-title")
    await chat.say("Wasserverluste senken")
    window = await chat.expect("question-plan-day")
    assert "Mo." in buttons(window)
    await chat.say("1.1.2020")
    window = await chat.expect("refusal-session-past", "question-plan-day")
    month = moments.month_name(speech("de"), day.date())
    while month not in (before := buttons(window)):
        await chat.tap("button-month-after", window)
        window = await chat.until(lambda one, before=before: buttons(one) != before)
    await chat.tap_text(str(day.day), window)
    await chat.tap_text("10:00", await chat.expect("question-plan-time"))
    await chat.expect("question-plan-lasts")
    await chat.say("9:00")
    await chat.expect("refusal-session-end-first")
    await chat.say("12:00")
    await chat.tap("button-form-online", await chat.expect("question-plan-form"))
    await chat.expect("question-plan-link")
    await chat.say("example.org/meet")
    await chat.tap("button-no-limit", await chat.expect("question-plan-capacity"))
    await chat.tap_text("Deutsch", await chat.expect("question-plan-language"))
    window = await chat.expect("question-plan-interpreters")
    await chat.tap_text("Ukrainisch", window)
    await chat.tap("button-interpreters-done")
    await chat.expect("question-plan-agenda")
    await chat.say("1. Begrüßung\n2. Leckageortung")
    await chat.tap("button-skip", await chat.expect("question-plan-guests"))
    await chat.tap("button-repeat-once", await chat.expect("question-plan-repeat"))
    preview = await chat.expect("question-plan-preview")
    assert "2. Leckageortung" in read(preview["text"])


async def the_session(store: Store, exchange: int, clock: SetClock) -> Session:
    (there,) = await store.sessions.coming(exchange, since=clock(), drafts=True)
    return there


async def calendar_file(chat: Chat) -> vobject.base.Component:
    """The event in the newest file of the chat, once it has come."""
    for _ in range(600):
        files = [one for one in await chat.from_bot() if "document" in one]
        if files:
            content = await chat.sim.file(files[-1]["document"]["file_id"])
            return vobject.readOne(content.decode())
        await asyncio.sleep(0.03)
    raise AssertionError("no file came")


@ON_BOTH
async def test_planned_by_a_keyboard_announced_moved_and_cancelled(
    bot: RunningBot, memory: Store
) -> None:
    clock = await now_in(bot)
    by, one, other = await asyncio.gather(
        settled(bot, memory, "de"), settled(bot, memory, "uk"), settled(bot, memory, "ar")
    )
    exchange = await exchange_of(memory, clock, by, one, other)
    day = (clock() + timedelta(days=45)).replace(hour=10, minute=0, second=0, microsecond=0)
    await plan(by.chat, exchange, day)
    await bot.kill()
    await bot.start()
    await by.chat.tap("button-plan-announce")
    # What was not yet confirmed as answered may have been shown once more.
    await by.chat.find("plan-announced")
    there = await the_session(memory, exchange, clock)
    begins = local_moment(day.replace(tzinfo=None), "Europe/Berlin").moment
    assert there.starts_at == begins

    for side in (one, other):
        letter = await side.chat.find("SessionAnnounced")
        assert "Wasserverluste senken" in read(letter["text"])
        assert side.chat.words("button-reply-yes") in buttons(letter)
    await one.chat.tap("button-calendar-add", await one.chat.find("SessionAnnounced"))
    invitation = await calendar_file(one.chat)
    assert invitation.vevent.dtstart.value.astimezone(UTC) == begins
    assert invitation.vevent.uid.value == there.uid

    await press(by.chat, ShowSession(there.id).pack())
    await by.chat.tap("button-change-session", await by.chat.expect("session-numbers"))
    await by.chat.tap("button-alter-when", await by.chat.expect("change-question"))
    await by.chat.expect("question-plan-day")
    later = day + timedelta(days=1)
    await by.chat.say(f"{later.day}.{later.month}.{later.year} 14 Uhr")
    await by.chat.tap_text(
        speech("de").plain("button-hours", 2), await by.chat.expect("question-plan-lasts")
    )
    await by.chat.tap("button-change-tell", await by.chat.expect("question-change-preview"))
    await by.chat.expect("change-told")
    moved = await the_session(memory, exchange, clock)
    wall = later.replace(hour=14, tzinfo=None)
    assert moved.starts_at == local_moment(wall, "Europe/Berlin").moment
    await asyncio.gather(*(side.chat.find("SessionChanged") for side in (one, other)))

    await press(by.chat, ShowSession(there.id).pack())
    await by.chat.tap("button-cancel-session", await by.chat.expect("session-numbers"))
    await by.chat.tap("button-cancel-one", await by.chat.expect("cancel-question"))
    await by.chat.expect("session-cancelled-told", "session-is-cancelled")
    await asyncio.gather(*(side.chat.find("SessionCancelled") for side in (one, other)))
    await one.chat.say("/sessions")
    await one.chat.expect("sessions-mine", "sessions-none")


async def test_whoever_is_no_member_sees_no_session(bot: RunningBot, memory: Store) -> None:
    clock = await now_in(bot)
    by, stranger = await asyncio.gather(settled(bot, memory, "de"), settled(bot, memory, "ar"))
    exchange = await exchange_of(memory, clock, by)
    await press(stranger.chat, ShowSessions(exchange, 0, 0).pack())
    await stranger.chat.find("refusal-not-yours")
    await press(stranger.chat, PlanSession(exchange).pack())
    await stranger.chat.find("refusal-not-yours")


@ON_BOTH
async def test_its_title_is_read_in_the_language_of_each(bot: RunningBot, memory: Store) -> None:
    clock = await now_in(bot)
    by, one, other = await asyncio.gather(
        settled(bot, memory, "de"), settled(bot, memory, "uk"), settled(bot, memory, "ar")
    )
    exchange = await exchange_of(memory, clock, by, one, other)
    moment = clock() + timedelta(days=20)
    async with memory.transaction():
        there = await memory.sessions.add(
            exchange=exchange, uid="u", at=clock(), starts_at=moment,
            ends_at=moment + timedelta(hours=1), zone="Europe/Berlin", form="online",
            title={"de": "Wasserverluste"}, agenda={"de": "Leckortung"}, created_by=by.person.id,
            announced_at=clock(),
        )  # fmt: skip
    await press(by.chat, ShowSession(there.id).pack())
    await by.chat.tap("button-change-session", await by.chat.expect("session-numbers"))
    await by.chat.tap("button-session-languages", await by.chat.expect("change-question"))
    languages = await by.chat.expect("session-languages", "session-in-other-languages")
    ukrainian = next(one for one in buttons(languages) if one.endswith("Ukrainisch"))
    await by.chat.tap_text(ukrainian, languages)
    await by.chat.expect("session-text-title")
    await by.chat.say("Втрати води")
    await by.chat.expect("session-text-agenda")
    await by.chat.say("Пошук витоків")
    kept = await by.chat.expect("session-text-kept", "session-languages")
    assert "Ukrainisch: Втрати води" in read(kept["text"])

    for side, words in ((one, "Втрати води"), (other, "Wasserverluste")):
        await press(side.chat, ShowSession(there.id).pack())
        await side.chat.find_text(words)
    await one.chat.find_text("Пошук витоків")


async def test_a_day_with_its_hours_is_typed_at_once_and_corrected_at_the_next_question(
    bot: RunningBot, memory: Store
) -> None:
    clock = await now_in(bot)
    by = await settled(bot, memory, "de")
    exchange = await exchange_of(memory, clock, by)
    day = clock() + timedelta(days=45)
    typed = f"{moments.weekday_name(speech('de'), day.date())}, den {day.day}.{day.month}."
    await press(by.chat, PlanSession(exchange).pack())
    await by.chat.expect("question-plan-title")
    await by.chat.say("Wasserverluste senken")
    await by.chat.expect("question-plan-day")
    await by.chat.say("morgen")
    await by.chat.expect("question-plan-time")
    await by.chat.say(f"{typed}, 14 Uhr")
    await by.chat.expect("question-plan-lasts")
    await by.chat.tap("button-back")
    await by.chat.expect("question-plan-time")
    await by.chat.say("16-14 Uhr")
    await by.chat.expect("misheard-plan-time")
    await by.chat.say(f"{typed} 14-16:30 Uhr")
    await by.chat.tap("button-form-in-person", await by.chat.expect("question-plan-form"))
    await by.chat.tap("button-skip", await by.chat.expect("question-plan-place"))
    await by.chat.expect("question-plan-capacity")
    await by.chat.say("12")
    for step in ("language", "agenda", "guests"):
        await by.chat.tap("button-skip", await by.chat.expect(f"question-plan-{step}"))
    await by.chat.tap("button-repeat-weekly", await by.chat.expect("question-plan-repeat"))
    await by.chat.expect("question-plan-until")
    await by.chat.say("2")
    preview = await by.chat.expect("question-plan-preview")
    assert "Plätze: 12" in read(preview["text"])
    await by.chat.tap("button-plan-draft", preview)
    await by.chat.find_text(read(str(speech("de")("plan-kept", 2))))
    there, following = await memory.sessions.coming(exchange, since=clock(), drafts=True)
    wall = day.replace(hour=14, minute=0, second=0, microsecond=0, tzinfo=None)
    assert there.starts_at == local_moment(wall, "Europe/Berlin").moment
    assert there.lasts == timedelta(hours=2, minutes=30)

    # Moved in one line, too; what becomes of the following one is seen before.
    await press(by.chat, ChangeSession(there.id, "when").pack())
    await by.chat.expect("question-plan-day")
    later = day + timedelta(days=1)
    await by.chat.say(f"{later.day}.{later.month}. 9-11 Uhr")
    preview = await by.chat.expect("question-change-preview", "change-dates")
    then = wall_time(following.starts_at, following.zone) + timedelta(days=1)
    begins = local_moment(then.replace(hour=9), following.zone).moment
    assert moments.short_moment(speech("de"), begins, following.zone) in read(preview["text"])
    await by.chat.tap("button-change-onwards", preview)
    await by.chat.find_text(read(str(speech("de")("change-kept", 2))))
    moved = await memory.sessions.coming(exchange, since=clock(), drafts=True)
    assert moved[1].starts_at == begins


async def test_a_plan_goes_on_waiting_while_its_writer_looks_around(
    bot: RunningBot, memory: Store
) -> None:
    clock = await now_in(bot)
    by = await settled(bot, memory, "de")
    exchange = await exchange_of(memory, clock, by)
    await press(by.chat, PlanSession(exchange).pack())
    await by.chat.expect("question-plan-title")
    await by.chat.say("/sessions")
    await by.chat.expect("sessions-mine")  # Nothing was answered yet, so that nothing is lost.
    await press(by.chat, PlanSession(exchange).pack())
    await by.chat.expect("question-plan-title")
    await by.chat.say("Wasserverluste senken")
    await by.chat.expect("question-plan-day")
    await by.chat.say("/exchanges")
    await by.chat.expect("dialogue-waits", "question-plan-day")
    await by.chat.tap("button-search-exchanges")
    await by.chat.expect("exchange-search-question")
    await by.chat.say("Abwasser")
    await by.chat.expect("aside-left", "question-plan-day")
    await by.chat.say("morgen um 10")
    await by.chat.expect("question-plan-lasts")
    await by.chat.say("/announce")
    await by.chat.expect("dialogue-waits", "question-plan-lasts")
    await by.chat.say("/cancel")
    await by.chat.expect("plan-stopped")
    await by.chat.say("/sessions")
    await by.chat.expect("sessions-mine")
