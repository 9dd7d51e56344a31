"""Announcements: written, aimed, looked at, sent, released, followed, changed and taken back."""

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from actions import announced, announcing, releasing
from bot.middlewares import Turns
from delivery.presses_of_announcements import (
    AskBeside,
    AskReplies,
    AskSend,
    AskWhen,
    DescribeAudience,
    DropBeside,
    DropText,
    FallBackOn,
    ForgetAudience,
    GetReport,
    LeaveWriting,
    MeanAnswered,
    MeanEverybody,
    MeanExchange,
    MeanOption,
    NewAnnouncement,
    PreviewIn,
    ReleaseChange,
    ReleaseIt,
    SaveAudience,
    SendAgain,
    SendAt,
    SendNow,
    ShowAnnouncement,
    ShowAnnouncements,
    ShowAudience,
    ShowChange,
    ShowSaved,
    ShowTrait,
    StopIt,
    TakeChangeBack,
    TakeDescribed,
    TakeItBack,
    ThrowAway,
    UseAudience,
    WithdrawIt,
    WriteText,
    WriteToMembers,
)
from delivery.presses_of_exchanges import ShowExchange
from domain.announcements import Announcement, Timing
from domain.audiences import Answered, Audience, Trait
from domain.exchanges import Entry, MembershipState
from domain.languages import LANGUAGES
from domain.outbox import DeliveryState
from domain.people import Person
from domain.roles import Role
from domain.sessions import Session
from domain.uploads import Upload, UploadKind
from handlers.announcing.options import offered
from locales.speech import speech
from storage.tables import outbox
from tests.handlers.scenes import scene
from tests.support import announcements
from tests.support.exchanges import CONTACT, member, session
from tests.support.hall import Hall
from tests.support.partners import DRESDEN

WORDS = {"ar": "اجتماع في <بون> & بعده", "uk": "Зустріч у <Бонні> & далі"}
TITLE = {"ar": "شبكة مياه", "uk": "Коло водників"}
READERS = 4
LATIN = "Treffen in <Bonn> & danach"
NOBODY = 987_654


def _words(hall: Hall) -> str:
    return WORDS.get(hall.language, LATIN)


def _title(hall: Hall) -> str:
    return TITLE.get(hall.language, "Wasserkreis Nord")


async def _world(hall: Hall) -> tuple[Person, Session]:
    """Somebody who runs an exchange with members, and a session of it."""
    me = await hall.somebody(Role.COORDINATOR)
    store, at = hall.store, hall.clock()
    title = {hall.language: _title(hall)}
    async with store.transaction():
        made = await store.exchanges.add(
            by=me.id, at=at, title=title, zone="Europe/Berlin", entry=Entry.OPEN, contact=CONTACT
        )
        await store.exchanges.entrust(made.id, me.id, at=at)
    for _ in range(READERS):
        await member(store, hall.clock, made, await hall.somebody())
    return me, await session(store, hall.clock, made, title=title)


async def _newest(hall: Hall, me: Person) -> Announcement:
    found, _ = await hall.store.announcements.page(me.id, set(), every=False, offset=0, limit=1)
    return found[0]


async def _draft(hall: Hall, me: Person, exchange: int) -> Announcement:
    texts = {hall.language: f"<b>{html.escape(_words(hall))}</b>"}
    return await announcements.draft(hall.store, hall.clock, me, Audience(exchange), **texts)


async def _version(hall: Hall, one: Announcement) -> int:
    found = await hall.store.announcements.by_id(one.id)
    assert found is not None
    return found.version


async def _settled(hall: Hall, one: Announcement, state: DeliveryState, **more: Any) -> None:
    """What a worker would have done with an announcement, for each of its readers."""
    values = {"state": state.value, "settled_at": hall.clock(), **more}
    about = outbox.c.kind == "AnnouncementMade", outbox.c.subject == one.subject
    async with hall.store.transaction() as unit:
        await (await unit.connection()).execute(update(outbox).where(*about).values(**values))


@asynccontextmanager
async def _everything_is_for_two(hall: Hall) -> AsyncIterator[None]:
    """However few are meant, another coordinator has to look at it, too."""
    turns = next(
        one for one in hall.front.dispatcher.update.outer_middleware if isinstance(one, Turns)
    )
    before, turns._services = turns._services, replace(turns._services, alone_up_to=0)
    yield
    turns._services = before


