"""Sealing: contact details are written encrypted, by keys that come from outside.

The first key seals, any of them opens: a new key is put in front, `rotate-keys` seals everything
anew, and then the old one can go. What was written before there was a key is read as it is.
"""

from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MARK = "sealed:"
REMEMBERED = 20_000
"""Opened texts kept at hand: people are read at every update, and opening takes its time."""


class UnusableKey(ValueError):
    """A key that is none of ours; `number` counts from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(f"key {number} is not one that `python -m bot make-key` made")
        self.number = number


class Seal:
    """Seals and opens texts. Without keys it leaves them as they are."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        """Raises UnusableKey."""
        several = [_fernet(key, number) for number, key in enumerate(keys, start=1)]
        self._first = several[0] if several else None
        self._all = MultiFernet(several) if several else None
        self._opened = lru_cache(maxsize=REMEMBERED)(self._open)

    @property
    def on(self) -> bool:
        """Whether what is written is sealed."""
        return self._first is not None

    def close(self, text: str | None) -> str | None:
        """The text as it is stored."""
        if text is None or self._first is None:
            return text
        return MARK + self._first.encrypt(text.encode()).decode()

    def open(self, stored: str | None) -> str | None:
        """The text that was stored; None where no key opens it."""
        if stored is None or not stored.startswith(MARK):
            return stored
        return self._opened(stored)

    def up_to_date(self, stored: str) -> bool:
        """Whether it is stored as it would be now."""
        if self._first is None:
            return True
        if not stored.startswith(MARK):
            return False
        try:
            self._first.decrypt(stored.removeprefix(MARK).encode())
        except InvalidToken:
            return False
        return True

    def _open(self, stored: str) -> str | None:
        if self._all is None:
            return None
        try:
            return self._all.decrypt(stored.removeprefix(MARK).encode()).decode()
        except InvalidToken:
            return None


def new_key() -> str:
    """A key, for CONTACT_KEYS."""
    return Fernet.generate_key().decode()


def _fernet(key: str, number: int) -> Fernet:
    try:
        return Fernet(key)
    except ValueError as error:
        raise UnusableKey(number) from error
