"""Questions in between end with what waits beneath them, also where the words were refused."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from actions import concerns
from domain.concerns import MOST_A_DAY
from domain.conversations import Conversation
from domain.profiles import Answer, Profile
from domain.roles import Role
from locales.speech import speech, without_tags
from tests.hostile.inputs import Said, Tapped
from tests.hostile.line import SAYING
from tests.hostile.test_every_step import Front, front, runner
from tests.support.chat import says

__all__ = ["front", "runner"]

LANGUAGE = "pt"


async def told(front: Front, profile: Profile, one: Said | Tapped) -> list[str]:
    """What is said to it, in the order in which it is read."""
    calls = await front.hear(profile.person.telegram_id, one, 1, LANGUAGE)
    return [without_tags(str(call.text)) for call in calls if isinstance(call, SAYING)]


async def beneath(front: Front, profile: Profile, step: str, **pending: Any) -> None:
    """A question in between, beneath which the one for languages waits."""
    before = await front.store.conversations.of(profile.person.id)
    now = before.over().at(Answer.LANGUAGES.value).aside(step, **pending)
    async with front.store.transaction():
        await front.store.conversations.keep(profile.person.id, now, at=front.now)


async def stands(front: Front, profile: Profile) -> Conversation:
    return await front.store.conversations.of(profile.person.id)


async def coordinator(front: Front) -> tuple[Profile, int]:
    """Somebody who may answer, and a concern of somebody else."""
    asker, reader = await front.settle(LANGUAGE), await front.settle(LANGUAGE)
    async with front.store.transaction():
        await front.store.roles.grant(reader.person.id, Role.COORDINATOR, by=None, at=front.now)
    passed = await concerns.give_feedback(
        front.store, front.clock, by=asker.person, words=f"Olá {front.now}"
    )
    return reader, passed.concern.id


def test_what_waits_beneath_is_put_once_more(runner: asyncio.Runner, front: Front) -> None:
    async def ends() -> None:
        reader, concern = await coordinator(front)
        cases = (
            ("settings-quiet", {}, Said("22-7"), "settings-kept"),
            ("settings-pause", {}, Said("12.3.2026"), "settings-kept"),
            ("concern", {"concern": concern}, Said("Obrigado pela mensagem"), "concern-answered"),
            ("concern", {"concern": concern}, Tapped(f"kn:{concern}"), "concern-not-answered"),
            ("feedback", {}, Said("Mais árvores"), "feedback-thanks"),
            ("report", REPORT, Tapped("qq:person:1"), "report-kept"),
        )
        for step, pending, said, key in cases:
            await beneath(front, reader, step, **pending)
            first, last = await told(front, reader, said)
            assert says(LANGUAGE, key, first), (step, first)
            assert says(LANGUAGE, "aside-left", last), (step, last)
            assert says(LANGUAGE, "question-languages", last), (step, last)
            assert (await stands(front, reader)).step == Answer.LANGUAGES.value

    runner.run(ends())


REPORT = {"about": "person", "subject": 1, "cause": "spam"}


@pytest.mark.parametrize("case", ["role taken", "concern gone", "nobody there", "too many"])
def test_refused_words_end_the_question_in_between(
    runner: asyncio.Runner, front: Front, case: str
) -> None:
    async def is_refused() -> None:
        front.now += timedelta(days=2)
        person, concern = await coordinator(front)
        step, pending, key = "concern", {"concern": concern}, "refusal-not-yours"
        if case == "role taken":
            async with front.store.transaction():
                await front.store.roles.revoke(person.person.id, Role.COORDINATOR)
        elif case == "concern gone":
            pending, key = {"concern": 987_654}, "refusal-concern-gone"
        elif case == "nobody there":
            step, pending = "report", REPORT | {"subject": 987_654}
        else:
            for number in range(MOST_A_DAY):
                await concerns.give_feedback(
                    front.store, front.clock, by=person.person, words=f"Olá {number}"
                )
            step, pending, key = "feedback", {}, "refusal-feedback-a-day"
        await beneath(front, person, step, **pending)
        first, last = await told(front, person, Said("Palavras e mais palavras"))
        assert says(LANGUAGE, key, first), first
        assert says(LANGUAGE, "question-languages", last), last
        assert (await stands(front, person)).step == Answer.LANGUAGES.value
        assert str(speech(LANGUAGE)("sorry")) not in first

    runner.run(is_refused())
