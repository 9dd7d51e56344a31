"""Notices about partners who may fit."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority
from domain.told import Told


@dataclass(frozen=True, slots=True)
class PartnersFound(Notice):
    """New organisations that fit; ids, 0 where there are fewer than three."""

    first: int
    second: int = 0
    third: int = 0

    @property
    def subject(self) -> str:
        """The best of them: nobody is told of an organisation first twice."""
        return f"organisation:{self.first}"

    @property
    def priority(self) -> Priority:
        """When there is nothing else to say."""
        return Priority.ANNOUNCEMENT

    @property
    def told(self) -> Told:
        """Only for those who ask for it."""
        return Told.FITTING

    @property
    def organisations(self) -> tuple[int, ...]:
        """The ids that there are."""
        return tuple(one for one in (self.first, self.second, self.third) if one)
