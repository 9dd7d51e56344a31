"""Notices put into words: in the language that the reader has when it is sent, from what is true
then. A notice that has nothing to say any more says so."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from delivery.letters.admissions import about_admission, colleague_joined
from delivery.letters.afterwards import about_follow_up, helped_asked, minutes_added
from delivery.letters.announcements import partners_found
from delivery.letters.announcing import (
    about_release,
    announcement_made,
    announcement_progress,
    announcement_withdrawn,
    change_released,
    change_to_release,
    post_announcement,
    post_withdrawn,
)
from delivery.letters.concerns import concern_answered, feedback_given
from delivery.letters.inactivity import inactivity_warned
from delivery.letters.introductions import about_introduction, introduction_ended
from delivery.letters.joining import (
    about_enquiry,
    about_joining,
    exchange_closed,
    exchange_entrusted,
    post_exchange_closed,
)
from delivery.letters.organisations import (
    organisation_left,
    organisations_merged,
    own_organisation,
    representation_ended,
)
from delivery.letters.outcomes import about_outcome
from delivery.letters.reminders import session_reminder
from delivery.letters.replies import (
    about_reply,
    coming_counted,
    moved_up_to_forward,
    not_to_people,
)
from delivery.letters.reports import report_made
from delivery.letters.returning import welcome_back
from delivery.letters.roles import about_role
from delivery.letters.rounds import (
    about_round_group,
    about_rounds,
    round_made,
    round_to_forward,
    round_unplaced,
)
from delivery.letters.sessions import (
    about_series,
    about_session,
    post_about_series,
    post_about_session,
)
from delivery.message import (
    Change,
    Correction,
    Letter,
    Mail,
    Message,
    Nothing,
    NotYet,
    Withdrawal,
)
from delivery.zones import zone_of_reader
from domain.announcements import DELETABLE
from domain.clock import Clock
from domain.exchanges import Group
from domain.notices import (
    NOTICES,
    AboutAdmission,
    AboutEnquiry,
    AboutFollowUp,
    AboutIntroduction,
    AboutJoining,
    AboutOutcome,
    AboutReply,
    AboutRole,
    AboutRoundGroup,
    AboutRounds,
    AboutSeries,
    AboutSession,
    AnnouncementChangeReleased,
    AnnouncementChangeToRelease,
    AnnouncementEdited,
    AnnouncementMade,
    AnnouncementProgress,
    AnnouncementReleased,
    AnnouncementToRelease,
    AnnouncementWithdrawn,
    ColleagueJoined,
    ComingCounted,
    ConcernAnswered,
    ExchangeClosed,
    ExchangeEntrusted,
    FeedbackGiven,
    HelpedAsked,
    InactivityWarned,
    IntroductionEnded,
    MinutesAdded,
    MovedUpToForward,
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
    RoundMade,
    RoundsPaused,
    RoundToForward,
    RoundUnplaced,
    SessionReminder,
    WelcomeBack,
)
from domain.outbox import LEAVING, Delivery
from domain.people import Person
from domain.rules.holding import Hold, hold
from domain.rules.wishes import is_wanted
from storage.store import Store

Found = TypeVar("Found")
Words = Callable[[Store, Person, Any], Awaitable[Message | Change | Nothing]]
WordsByTheClock = Callable[[Store, Person, Any, datetime], Awaitable[Message | Nothing]]
GroupWords = Callable[[Store, Group, Any], Awaitable[Message | Change | Correction | Nothing]]

LOOK_AGAIN = timedelta(seconds=5)
"""So long a change waits for what it changes to arrive, by the product's clock."""
MARGIN = timedelta(minutes=5)
"""So long before Telegram's limit a message is changed rather than taken away."""

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
    AnnouncementMade: announcement_made,
    AnnouncementEdited: announcement_made,
    AnnouncementWithdrawn: announcement_withdrawn,
    AnnouncementToRelease: about_release,
    AnnouncementReleased: about_release,
    AnnouncementChangeToRelease: change_to_release,
    AnnouncementChangeReleased: change_released,
    AnnouncementProgress: announcement_progress,
    AboutJoining: about_joining,
    AboutEnquiry: about_enquiry,
    ExchangeClosed: exchange_closed,
    ExchangeEntrusted: exchange_entrusted,
    AboutReply: about_reply,
    MovedUpToForward: moved_up_to_forward,
    ComingCounted: not_to_people,
    AboutRounds: about_rounds,
    RoundsPaused: about_rounds,
    AboutRoundGroup: about_round_group,
    RoundUnplaced: round_unplaced,
    RoundMade: round_made,
    RoundToForward: round_to_forward,
    MinutesAdded: minutes_added,
    HelpedAsked: helped_asked,
    AboutFollowUp: about_follow_up,
    AboutSeries: about_series,
}

