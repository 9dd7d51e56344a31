"""Of what a person wishes to be told."""

from domain.consents import Piece
from domain.notices import Notice, OutcomeAsked, OutcomeAskedAgain
from domain.people import Person
from domain.told import NEWS, USUAL, Told


def wishes(person: Person) -> frozenset[Told]:
    """What the person is told of; names that no longer mean anything are passed over."""
    chosen = USUAL if person.told is None else frozenset(o for o in Told if o.value in person.told)
    return chosen - NEWS if Piece.NEWS in person.withheld else chosen


def is_wanted(notice: Notice, person: Person) -> bool:
    """Whether the person wishes to be told this; what concerns them alone is always told."""
    if Piece.OUTCOMES in person.withheld and isinstance(notice, (OutcomeAsked, OutcomeAskedAgain)):
        return False
    return notice.told is None or notice.told in wishes(person)
