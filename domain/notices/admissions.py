"""Notices about who comes to speak for an organisation."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority


@dataclass(frozen=True, slots=True)
class AboutAdmission(Notice):
    """A notice about somebody who asks to speak for an organisation."""

    admission: int

    @property
    def subject(self) -> str:
        """The admission."""
        return f"admission:{self.admission}"


class AdmissionAsked(AboutAdmission):
    """Somebody asks to speak for your organisation: admit or decline."""


class AdmissionReminder(AboutAdmission):
    """The same, once more, since nobody has answered."""

    @property
    def priority(self) -> Priority:
        """Reminders go after introductions."""
        return Priority.REMINDER


class AdmissionForCoordinators(AboutAdmission):
    """The same, to coordinators: nobody else can answer, or nobody has."""


class AdmissionGranted(AboutAdmission):
    """To the newcomer: you speak for the organisation now."""


class AdmissionDeclined(AboutAdmission):
    """To the newcomer: they would rather not."""


class AdmissionExpired(AboutAdmission):
    """To the newcomer: nobody has answered."""


@dataclass(frozen=True, slots=True)
class ColleagueJoined(Notice):
    """To the others of an organisation: somebody speaks for it together with you now."""

    organisation: int
    person: int

    @property
    def subject(self) -> str:
        """Who, and where."""
        return f"organisation:{self.organisation}:person:{self.person}"
