"""Letters about announcements: to those who are meant, into a group, to coordinators."""

from delivery.announcement_cards import announcement_message, change_text, progress
from delivery.buttons import button
from delivery.letters.reports import person_named
from delivery.message import Button, Change, Message, Nothing
from delivery.presses_of_announcements import ReleaseChange, ShowAnnouncement
from domain.announcements import Announcement, AnnouncementState
from domain.exchanges import Group
from domain.notices import (
    AnnouncementChangeReleased,
    AnnouncementChangeToRelease,
    AnnouncementEdited,
    AnnouncementMade,
    AnnouncementProgress,
    AnnouncementReleased,
    AnnouncementToRelease,
    AnnouncementWithdrawn,
)
from domain.outbox import DeliveryState
from domain.people import Person
from domain.rules.permissions import Verb, may
from locales.speech import Speech, speech
from storage.queries.announced import Said
from storage.store import Store

_STOPPED = {
    AnnouncementState.CANCELLED: "cancelled",
    AnnouncementState.WITHDRAWN: "withdrawn",
}
_ON_THE_WAY = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)

AboutText = AnnouncementMade | AnnouncementEdited


async def announcement_made(
    store: Store, person: Person, notice: AboutText
) -> Message | Change | Nothing:
    """The announcement as it reads now, in the reader's language; or what they have of it changed
    to that."""
    one = await store.announcements.by_id(notice.announcement)
    if one is None:
        return Nothing("gone")
    replies = one.session if await _may_reply(store, person, one) else None
    message = announcement_message(speech(person.language), one, replies=replies)
    if isinstance(notice, AnnouncementMade):
        return _as_long_as_told(one, message)
    said = await store.announced.said(one.id, person=person.id)
    return _changed(one, notice, said, message)


async def post_announcement(
    store: Store, group: Group, notice: AboutText
) -> Message | Change | Nothing:
    """The same in the exchange's group, whose members reply to its session as it is theirs."""
    one = await store.announcements.by_id(notice.announcement)
    if one is None:
        return Nothing("gone")
    session = await store.sessions.by_id(one.session) if one.session else None
    theirs = session is not None and one.audience is not None
    replies = (
        one.session if theirs and session and _of_its_exchange(one, session.exchange) else None
    )
    message = announcement_message(speech(group.language), one, replies=replies)
    if isinstance(notice, AnnouncementMade):
        # What stands there already may still be changed; nothing new is said where others are.
        at_home = await _is_at_home(store, one, group)
        return _as_long_as_told(one, message) if at_home else Nothing("gone")
    said = await store.announced.said(one.id, group=group.id)
    return _changed(one, notice, said, message)


async def _is_at_home(store: Store, one: Announcement, group: Group) -> bool:
    """Whether the exchange that it is for still is in this group, which may be another's, too."""
    number = one.audience.exchange if one.audience else None
    exchange = await store.exchanges.by_id(number) if number else None
    return exchange is not None and exchange.group == group.id


def _of_its_exchange(one: Announcement, exchange: int) -> bool:
    return one.audience is not None and one.audience.exchange == exchange


async def _may_reply(store: Store, person: Person, one: Announcement) -> bool:
    session = await store.sessions.by_id(one.session) if one.session else None
    if session is None or session.cancelled:
        return False
    membership = await store.memberships.between(session.exchange, person.id)
    return membership is not None and membership.takes_part


def _as_long_as_told(one: Announcement, message: Message) -> Message | Nothing:
    stopped = _STOPPED.get(one.state)
    return message if stopped is None else Nothing(stopped)


def _changed(
    one: Announcement, notice: AnnouncementEdited, said: Said | None, message: Message
) -> Change | Nothing:
    if one.state is AnnouncementState.WITHDRAWN:
        return Nothing("withdrawn")
    if notice.version != one.version:
        return Nothing("no-longer-true")
    return _of_what_was_said(said, message)


def _of_what_was_said(
    said: Said | None, message: Message, *, away: bool = False
) -> Change | Nothing:
    """The change of a message that has arrived, or is about to."""
    if said is None or (said.message_id is None and said.state not in _ON_THE_WAY):
        return Nothing("not-said")
    return Change(said.message_id, message, said.settled_at if away else None)


async def announcement_withdrawn(
    store: Store, person: Person, notice: AnnouncementWithdrawn
) -> Change | Nothing:
    """Taken away, or where it is too late for that, a sentence in its place."""
    said = await store.announced.said(notice.announcement, person=person.id)
    return await _withdrawn(store, speech(person.language), notice, said)


async def post_withdrawn(
    store: Store, group: Group, notice: AnnouncementWithdrawn
) -> Change | Nothing:
    """The same in the exchange's group."""
    said = await store.announced.said(notice.announcement, group=group.id)
    return await _withdrawn(store, speech(group.language), notice, said)


async def _withdrawn(
    store: Store, say: Speech, notice: AnnouncementWithdrawn, said: Said | None
) -> Change | Nothing:
    one = await store.announcements.by_id(notice.announcement)
    beside = announcement_message(say, one, replies=None).attachment if one else None
    return _of_what_was_said(said, Message(say(notice.kind), (), beside), away=True)


async def about_release(
    store: Store, person: Person, notice: AnnouncementToRelease | AnnouncementReleased
) -> Message | Nothing:
    """That an announcement waits to be released, or has been."""
    one = await store.announcements.by_id(notice.announcement)
    if one is None:
        return Nothing("gone")
    waits = one.state is AnnouncementState.WAITING and one.version == notice.version
    if not isinstance(notice, AnnouncementReleased) and not waits:
        return Nothing("no-longer-true")
    say = speech(person.language)
    return Message(say(notice.kind), ((_look(say, one),),))


async def change_to_release(
    store: Store, person: Person, notice: AnnouncementChangeToRelease
) -> Message | Nothing:
    """The new text itself, which is released beneath it: as long as it waits, to who may."""
    one = await store.announcements.by_id(notice.announcement)
    change = await store.proposed_changes.of(notice.announcement)
    if one is None or change is None or change.number != notice.number:
        return Nothing("no-longer-true")
    if not may(Verb.ANNOUNCE, await store.roles.of(person.id)):
        return Nothing("no-coordinator")
    say = speech(person.language)
    name = await person_named(store, say, change.proposed_by)
    release = button(
        say, "button-announcement-change-release", ReleaseChange(one.id, change.number)
    )
    return Message(
        change_text(say, say(notice.kind), change, by=name), ((release,), (_look(say, one),))
    )


async def change_released(
    store: Store, person: Person, notice: AnnouncementChangeReleased
) -> Message | Nothing:
    """That the change was made, to who proposed it."""
    one = await store.announcements.by_id(notice.announcement)
    if one is None:
        return Nothing("gone")
    say = speech(person.language)
    return Message(say(notice.kind), ((_look(say, one),),))


def _look(say: Speech, one: Announcement) -> Button:
    return button(say, "button-announcement-show", ShowAnnouncement(one.id))


async def announcement_progress(
    store: Store, person: Person, notice: AnnouncementProgress
) -> Message | Change | Nothing:
    """How far it is: once as a message, then as a change of it."""
    one = await store.announcements.by_id(notice.announcement)
    if one is None:
        return Nothing("gone")
    message = progress(speech(person.language), one, await store.announced.report(one))
    return Change(notice.message, message) if notice.message else message
