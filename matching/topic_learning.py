"""Learns at set-up what the topic finder knows: from labels and utterances, by letters and, where
the model is installed, by meaning."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.languages import LANGUAGES
from domain.topics import Topic
from matching import topic_ngrams
from matching.meanings import Meanings
from matching.topic_examples import NOTHING, Example, examples
from matching.topic_head import HEAD, LEARNED, Head
from matching.topic_text import keys_of

Report = Callable[[int, int], None]
Floats = NDArray[np.float32]

VERSION = 1
SHIPPED = Path(__file__).with_name("learned") / "head.npz"
"""The head as it was learned from today's examples; half a megabyte instead of eight minutes. Where
labels or utterances have changed since, set-up learns it anew."""
AT_ONCE = 64
EPOCHS, BATCH, STEP, DECAY, SEED = 6, 256, 0.02, 1e-3, 1


def learn(
    topics: Mapping[str, Topic], folder: Path, meanings: Meanings | None, report: Report
) -> None:
    """Learn and write it to `folder`; what was there is replaced when the new is whole.

    Without `meanings` the head is taken as shipped, if it is up to date. `report(done, total)` is
    called as the work goes on.
    """
    given = examples(topics)
    classes = [*topics, NOTHING]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as workshop:
        fresh = Path(workshop) / "new"
        fresh.mkdir()
        head = shipped(given, classes)
        if head is None and meanings is not None:
            head = learned_head(given, classes, meanings, kept_beside(folder), report)
        if head is not None:
            head.write(fresh / HEAD)
        topic_ngrams.write(fresh, *letters_of(given, classes))
        about = {"version": VERSION, "classes": classes}
        (fresh / LEARNED).write_text(json.dumps(about), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(workshop) / "old")
        fresh.rename(folder)
    report(1, 1)


def ship(topics: Mapping[str, Topic], folder: Path, meanings: Meanings, report: Report) -> None:
    """Learn the head and put it among the sources, for those who set up after us."""
    given = examples(topics)
    classes = [*topics, NOTHING]
    head = learned_head(given, classes, meanings, kept_beside(folder), report)
    head.write(SHIPPED, digest=digest_of(given, classes))


def shipped(given: Sequence[Example], classes: Sequence[str]) -> Head | None:
    """The head among the sources; None where it was learned from other examples."""
    return Head.read(SHIPPED, digest=digest_of(given, classes))


def digest_of(given: Sequence[Example], classes: Sequence[str]) -> str:
    """What a head was learned from, in short."""
    told = [[one.text, one.topic] for one in given]
    return hashlib.sha256(json.dumps([VERSION, classes, told]).encode()).hexdigest()


def learned_head(
    given: Sequence[Example],
    classes: Sequence[str],
    meanings: Meanings,
    kept: Path,
    report: Report,
) -> Head:
    """The head that tells the classes apart by meaning."""
    return head_of(_vectors(given, meanings, kept, report), numbers(given, classes), classes)


def numbers(given: Sequence[Example], classes: Sequence[str]) -> NDArray[np.int64]:
    """The class of each example."""
    at = {topic: number for number, topic in enumerate(classes)}
    return np.array([at[example.topic] for example in given], dtype=np.int64)


def letters_of(
    given: Sequence[Example], classes: Sequence[str]
) -> tuple[object, topic_ngrams.Arrays]:
    """What is learned by letters."""
    of = {topic: number for number, topic in enumerate(classes)}
    samples = [
        topic_ngrams.Sample(words, one.language, of[one.topic], one.label)
        for one in given
        if (words := keys_of(one.text))
    ]
    return topic_ngrams.learn(samples, len(classes), LANGUAGES)


def head_of(vectors: Floats, kinds: NDArray[np.int64], classes: Sequence[str]) -> Head:
    """Softmax regression by Adam (Kingma and Ba 2015) in small batches; the same each time."""
    mean = vectors.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov((vectors - mean).T))
    whitening = (axes / np.sqrt(np.maximum(variances, 1e-6))).astype(np.float32)
    blank = np.zeros((vectors.shape[1], len(classes)), dtype=np.float32)
    head = Head(mean.astype(np.float32), whitening, blank, blank[0])
    inputs = np.hstack([head.spread(vectors), np.ones((len(vectors), 1), dtype=np.float32)])
    weights = _regression(inputs, kinds, len(classes))
    return Head(head.mean, whitening, weights[:-1], weights[-1])


def _regression(inputs: Floats, kinds: NDArray[np.int64], classes: int) -> Floats:
    chance = np.random.default_rng(SEED)
    weights = np.zeros((inputs.shape[1], classes), dtype=np.float32)
    momentum, spread = np.zeros_like(weights), np.zeros_like(weights)
    batches = max(1, len(inputs) // BATCH)
    done = 0
    for _ in range(EPOCHS):
        for rows in np.array_split(chance.permutation(len(inputs)), batches):
            given = inputs[rows]
            scores = given @ weights
            likely = np.exp(scores - scores.max(axis=1, keepdims=True))
            likely /= likely.sum(axis=1, keepdims=True)
            likely[np.arange(len(rows)), kinds[rows]] -= 1
            slope = given.T @ likely / np.float32(len(rows)) + np.float32(DECAY) * weights
            done += 1
            momentum += np.float32(0.1) * (slope - momentum)
            spread += np.float32(0.01) * (slope * slope - spread)
            step = STEP * (1 - done / (EPOCHS * batches)) / (1 - 0.9**done)
            weights -= (
                np.float32(step)
                * momentum
                / (np.sqrt(spread / np.float32(1 - 0.99**done)) + np.float32(1e-8))
            )
    return weights


def kept_beside(folder: Path) -> Path:
    """Where vectors of meaning are kept, so that a new topic takes seconds."""
    return folder.with_name(f"{folder.name}.vectors.npz")


def _vectors(given: Sequence[Example], meanings: Meanings, kept: Path, report: Report) -> Floats:
    """A vector for each example; those of an earlier time are not computed again."""
    known = _read(kept)
    keys = [_key(one.text) for one in given]
    new = {key: one.text for key, one in zip(keys, given, strict=True) if key not in known}
    missing = sorted(new, key=lambda key: len(new[key]))  # alike lengths make a batch quick
    report(0, max(1, len(missing)))
    for start in range(0, len(missing), AT_ONCE):
        batch = missing[start : start + AT_ONCE]
        vectors = meanings.vectors([new[key] for key in batch]).astype(np.float16)
        known.update(zip(batch, vectors, strict=True))
        report(min(start + AT_ONCE, len(missing)), len(missing))
    found = np.stack([known[key] for key in keys])
    if missing:
        order = sorted(set(keys))
        np.savez(kept, keys=np.array(order), vectors=np.stack([known[key] for key in order]))
    return found.astype(np.float32)


def _read(kept: Path) -> dict[str, NDArray[np.float16]]:
    if not kept.exists():
        return {}
    with np.load(kept) as stored:
        return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
