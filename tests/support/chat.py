"""A person chatting with the bot, who reads and taps what they see."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from locales.catalogues import translations
from locales.speech import speech, without_tags
from tests.support.sandbox_server import Message, Sim

MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
PATIENCE = 30.0


def read(text: str) -> str:
    """What a person reads: without direction marks."""
    return MARKS.sub("", text)


def fragments(language: str, key: str) -> list[str]:
    """The fixed pieces of a sentence, in the order in which they are read."""
    template = translations(language).gettext(key)
    if template == key:
        template = translations(language).ngettext(key, f"{key}-many", 5)
    plain = without_tags(template.replace("{{", "\x00").replace("}}", "\x01"))
    pieces = re.split(r"\{[a-z_]+\}", plain)
    whole = [piece.replace("\x00", "{").replace("\x01", "}").strip() for piece in pieces]
    return [piece for piece in whole if piece]


def says(language: str, key: str, text: str) -> bool:
    """Whether the sentence stands in the text. Plural forms differ: the first line is enough."""
    seen, at = read(text), 0
    for piece in fragments(language, key)[:1]:
        at = " ".join(seen.split()).find(" ".join(piece.split()), at)
        if at < 0:
            return False
    return True


@dataclass(slots=True)
class Chat:
    """One person's private chat with the bot, in a language."""

    sim: Sim
    person: int
    language: str
    seen: int = field(default=0)

    async def messages(self) -> list[Message]:
        """What stands in the chat now."""
        return await self.sim.messages(self.person)

    async def from_bot(self) -> list[Message]:
        """What the bot has said, as it stands now."""
        return [one for one in await self.messages() if one["from"]["is_bot"]]

    async def say(self, text: str) -> int:
        """Write something."""
        return await self.sim.say(self.person, text)

    async def expect(self, *keys: str, timeout: float = PATIENCE) -> Message:
        """Wait until the newest message of the bot says all of these."""
        return await self.until(
            lambda message: all(says(self.language, key, message["text"]) for key in keys),
            f"{keys} in {self.language}",
            timeout,
        )

    async def until(
        self, predicate: Any, what: str = "a message", timeout: float = PATIENCE
    ) -> Message:
        """Wait until the newest message of the bot fits."""
        deadline = time.monotonic() + timeout
        while True:
            said = await self.from_bot()
            if said and "text" in said[-1] and predicate(said[-1]):
                return said[-1]
            if time.monotonic() > deadline:
                texts = "\n---\n".join(read(one.get("text", "?")) for one in said[-4:])
                raise AssertionError(f"waited for {what}; the bot said:\n{texts}")
            await asyncio.sleep(0.03)

    async def find(self, key: str, timeout: float = PATIENCE) -> Message:
        """Wait until any message of the bot says this; the newest such one."""
        return await self._find(lambda text: says(self.language, key, text), key, timeout)

    async def find_text(self, text: str, timeout: float = PATIENCE) -> Message:
        """Wait until any message of the bot holds these words; the newest such one."""
        return await self._find(lambda said: text in read(said), text, timeout)

    async def _find(self, fits: Callable[[str], bool], what: str, timeout: float) -> Message:
        deadline = time.monotonic() + timeout
        while True:
            said = await self.from_bot()
            for one in reversed(said):
                if fits(one.get("text", "")):
                    return one
            if time.monotonic() > deadline:
                texts = "\n---\n".join(read(one.get("text", "?")) for one in said[-4:])
                raise AssertionError(f"waited for {what}; the bot said:\n{texts}")
            await asyncio.sleep(0.03)

    def words(self, key: str) -> str:
        """A button's or sentence's plain words in this person's language."""
        return speech(self.language).plain(key)

    async def tap(self, key: str, message: Message | None = None) -> dict[str, Any]:
        """Tap a button of ours by its key, on this message or on the newest that has it."""
        return await self.tap_text(self.words(key), message)

    async def tap_text(self, text: str, message: Message | None = None) -> dict[str, Any]:
        """Tap a button by its words."""
        found = message or await self._with_button(text)
        return await self.sim.tap(self.person, found["message_id"], text=text)

    async def _with_button(self, text: str) -> Message:
        deadline = time.monotonic() + PATIENCE
        while True:
            for one in reversed(await self.from_bot()):
                if text in buttons(one):
                    return one
            assert time.monotonic() < deadline, f"nowhere a button {text!r}"
            await asyncio.sleep(0.03)


def buttons(message: Message) -> list[str]:
    """The words on a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def data_of(message: Message, start: str) -> str:
    """The callback data that begins so, of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    found = [button["callback_data"] for row in rows for button in row]
    return next(one for one in found if one.startswith(start))
