"""People who do not repeat themselves: they wait until the bot comes with the next question."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from domain.profiles import Answer
from tests.journeys.walking import NEWCOMERS, Newcomer, language_button
from tests.support.bot_process import RunningBot, running_bot
from tests.support.chat import Chat, buttons, read, says
from tests.support.sandbox_server import Message, Sim, running_sandbox

LONG = 90.0
"""Seconds: a bot that is killed twice in a row takes its time, the more on a busy machine."""
CHOSEN = "✅ "


@dataclass(slots=True)
class Patient:
    """Somebody who answers each question once, and remembers what they chose."""

    chat: Chat
    chosen: dict[Answer, frozenset[str]] = field(default_factory=dict)

    @property
    def who(self) -> Newcomer:
        return NEWCOMERS[self.chat.language]

    @property
    def id(self) -> int:
        return self.chat.person

    async def asked(self, answer: Answer, *, after: int = 0) -> Message:
        """The question, standing in the newest message (of those after this one)."""
        key = f"question-{answer}"
        return await self.chat.until(
            lambda one: one["message_id"] > after and says(self.chat.language, key, one["text"]),
            f"{key} after {after}",
            LONG,
        )

    async def say(self, answer: Answer, words: str) -> int:
        await self.asked(answer)
        return await self.chat.say(words)

    async def toggle(self, answer: Answer, text: str) -> None:
        """Choose one of several, and see that it is chosen."""
        await self.chat.tap_text(text, await self.asked(answer))
        await self.chat.until(lambda one: CHOSEN + text in buttons(one), f"{text} chosen", LONG)

    async def confirm(self, answer: Answer) -> None:
        window = await self.asked(answer)
        self.chosen[answer] = chosen_in(window)
        await self.chat.tap("button-done", window)

    async def name_and_confirm(self, answer: Answer, words: str) -> None:
        """Say it in free words, choose what was understood but not certain, and confirm."""
        said = await self.say(answer, words)
        window = await self.asked(answer, after=said)
        if self.chat.words("button-done") not in buttons(window):
            await self.toggle(answer, buttons(window)[0])
        await self.confirm(answer)

    async def introduce_themselves(self) -> None:
        """From the first word to a visible profile."""
        await self.chat.say("/start")
        welcome = await self.chat.expect("welcome", timeout=LONG)
        await self.chat.tap("button-consent", welcome)
        await self.say(Answer.NAME, self.who.name)
        await self.say(Answer.FUNCTION, self.who.function)
        await self.say(Answer.CONTACT, f"{self.who.email}, {self.who.phone}")
        for detail in ("detail-name", "detail-email", "detail-phone"):
            await self.toggle(Answer.SHARES, self.chat.words(detail))
        await self.confirm(Answer.SHARES)
        await self._describe_organisation()
        card = await self.chat.expect("profile-next-publish", timeout=LONG)
        await self.chat.tap("button-publish", card)
        await self.chat.expect("profile-next-partners", timeout=LONG)

    async def _describe_organisation(self) -> None:
        await self.say(Answer.ORGANISATION, self.who.organisation)
        await self.chat.tap("kind-utility", await self.asked(Answer.KIND))
        await self.toggle(Answer.SECTORS, self.chat.words("sector-water_supply"))
        await self.confirm(Answer.SECTORS)
        said = await self.say(Answer.PLACE, self.who.place)
        window = await self.asked(Answer.PLACE, after=said)
        place = next(one for one in buttons(window) if self.who.place_button in one)
        await self.chat.tap_text(place, window)
        await self.name_and_confirm(Answer.OFFERS, self.who.offers)
        await self.name_and_confirm(Answer.SEEKS, self.who.seeks)
        await self.toggle(Answer.LANGUAGES, language_button(self.chat, "en"))
        await self.confirm(Answer.LANGUAGES)
        await self.name_and_confirm(Answer.REGIONS, self.who.regions)

    async def card_with(self, button: str, *words: str, patience: float = LONG) -> Message:
        """Wait for a message with these words and this button of ours."""
        label = self.chat.words(button)
        return await self.chat.sim.wait_for(
            self.id,
            lambda one: label in buttons(one) and all(word in read(one["text"]) for word in words),
            patience,
        )


def chosen_in(window: Message) -> frozenset[str]:
    """The options that a window shows as chosen, by the data of their buttons."""
    rows = window.get("reply_markup", {}).get("inline_keyboard", [])
    return frozenset(
        button["callback_data"].split(":", 2)[2]
        for row in rows
        for button in row
        if button["text"].startswith(CHOSEN)
    )


async def patient(sim: Sim, language: str) -> Patient:
    """A newcomer with this language."""
    person = await sim.person(NEWCOMERS[language].first_name, language)
    return Patient(Chat(sim, person, language))


async def taken(reader: Patient) -> list[str]:
    """The texts of the messages that Telegram took to somebody, in order."""
    return [
        call["answer"]["result"]["text"]
        for call in await reader.chat.sim.calls("sendMessage")
        if call["status"] == HTTPStatus.OK and call["chat_id"] == reader.id
    ]


async def times_sent(reader: Patient, key: str) -> int:
    """How often Telegram took a message with this text to somebody."""
    return sum(says(reader.chat.language, key, text) for text in await taken(reader))


async def said_again(reader: Patient) -> int:
    """How many messages Telegram took to somebody that it had taken before."""
    return sum(times - 1 for times in Counter(await taken(reader)).values())


@asynccontextmanager
async def bot_on(database_url: str, folder: Path, **settings: str) -> AsyncIterator[RunningBot]:
    """A bot in a process of its own, on a sandbox without limits."""
    async with (
        running_sandbox(folder / "sandbox.sqlite3", per_second=0, chat_burst=0) as sandbox,
        running_bot(sandbox, database_url, folder, **settings) as bot,
    ):
        yield bot
