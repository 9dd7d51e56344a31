"""Representatives: who speaks for an organisation, in which part, and invitations to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.organisations import Part
from domain.people import Person

INVITATION_LASTS = timedelta(days=7)
MOST_INVITATIONS = 10
"""So many of an organisation's invitations may wait at once."""


@dataclass(frozen=True, slots=True)
class Representative:
    """A person who speaks for an organisation."""

    person: Person
    part: Part
    since: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as it is stored: only a digest of what the link holds."""

    digest: str
    organisation: int
    made_by: int | None
    expires_at: datetime
    redeemed_by: int | None = None


def next_lead(others: tuple[Representative, ...]) -> Representative | None:
    """Who leads where the lead has gone: the deputy of longest standing, or else whoever has
    spoken for it longest; None where somebody leads already, or nobody is left. Others come
    longest first."""
    if not others or any(one.part is Part.LEAD for one in others):
        return None
    deputies = [one for one in others if one.part is Part.DEPUTY]
    return (deputies or list(others))[0]
