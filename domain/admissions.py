"""Admissions: somebody asks to speak for an organisation that is there already."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class AdmissionState(StrEnum):
    """Where an admission stands, and how it leaves."""

    ASKED = "asked"
    """Representatives have been told, or coordinators where there are none. Leaves by an answer,
    by being withdrawn, or by expiring."""
    ADMITTED = "admitted"
    """The person speaks for the organisation now. Final."""
    DECLINED = "declined"
    """Whoever may decide would rather not. Final."""
    WITHDRAWN = "withdrawn"
    """The person took it back. Final."""
    EXPIRED = "expired"
    """Nobody answered in time. Final."""


@dataclass(frozen=True, slots=True)
class Admission:
    """A person asks to speak for an organisation."""

    id: int
    organisation: int
    person: int
    state: AdmissionState
    asked_at: datetime
    settled_by: int | None = None
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state is AdmissionState.ASKED


REMIND_AFTER = timedelta(days=3)
"""Representatives who have not answered are asked once more."""
TO_COORDINATORS_AFTER = timedelta(days=7)
"""Where no representative answers, coordinators may."""
EXPIRE_AFTER = timedelta(days=60)
NOT_AGAIN_FOR = timedelta(days=30)
"""Who was declined may ask the same organisation again after so long."""
