"""Notices about who joins and leaves exchanges, and who runs them."""

from dataclasses import dataclass

from domain.notices.base import Notice, Priority


@dataclass(frozen=True, slots=True)
class AboutJoining(Notice):
    """A notice about a request to join an exchange. `asked` is when it was made, in seconds: a
    membership is one row for good, and may be asked for more than once."""

    membership: int
    asked: int

    @property
    def subject(self) -> str:
        """The request."""
        return f"membership:{self.membership}:{self.asked}"


class JoinAsked(AboutJoining):
    """To those who run the exchange: somebody would like to join; admit, decline or ask."""


class JoinReminder(AboutJoining):
    """The same, once more, since nobody has answered."""

    @property
    def priority(self) -> Priority:
        """Reminders go after introductions."""
        return Priority.REMINDER


class JoinForOthers(AboutJoining):
    """The same, to all other coordinators: those who run the exchange have not answered."""


class JoinAdmitted(AboutJoining):
    """To who asked: you take part now; this comes next."""


class JoinDeclined(AboutJoining):
    """To who asked: not now, and why."""


class MemberRemoved(AboutJoining):
    """To a member: a coordinator has ended your taking part."""


@dataclass(frozen=True, slots=True)
class AboutEnquiry(Notice):
    """A notice about a question to somebody who would like to join."""

    enquiry: int

    @property
    def subject(self) -> str:
        """The question."""
        return f"enquiry:{self.enquiry}"


class EnquiryMade(AboutEnquiry):
    """To who asked to join: a coordinator would like to know something."""


class EnquiryAnswered(AboutEnquiry):
    """To coordinators: this is the answer."""


@dataclass(frozen=True, slots=True)
class ExchangeClosed(Notice):
    """To members, and into the exchange's group: it has ended."""

    exchange: int

    @property
    def subject(self) -> str:
        """The exchange."""
        return f"exchange:{self.exchange}"


@dataclass(frozen=True, slots=True)
class ExchangeEntrusted(Notice):
    """To a coordinator: you run this exchange, too, since `at`, in seconds."""

    exchange: int
    at: int

    @property
    def subject(self) -> str:
        """The exchange, and since when."""
        return f"exchange:{self.exchange}:{self.at}"
