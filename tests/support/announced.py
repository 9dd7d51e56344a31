"""A notice of the least priority, to many, for tests of delivery: no kind of the product's, and
known to the outbox only while a test asks for it (`known_to_the_outbox`, or the fixture)."""

from dataclasses import dataclass

import pytest

from domain.notices import NOTICES, Notice, Priority


@dataclass(frozen=True, slots=True)
class Announced(Notice):
    """Something is told to everybody."""

    number: int

    @property
    def subject(self) -> str:
        """Which of several."""
        return f"announced:{self.number}"

    @property
    def priority(self) -> Priority:
        """After everything else."""
        return Priority.ANNOUNCEMENT


def known_to_the_outbox() -> None:
    """For good, in a process of its own."""
    NOTICES[Announced.__name__] = Announced


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a test runs, `Announced` is a kind of notice."""
    monkeypatch.setitem(NOTICES, Announced.__name__, Announced)