async def _all_speak_alike(hall: Hall) -> list[Person]:
    """Other scenes have left coordinators of other languages; who there is."""
    there = [one for role in Role for one in await hall.store.roles.holding(role)]
    async with hall.store.transaction():
        for one in there:
            await hall.store.people.change(one.id, language=hall.language)
    return there


@scene
async def of_writing_announcements(hall: Hall) -> None:
    """None, then a draft in several languages, with a file, a link and a session beside it."""
    me, coming = await _world(hall)
    nobody, words = await hall.somebody(), _words(hall)
    await hall.says(nobody, "/announce")
    await hall.presses(nobody, NewAnnouncement(), ShowAnnouncements(0), ShowAnnouncement(NOBODY))
    await hall.says(me, "/announce")
    await hall.presses(nobody, WriteToMembers(coming.exchange))
    await hall.presses(me, WriteToMembers(NOBODY), ShowExchange(coming.exchange))
    await hall.presses(me, WriteToMembers(coming.exchange), WriteToMembers(coming.exchange))
    await hall.says(me, words)
    await hall.presses(me, NewAnnouncement())
    await hall.shows(me)
    await hall.says(me, "...", "x" * 4_000, "/nonsense", "/cancel")
    await hall.presses(me, NewAnnouncement())
    one = (await _newest(hall, me)).id
    await hall.presses(me, LeaveWriting(one), AskSend(one), WriteText(one, hall.language))
    await hall.says(me, words)
    await hall.presses(me, ShowAnnouncement(one), WriteText(one, ""))
    other = next(each for each in LANGUAGES if each != hall.language)
    await hall.presses(me, WriteText(one, other))
    await hall.says(me, words)
    await hall.presses(me, WriteText(one, ""), FallBackOn(one, other), DropText(one, other))
    await hall.presses(me, DropText(one, "xx"), FallBackOn(one, "xx"))
    await hall.presses(me, AskBeside(one, "file"))
    await hall.says(me, words)
    await hall.shows(me)
    await hall.presses(me, AskBeside(one, "file"))
    await hall.shows(me, "document")
    await hall.presses(me, AskBeside(one, "file"))
    await hall.shows(me, caption=words)
    await hall.presses(me, WriteText(one, hall.language))
    await hall.shows(me, caption=words)
    await hall.presses(me, WriteText(one, hall.language))
    await hall.says(me, "x" * 900)
    await hall.presses(me, PreviewIn(one, ""), AskBeside(one, "file"), DropBeside(one, "file"))
    await hall.presses(me, WriteText(one, hall.language))
    await hall.says(me, f"{words} {'x' * 900}")
    await hall.presses(me, AskBeside(one, "file"))
    await hall.shows(me)
    await hall.presses(me, AskBeside(one, "link"))
    for typed in ("http://example.org", "x" * 41 + " https://example.org", "...", words):
        await hall.says(me, typed)
    await hall.says(me, f"{words[:20]} https://example.org/a?b=c&d")
    await hall.presses(me, AskBeside(one, "link"), DropBeside(one, "link"), AskBeside(one, "link"))
    await hall.says(me, "https://example.org/" + "x" * 90)
    await hall.presses(me, AskReplies(one, 0), AskReplies(one, NOBODY), AskReplies(one, coming.id))
    await hall.presses(me, AskReplies(one, 0), PreviewIn(one, other), PreviewIn(one, "xx"))
    await hall.presses(me, DropBeside(one, "replies"), ThrowAway(one, 0), ThrowAway(one, 1))
    await hall.presses(me, ThrowAway(one, 1), ShowAnnouncement(one))
    alone = await hall.somebody(Role.COORDINATOR)
    await hall.presses(alone, NewAnnouncement())
    await hall.presses(alone, AskReplies((await _newest(hall, alone)).id, 0))
    for _ in range(8):
        await _draft(hall, me, coming.exchange)
    await hall.says(me, "/announce")
    await hall.presses(me, ShowAnnouncements(1), ShowAnnouncements(99), ShowAnnouncements(-1))


@scene
async def of_announcing_in_between(hall: Hall) -> None:
    """While a question of the profile waits beneath."""
    me, _ = await _world(hall)
    await hall.stands(me, "name")
    await hall.presses(me, NewAnnouncement())
    await hall.says(me, _words(hall))
    await hall.stands(me, "name")
    await hall.presses(me, NewAnnouncement())
    await hall.says(me, "/cancel")


