"""Letters about what comes after a session, and the questions in them."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.member_names import member_alone, member_name
from delivery.message import Button, Keyboard, Message, Nothing
from delivery.presses_of_afterwards import (
    AgreeTo,
    DeclineFollowUp,
    DoneWith,
    PutOff,
    ShowFollowUp,
    ShowPapers,
    TellHelped,
)
from domain.exchanges import Membership
from domain.follow_ups import FollowUp
from domain.notices import (
    AboutFollowUp,
    FollowUpAgreed,
    FollowUpAsked,
    FollowUpDeclined,
    FollowUpDue,
    HelpedAsked,
    MinutesAdded,
)
from domain.people import Person
from domain.rules.exchanges import may_run
from domain.session_feedback import Helped
from domain.sessions import Session
from domain.texts import shown
from locales.speech import Speech, speech
from storage.store import Store


def title_of(say: Speech, session: Session) -> str:
    """A session's title, as this reader is shown it."""
    return shown(session.title, say.language)


async def minutes_added(store: Store, person: Person, notice: MinutesAdded) -> Message | Nothing:
    """The minutes are there; only to members, and only while there are any."""
    session = await _of_a_member(store, person, notice.session)
    if session is None:
        return Nothing("no-member")
    if not any(one.minutes for one in await store.papers.of(session.id)):
        return Nothing("no-longer-true")
    say = speech(person.language)
    text = say(notice.kind, title=title_of(say, session), day=say.date(session.starts_at))
    return Message(text, ((button(say, "button-papers", ShowPapers(session.id)),),))


async def helped_asked(store: Store, person: Person, notice: HelpedAsked) -> Message | Nothing:
    """Did it help? Only who has not answered yet."""
    session = await _of_a_member(store, person, notice.session)
    if session is None:
        return Nothing("no-member")
    membership = await store.memberships.between(session.exchange, person.id)
    answer = await store.session_feedback.between(session.id, membership.id if membership else 0)
    if answer is None or answer.helped is not None:
        return Nothing("told-already")
    say = speech(person.language)
    text = say(notice.kind, title=title_of(say, session), day=say.date(session.starts_at))
    return Message(text, helped_rows(say, session.id))


def helped_rows(say: Speech, session: int) -> Keyboard:
    """Yes, partly, no."""
    return tuple(
        (button(say, f"button-helped-{one.value}", TellHelped(session, one.value)),)
        for one in Helped
    )


async def _of_a_member(store: Store, person: Person, session: int) -> Session | None:
    """The session, where the person takes part in its exchange and it took place."""
    found = await store.sessions.by_id(session)
    if found is None or found.cancelled:
        return None
    membership = await store.memberships.between(found.exchange, person.id)
    return found if membership is not None and membership.takes_part else None


async def about_follow_up(store: Store, person: Person, notice: AboutFollowUp) -> Message | Nothing:
    """What somebody is asked to do, has promised, or has answered; if it is still true."""
    found = await store.follow_ups.by_id(notice.follow_up)
    who = await store.memberships.by_id(found.membership) if found else None
    session = await store.sessions.by_id(found.session) if found else None
    if found is None or who is None or session is None:
        return Nothing("gone")
    if isinstance(notice, FollowUpAgreed | FollowUpDeclined):
        return await _answered(store, person, notice, found, who, session)
    if not found.open or found.due_on.toordinal() != notice.due:
        return Nothing("no-longer-true")
    if isinstance(notice, FollowUpAsked):
        return await _asked(store, person, notice, found, session)
    if isinstance(notice, FollowUpDue):
        return _due(person, notice, found, session)
    return await _to_forward(store, person, notice, found, who, session)


async def _answered(
    store: Store,
    person: Person,
    notice: AboutFollowUp,
    found: FollowUp,
    who: Membership,
    session: Session,
) -> Message | Nothing:
    declined = isinstance(notice, FollowUpDeclined)
    if found.created_by != person.id or declined is (found.declined_at is None):
        return Nothing("no-longer-true")
    say = speech(person.language)
    text = _words(say, notice.kind, found, session, name=await member_name(store, say, who))
    return Message(text, (see_row(say, found),))


async def _asked(
    store: Store, person: Person, notice: AboutFollowUp, found: FollowUp, session: Session
) -> Message | Nothing:
    if not found.waits:
        return Nothing("told-already")
    say = speech(person.language)
    asking = await store.people.by_id(found.created_by) if found.created_by else None
    membership = await store.memberships.between(session.exchange, asking.id) if asking else None
    name = await _asking(store, say, asking, membership)
    return Message(_words(say, notice.kind, found, session, name=name), answer_rows(say, found))


async def _asking(
    store: Store, say: Speech, asking: Person | None, membership: Membership | None
) -> str:
    """Whoever asks: by name, also who runs the exchange and is no member of it."""
    if membership is not None:
        return await member_name(store, say, membership)
    return asking.name if asking and asking.name else say.plain("follow-up-coordinator")


def _due(
    person: Person, notice: AboutFollowUp, found: FollowUp, session: Session
) -> Message | Nothing:
    if not found.promised:
        return Nothing("no-longer-true")
    say = speech(person.language)
    return Message(_words(say, notice.kind, found, session), settle_rows(say, found))


async def _to_forward(
    store: Store,
    person: Person,
    notice: AboutFollowUp,
    found: FollowUp,
    who: Membership,
    session: Session,
) -> Message | Nothing:
    """The coordinator's own words to the member, ready to be forwarded."""
    coordinators = [one.id for one in await store.exchanges.coordinators(who.exchange)]
    if not may_run(person.id, coordinators, await store.roles.of(person.id)):
        return Nothing("no-coordinator")
    say = speech(person.language)
    name = await member_name(store, say, who)
    alone = await member_alone(store, say, who)
    quoted = _words(say, "follow-up-forwarded", found, session, name=alone)
    text = say(notice.kind, name=name, email=who.email or say.plain("not-stated"))
    forward = Markup("<blockquote>{}</blockquote>").format(quoted)
    return Message(NEWLINE.join([text, Markup(), forward]), settle_rows(say, found, own=False))


def _words(say: Speech, key: str, found: FollowUp, session: Session, **values: str) -> Markup:
    title = title_of(say, session)
    day = say.date(found.due_on)
    return say(key, None, title=title, words=found.words, day=day, **values)


def answer_rows(say: Speech, found: FollowUp) -> Keyboard:
    """By which a member says whether they will."""
    return (
        (button(say, "button-follow-up-agree", AgreeTo(found.id)),),
        (button(say, "button-follow-up-decline", DeclineFollowUp(found.id)),),
    )


def settle_rows(say: Speech, found: FollowUp, *, own: bool = True) -> Keyboard:
    """By which they say that it is done, or will be later; `own`: or that they will not."""
    rows: list[tuple[Button, ...]] = [
        (button(say, "button-follow-up-done", DoneWith(found.id)),),
        (button(say, "button-follow-up-later", PutOff(found.id)),),
    ]
    if own:
        rows.append((button(say, "button-follow-up-decline", DeclineFollowUp(found.id)),))
    return tuple(rows)


def see_row(say: Speech, found: FollowUp) -> tuple[Button, ...]:
    """To the follow-up."""
    return (button(say, "button-follow-up-see", ShowFollowUp(found.id)),)
