"""Notices: everything that the bot says unasked, one small class a kind.

A notice names only what it is about; its text is made when it is sent, from what is true then
and in the language that its reader has then. The class name is the key of its text.
"""

from domain.notices.admissions import (
    AboutAdmission,
    AdmissionAsked,
    AdmissionDeclined,
    AdmissionExpired,
    AdmissionForCoordinators,
    AdmissionGranted,
    AdmissionReminder,
    ColleagueJoined,
)
from domain.notices.afterwards import (
    AboutFollowUp,
    FollowUpAgreed,
    FollowUpAsked,
    FollowUpDeclined,
    FollowUpDue,
    FollowUpToForward,
    HelpedAsked,
    MinutesAdded,
)
from domain.notices.announcements import (
    AboutAnnouncement,
    AboutChange,
    AnnouncementChangeReleased,
    AnnouncementChangeToRelease,
    AnnouncementEdited,
    AnnouncementMade,
    AnnouncementProgress,
    AnnouncementReleased,
    AnnouncementToRelease,
    AnnouncementWithdrawn,
)
from domain.notices.base import (
    Notice,
    Priority,
)
from domain.notices.concerns import (
    ConcernAnswered,
    FeedbackGiven,
    ReportMade,
)
from domain.notices.introductions import (
    AboutIntroduction,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionEnded,
    IntroductionExpired,
    IntroductionReminder,
    IntroductionWithdrawn,
)
from domain.notices.joining import (
    AboutEnquiry,
    AboutJoining,
    EnquiryAnswered,
    EnquiryMade,
    ExchangeClosed,
    ExchangeEntrusted,
    JoinAdmitted,
    JoinAsked,
    JoinDeclined,
    JoinForOthers,
    JoinReminder,
    MemberRemoved,
)
from domain.notices.organisations import (
    AboutOrganisation,
    OrganisationConfirmed,
    OrganisationHidden,
    OrganisationLeft,
    OrganisationNotConfirmed,
    OrganisationShown,
    OrganisationsMerged,
    RepresentationEnded,
)
from domain.notices.outcomes import (
    AboutOutcome,
    OutcomeAsked,
    OutcomeAskedAgain,
    PartnershipAgreed,
)
from domain.notices.partners import (
    PartnersFound,
)
from domain.notices.people import (
    InactivityWarned,
    WelcomeBack,
)
from domain.notices.replies import (
    AboutReply,
    ComingCounted,
    MovedUp,
    MovedUpToForward,
    Replied,
)
from domain.notices.roles import (
    AboutRole,
    RoleGiven,
    RoleRedeemed,
    RoleTaken,
)
from domain.notices.rounds import (
    AboutRound,
    AboutRoundGroup,
    AboutRounds,
    RoundAsked,
    RoundBroken,
    RoundHalfTime,
    RoundInvited,
    RoundMade,
    RoundOpened,
    RoundsPaused,
    RoundsStopped,
    RoundToForward,
    RoundUnplaced,
)
from domain.notices.sessions import (
    AboutSeries,
    AboutSession,
    SeriesAnnounced,
    SeriesCancelled,
    SeriesChanged,
    SessionAnnounced,
    SessionCancelled,
    SessionChanged,
    SessionReminder,
)

__all__ = [
    "NOTICES",
    "AboutAdmission",
    "AboutAnnouncement",
    "AboutChange",
    "AboutEnquiry",
    "AboutFollowUp",
    "AboutIntroduction",
    "AboutJoining",
    "AboutOrganisation",
    "AboutOutcome",
    "AboutReply",
    "AboutRole",
    "AboutRound",
    "AboutRoundGroup",
    "AboutRounds",
    "AboutSeries",
    "AboutSession",
    "AdmissionAsked",
    "AdmissionDeclined",
    "AdmissionExpired",
    "AdmissionForCoordinators",
    "AdmissionGranted",
    "AdmissionReminder",
    "AnnouncementChangeReleased",
    "AnnouncementChangeToRelease",
    "AnnouncementEdited",
    "AnnouncementMade",
    "AnnouncementProgress",
    "AnnouncementReleased",
    "AnnouncementToRelease",
    "AnnouncementWithdrawn",
    "ColleagueJoined",
    "ComingCounted",
    "ConcernAnswered",
    "EnquiryAnswered",
    "EnquiryMade",
    "ExchangeClosed",
    "ExchangeEntrusted",
    "FeedbackGiven",
    "FollowUpAgreed",
    "FollowUpAsked",
    "FollowUpDeclined",
    "FollowUpDue",
    "FollowUpToForward",
    "HelpedAsked",
    "InactivityWarned",
    "IntroductionAccepted",
    "IntroductionAsked",
    "IntroductionDeclined",
    "IntroductionEnded",
    "IntroductionExpired",
    "IntroductionReminder",
    "IntroductionWithdrawn",
    "JoinAdmitted",
    "JoinAsked",
    "JoinDeclined",
    "JoinForOthers",
    "JoinReminder",
    "MemberRemoved",
    "MinutesAdded",
    "MovedUp",
    "MovedUpToForward",
    "Notice",
    "OrganisationConfirmed",
    "OrganisationHidden",
    "OrganisationLeft",
    "OrganisationNotConfirmed",
    "OrganisationShown",
    "OrganisationsMerged",
    "OutcomeAsked",
    "OutcomeAskedAgain",
    "PartnersFound",
    "PartnershipAgreed",
    "Priority",
    "Replied",
    "ReportMade",
    "RepresentationEnded",
    "RoleGiven",
    "RoleRedeemed",
    "RoleTaken",
    "RoundAsked",
    "RoundBroken",
    "RoundHalfTime",
    "RoundInvited",
    "RoundMade",
    "RoundOpened",
    "RoundToForward",
    "RoundUnplaced",
    "RoundsPaused",
    "RoundsStopped",
    "SeriesAnnounced",
    "SeriesCancelled",
    "SeriesChanged",
    "SessionAnnounced",
    "SessionCancelled",
    "SessionChanged",
    "SessionReminder",
    "WelcomeBack",
    "notice",
]  # fmt: skip

_EVERY: tuple[type[Notice], ...] = tuple(
    one
    for name in __all__
    if isinstance(one := globals().get(name), type) and issubclass(one, Notice)
)

NOTICES: dict[str, type[Notice]] = {
    one.__name__: one
    for one in _EVERY
    if not any(other is not one and issubclass(other, one) for other in _EVERY)
}
"""Every kind by its name: those of which no other is a kind."""


def notice(kind: str, payload: dict[str, int]) -> Notice:
    """The notice that was stored as `kind` and `payload`."""
    return NOTICES[kind](**payload)