@scene
async def of_audiences(hall: Hall) -> None:
    """By buttons, in a sentence, and kept under a name."""
    me, coming = await _world(hall)
    chief, alone = await hall.somebody(Role.ADMINISTRATOR), await hall.somebody(Role.COORDINATOR)
    await hall.presses(alone, NewAnnouncement())
    theirs = (await _newest(hall, alone)).id
    await hall.presses(alone, MeanExchange(theirs, -1), ShowSaved(theirs), AskSend(theirs))
    await hall.presses(alone, MeanExchange(theirs, coming.exchange), MeanAnswered(theirs, 0))
    await hall.presses(chief, ShowAudience(theirs), MeanEverybody(theirs), AskSend(theirs))
    await hall.presses(me, NewAnnouncement())
    one = (await _newest(hall, me)).id
    await hall.presses(me, ShowAudience(one), MeanAnswered(one, 0), MeanEverybody(one))
    await hall.presses(me, MeanExchange(one, -1), MeanExchange(one, coming.exchange))
    async with hall.store.transaction():
        await hall.store.memberships.add(
            exchange=coming.exchange, person=None, state=MembershipState.MEMBER, at=hall.clock(),
            name="Jan", email="jan@example.org",
        )  # fmt: skip
    await hall.presses(me, MeanAnswered(one, 0), MeanAnswered(one, NOBODY))
    await hall.presses(me, MeanAnswered(one, coming.id))
    say = speech(hall.language)
    for trait in Trait:
        await hall.presses(me, ShowTrait(one, 0, trait.value), ShowTrait(one, 1, trait.value))
        for option in offered(say, trait)[:9]:
            await hall.presses(me, MeanOption(one, 0, 1, trait.value, option))
    await hall.presses(me, ShowAnnouncement(one), ShowAudience(one))
    for option in (*Answered, "x"):
        await hall.presses(me, MeanOption(one, 0, 0, Trait.ANSWERED.value, str(option)))
    await hall.presses(me, ShowTrait(one, 0, "x"), ShowTrait(one, 99, Trait.TOPICS.value))
    await hall.presses(me, MeanOption(one, 0, 1, "x", "y"), MeanExchange(one, -1))
    await hall.presses(me, MeanOption(one, 0, 1, Trait.REGIONS.value, "NZ"))
    await hall.presses(me, MeanExchange(one, 0), MeanExchange(one, NOBODY))
    await hall.presses(me, TakeDescribed(one), DescribeAudience(one))
    await hall.shows(me)
    await hall.says(me, "xyzzy", "/nonsense", _title(hall))
    await hall.presses(me, TakeDescribed(one), TakeDescribed(one), DescribeAudience(one))
    await hall.presses(me, ShowAudience(one), SaveAudience(one))
    await hall.shows(me)
    await hall.says(me, "x" * 61, "...", _words(hall))
    (kept,) = await hall.store.audiences.saved_by(me.id)
    await hall.presses(me, ShowSaved(one), UseAudience(one, kept.id), UseAudience(one, NOBODY))
    await hall.presses(alone, UseAudience(one, kept.id), ForgetAudience(one, kept.id))
    await hall.presses(me, ForgetAudience(one, kept.id), ForgetAudience(one, kept.id))


