"""Hostile and random input at every step: always an answer, never an exception, nothing lost.

Here updates go straight into the dispatcher as `python -m bot run` assembles it, on a real
database, for many thousands of them. `make hostile` sends 10,000 to every step, and differently
each time; the tests send fewer, and always the same.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import people, profiles
from actions.understanding import Understanding
from bot.answering import Answering
from bot.ledger import Ledger
from bot.listening import dispatcher
from bot.settings import Settings
from bot.wiring import Parts
from delivery.buttons import Consent, Press, Skip, Unreadable, unpack
from delivery.gate import Gate, Pace
from delivery.presses_of_organisations import Leave
from delivery.presses_of_privacy import EraseAtOnce, WithholdPiece
from domain.conversations import Conversation
from domain.planning import Draft, Question
from domain.profiles import Answer, Profile
from handlers.asides import SHOWN
from handlers.profile.steps import BY_ANSWER
from handlers.routers import ROUTERS
from locales.speech import speech
from matching.places import Gazetteer
from storage import migrate
from storage.store import Store
from tests.hostile.inputs import Input, Said, Shown, Tapped, inputs
from tests.hostile.line import SAYING, Line
from tests.support.gazetteer import gazetteer_folder
from tests.support.profiles import typical
from tests.support.topics import by_letters

SENT = int(os.environ.get("HOSTILE_INPUTS", "100"))
"""Inputs to each step."""
STEPS = ("nothing", "stranger", *BY_ANSWER, *SHOWN)

# A session that is being planned: everything has been answered, and may be answered anew.
PLANNED: dict[str, Any] = Draft(
    exchange=1, zone="Europe/Berlin", title="Wasserverluste", day="2026-11-30", begins=600,
    lasts=120, form="hybrid", language="de",
).packed()  # fmt: skip
# What is in hand while a question in between waits.
PENDING: dict[str, dict[str, Any]] = {
    "report": {"about": "organisation", "subject": 1, "cause": "spam"},
    "concern": {"concern": 1},
    "announcement": {"announcement": 1, "asks": "text", "language": "de"},
    "contribution": {"session": 1},
    "paper": {"session": 1, "minutes": 1},
    "session-text": {"session": 1, "language": "uk", "what": "title"},
    "helped": {"session": 1},
    "follow-up": {"session": 1, "membership": 1},
    "follow-up-day": {"session": 1, "membership": 1, "words": "x"},
    "practice-title": {"exchange": 1, "session": None},
    "practice-words": {"exchange": 1, "session": None, "title": "x"},
    "practice-topics": {
        "exchange": 1, "session": None, "title": "x", "words": "y", "chosen": ["solar"],
        "offered": ["solar", "sludge"],
    },
    "practice-readers": {
        "exchange": 1, "session": None, "title": "x", "words": "y", "chosen": ["solar"],
    },
    **{question.value: {"draft": PLANNED} for question in Question},
}  # fmt: skip
# Buttons whose purpose it is to take something away, and what.
TAKES_AWAY: dict[type[Press], str] = {
    Skip: "the answer to the question that waits",
    EraseAtOnce: "everything, once it is sure",
    WithholdPiece: "the contacts, with the consent to store them",
    Leave: "the organisation, and with it the answers about it",
}


class Front:
    """The bot's front door, and the people who stand before it."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'bot.db'}"
        self.now = datetime(2026, 3, 2, 12, tzinfo=UTC)
        self.store = Store(url)
        self.line = Line()
        self.bot = Bot("1:x", self.line, DefaultBotProperties(parse_mode="HTML"))
        self.answering = Answering(self.bot, self.store)
        configured = Settings(
            _env_file=None,  # type: ignore[call-arg]
            bot_token=None,
            database_url=url,
            updates_per_person=0,
        )
        understanding = Understanding(by_letters(), Gazetteer.open(gazetteer_folder()))
        parts = Parts(configured, self.store, self.clock, Gate(Pace(per_second=None)))
        ledger = Ledger(self.store, configured.bot_id)
        self.dispatcher = dispatcher(parts, understanding, self.answering, ledger)
        self._numbers = count(1)

    def clock(self) -> datetime:
        """People take their time: a minute between two inputs."""
        return self.now

    def number(self) -> int:
        """The Telegram id of somebody new."""
        return 7_100_000_000 + next(self._numbers)

    async def profile_of(self, number: int) -> Profile | None:
        """What is stored of somebody."""
        person = await self.store.people.by_telegram(number)
        if person is None:
            return None
        return Profile(person, await self.store.organisations.of(person.id))

    async def settle(self, language: str) -> Profile:
        """Somebody new who has answered everything."""
        number = self.number()
        person = await people.consent(self.store, self.clock, telegram_id=number, language=language)
        for which in Answer:
            value: Any = typical(language).answer(which)
            if which is Answer.CONTACT:
                value = {"email": f"{number}@example.org", "phone": "+49 351 8220"}
            await profiles.answer(self.store, self.clock, person, which, value)
        await profiles.publish(self.store, self.clock, person)
        settled = await self.profile_of(number)
        assert settled is not None
        return settled

    async def stand(self, profile: Profile, step: str) -> Conversation:
        """Put the question of a step to somebody."""
        before = await self.store.conversations.of(profile.person.id)
        if step in BY_ANSWER:
            now = before.over().at(step)
        elif step in SHOWN:
            now = before.over().at(Answer.SEEKS.value).aside(step, **PENDING.get(step, {}))
        else:
            now = before.over().at(None)
        async with self.store.transaction():
            await self.store.conversations.keep(profile.person.id, now, at=self.now)
        return now

    async def hear(self, telegram_id: int, one: Input, turn: int, language: str) -> list[Any]:
        """What the bot says to an input."""
        self.now += timedelta(minutes=1)
        before = len(self.line.calls)
        update = Update.model_validate(
            {"update_id": next(self._numbers), **_wire(telegram_id, one, turn, language)}
        )
        await self.dispatcher.feed_update(self.bot, update)
        return self.line.calls[before:]


