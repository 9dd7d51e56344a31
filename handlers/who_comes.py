"""Who comes to a session: the list, and replies of members who have no Telegram."""

from itertools import chain

from aiogram import Router
from markupsafe import Markup

from actions import rsvps
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_replies import AskRecord, PickAbsent, RecordReply, WhoComes
from domain.attendees import Attendance, Attendee
from domain.errors import NotYours
from domain.sessions import Reply, Session
from domain.texts import shown
from handlers import doors
from handlers.profile import wizard
from handlers.turn import Pressed, Turn
from locales import names
from locales.speech import Speech

router = Router(name="who_comes")

PER_PAGE = 20
RECORDED_PER_PAGE = 8
LONGEST_NAME = 60
ORDER = (Reply.YES, Reply.WAITING, Reply.MAYBE, Reply.NO)


@router.callback_query(Pressed(WhoComes))
async def show(_: object, turn: Turn, press: WhoComes) -> None:
    """A page of the list, in place."""
    found = await rsvps.who_comes(turn.store, by=turn.who, session=press.session)
    turn.show(_page(turn.say, found, press.page))


def _page(say: Speech, found: Attendance, number: int) -> Message:
    """The numbers, and the names that belong to this page."""
    lines = [say("who-comes-title", session=shown(found.session.title, say.language))]
    if found.session.capacity is not None:
        lines.append(say("who-comes-capacity", number=found.session.capacity))
    named = _named(found)
    last = max(0, len(named) - 1) // PER_PAGE
    page = min(max(number, 0), last)
    on_page = named[page * PER_PAGE : (page + 1) * PER_PAGE]
    for reply in ORDER:
        if reply is Reply.NO and not found.whole:
            continue
        count = found.numbers.get(reply, 0)
        if count or reply is Reply.YES:
            lines += [Markup(), say(f"who-comes-{reply.value}", number=count)]
            lines += [_line(say, found, at, one) for at, one in on_page if one.reply is reply]
    if not found.whole:
        lines += [Markup(), say("who-comes-note")]
    rows = [*_turning(say, found.session.id, page, last)]
    if found.whole:
        rows.append((button(say, "button-record-reply", AskRecord(found.session.id, 0)),))
    rows.append((button(say, "button-replies-session", ShowSession(found.session.id)),))
    return Message(NEWLINE.join(lines), tuple(rows))


def _named(found: Attendance) -> list[tuple[int, Attendee]]:
    """Those whom the reader may see, each with their place among who has replied the same."""
    return list(chain.from_iterable(enumerate(found.of(reply), 1) for reply in ORDER))


def _line(say: Speech, found: Attendance, number: int, one: Attendee) -> Markup:
    name = names.cut(_name(say, one), LONGEST_NAME)
    if not found.whole or one.organisation is None:
        return say("who-comes-line", number=number, name=name)
    organisation = names.cut(one.organisation, LONGEST_NAME)
    return say("who-comes-line-whole", number=number, name=name, organisation=organisation)


def _name(say: Speech, one: Attendee) -> str:
    return one.name or say.plain("person-nameless", number=one.person or one.membership)


def _turning(say: Speech, session: int, page: int, last: int) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(say, "button-page-before", WhoComes(session, page - 1)))
    if page < last:
        row.append(button(say, "button-page-after", WhoComes(session, page + 1)))
    return (tuple(row),) if row else ()


@router.callback_query(Pressed(AskRecord))
async def ask_record(_: object, turn: Turn, press: AskRecord) -> None:
    """A page of the members without Telegram, a button for each."""
    session, several = await rsvps.without_telegram(turn.store, by=turn.who, session=press.session)
    turn.show(_absent(turn.say, session, several, press.page))


def _absent(say: Speech, session: Session, several: tuple[Attendee, ...], number: int) -> Message:
    back = (button(say, "button-who-comes", WhoComes(session.id, 0)),)
    if not several:
        return Message(say("record-nobody"), (back,))
    last = (len(several) - 1) // RECORDED_PER_PAGE
    page = min(max(number, 0), last)
    on_page = several[page * RECORDED_PER_PAGE : (page + 1) * RECORDED_PER_PAGE]
    rows = [(Button(_stands(say, one), PickAbsent(session.id, one.membership).pack()),)
            for one in on_page]  # fmt: skip
    turning = []
    if page > 0:
        turning.append(button(say, "button-page-before", AskRecord(session.id, page - 1)))
    if page < last:
        turning.append(button(say, "button-page-after", AskRecord(session.id, page + 1)))
    title = say("record-title", session=shown(session.title, say.language))
    return Message(title, tuple(row for row in (*rows, tuple(turning), back) if row))


def _stands(say: Speech, one: Attendee) -> str:
    said = one.reply.value if one.reply else "none"
    return say.plain(f"record-stands-{said}", name=names.cut(_name(say, one)))


@router.callback_query(Pressed(PickAbsent))
async def pick(_: object, turn: Turn, press: PickAbsent) -> None:
    """What one of them has said so far, and a button for each answer."""
    turn.show(await _one(turn, press.session, press.membership))


@router.callback_query(Pressed(RecordReply))
async def record(_: object, turn: Turn, press: RecordReply) -> None:
    """Write it down."""
    if press.reply not in (Reply.YES, Reply.MAYBE, Reply.NO):
        await wizard.refuse_stale(turn)
        return
    await rsvps.record_for(
        turn.store,
        turn.clock,
        by=turn.who,
        session=press.session,
        membership=press.membership,
        reply=Reply(press.reply),
    )
    turn.show(await _one(turn, press.session, press.membership))


async def _one(turn: Turn, session: int, membership: int) -> Message:
    say = turn.say
    _, several = await rsvps.without_telegram(turn.store, by=turn.who, session=session)
    one = next((one for one in several if one.membership == membership), None)
    if one is None:
        raise NotYours
    said = one.reply.value if one.reply else "none"
    answers = tuple(
        button(say, f"button-record-{reply.value}", RecordReply(session, membership, reply.value))
        for reply in (Reply.YES, Reply.MAYBE, Reply.NO)
    )
    stands = say(f"record-stands-{said}", name=_name(say, one))
    return Message(
        Markup("\n\n").join((stands, say("record-question"))),
        (answers, (button(say, "button-record-others", AskRecord(session, 0)),)),
    )


@doors.of_session(46)
async def who_comes(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """To members, once it has been announced, and to who runs the exchange."""
    if not standing.runs and not (standing.member and session.announced):
        return ()
    return (button(turn.say, "button-who-comes", WhoComes(session.id, 0)),)
