"""Notices put into words: in the language that the reader has when it is sent, from what is true
then. A notice that has nothing to say any more says so."""

from collections.abc import Awaitable, Callable
from typing import Any

from delivery.letters.admissions import about_admission, colleague_joined
from delivery.letters.announcements import partners_found
from delivery.letters.concerns import concern_answered, feedback_given
from delivery.letters.inactivity import inactivity_warned
from delivery.letters.introductions import about_introduction, introduction_ended
from delivery.letters.organisations import (
    organisation_left,
    organisations_merged,
    own_organisation,
    representation_ended,
)
from delivery.letters.outcomes import about_outcome
from delivery.letters.reports import report_made
from delivery.letters.returning import welcome_back
from delivery.letters.roles import about_role
from delivery.letters.sessions import about_session, post_about_session
from delivery.message import Letter, Message, Nothing, NotYet
from delivery.zones import zone_of_reader
from domain.clock import Clock
from domain.exchanges import Group
from domain.notices import (
    NOTICES,
    AboutAdmission,
    AboutIntroduction,
    AboutOutcome,
    AboutRole,
    AboutSession,
    ColleagueJoined,
    ConcernAnswered,
    FeedbackGiven,
    InactivityWarned,
    IntroductionEnded,
    Notice,
    OrganisationConfirmed,
    OrganisationHidden,
    OrganisationLeft,
    OrganisationNotConfirmed,
    OrganisationShown,
    OrganisationsMerged,
    PartnersFound,
    ReportMade,
    RepresentationEnded,
    WelcomeBack,
)
from domain.outbox import LEAVING, Delivery
from domain.people import Person
from domain.rules.holding import Hold, hold
from domain.rules.wishes import is_wanted
from storage.store import Store

Words = Callable[[Store, Person, Any], Awaitable[Message | Nothing]]
GroupWords = Callable[[Store, Group, Any], Awaitable[Message | Nothing]]

# Which function words a kind of notice; a kind takes that of its nearest base.
WORDS: dict[type[Notice], Words] = {
    AboutIntroduction: about_introduction,
    IntroductionEnded: introduction_ended,
    AboutOutcome: about_outcome,
    PartnersFound: partners_found,
    ReportMade: report_made,
    AboutRole: about_role,
    AboutAdmission: about_admission,
    ColleagueJoined: colleague_joined,
    WelcomeBack: welcome_back,
    InactivityWarned: inactivity_warned,
    FeedbackGiven: feedback_given,
    ConcernAnswered: concern_answered,
    OrganisationLeft: organisation_left,
    OrganisationConfirmed: own_organisation,
    OrganisationNotConfirmed: own_organisation,
    OrganisationsMerged: organisations_merged,
    OrganisationHidden: own_organisation,
    OrganisationShown: own_organisation,
    RepresentationEnded: representation_ended,
    AboutSession: about_session,
}

# The same for what is posted to Telegram groups; other kinds are never said there.
GROUP_WORDS: dict[type[Notice], GroupWords] = {AboutSession: post_about_session}


def words_of(kind: type[Notice]) -> Words:
    """The function that words a kind of notice."""
    return next(WORDS[base] for base in kind.__mro__ if base in WORDS)


# A kind that nobody words is found at the start, and not when it should be sent.
for _kind in NOTICES.values():
    words_of(_kind)


class Renderer:
    """Makes letters of deliveries."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def letter(self, delivery: Delivery) -> Letter | NotYet | Nothing:
        """The letter to be sent now, or why there is none, or none yet."""
        if delivery.recipient is None:
            return await self._post(delivery)
        person = await self._store.people.by_id(delivery.recipient)
        if person is None:
            return Nothing("erased")
        if not person.reachable:
            return Nothing("unreachable")
        if person.erase_at is not None:
            return Nothing(LEAVING)
        if not is_wanted(delivery.notice, person):
            return Nothing("unwanted")
        held = None if delivery.answers else await self._held(person)
        if held is not None:
            return NotYet(held.until, held.why.value)
        said = await words_of(type(delivery.notice))(self._store, person, delivery.notice)
        return said if isinstance(said, Nothing) else Letter(person.telegram_id, said)

    async def _post(self, delivery: Delivery) -> Letter | Nothing:
        """What is said in a Telegram group, which has no quiet hours."""
        group = await self._store.exchanges.group(delivery.group) if delivery.group else None
        bases = type(delivery.notice).__mro__
        words = next((GROUP_WORDS[base] for base in bases if base in GROUP_WORDS), None)
        if group is None or words is None:
            return Nothing("gone")
        said = await words(self._store, group, delivery.notice)
        return said if isinstance(said, Nothing) else Letter(group.chat_id, said)

    async def _held(self, person: Person) -> Hold | None:
        """Whether they would rather not be told anything now, by the product's clock."""
        if person.quiet is None and person.paused_until is None:
            return None
        return hold(person, await zone_of_reader(self._store, person), self._clock())
