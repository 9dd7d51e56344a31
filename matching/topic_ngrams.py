"""How like a text is to the topics' labels and to what people say, by the pieces of letters that
they share.

Two opinions, both linear in the text's TF-IDF vector of letter n-grams (2 to 4, within words):
the likeness to the nearest label of each topic, and a head that was fitted to tell the topics
apart (ridge regression; it knows that "plant" says little and "sludge" much). Learned at set-up,
and mapped into memory, so that all processes share it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 4
OFTEN = 3
"""An n-gram counts that so many examples have."""
RIDGE = 1.0
ROUNDS = 7  # of conjugate gradients; more of them change less than one label in a thousand
OTHER_LANGUAGE = 0.95  # people mix languages, yet their own one is likelier

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Sample:
    """Words that stand for a class of texts, in their normal form; `label` where they are one."""

    words: tuple[str, ...]
    language: str
    kind: int
    label: bool


class Letters:
    """Likeness of words to classes of samples; each class is told by its number from 0."""

    def __init__(self, grams: Any, arrays: Mapping[str, NDArray[Any]], languages: Sequence[str]):
        """`grams` numbers the n-grams; `arrays` as `learn` makes them; `languages` by number."""
        self._grams = grams
        self._idf = arrays["idf"]
        self._head = arrays["head"]
        self._rarest = float(self._idf.max())
        self._postings = _Sparse(arrays["begins"], arrays["labels"], arrays["weights"])
        self._first, self._kinds = arrays["first"], arrays["kinds"]
        self._spoken = arrays["languages"]
        self._numbers = {language: number for number, language in enumerate(languages)}

    @classmethod
    def open(cls, folder: Path, languages: Sequence[str]) -> "Letters":
        """As learned and written to a folder by `write`."""
        grams = marisa_trie.Trie()
        grams.mmap(str(folder / "grams.marisa"))
        arrays = {name: np.load(folder / f"letters-{name}.npy", mmap_mode="r") for name in _ARRAYS}
        return cls(grams, arrays, languages)

    @property
    def classes(self) -> int:
        """How many classes it tells apart."""
        return int(self._head.shape[1])

    def scores(self, words: Sequence[str], language: str) -> tuple[Floats, Floats]:
        """(cosine to the nearest label, opinion of the fitted head) for each class.

        Letters that no sample has make both smaller, so that foreign names are not taken for
        topics.
        """
        ids, values = self._vector(words)
        labels, weights = self._postings.entries(ids, values)
        likeness = np.bincount(labels, weights, minlength=len(self._spoken)).astype(np.float32)
        number = self._numbers.get(language, -1)
        likeness *= np.where(self._spoken == number, 1, OTHER_LANGUAGE).astype(np.float32)
        nearest = np.zeros(self.classes, dtype=np.float32)
        nearest[self._kinds] = np.maximum.reduceat(likeness, self._first)
        return nearest, values @ self._head[ids].astype(np.float32)

    def _vector(self, words: Iterable[str]) -> tuple[Integers, Floats]:
        """Numbers and values of the n-grams of some words."""
        grams = ngrams(words)
        found = [self._grams.get(gram) for gram in grams]
        ids = np.array([one for one in found if one is not None], dtype=np.int32)
        return ids, _weighed(self._idf, self._rarest, ids, unknown=len(grams) - len(ids))


_ARRAYS = ("idf", "head", "begins", "labels", "weights", "first", "kinds", "languages")


def learn(samples: Sequence[Sample], kinds: int, languages: Sequence[str]) -> tuple[Any, Arrays]:
    """The numbers of the n-grams (a trie), and the arrays that `Letters` asks for."""
    grams, rows = _vocabulary(samples)
    # What has nothing but rare letters teaches nothing.
    samples = [one for one, row in zip(samples, rows, strict=True) if len(row)]
    rows = [row for row in rows if len(row)]
    idf = _rarity(rows, len(grams))
    rarest = float(idf.max())
    everything = _Sparse.of([(ids, _weighed(idf, rarest, ids)) for ids in rows])
    classes = np.array([sample.kind for sample in samples], dtype=np.int32)
    head = _fit(everything, everything.turned(len(grams)), classes, kinds)
    named = sorted((at for at, one in enumerate(samples) if one.label), key=lambda at: classes[at])
    labels = _Sparse.of([(rows[at], _weighed(idf, rarest, rows[at])) for at in named])
    postings = labels.turned(len(grams))
    present, first = np.unique(classes[named], return_index=True)
    numbers = {language: number for number, language in enumerate(languages)}
    spoken = [numbers.get(samples[at].language, -1) for at in named]
    return grams, {
        "idf": idf,
        "head": head.astype(np.float16),
        "begins": postings.begins,
        "labels": postings.columns,
        "weights": postings.values,
        "first": first.astype(np.int64),
        "kinds": present.astype(np.int32),
        "languages": np.array(spoken, dtype=np.int8),
    }


def write(folder: Path, grams: Any, arrays: Arrays) -> None:
    """Write what was learned to a folder."""
    grams.save(str(folder / "grams.marisa"))
    for name, values in arrays.items():
        np.save(folder / f"letters-{name}.npy", values)


def ngrams(words: Iterable[str]) -> set[str]:
    """Letter n-grams within words; a word's ends count as a letter."""
    return {
        padded[start : start + size]
        for word in words
        for padded in (f" {word} ",)
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(padded) - size + 1)
    }


