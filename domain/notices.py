"""Notices: everything that the bot says unasked, one small class a kind.

A notice names only what it is about; its text is made when it is sent, from what is true then
and in the language that its reader has then. The class name is the key of its text.
"""

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

    def payload(self) -> dict[str, int]:
        """Its fields, for storing."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class AboutIntroduction(Notice):
    """A notice about an introduction, to one of its two sides."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction."""
        return f"introduction:{self.introduction}"


class IntroductionAsked(AboutIntroduction):
    """Somebody would like to be introduced to you: accept or decline."""


class IntroductionReminder(AboutIntroduction):
    """The same request, once more, since nobody has answered it."""

    @property
    def priority(self) -> Priority:
        """Reminders go after introductions."""
        return Priority.REMINDER

    @property
    def told(self) -> Told:
        """The request itself has been told."""
        return Told.REMINDERS


class IntroductionAccepted(AboutIntroduction):
    """Both have agreed: here are the other side's contacts."""


class IntroductionDeclined(AboutIntroduction):
    """The other side would rather not."""


class IntroductionWithdrawn(AboutIntroduction):
    """The asking side took its request back."""


class IntroductionExpired(AboutIntroduction):
    """Nobody answered in time."""


@dataclass(frozen=True, slots=True)
class IntroductionEnded(Notice):
    """An introduction that was open is over: the other side has been erased, and it with them."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction that was."""
        return f"introduction:{self.introduction}"


@dataclass(frozen=True, slots=True)
class AboutOutcome(Notice):
    """A notice about what came of an introduction, to one of its two sides."""

    introduction: int

    @property
    def subject(self) -> str:
        """The introduction."""
        return f"introduction:{self.introduction}"

    @property
    def priority(self) -> Priority:
        """As reminders."""
        return Priority.REMINDER


class OutcomeAsked(AboutOutcome):
    """You were introduced a while ago: have you met?"""

    @property
    def told(self) -> Told:
        """It asks for an answer, as a reminder does."""
        return Told.REMINDERS


class OutcomeAskedAgain(AboutOutcome):
    """You had not met yet: have you now?"""

    @property
    def told(self) -> Told:
        """It reminds of a question asked before."""
        return Told.REMINDERS


class PartnershipAgreed(AboutOutcome):
    """Both sides wish that it becomes a partnership."""


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


@dataclass(frozen=True, slots=True)
class ReportMade(Notice):
    """Somebody has reported a person or an organisation: to the coordinators."""

    report: int

    @property
    def subject(self) -> str:
        """The report."""
        return f"report:{self.report}"


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


@dataclass(frozen=True, slots=True)
class AboutRole(Notice):
    """A notice about a role that was given or taken, by its entry in the trail: the same role may
    be given to the same person more than once."""

    entry: int

    @property
    def subject(self) -> str:
        """The entry in the trail."""
        return f"trail:{self.entry}"


class RoleGiven(AboutRole):
    """An administrator has given you a role."""


class RoleTaken(AboutRole):
    """An administrator has taken a role from you."""


class RoleRedeemed(AboutRole):
    """Somebody has taken up an invitation: to the administrators."""


@dataclass(frozen=True, slots=True)
class WelcomeBack(Notice):
    """Somebody has come back after having blocked the bot, or after a long time: what waits.

    `moment`, in seconds since 1970, tells one return from another.
    """

    moment: int

    @property
    def subject(self) -> str:
        """The return."""
        return f"return:{self.moment}"


@dataclass(frozen=True, slots=True)
class InactivityWarned(Notice):
    """Somebody has not been here for very long: their data goes. `until`, in seconds since 1970, is
    when; it tells one warning from another."""

    until: int

    @property
    def subject(self) -> str:
        """When."""
        return f"until:{self.until}"


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Notice):
    """Somebody has told the coordinators something: to the coordinators."""

    concern: int

    @property
    def subject(self) -> str:
        """The concern."""
        return f"concern:{self.concern}"