def _wire(telegram_id: int, one: Input, turn: int, language: str) -> dict[str, Any]:
    """As Telegram writes it."""
    sender = {"id": telegram_id, "is_bot": False, "first_name": "X", "language_code": language}
    message = {
        "message_id": 7,
        "date": 1_790_000_000,
        "chat": {"id": telegram_id, "type": "private"},
        "from": sender,
    }
    if isinstance(one, Said):
        return {"message": message | {"text": one.text}}
    if isinstance(one, Shown):
        caption = {"caption": one.caption} if one.caption else {}
        return {"message": message | caption | {one.kind: CONTENT[one.kind]}}
    return {
        "callback_query": {
            "id": "1",
            "from": sender,
            "chat_instance": "1",
            "message": message | {"text": "?"},
            "data": one.at(turn),
        }
    }


_FILE = {"file_id": "f", "file_unique_id": "u"}
CONTENT: dict[str, Any] = {
    "photo": [_FILE | {"width": 1, "height": 1}],
    "voice": _FILE | {"duration": 1},
    "location": {"latitude": 91.0, "longitude": -181.0},
    "contact": {"phone_number": "+999", "first_name": "\u202e"},
    "sticker": _FILE
    | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "document": _FILE | {"file_name": "../x"},
    "poll": {
        "id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False,
        "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
        "allows_revoting": False, "members_only": False,
    },
    "dice": {"emoji": "🎲", "value": 6},
}  # fmt: skip


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@contextmanager
def opened(runner: asyncio.Runner, folder: Path) -> Iterator[Front]:
    """A front on a database of its own in a folder."""

    async def made() -> Front:
        return Front(folder)

    migrate.upgrade(f"sqlite:///{folder / 'bot.db'}")
    front = runner.run(made())
    yield front

    async def closed() -> None:
        await front.answering.settle()
        await front.store.close()

    runner.run(closed())
    for router in ROUTERS:
        router._parent_router = None