@dataclass(frozen=True, slots=True)
class _Sparse:
    """A sparse matrix, row by row: row i has its entries at begins[i] to begins[i + 1]."""

    begins: Integers
    columns: Integers
    values: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[Integers, Floats]]) -> "_Sparse":
        lengths = [len(ids) for ids, _ in rows]
        return cls(
            np.concatenate(([0], np.cumsum(lengths))).astype(np.int32),
            np.concatenate([ids for ids, _ in rows]),
            np.concatenate([values for _, values in rows]).astype(np.float32),
        )

    @property
    def rows(self) -> int:
        return len(self.begins) - 1

    def turned(self, columns: int) -> "_Sparse":
        """The same matrix with rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")
        row_of = np.repeat(np.arange(self.rows, dtype=np.int32), np.diff(self.begins))
        begins = np.searchsorted(self.columns[order], np.arange(columns + 1)).astype(np.int32)
        return _Sparse(begins, row_of[order], self.values[order])

    def entries(self, rows: Integers, factors: Floats) -> tuple[Integers, Floats]:
        """Columns and values of some rows, each row's values times its factor."""
        lengths = self.begins[rows + 1] - self.begins[rows]
        skipped = np.repeat(self.begins[rows] - np.cumsum(lengths) + lengths, lengths)
        where = skipped + np.arange(len(skipped), dtype=np.int32)
        return self.columns[where], self.values[where] * np.repeat(factors, lengths)

    def times(self, dense: Floats) -> Floats:
        """The product with each row of a dense matrix; no row of this one may be empty."""
        begins = self.begins[:-1]
        return np.stack([np.add.reduceat(row[self.columns] * self.values, begins) for row in dense])


def _vocabulary(samples: Iterable[Sample]) -> tuple[Any, list[Integers]]:
    """The n-grams that are not rare, numbered by a trie, and the numbers of those in each
    sample."""
    seen: dict[str, int] = {}
    rows = [
        np.array(
            [seen.setdefault(gram, len(seen)) for gram in ngrams(sample.words)], dtype=np.int32
        )
        for sample in samples
    ]
    often = np.bincount(np.concatenate(rows)) >= OFTEN
    grams = marisa_trie.Trie(gram for gram, old in seen.items() if often[old])
    renumbered = np.array([grams.get(gram, -1) for gram in seen], dtype=np.int32)
    return grams, [renumbered[row][often[row]] for row in rows]


def _weighed(idf: Floats, rarest: float, ids: Integers, unknown: int = 0) -> Floats:
    """Values of n-grams, of length 1 together with those that no sample has."""
    values = idf[ids]
    norm = float(np.sqrt(values @ values + unknown * rarest**2)) or 1.0
    return np.asarray(values / np.float32(norm), dtype=np.float32)


def _rarity(rows: Sequence[Integers], grams: int) -> Floats:
    """Smoothed inverse document frequency of each n-gram."""
    often = np.bincount(np.concatenate(rows), minlength=grams)
    return (np.log((1 + len(rows)) / (1 + often)) + 1).astype(np.float32)


def _fit(labels: _Sparse, turned: _Sparse, classes: Integers, kinds: int) -> Floats:
    """Ridge regression on the classes, solved by conjugate gradients (Hestenes, Stiefel 1952)."""
    wanted = np.full((kinds, len(classes)), -1 / (kinds - 1), dtype=np.float32)
    wanted[classes, np.arange(len(classes))] = 1
    rest = turned.times(wanted)
    head, step = np.zeros_like(rest), rest.copy()
    left = float(np.vdot(rest, rest))
    for _ in range(ROUNDS):
        image = turned.times(labels.times(step)) + RIDGE * step
        length = left / float(np.vdot(step, image))
        head += length * step
        rest -= length * image
        before, left = left, float(np.vdot(rest, rest))
        step = rest + (left / before) * step
    return np.ascontiguousarray(head.T)
