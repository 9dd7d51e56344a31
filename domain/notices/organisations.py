"""Notices about organisations: what coordinators say of them, and who speaks for them no longer."""

from dataclasses import dataclass

from domain.notices.base import Notice


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
