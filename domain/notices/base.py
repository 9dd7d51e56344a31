"""What every notice is, and which goes first."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from enum import IntEnum

from domain.told import Told


class Priority(IntEnum):
    """Which goes first when not everything can go at once. Smaller goes earlier."""

    CONVERSATION = 0
    INTRODUCTION = 1
    REMINDER = 2
    ANNOUNCEMENT = 3


@dataclass(frozen=True, slots=True)
class Notice(ABC):
    """The base of every notice. Its fields are ids, and nothing else."""

    @property
    def kind(self) -> str:
        """The class name, which is the text's key."""
        return type(self).__name__

    @property
    @abstractmethod
    def subject(self) -> str:
        """What it is about: with kind and recipient, unique in the outbox."""

    @property
    def priority(self) -> Priority:
        """Which goes first."""
        return Priority.INTRODUCTION

    @property
    def told(self) -> Told | None:
        """Under which subject a person may switch it off; None: it is always told."""
        return None

    @property
    def silent(self) -> bool:
        """Whether it disturbs nobody, so that no quiet hours and no pause hold it."""
        return False

    @property
    def keeps_its_time(self) -> bool:
        """Whether quiet hours do not hold it, since it would be of no use after them."""
        return False

    def payload(self) -> dict[str, int]:
        """Its fields, for storing."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
