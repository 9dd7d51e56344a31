"""Questions of announcements in between, put to somebody who may announce: whatever is typed is
answered and sends nothing, and what waits beneath is put once more."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import releasing
from delivery.presses_of_announcements import ReleaseChange, ShowChange, TakeChangeBack
from domain.announcements import Announcement, AnnouncementState
from domain.audiences import Audience
from domain.profiles import Answer, Profile
from domain.roles import Role
from locales.speech import speech
from tests.hostile.inputs import Input, Said, Shown, Tapped, media, texts
from tests.hostile.test_asides_end import LANGUAGE, beneath, stands, told
from tests.hostile.test_every_step import Front, check_answered, front, runner
from tests.support.announcements import draft
from tests.support.chat import says
from tests.support.roles import holding

__all__ = ["front", "runner"]

SENT = int(os.environ.get("HOSTILE_INPUTS", "30"))
STEP = "announcement"
MANY = 3_000
ASKED: dict[str, dict[str, str]] = {
    "text": {"language": LANGUAGE},
    "file": {},
    "link": {},
    "audience": {},
    "name": {},
    "when": {"timing": "local"},
}
typed: st.SearchStrategy[Input] = st.one_of(texts, texts, media)


def send_each(runner: asyncio.Runner, hear: Callable[[Input], Coroutine[Any, Any, None]]) -> None:
    """Let many things that people type, or send, be heard, one after the other."""

    @settings(
        max_examples=SENT, database=None,
        derandomize="HOSTILE_INPUTS" not in os.environ, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(typed)
    def sends(heard: Input) -> None:
        runner.run(hear(heard))

    sends()


async def announcer(front: Front) -> tuple[Profile, int]:
    """Somebody who may announce, and a draft of theirs that could be sent."""
    me = await front.settle(LANGUAGE)
    async with front.store.transaction():
        await front.store.roles.grant(me.person.id, Role.ADMINISTRATOR, by=None, at=front.now)
    return me, (await draft(front.store, front.clock, me.person, Audience())).id


@pytest.mark.parametrize("asks", sorted(ASKED))
def test_whatever_is_typed_is_answered_and_sends_nothing(
    runner: asyncio.Runner, front: Front, asks: str
) -> None:
    me, one = runner.run(announcer(front))
    sorry = str(speech(LANGUAGE)("sorry"))

    async def is_answered(heard: Input) -> None:
        await beneath(front, me, STEP, announcement=one, asks=asks, **ASKED[asks])
        said: list[Any] = await front.hear(me.person.telegram_id, heard, 1, LANGUAGE)
        check_answered(said, heard, sorry)
        kept = await front.store.announcements.by_id(one)
        assert kept is not None
        assert kept.state is AnnouncementState.DRAFT

    send_each(runner, is_answered)


async def told_to_many(front: Front) -> tuple[Profile, int]:
    """The same, as if many had been told: a change of it needs another coordinator."""
    me, one = await announcer(front)
    await front.settle(LANGUAGE)
    await holding(front.store, front.clock, Role.COORDINATOR)
    await releasing.send(
        front.store, front.clock, by=me.person, announcement=one,
        version=(await _kept(front, one)).version, alone_up_to=MANY,
    )  # fmt: skip
    async with front.store.transaction():
        await front.store.announcements.set(one, number=MANY)
    return me, one


async def _kept(front: Front, one: int) -> Announcement:
    kept = await front.store.announcements.by_id(one)
    assert kept is not None
    return kept


def test_whatever_is_typed_changes_nothing_that_many_have_read(
    runner: asyncio.Runner, front: Front
) -> None:
    me, one = runner.run(told_to_many(front))
    before, sorry = runner.run(_kept(front, one)), str(speech(LANGUAGE)("sorry"))

    async def changes_nothing(heard: Input) -> None:
        await beneath(front, me, STEP, announcement=one, asks="text", language=LANGUAGE)
        said: list[Any] = await front.hear(me.person.telegram_id, heard, 1, LANGUAGE)
        check_answered(said, heard, sorry)
        assert await _kept(front, one) == before

    send_each(runner, changes_nothing)


def test_who_presses_for_themselves_releases_and_takes_back_no_change(
    runner: asyncio.Runner, front: Front
) -> None:
    async def is_refused() -> None:
        me, one = await told_to_many(front)
        before = await _kept(front, one)
        await beneath(front, me, STEP, announcement=one, asks="text", language=LANGUAGE)
        (said, _) = await told(front, me, Said("Reunião na segunda-feira"))
        assert says(LANGUAGE, "announcement-change-asked", said)
        change = await front.store.proposed_changes.of(one)
        assert change is not None
        member, number = await front.settle(LANGUAGE), change.number
        own = "refusal-announcement-change-own"
        for who, press, key in (
            (me, ReleaseChange(one, number), own),
            (me, ReleaseChange(one, number + 1), "refusal-announcement-no-change"),
            (me, TakeChangeBack(one, number - 1), "refusal-announcement-no-change"),
            (member, ShowChange(one), "refusal-not-yours"),
            (member, ReleaseChange(one, number), "refusal-not-yours"),
            (member, TakeChangeBack(one, number), "refusal-not-yours"),
        ):
            (said, *_) = await told(front, who, Tapped(press.pack()))
            assert says(LANGUAGE, key, said), (press, said)
        stranger = front.number()
        await front.hear(stranger, Tapped(ReleaseChange(one, number).pack()), 1, LANGUAGE)
        assert await front.profile_of(stranger) is None
        assert await front.store.proposed_changes.of(one) == change
        assert await _kept(front, one) == before

    runner.run(is_refused())


CASES: list[tuple[str, Input, str]] = [
    ("text", Said("Reunião na segunda-feira"), "announcement-kept"),
    ("file", Shown("document", ""), "announcement-kept"),
    ("link", Said("Inscrição https://example.org/a"), "announcement-kept"),
    ("name", Said("Todos"), "audience-saved"),
]


@pytest.mark.parametrize(("asks", "heard", "key"), CASES)
def test_what_waits_beneath_is_put_once_more(
    runner: asyncio.Runner, front: Front, asks: str, heard: Any, key: str
) -> None:
    async def ends() -> None:
        me, one = await announcer(front)
        await beneath(front, me, STEP, announcement=one, asks=asks, **ASKED[asks])
        first, last = await told(front, me, heard)
        assert says(LANGUAGE, key, first)
        assert says(LANGUAGE, "aside-left", last)
        assert says(LANGUAGE, "question-languages", last)
        assert (await stands(front, me)).step == Answer.LANGUAGES.value

    runner.run(ends())


MISHEARD: list[tuple[str, Input, str]] = [
    ("text", Shown("photo", ""), "misheard-not-text"),
    ("name", Shown("photo", ""), "misheard-not-text"),
    ("name", Said("..."), "misheard-no-words"),
    ("audience", Shown("photo", ""), "misheard-not-text"),
    ("when", Said("1.3.2026"), "refusal-announcement-past"),
    ("when", Said("31.2.2026"), "announcement-misheard-day"),
    ("link", Said("http://example.org"), "announcement-no-link"),
]


@pytest.mark.parametrize(("asks", "heard", "key"), MISHEARD)
def test_what_is_misheard_is_asked_again(
    runner: asyncio.Runner, front: Front, asks: str, heard: Any, key: str
) -> None:
    async def is_asked_again() -> None:
        me, one = await announcer(front)
        await beneath(front, me, STEP, announcement=one, asks=asks, **ASKED[asks])
        (said,) = await told(front, me, heard)
        assert says(LANGUAGE, key, said), said
        assert (await stands(front, me)).step == STEP

    runner.run(is_asked_again())


def test_who_may_no_longer_announce_is_refused_and_goes_on_beneath(
    runner: asyncio.Runner, front: Front
) -> None:
    async def is_refused() -> None:
        me, one = await announcer(front)
        before = await front.store.announcements.by_id(one)
        async with front.store.transaction():
            await front.store.roles.revoke(me.person.id, Role.ADMINISTRATOR)
        await beneath(front, me, STEP, announcement=one, asks="text", **ASKED["text"])
        first, last = await told(front, me, Said("Reunião na segunda-feira"))
        assert says(LANGUAGE, "refusal-not-yours", first)
        assert says(LANGUAGE, "question-languages", last)
        assert await front.store.announcements.by_id(one) == before

    runner.run(is_refused())
