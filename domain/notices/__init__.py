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
from domain.notices.roles import (
    AboutRole,
    RoleGiven,
    RoleRedeemed,
    RoleTaken,
)
from domain.notices.sessions import (
    AboutSession,
    SessionAnnounced,
    SessionCancelled,
    SessionChanged,
)

__all__ = [
    "NOTICES", "AboutAdmission", "AboutIntroduction", "AboutOrganisation", "AboutOutcome",
    "AboutRole", "AboutSession", "AdmissionAsked", "AdmissionDeclined", "AdmissionExpired",
    "AdmissionForCoordinators", "AdmissionGranted", "AdmissionReminder", "ColleagueJoined",
    "ConcernAnswered", "FeedbackGiven", "InactivityWarned", "IntroductionAccepted",
    "IntroductionAsked", "IntroductionDeclined", "IntroductionEnded", "IntroductionExpired",
    "IntroductionReminder", "IntroductionWithdrawn", "Notice", "OrganisationConfirmed",
    "OrganisationHidden", "OrganisationLeft", "OrganisationNotConfirmed", "OrganisationShown",
    "OrganisationsMerged", "OutcomeAsked", "OutcomeAskedAgain", "PartnersFound",
    "PartnershipAgreed", "Priority", "ReportMade", "RepresentationEnded", "RoleGiven",
    "RoleRedeemed", "RoleTaken", "SessionAnnounced",
    "SessionCancelled", "SessionChanged", "WelcomeBack", "notice",
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
