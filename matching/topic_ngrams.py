"""How like a text is to the topics' labels, by the pieces of letters that they share.

Two opinions, both linear in the text's TF-IDF vector of letter n-grams (2 to 4, within words):
the likeness to the nearest label of each topic, and a head that was fitted to tell the topics
apart (ridge regression; it knows that "plant" says little and "sludge" much).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 4
RIDGE = 1.0
ROUNDS = 7  # of conjugate gradients; more of them change less than one label in a thousand
OTHER_LANGUAGE = 0.95  # people mix languages, yet their own one is likelier

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Example:
    """Words that stand for a class of texts, in their normal form."""

    words: tuple[str, ...]
    language: str
    kind: int


class NgramModel:
    """Likeness of words to classes of examples; each is told by its number from 0."""

    def __init__(self, examples: Iterable[Example], kinds: int) -> None:
        ordered = sorted(examples, key=lambda example: example.kind)
        self._ids, rows = _vocabulary(ordered)
        self._idf = _rarity(rows, len(self._ids))
        self._rarest = float(self._idf.max())
        self._labels = _Sparse.of([(ids, self._weighed(ids)) for ids in rows])
        self._postings = self._labels.turned(len(self._ids))
        classes = np.array([example.kind for example in ordered], dtype=np.int32)
        self._first = np.searchsorted(classes, np.arange(kinds)).astype(np.int32)
        self._preference = _preference([example.language for example in ordered])
        self._head = _fit(self._labels, self._postings, classes, kinds)

    def scores(self, words: Sequence[str], language: str) -> tuple[Floats, Floats]:
        """(cosine to the nearest example, opinion of the fitted head) for each class.

        Letters that no example has make both smaller, so that foreign names are not taken for
        topics.
        """
        ids, values = self._vector(words)
        labels, weights = self._postings.entries(ids, values)
        likeness = np.bincount(labels, weights, minlength=self._labels.rows).astype(np.float32)
        likeness *= self._preference.get(language, self._preference[""])
        return np.maximum.reduceat(likeness, self._first), values @ self._head[ids]

    def _vector(self, words: Iterable[str]) -> tuple[Integers, Floats]:
        """Numbers and values of the n-grams of some words."""
        grams = ngrams(words)
        known = [self._ids[gram] for gram in grams if gram in self._ids]
        ids = np.array(known, dtype=np.int32)
        return ids, self._weighed(ids, unknown=len(grams) - len(known))

    def _weighed(self, ids: Integers, unknown: int = 0) -> Floats:
        """Values of n-grams, of length 1 together with those that no example has."""
        values = self._idf[ids]
        norm = float(np.sqrt(values @ values + unknown * self._rarest**2)) or 1.0
        return values / np.float32(norm)


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


def _vocabulary(examples: Iterable[Example]) -> tuple[dict[str, int], list[Integers]]:
    """The n-grams that occur twice, numbered, and the numbers of those in each example."""
    numbers: dict[str, int] = {}
    rows = [
        np.array([numbers.setdefault(gram, len(numbers)) for gram in ngrams(example.words)])
        for example in examples
    ]
    often = np.bincount(np.concatenate(rows)) > 1
    renumbered = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)
    kept = {gram: int(renumbered[old]) for gram, old in numbers.items() if often[old]}
    return kept, [renumbered[row][often[row]] for row in rows]


def _rarity(rows: Sequence[Integers], grams: int) -> Floats:
    """Smoothed inverse document frequency of each n-gram."""
    often = np.bincount(np.concatenate(rows), minlength=grams)
    return (np.log((1 + len(rows)) / (1 + often)) + 1).astype(np.float32)


def _preference(languages: Sequence[str]) -> dict[str, Floats]:
    written_in = np.array(languages)
    factors = {
        language: np.where(written_in == language, 1, OTHER_LANGUAGE).astype(np.float32)
        for language in set(languages)
    }
    return factors | {"": np.full(len(languages), OTHER_LANGUAGE, dtype=np.float32)}


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
