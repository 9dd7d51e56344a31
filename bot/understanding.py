"""What makes sense of free text. A worker, which hears nobody, never imports it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from actions.understanding import FindsTopics, Understanding
from bot.settings import Settings
from matching.meanings import installed
from matching.places import Gazetteer
from matching.topics import Mention, TopicFinder


class TopicsInTheMaking:
    """The finder of topics, which takes a second to open: the bot answers meanwhile, and whoever
    names a topic already waits for it, in the thread in which texts are understood."""

    def __init__(self, settings: Settings) -> None:
        beside = ThreadPoolExecutor(1, "topics")
        self._made = beside.submit(topics_of, settings)
        beside.shutdown(wait=False)

    def find(self, text: str, language: str) -> tuple[Mention, ...]:
        """As the finder finds them. Blocks while it is in the making."""
        return self._made.result().find(text, language)

    async def ready(self) -> None:
        """Returns once it is made; raises what kept it from being made."""
        await asyncio.wrap_future(self._made)


def topics_of(settings: Settings) -> TopicFinder:
    """The finder of topics, with the model where it is installed. Raises TopicsNotLearned."""
    return TopicFinder.open(settings.topics, installed())


async def understanding_of(settings: Settings, topics: FindsTopics) -> Understanding:
    """What makes sense of free text; the gazetteer is opened in a thread."""
    return Understanding(topics, await asyncio.to_thread(Gazetteer.open, settings.gazetteer))
