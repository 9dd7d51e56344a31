"""What set-up learned of topics, or what is learned now, once for all test processes."""

import fcntl
import os
from functools import cache
from pathlib import Path

from domain.topics import load_topics
from matching.meanings import installed
from matching.topic_learning import learn
from matching.topics import TopicFinder, TopicsNotLearned

PROJECT = Path(__file__).resolve().parents[2]


def topics_folder() -> Path:
    """TOPICS_DIR or var/topics; learned under a file lock where it is missing or old."""
    folder = Path(os.environ.get("TOPICS_DIR") or PROJECT / "var" / "topics")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            TopicFinder.open(folder)
        except TopicsNotLearned:
            learn(load_topics(), folder, installed(), lambda done, total: None)
    return folder


@cache
def by_letters() -> TopicFinder:
    """The finder that is always there: quick, and the same on every machine."""
    return TopicFinder.open(topics_folder())