# The same for what says how long it is until something; these are told the time.
WORDS_BY_THE_CLOCK: dict[type[Notice], WordsByTheClock] = {SessionReminder: session_reminder}

# The same for what is posted to Telegram groups; other kinds are never said there.
GROUP_WORDS: dict[type[Notice], GroupWords] = {
    AboutSession: post_about_session,
    AnnouncementMade: post_announcement,
    AnnouncementEdited: post_announcement,
    AnnouncementWithdrawn: post_withdrawn,
    ExchangeClosed: post_exchange_closed,
    ComingCounted: coming_counted,
    AboutSeries: post_about_series,
}


def words_of(kind: type[Notice]) -> Words:
    """The function that words a kind of notice; raises StopIteration where none does."""
    return next(_of_its_bases(WORDS, kind))


def _of_its_bases(table: Mapping[type[Notice], Found], kind: type[Notice]) -> Iterator[Found]:
    """What a table says of a kind, that of its nearest base first."""
    return (table[base] for base in kind.__mro__ if base in table)


# A kind that nobody words is found at the start, and not when it should be sent.
for _kind in NOTICES.values():
    if _kind not in WORDS_BY_THE_CLOCK:
        words_of(_kind)


class Renderer:
    """Makes letters of deliveries."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def letter(self, delivery: Delivery) -> Mail | NotYet | Nothing:
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
        undisturbed = delivery.answers or delivery.notice.silent
        held = None if undisturbed else await self._held(person, delivery.notice)
        if held is not None:
            return NotYet(held.until, held.why.value)
        said = await self._said(person, delivery.notice)
        return self._mail(person.telegram_id, said)

    async def _said(self, person: Person, notice: Notice) -> Message | Change | Nothing:
        by_the_clock = WORDS_BY_THE_CLOCK.get(type(notice))
        if by_the_clock is not None:
            return await by_the_clock(self._store, person, notice, self._clock())
        return await words_of(type(notice))(self._store, person, notice)

    async def _post(self, delivery: Delivery) -> Mail | NotYet | Nothing:
        """What is said in a Telegram group, which has no quiet hours."""
        group = await self._store.exchanges.group(delivery.group) if delivery.group else None
        words = next(_of_its_bases(GROUP_WORDS, type(delivery.notice)), None)
        if group is None or words is None:
            return Nothing("gone")
        said = await words(self._store, group, delivery.notice)
        return self._mail(group.chat_id, said)

    def _mail(
        self, chat_id: int, said: Message | Change | Correction | Nothing
    ) -> Mail | NotYet | Nothing:
        if isinstance(said, Nothing | Correction):
            return said
        if isinstance(said, Message):
            return Letter(chat_id, said)
        now = self._clock()
        if said.message_id is None:
            return NotYet(now + LOOK_AGAIN, "not-said-yet")
        if said.sent_at is not None and now < said.sent_at + DELETABLE - MARGIN:
            return Withdrawal(chat_id, said.message_id, said.message)
        return Correction(chat_id, said.message_id, said.message)

    async def _held(self, person: Person, notice: Notice) -> Hold | None:
        """Whether they would rather not be told it now, by the product's clock."""
        if person.quiet is None and person.paused_until is None:
            return None
        zone = await zone_of_reader(self._store, person)
        return hold(person, zone, self._clock(), keeps_its_time=notice.keeps_its_time)
