"""People who stand somewhere: before consent, at a question, or with a profile that others see."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from actions import people, profiles
from domain.organisations import Organisation
from domain.people import Detail, Person
from domain.profiles import FURTHER, Answer, part_of
from storage.store import Store
from tests.journeys.walking import NEWCOMERS, agree
from tests.support.bot_process import RunningBot
from tests.support.chat import PATIENCE, Chat, data_of, read, says
from tests.support.sandbox_server import Message

NOW = datetime.now(UTC)


@dataclass(slots=True)
class Listening:
    """A chat of which each answer of the bot is counted."""

    chat: Chat
    heard: set[int] = field(default_factory=set)

    async def _new(self) -> list[Message]:
        said = await self.chat.from_bot()
        return [one for one in said if one["message_id"] not in self.heard]

    async def nothing_more(self) -> None:
        """What has been heard is all that was said."""
        surplus = [read(one.get("text", "?")) for one in await self._new()]
        assert surplus == [], f"said beyond what was expected: {surplus}"

    async def hear(self, number: int = 1) -> list[Message]:
        """The next messages of the bot, so many of them."""
        deadline = time.monotonic() + PATIENCE
        while len(new := await self._new()) < number:
            assert time.monotonic() < deadline, f"{len(new)} answers instead of {number}"
            await asyncio.sleep(0.03)
        self.heard |= {one["message_id"] for one in new}
        assert len(new) == number, [read(one["text"]) for one in new]
        return new

    async def all_heard(self) -> None:
        """From here on."""
        self.heard |= {one["message_id"] for one in await self.chat.from_bot()}


async def newcomer(bot: RunningBot, language: str) -> Chat:
    """Somebody who has not said a word yet."""
    sim = bot.sandbox.sim
    return Chat(sim, await sim.person(NEWCOMERS[language].first_name, language), language)


async def turn_of(store: Store, chat: Chat) -> int:
    """The turn of the question that waits."""
    person = await store.people.by_telegram(chat.person)
    assert person is not None
    return (await store.conversations.of(person.id)).turn


async def skip(store: Store, chat: Chat) -> dict[str, Any]:
    """Skip the question that waits."""
    newest = (await chat.from_bot())[-1]
    data = f"s:{await turn_of(store, chat)}"
    return await chat.sim.tap(chat.person, newest["message_id"], callback_data=data)


async def stand_at(bot: RunningBot, store: Store, language: str, step: Answer) -> Chat:
    """Somebody to whom this question is put; they have told their name, and skipped the rest of
    the questions before it. At a question of the second part, the essential ones are answered."""
    if step in FURTHER:
        chat = (await settled(bot, store, language)).chat
        await ask_further(chat)
    else:
        chat = await newcomer(bot, language)
        await agree(chat)
    for which in part_of(step)[: part_of(step).index(step)]:
        await chat.expect(f"question-{which}")
        if which is Answer.NAME:
            await chat.say(NEWCOMERS[language].name)
            await chat.expect("question-function")
        else:
            await skip(store, chat)
    await chat.expect(f"question-{step}")
    return chat


async def ask_further(chat: Chat) -> None:
    """Have the second part of the questions put."""
    await chat.say("/profile")
    card = await chat.expect("profile-title", "profile-published")
    await chat.sim.tap(chat.person, card["message_id"], callback_data=data_of(card, "wf"))
    await chat.expect(f"question-{FURTHER[0]}")


def following(step: Answer) -> str:
    """What the bot says after the answer to a question: the next one, or that it is stored."""
    rest = part_of(step)[part_of(step).index(step) + 1 :]
    return f"question-{rest[0]}" if rest else "answer-stored"


@dataclass(slots=True)
class Side:
    """Somebody with a visible profile."""

    chat: Chat
    person: Person
    organisation: Organisation

    async def press(self, data: str) -> dict[str, Any]:
        """Press what carries this data, under the bot's newest message."""
        newest = (await self.chat.from_bot())[-1]
        return await self.chat.sim.tap(self.chat.person, newest["message_id"], callback_data=data)

    async def told(self, key: str) -> str:
        """Wait until the bot has said this; all of that message, as it is read."""
        return read((await self.chat.find(key))["text"])

    async def times_told(self, key: str) -> int:
        said = await self.chat.from_bot()
        return sum(says(self.chat.language, key, one.get("text", "")) for one in said)


async def settled(bot: RunningBot, store: Store, language: str) -> Side:
    """Somebody whose profile is visible; they have just asked for help."""
    chat = await newcomer(bot, language)
    who = NEWCOMERS[language]
    person = await people.consent(store, lambda: NOW, telegram_id=chat.person, language=language)
    answers: dict[Answer, Any] = {
        Answer.NAME: who.name,
        Answer.CONTACT: {"email": f"{chat.person}@example.org", "phone": None},
        Answer.SHARES: frozenset({Detail.NAME, Detail.EMAIL}),
        Answer.ORGANISATION: f"{who.organisation} {chat.person}",
        Answer.OFFERS: frozenset({"non_revenue_water"}),
        Answer.SEEKS: frozenset({"sludge"}),
    }
    for which, value in answers.items():
        await profiles.answer(store, lambda: NOW, person, which, value)
    profile = await profiles.publish(store, lambda: NOW, person)
    assert profile.organisation is not None
    await chat.say("/help")
    await chat.expect("help")
    return Side(chat, person, profile.organisation)