@dataclass(frozen=True, slots=True)
class ConcernAnswered(Notice):
    """The coordinators have answered what you told them."""

    answer: int

    @property
    def subject(self) -> str:
        """The answer."""
        return f"concern:{self.answer}"


@dataclass(frozen=True, slots=True)
class AboutOrganisation(Notice):
    """A notice about an organisation as it stands."""

    organisation: int

    @property
    def subject(self) -> str:
        """The organisation."""
        return f"organisation:{self.organisation}"


@dataclass(frozen=True, slots=True)
class OrganisationConfirmed(AboutOrganisation):
    """To its people: coordinators have confirmed the organisation. `time` tells one from another
    that was taken back in between."""

    time: int

    @property
    def subject(self) -> str:
        """The organisation, and which time."""
        return f"organisation:{self.organisation}:{self.time}"


@dataclass(frozen=True, slots=True)
class OrganisationNotConfirmed(AboutOrganisation):
    """To its people: why coordinators cannot confirm it (domain/confirming.py); once a day and
    reason."""

    why: int
    day: int

    @property
    def subject(self) -> str:
        """The organisation, why, and on which day."""
        return f"organisation:{self.organisation}:{self.why}:{self.day}"


@dataclass(frozen=True, slots=True)
class OrganisationsMerged(AboutOrganisation):
    """To the people of both: two organisations that were one are one. `organisation` is the one
    that has gone."""

    stays: int


@dataclass(frozen=True, slots=True)
class OrganisationHidden(AboutOrganisation):
    """To its people: coordinators show it to nobody for now. `entry` is the trail's."""

    entry: int

    @property
    def subject(self) -> str:
        """The organisation, and which time."""
        return f"organisation:{self.organisation}:{self.entry}"


@dataclass(frozen=True, slots=True)
class OrganisationShown(AboutOrganisation):
    """To its people: it is hidden no longer. `entry` is the trail's."""

    entry: int

    @property
    def subject(self) -> str:
        """The organisation, and which time."""
        return f"organisation:{self.organisation}:{self.entry}"


@dataclass(frozen=True, slots=True)
class OrganisationLeft(AboutOrganisation):
    """To coordinators: nobody speaks for an organisation any more. `time` counts how often that
    has happened, since a notice of one kind and subject reaches a person once."""

    time: int

    @property
    def subject(self) -> str:
        """The organisation, and which time."""
        return f"organisation:{self.organisation}:{self.time}"


@dataclass(frozen=True, slots=True)
class RepresentationEnded(AboutOrganisation):
    """To somebody whom the lead has taken out: you no longer speak for it."""

    person: int
    time: int

    @property
    def subject(self) -> str:
        """Who, where, and which time."""
        return f"organisation:{self.organisation}:person:{self.person}:{self.time}"


NOTICES: dict[str, type[Notice]] = {
    kind.__name__: kind
    for kind in (
        IntroductionAsked,
        IntroductionReminder,
        IntroductionAccepted,
        IntroductionDeclined,
        IntroductionWithdrawn,
        IntroductionExpired,
        IntroductionEnded,
        OutcomeAsked,
        OutcomeAskedAgain,
        PartnershipAgreed,
        PartnersFound,
        ReportMade,
        AdmissionAsked,
        AdmissionReminder,
        AdmissionForCoordinators,
        AdmissionGranted,
        AdmissionDeclined,
        AdmissionExpired,
        ColleagueJoined,
        RoleGiven,
        RoleTaken,
        RoleRedeemed,
        WelcomeBack,
        InactivityWarned,
        FeedbackGiven,
        ConcernAnswered,
        OrganisationLeft,
        OrganisationConfirmed,
        OrganisationNotConfirmed,
        OrganisationsMerged,
        OrganisationHidden,
        OrganisationShown,
        RepresentationEnded,
    )
}


def notice(kind: str, payload: dict[str, int]) -> Notice:
    """The notice that was stored as `kind` and `payload`."""
    return NOTICES[kind](**payload)
