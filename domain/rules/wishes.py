"""Of what a person wishes to be told."""

from domain.notices import Notice
from domain.people import Person
from domain.told import USUAL, Told


def wishes(person: Person) -> frozenset[Told]:
    """What the person is told of; names that no longer mean anything are passed over."""
    if person.told is None:
        return USUAL
    return frozenset(one for one in Told if one.value in person.told)


def is_wanted(notice: Notice, person: Person) -> bool:
    """Whether the person wishes to be told this; what concerns them alone is always told."""
    return notice.told is None or notice.told in wishes(person)