@scene
async def of_sending_announcements(hall: Hall) -> None:
    """Looked at in each language, then in time, and by the hour where each reader lives."""
    me, coming = await _world(hall)
    await hall.side("Wasserwerk", DRESDEN)
    draft = await _draft(hall, me, coming.exchange)
    one = draft.id
    await hall.presses(me, *(PreviewIn(one, language) for language in LANGUAGES))
    await hall.presses(me, AskSend(one), SendNow(one, 0), ReleaseIt(one, 0), StopIt(one, 1))
    await hall.presses(me, WithdrawIt(one, 1), SendAgain(one, 1), TakeItBack(one))
    for timing in Timing:
        version = await _version(hall, draft)
        await hall.presses(me, AskSend(one), AskWhen(one, timing.value))
        await hall.shows(me)
        await hall.says(me, "xyzzy", "31.02.2026", "/nonsense")
        day = (hall.clock() + timedelta(days=3)).date()
        await hall.says(me, "1.3.2026", f"{day:%d.%m.%Y}", "14:30")
        await hall.presses(me, SendAt(one, version, timing.value, "x"))
        await hall.presses(me, SendAt(one, version, timing.value, "2020-01-01"))
        await hall.presses(me, SendAt(one, version, timing.value, "2020-01-01T10"))
        await hall.presses(me, SendAt(one, version, timing.value, f"{day}"))
        await hall.presses(me, SendAt(one, version, timing.value, f"{day}T10"))
        await hall.presses(me, ShowAnnouncement(one), AskSend(one), WriteText(one, hall.language))
        await hall.presses(me, AskBeside(one, "link"), AskWhen(one, timing.value))
        await hall.presses(me, ThrowAway(one, 1), TakeItBack(one), ShowAnnouncement(one))
    empty = await _draft(hall, me, coming.exchange)
    nobody = Audience(coming.exchange, languages=frozenset({"xx"}))
    async with hall.store.transaction():
        await hall.store.announcements.change(empty.id, audience=nobody.as_json())
    await hall.presses(me, AskSend(empty.id), SendNow(empty.id, await _version(hall, empty)))
    await hall.presses(me, SendAt(one, await _version(hall, draft), "at", f"{day}T10"))
    hall.front.now += timedelta(days=4)
    await releasing.begin_due(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(me, ShowAnnouncement(one))


@scene
async def of_releasing_announcements(hall: Hall) -> None:
    """Where many are meant, another coordinator looks at it, too; where there is none, it waits."""
    me, coming = await _world(hall)
    draft = await _draft(hall, me, coming.exchange)
    one, version = draft.id, draft.version
    roles = hall.store.roles
    async with _everything_is_for_two(hall):
        others = [each for each in await _all_speak_alike(hall) if each.id != me.id]
        held = [(each.id, role) for each in others for role in await roles.of(each.id)]
        async with hall.store.transaction():
            for person, role in held:
                await roles.revoke(person, role)
        await hall.presses(me, AskSend(one), SendNow(one, version))
        async with hall.store.transaction():
            for person, role in held:
                await roles.grant(person, role, by=None, at=hall.clock())
        second = await hall.somebody(Role.COORDINATOR)
        await hall.presses(me, SendNow(one, version))
        version = await _version(hall, draft)
        await hall.presses(me, ShowAnnouncement(one), ReleaseIt(one, version), TakeItBack(one))
        await hall.presses(second, ReleaseIt(one, version), ShowAnnouncement(one))
        await hall.presses(me, SendNow(one, await _version(hall, draft)))
        await hall.presses(second, ShowAnnouncement(one), PreviewIn(one, ""))
        await hall.presses(second, ReleaseIt(one, 0), ReleaseIt(one, await _version(hall, draft)))
        await hall.presses(second, ReleaseIt(one, await _version(hall, draft)))
        await hall.presses(me, ShowAnnouncement(one), SendNow(one, await _version(hall, draft)))


@scene
async def of_changing_announcements(hall: Hall) -> None:
    """Where many have been told, another coordinator looks at the new text, too: it is read,
    released, taken back, replaced, or of somebody who may not announce any more."""
    me, coming = await _world(hall)
    told = await _draft(hall, me, coming.exchange)
    one = told.id
    await hall.presses(me, SendNow(one, told.version))
    await _settled(hall, told, DeliveryState.SENT, message_id=72)
    async with _everything_is_for_two(hall):
        await _all_speak_alike(hall)
        chief, second = [
            await hall.somebody(role) for role in (Role.ADMINISTRATOR, Role.COORDINATOR)
        ]
        await hall.presses(me, ShowChange(one), ReleaseChange(one, 0), TakeChangeBack(one, 0))
        number = await _proposed(hall, me, one, "2")
        await hall.presses(me, ShowAnnouncement(one), ShowChange(one), ReleaseChange(one, number))
        await hall.presses(second, ShowAnnouncement(one), ShowChange(one), PreviewIn(one, ""))
        await hall.presses(second, WriteText(one, hall.language), GetReport(one))
        await hall.presses(second, TakeChangeBack(one, number), ReleaseChange(one, 0))
        await hall.presses(await hall.somebody(), ShowChange(one), ReleaseChange(one, number))
        await hall.presses(second, ReleaseChange(one, number), ReleaseChange(one, number))
        number = await _proposed(hall, chief, one, "3")
        await hall.presses(chief, ShowChange(one), ReleaseChange(one, number))
        await hall.presses(me, ShowChange(one), TakeChangeBack(one, number), ShowChange(one))
        number = await _proposed(hall, chief, one, "4")
        async with hall.store.transaction():
            await hall.store.roles.revoke(chief.id, Role.ADMINISTRATOR)
        await hall.presses(second, ReleaseChange(one, number))
        await _proposed(hall, me, one, "5")
        await hall.presses(me, WithdrawIt(one, 1), ShowChange(one))


async def _proposed(hall: Hall, by: Person, one: int, more: str) -> int:
    """Another text, which waits; its number."""
    await hall.presses(by, WriteText(one, hall.language))
    await hall.says(by, f"{_words(hall)} {more}")
    change = await hall.store.proposed_changes.of(one)
    assert change is not None
    return change.number


@scene
async def of_what_became_of_announcements(hall: Hall) -> None:
    """Stopped, ended, unknown, sent again, changed, withdrawn in time and too late; its file."""
    me, coming = await _world(hall)
    sent = [await _draft(hall, me, coming.exchange) for _ in range(3)]
    stopped, unknown, late = sent
    async with hall.store.transaction():
        group = await hall.store.exchanges.add_group(-79, hall.language, at=hall.clock())
        await hall.store.exchanges.change(coming.exchange, group_id=group.id)
    await hall.presses(me, AskReplies(late.id, coming.id), AskBeside(late.id, "link"))
    await hall.says(me, "https://example.org/a")
    for each in sent:
        await hall.presses(me, SendNow(each.id, await _version(hall, each)))
    await hall.presses(me, ShowAnnouncement(stopped.id), GetReport(stopped.id))
    await hall.presses(me, *(StopIt(stopped.id, sure) for sure in (0, 1, 1)))
    await hall.presses(me, ShowAnnouncement(stopped.id), GetReport(stopped.id))
    await hall.presses(me, WithdrawIt(stopped.id, 1), WriteText(stopped.id, hall.language))
    await hall.says(me, _words(hall))
    await _settled(hall, unknown, DeliveryState.UNKNOWN, reason="line-broke")
    await announced.follow(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(me, ShowAnnouncement(unknown.id), GetReport(unknown.id))
    await hall.presses(me, StopIt(unknown.id, 1), *(SendAgain(unknown.id, on) for on in (0, 1, 1)))
    await _settled(hall, unknown, DeliveryState.BLOCKED, reason="blocked")
    await hall.presses(me, ShowAnnouncement(unknown.id))
    await _settled(hall, unknown, DeliveryState.FAILED, reason="xyzzy")
    await hall.presses(me, ShowAnnouncement(unknown.id), GetReport(unknown.id))
    await _settled(hall, late, DeliveryState.SENT, message_id=70)
    await announced.follow(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(me, ShowAnnouncement(late.id), WriteText(late.id, ""))
    await hall.presses(me, WriteText(late.id, hall.language))
    await hall.says(me, f"{_words(hall)} 2")
    await hall.presses(me, WithdrawIt(late.id, 0))
    hall.front.now += timedelta(days=3)
    await hall.presses(
        me, WithdrawIt(late.id, 1), WithdrawIt(late.id, 1), ShowAnnouncement(late.id)
    )
    await hall.presses(await hall.somebody(), StopIt(late.id, 1), GetReport(late.id))


@scene
async def of_announcements_with_files(hall: Hall) -> None:
    """A picture, and a file, that arrive, are changed, and are withdrawn too late to be deleted."""
    me, coming = await _world(hall)
    for kind in UploadKind:
        one = await _draft(hall, me, coming.exchange)
        async with hall.store.transaction():
            upload = Upload("f", "a.pdf", kind, 7)
            await announcing.attach(hall.store, by=me, announcement=one.id, upload=upload)
        await hall.presses(me, PreviewIn(one.id, ""), SendNow(one.id, await _version(hall, one)))
        await _settled(hall, one, DeliveryState.SENT, message_id=71)
        await hall.presses(me, ShowAnnouncement(one.id), WriteText(one.id, hall.language))
        await hall.says(me, f"{_words(hall)} {'x' * 900}", f"{_words(hall)} 3")
        hall.front.now += timedelta(days=3)
        await hall.presses(me, WithdrawIt(one.id, 1))
