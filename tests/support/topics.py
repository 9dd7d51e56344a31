"""What set-up learned of topics, or what is learned now, once for all test processes."""

from functools import cache
from pathlib import Path

from domain.topics import load_topics
from matching.meanings import installed
from matching.topic_learning import learn
from matching.topics import TopicFinder, TopicsNotLearned
from tests.support.built_once import built_once


def topics_folder() -> Path:
    """TOPICS_DIR or var/topics."""
    return built_once("TOPICS_DIR", "topics", TopicFinder.open, _learn, TopicsNotLearned)


def _learn(folder: Path) -> None:
    learn(load_topics(), folder, installed(), lambda done, total: None)


@cache
def by_letters() -> TopicFinder:
    """The finder that is always there: quick, and the same on every machine."""
    return TopicFinder.open(topics_folder())