@pytest.fixture(scope="module")
def front(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with opened(runner, tmp_path_factory.mktemp("front")) as front:
        yield front


def takes_away(one: Input, turn: int) -> bool:
    """Whether it is a button whose purpose it is."""
    return isinstance(press_of(one, turn), tuple(TAKES_AWAY))


def press_of(one: Input, turn: int) -> Press | None:
    """The button of ours, if it is one, as the bot reads it."""
    if not isinstance(one, Tapped):
        return None
    try:
        return unpack(one.at(turn))
    except Unreadable:
        return None


def check_answered(said: list[Any], one: Input, sorry: str) -> None:
    """Somebody who presses is answered above the chat, and who writes in the chat."""
    texts = [str(call.text) for call in said if isinstance(call, SAYING) and hasattr(call, "text")]
    assert not any(sorry in text for text in texts), "something broke"
    if isinstance(one, Tapped):
        assert sum(isinstance(call, AnswerCallbackQuery) for call in said) == 1
    else:
        assert any(isinstance(call, SAYING) for call in said), "nobody answered"
    for text in texts:
        assert 0 < len(text) <= 3 * 4096, "longer than Telegram could take"


class Somebody:
    """Who gets one input after the other at a step; somebody new, where one took something away."""

    def __init__(self, front: Front, step: str, language: str) -> None:
        self._front = front
        self._step = step
        self._language = language
        self._sorry = str(speech(language)("sorry"))
        self._profile: Profile | None = None

    async def get(self, one: Input) -> None:
        """An input, and what must be true of its answer."""
        profile = self._profile or await self._front.settle(self._language)
        self._profile = None
        standing = await self._front.stand(profile, self._step)
        number = profile.person.telegram_id
        said = await self._front.hear(number, one, standing.turn, self._language)
        check_answered(said, one, self._sorry)
        if takes_away(one, standing.turn):
            return
        self._profile = await self._front.profile_of(number)
        assert self._profile is not None, "somebody is gone"
        check_kept(profile, self._profile, one, self._step)


class Stranger:
    """Who gets inputs without ever having agreed to anything; whoever agrees by the way is one no
    longer."""

    def __init__(self, front: Front, language: str) -> None:
        self._front = front
        self._language = language
        self._sorry = str(speech(language)("sorry"))
        self._number = front.number()

    async def get(self, one: Input) -> None:
        """An input, and what must be true of its answer."""
        number, self._number = self._number, self._front.number()
        said = await self._front.hear(number, one, 1, self._language)
        check_answered(said, one, self._sorry)
        press = press_of(one, 1)
        agreed = isinstance(press, Consent) and press.agreed == 1
        stored = await self._front.profile_of(number)
        assert stored is None or agreed, "somebody is stored who has not agreed"
        if stored is None:
            self._number = number


def check_kept(before: Profile, after: Profile, one: Input, step: str) -> None:
    """Nothing is lost, and words change nothing but the answer that was asked for."""
    lost = [w for w in Answer if after.answer(w) is None and before.answer(w) is not None]
    assert lost == [], "answers are lost"
    if not isinstance(one, Tapped):
        changed = [w for w in Answer if after.answer(w) != before.answer(w) and w != step]
        assert changed == [], "words changed what nobody asked for"


@pytest.mark.parametrize("step", STEPS)
def test_hostile_input_is_answered_and_loses_nothing(
    runner: asyncio.Runner, front: Front, step: str
) -> None:
    people: dict[str, Somebody | Stranger] = {
        language: Stranger(front, language)
        if step == "stranger"
        else Somebody(front, step, language)
        for language in ("de", "ar")
    }

    @settings(
        max_examples=SENT,
        database=None,
        derandomize="HOSTILE_INPUTS" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs, st.sampled_from(sorted(people)))
    def sends(one: Input, language: str) -> None:
        runner.run(people[language].get(one))

    sends()
