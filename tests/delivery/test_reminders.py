"""Letters that remind of a session: true when they are read, in the reader's words and zone, at
an hour at which they may come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actions import reminders, settings
from delivery.letters.reminders import begins
from delivery.message import Letter, Nothing, NotYet
from delivery.render import Renderer
from domain.exchanges import DAY, HOUR, MembershipState
from domain.languages import LANGUAGES
from domain.notices import SessionReminder
from domain.outbox import Delivery
from domain.people import Person, QuietHours
from domain.rules.reminders import Span, Unit
from domain.sessions import Reply, Session
from domain.told import Told
from locales.speech import speech
from storage.store import Store
from tests.support.chat import read, says
from tests.support.exchanges import Setting, exchange, session
from tests.support.judged import faults_in
from tests.support.outboxes import state, states
from tests.support.partners import SetClock
from tests.support.raw_server import raw_server, sent
from tests.support.workers import at_work, eventually

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NIGHT = QuietHours(20 * 60, 7 * 60)


async def planned(store: Store, clock: SetClock, *languages: str) -> tuple[Setting, Session]:
    """An exchange with a session in ten days, at noon by UTC."""
    there = await exchange(store, clock, languages=languages)
    made = await session(store, clock, there.exchange)
    async with store.transaction():
        await reminders.follow(store, clock, made)
    return there, made


def of(session: Session, minutes: int) -> SessionReminder:
    return SessionReminder(session.id, minutes, int(session.starts_at.timestamp()))


async def letter(
    store: Store, clock: SetClock, notice: SessionReminder, to: Person
) -> Letter | NotYet | Nothing:
    return await Renderer(store, clock).letter(Delivery(1, notice, to.id, 0))


@SQLITE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_reply_has_its_words(store: Store, language: str) -> None:
    clock = SetClock()
    there, made = await planned(store, clock, language)
    (me,), (own,) = there.people, there.members
    for minutes in (7 * DAY, DAY, HOUR):
        clock.now = made.starts_at - timedelta(minutes=minutes)
        for reply, key in (
            (None, "nothing"), (Reply.YES, "yes"), (Reply.MAYBE, "maybe"),
            (Reply.WAITING, "waiting"),
        ):  # fmt: skip
            async with store.transaction():
                if reply is None:
                    await store.rsvps.remove(made.id, own.id)
                else:
                    await store.rsvps.put(made.id, own.id, reply, since=clock())
            said = await letter(store, clock, of(made, minutes), me)
            assert isinstance(said, Letter)
            assert faults_in(said.message) == []
            assert says(language, f"reminder-replied-{key}", said.message.html)
            assert len(said.message.keyboard[0]) == 3


@SQLITE
async def test_it_says_how_long_it_is_and_when_in_the_reader_s_zone(store: Store) -> None:
    clock = SetClock()
    there, made = await planned(store, clock, "de", "uk", "en")
    german, ukrainian, brazilian = there.people
    for who, zone in ((german, "Europe/Berlin"), (ukrainian, "Europe/Kyiv"),
                      (brazilian, "America/Sao_Paulo")):  # fmt: skip
        await settings.live_in(store, clock, by=who, zone=zone)
    found = {}
    for minutes in (7 * DAY, DAY, HOUR):
        clock.now = made.starts_at - timedelta(minutes=minutes)
        for who in there.people:
            said = await letter(store, clock, of(made, minutes), who)
            assert isinstance(said, Letter)
            found[who.language, minutes] = read(said.message.html)
    assert "Das Treffen beginnt in 7 Tagen." in found["de", 7 * DAY]
    assert "Das Treffen beginnt morgen." in found["de", DAY]
    assert "Das Treffen beginnt in einer Stunde." in found["de", HOUR]
    assert "Зустріч почнеться через 7 днів." in found["uk", 7 * DAY]
    assert "Зустріч почнеться через 1 годину." in found["uk", HOUR]
    assert "13:00" in found["de", DAY]
    assert "Berlin" in found["de", DAY]
    assert "14:00" in found["uk", DAY]
    assert "Київ" in found["uk", DAY]
    assert "9:00" in found["en", DAY]
    assert "Sao Paulo" in found["en", DAY]


@pytest.mark.parametrize(
    ("language", "span", "expected"),
    [
        ("uk", Span(2, Unit.DAYS), "Зустріч почнеться через 2 дні."),
        ("uk", Span(14, Unit.DAYS), "Зустріч почнеться через 14 днів."),
        ("uk", Span(21, Unit.MINUTES), "Зустріч почнеться через 21 хвилину."),
        ("ar", Span(2, Unit.DAYS), "تبدأ الجلسة بعد يومين."),
        ("ar", Span(7, Unit.DAYS), "تبدأ الجلسة بعد 7 أيام."),
        ("ar", Span(14, Unit.DAYS), "تبدأ الجلسة بعد 14 يومًا."),
        ("ar", Span(3, Unit.HOURS), "تبدأ الجلسة بعد 3 ساعات."),
        ("ar", Span(1, Unit.DAYS), "تبدأ الجلسة غدًا."),
        ("fr", Span(1, Unit.HOURS), "La rencontre commence dans 1 heure."),
        ("es", Span(15, Unit.MINUTES), "La sesión comienza dentro de 15 minutos."),
    ],
)
def test_numbers_take_their_forms(language: str, span: Span, expected: str) -> None:
    assert read(begins(speech(language), span)) == expected


@SQLITE
async def test_what_is_no_longer_so_is_not_said(store: Store) -> None:
    clock = SetClock()
    there, made = await planned(store, clock, "de")
    (me,), (own,) = there.people, there.members
    clock.now = made.starts_at - timedelta(days=1)
    notice = of(made, DAY)

    same = {"starts_at": made.starts_at, "cancelled_at": None}

    async def reason(**session: object) -> str | None:
        async with store.transaction():
            await store.sessions.change(made.id, **{**same, **session})
        said = await letter(store, clock, notice, me)
        return said.reason if isinstance(said, Nothing) else None

    assert await reason() is None
    assert await reason(starts_at=made.starts_at + timedelta(hours=1)) == "no-longer-true"
    assert await reason(cancelled_at=clock()) == "no-longer-true"
    assert await reason() is None
    assert await letter(store, clock, replace(notice, session=99), me) == Nothing("gone")
    async with store.transaction():
        await store.rsvps.put(made.id, own.id, Reply.NO, since=clock())
    assert await reason() == "replied-no"
    async with store.transaction():
        await store.rsvps.remove(made.id, own.id)
    await reminders.remind_me(store, clock, by=me, exchange=there.exchange.id, minutes=(HOUR,))
    assert await reason() == "unwanted"
    await reminders.remind_me(store, clock, by=me, exchange=there.exchange.id, minutes=None)
    clock.now = made.starts_at - timedelta(minutes=30)
    assert await reason() == "overtaken"
    clock.now = made.starts_at
    notice = of(made, HOUR)
    assert await reason() == "too-late"
    clock.now = made.starts_at - timedelta(minutes=30)
    assert await reason() is None
    await settings.tell_of(store, clock, by=me, what=Told.REMINDERS, wished=False)
    assert await reason() == "unwanted"
    await settings.tell_of(store, clock, by=me, what=Told.REMINDERS, wished=True)
    async with store.transaction():
        await store.memberships.change(own.id, state=MembershipState.LEFT.value)
    assert await reason() == "no-member"


@pytest.mark.parametrize(
    ("minutes", "kept"), [(15, True), (HOUR, True), (3 * HOUR, False), (DAY, False)]
)
def test_only_what_is_of_no_use_later_keeps_its_time(minutes: int, kept: bool) -> None:
    assert SessionReminder(1, minutes, 0).keeps_its_time is kept


async def test_at_night_the_last_hour_is_told_and_the_day_before_waits(store: Store) -> None:
    night = datetime(2026, 3, 12, 22, tzinfo=UTC)
    clock = SetClock(night - timedelta(days=8))
    there = await exchange(store, clock, languages=("de", "uk"))
    sleeps, wakes = there.people
    await settings.keep_quiet(store, clock, by=sleeps, hours=NIGHT)
    tomorrow, soon = night + timedelta(days=1), night + timedelta(hours=1)
    for begins_at in (tomorrow, soon):
        made = await session(store, clock, there.exchange, starts_at=begins_at, zone="UTC")
        async with store.transaction():
            await reminders.follow(store, clock, made)
    clock.now = night
    assert await reminders.enqueue_due(store, clock) == 4
    render = Renderer(store, clock).letter
    async with raw_server(sent()) as server, at_work(store, server.url, render=render, clock=clock):

        async def three_told() -> bool:
            return len(server.asked) == 3

        await eventually(three_told)
        told = [(int(form["chat_id"]), "morgen" in form["text"]) for _, form in server.asked]
        assert (sleeps.telegram_id, False) in told
        assert (sleeps.telegram_id, True) not in told
        assert [who for who, _ in told].count(wakes.telegram_id) == 2
        clock.now = night.replace(day=13, hour=7)

        async def all_told() -> bool:
            return len(server.asked) == 4

        await eventually(all_told)
    chat, text = server.asked[-1][1]["chat_id"], read(server.asked[-1][1]["text"])
    assert int(chat) == sleeps.telegram_id
    assert "Das Treffen beginnt in 15 Stunden." in text, "how long it is then, not how long before"


async def test_a_pause_holds_it_until_it_is_too_late(store: Store) -> None:
    clock = SetClock()
    there, made = await planned(store, clock, "de")
    (me,) = there.people
    clock.now = made.starts_at - timedelta(hours=1)
    await settings.pause(store, clock, by=me, until=made.starts_at + timedelta(hours=1))
    assert await reminders.enqueue_due(store, clock) == 1
    render = Renderer(store, clock).letter
    async with raw_server(sent()) as server, at_work(store, server.url, render=render, clock=clock):

        async def held() -> bool:
            return await state(store, me.id) == ("queued", "paused")

        await eventually(held)
        clock.now = made.starts_at + timedelta(hours=1)

        async def dropped() -> bool:
            return await states(store) == {me.id: ("skipped", "too-late")}

        await eventually(dropped)
    assert server.asked == []


async def test_of_what_a_pause_has_held_the_nearest_is_told(store: Store) -> None:
    clock = SetClock()
    there, made = await planned(store, clock, "de")
    (me,) = there.people
    await settings.pause(store, clock, by=me, until=made.starts_at - timedelta(minutes=30))
    for minutes in (7 * DAY, DAY, HOUR):
        clock.now = made.starts_at - timedelta(minutes=minutes)
        assert await reminders.enqueue_due(store, clock) == 1
    clock.now = made.starts_at - timedelta(minutes=30)
    said = [await letter(store, clock, of(made, one), me) for one in (7 * DAY, DAY, HOUR)]
    assert said[:2] == [Nothing("overtaken")] * 2
    assert isinstance(said[2], Letter)
    assert "Das Treffen beginnt in 30 Minuten." in read(said[2].message.html)
