"""A linear head: which topic a vector of meaning is about."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HEAD, LEARNED = "head.npz", "learned.json"
"""Files of what was learned: this head, and of what all of it tells."""
LENGTH = 8.0
"""Of whitened vectors as the head takes them: so long that few steps of learning are enough."""


@dataclass(frozen=True, slots=True)
class Head:
    """`scores = normed((vector - mean) @ whitening) @ weights + bias`, for each class.

    Whitening (the principal axes, each of variance 1) takes away what all short texts have in
    common, which is most of an e5 vector. Shapes: mean (d,), whitening (d, d),
    weights (d, classes), bias (classes,).
    """

    mean: Floats
    whitening: Floats
    weights: Floats
    bias: Floats

    def scores(self, vectors: Floats) -> Floats:
        """Log-odds of each class, up to a constant, for each vector: (vectors, classes)."""
        return np.asarray(self.spread(vectors) @ self.weights + self.bias, dtype=np.float32)

    def spread(self, vectors: Floats) -> Floats:
        """Vectors whitened, and all of one length again."""
        turned = (vectors - self.mean) @ self.whitening
        lengths = np.linalg.norm(turned, axis=-1, keepdims=True)
        return np.asarray(LENGTH * turned / np.maximum(lengths, 1e-9), dtype=np.float32)

    def write(self, path: Path, *, digest: str = "") -> None:
        """Write it in half precision; `digest` says what it was learned from."""
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {one.name: getattr(self, one.name).astype(np.float16) for one in fields(self)}
        np.savez_compressed(path, digest=np.array(digest), **arrays)

    @classmethod
    def read(cls, path: Path, *, digest: str | None = None) -> "Head | None":
        """As it was written; None where it is not there, or was learned from something else than
        `digest` says."""
        if not path.exists():
            return None
        with np.load(path) as stored:
            if digest is not None and str(stored["digest"]) != digest:
                return None
            arrays = {one.name: stored[one.name].astype(np.float32) for one in fields(cls)}
        return cls(**arrays)
