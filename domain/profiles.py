"""The profile as a list of answers: which there are, where each lives, what is still missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.consents import Piece
from domain.organisations import Organisation
from domain.people import Person


class Answer(StrEnum):
    """The answers of a profile, in the order in which they are asked."""

    NAME = "name"
    FUNCTION = "function"
    CONTACT = "contact"
    SHARES = "shares"
    ORGANISATION = "organisation"
    KIND = "kind"
    SECTORS = "sectors"
    PLACE = "place"
    OFFERS = "offers"
    SEEKS = "seeks"
    LANGUAGES = "languages"
    REGIONS = "regions"
    FORMS = "forms"
    SIZE = "size"
    ACTIVE = "active"
    SDGS = "sdgs"
    REGIONS_EXCLUDED = "regions_excluded"
    FULL_UNTIL = "full_until"


FURTHER = (
    Answer.FORMS,
    Answer.SIZE,
    Answer.ACTIVE,
    Answer.SDGS,
    Answer.REGIONS_EXCLUDED,
    Answer.FULL_UNTIL,
)
"""The second part: offered once the first is done, so that a busy person can be found after it."""
ESSENTIAL = tuple(which for which in Answer if which not in FURTHER)
OF_PERSON = frozenset({Answer.NAME, Answer.FUNCTION, Answer.CONTACT, Answer.SHARES})


@dataclass(frozen=True, slots=True)
class Profile:
    """A person and the organisation that they speak for, before or after publishing."""

    person: Person
    organisation: Organisation | None = None

    def answer(self, which: Answer) -> Any:
        """The stored answer; None when not stated."""
        if which is Answer.CONTACT:
            return self.person.email or self.person.phone
        if which in OF_PERSON:
            return getattr(self.person, which.value)
        if self.organisation is None:
            return None
        return getattr(self.organisation, _COLUMN.get(which, which.value))

    @property
    def missing(self) -> tuple[Answer, ...]:
        """What is not stated, and may be asked for."""
        return tuple(
            which for which in Answer if self.answer(which) is None and self.may_ask(which)
        )

    def may_ask(self, which: Answer) -> bool:
        """Whether the person has nothing against telling this."""
        refused = {Answer.CONTACT: Piece.CONTACT, Answer.SHARES: Piece.SHARED}.get(which)
        return refused is None or refused not in self.person.withheld

    def open_in(self, part: tuple[Answer, ...]) -> tuple[Answer, ...]:
        """What is not stated of one part, ESSENTIAL or FURTHER."""
        return tuple(which for which in part if which in self.missing)

    @property
    def lacking(self) -> tuple[Answer, ...]:
        """What must still be stated before the profile can be shown to others."""
        needed = [] if self.answer(Answer.ORGANISATION) else [Answer.ORGANISATION]
        if not (self.answer(Answer.OFFERS) or self.answer(Answer.SEEKS)):
            needed.append(Answer.SEEKS)
        return tuple(needed)

    @property
    def published(self) -> bool:
        """Whether others may be shown it."""
        return self.organisation is not None and self.organisation.published


def part_of(which: Answer) -> tuple[Answer, ...]:
    """The part of the profile in which an answer is asked for."""
    return FURTHER if which in FURTHER else ESSENTIAL


_COLUMN = {Answer.ORGANISATION: "name"}
