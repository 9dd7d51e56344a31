"""What belongs to an exchange is nothing to who runs another one, whatever number they guess."""

import asyncio
from datetime import timedelta

import pytest

from actions import exchanges, joining, practices, releasing
from delivery.buttons import Press
from delivery.presses_of_announcements import SendAgain, ShowAnnouncement, WriteText
from delivery.presses_of_joining import AdmitMember, AskNewcomer, DeclineMember, ShowRequest
from delivery.presses_of_practices import (
    ChangePractice,
    RemovePractice,
    SharePractice,
    ShowPractice,
)
from delivery.presses_of_running import ChangeExchange
from domain.audiences import Audience
from domain.exchanges import Entry, Membership
from domain.profiles import Profile
from domain.roles import Role
from tests.hostile.inputs import Said, Tapped
from tests.hostile.line import SAYING
from tests.hostile.test_asides_end import LANGUAGE, told
from tests.hostile.test_every_step import Front, front, runner
from tests.support.announcements import draft
from tests.support.chat import says
from tests.support.exchanges import Setting, exchange, member

__all__ = ["front", "runner"]


async def coordinator(front: Front) -> Profile:
    me = await front.settle(LANGUAGE)
    async with front.store.transaction():
        await front.store.roles.grant(me.person.id, Role.COORDINATOR, by=None, at=front.now)
    return me


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
        me = await coordinator(front)
        there = await exchange(front.store, front.clock, entry=Entry.BY_INVITATION)
        theirs = await old_members(front, there)
        front.now += timedelta(days=30)
        for one in theirs:
            more = ("",) if kind is DeclineMember else ()
            said = await told(front, me, Tapped(kind(one.id, *more).pack()))
            assert says(LANGUAGE, "refusal-not-yours", said[0]), said

    runner.run(is_refused())


def test_who_ran_it_once_is_offered_no_other_words_for_what_its_members_were_told(
    runner: asyncio.Runner, front: Front
) -> None:
    async def is_not_offered() -> None:
        me, store, clock = await coordinator(front), front.store, front.clock
        there = await exchange(store, clock, languages=("de",))
        number, other = there.exchange.id, there.coordinator
        await exchanges.entrust(store, clock, by=other, exchange=number, person=me.person.id)
        one = await draft(store, clock, me.person, Audience(exchange=number))
        await releasing.send(store, clock, by=me.person, announcement=one.id, version=one.version)
        offers = (WriteText(one.id, "").pack(), SendAgain(one.id, 0).pack())
        assert offers[0] in await offered(front, me, ShowAnnouncement(one.id))
        await exchanges.relieve(store, by=other, exchange=number, person=me.person.id)
        for press in (ShowAnnouncement(one.id), WriteText(one.id, LANGUAGE)):
            assert not set(offers) & set(await offered(front, me, press))

    runner.run(is_not_offered())


def test_what_another_coordinator_writes_meanwhile_stays(
    runner: asyncio.Runner, front: Front
) -> None:
    async def stays() -> None:
        me, store = await coordinator(front), front.store
        there = await exchange(store, front.clock)
        number, other = there.exchange.id, there.coordinator
        await exchanges.entrust(store, front.clock, by=other, exchange=number, person=me.person.id)
        await told(front, me, Tapped(ChangeExchange(number, "description", LANGUAGE).pack()))
        theirs = exchanges.Draft(description={"uk": "Про що йдеться"})
        await exchanges.change(store, by=other, exchange=number, draft=theirs)
        await told(front, me, Said("De que se trata"))
        now = await store.exchanges.by_id(number)
        assert now is not None
        assert now.description == {"uk": "Про що йдеться", LANGUAGE: "De que se trata"}

    runner.run(stays())


def test_who_was_removed_is_offered_no_other_words_for_what_they_wrote(
    runner: asyncio.Runner, front: Front
) -> None:
    async def is_not_offered() -> None:
        me, store, clock = await front.settle(LANGUAGE), front.store, front.clock
        there = await exchange(store, clock)
        own = await member(store, clock, there.exchange, me.person)
        note = await practices.write(
            store, clock, by=me.person, exchange=there.exchange.id, session=None, title="T",
            words="W", topics={"solar"}, to_all=False,
        )  # fmt: skip
        changing = {ChangePractice(note.id, "words").pack(), SharePractice(note.id, 1).pack()}
        removing = RemovePractice(note.id, 0).pack()
        assert {*changing, removing} <= set(await offered(front, me, ShowPractice(note.id)))
        await joining.remove(store, clock, by=there.coordinator, membership=own.id)
        left = await offered(front, me, ShowPractice(note.id))
        assert removing in left
        assert not changing & set(left)
        for press in (ChangePractice(note.id, "words"), SharePractice(note.id, 1)):
            said = await told(front, me, Tapped(press.pack()))
            assert says(LANGUAGE, "refusal-not-yours", said[0]), said

    runner.run(is_not_offered())


async def offered(front: Front, who: Profile, press: Press) -> list[str]:
    """What lies on the buttons of the answer to a press."""
    said = await front.hear(who.person.telegram_id, Tapped(press.pack()), 1, LANGUAGE)
    (call,) = [one for one in said if isinstance(one, SAYING)]
    rows = call.reply_markup.inline_keyboard
    return [one.callback_data for row in rows for one in row]
