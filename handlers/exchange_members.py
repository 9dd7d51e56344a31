"""Members of an exchange, as those who run it see them; entering some who have no Telegram."""

from aiogram import Router
from markupsafe import Markup

from actions import exchanges, joining
from actions.contacts import contact_in, name_beside
from actions.running import require_runs
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.exchange_cards import named, named_in_list, title_of
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_running import (
    EnterWithoutTelegram,
    LeaveEntering,
    RemoveMember,
    ShowMember,
    ShowMembers,
)
from domain.errors import NotYours
from domain.exchanges import NEW_FOR, Membership
from domain.joining import LONGEST_NAME, LONGEST_NOTE
from domain.rules.plain_text import cleaned
from handlers import asides, doors
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from handlers.typed import unfit
from locales import names

router = Router(name="exchange-members")

STEP = "entering"
PER_PAGE = 10
NAMED = 5
"""So many of the new members are named."""


@doors.of_exchange(830)
async def door(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """The list, for those who run it."""
    if not standing.runs:
        return ()
    exchange = standing.exchange.id
    number = await turn.store.memberships.number(exchange)
    new = await _number_of_new(turn, exchange)
    press = ShowMembers(exchange, 0)
    if new:
        return (button(turn.say, "button-members-new", press, number=number, new=new),)
    return (button(turn.say, "button-members", press, number=number),)


@router.callback_query(Pressed(ShowMembers))
async def show_page(_: object, turn: Turn, press: ShowMembers) -> None:
    """A page of them."""
    turn.show(await _page(turn, press.exchange, press.page))


async def _page(turn: Turn, exchange: int, page: int, note: Markup | None = None) -> Message:
    say = turn.say
    found = await require_runs(turn.store, turn.who, exchange)
    total = await turn.store.memberships.number(exchange)
    last = max(0, (total - 1) // PER_PAGE)
    page = min(max(page, 0), last)
    _, here = await exchanges.members(
        turn.store, by=turn.who, exchange=exchange, offset=page * PER_PAGE, limit=PER_PAGE
    )
    lines = [note, Markup("")] if note else []
    lines.append(say("members-title", total, title=title_of(say, found)))
    if page == 0:
        lines += await _new(turn, exchange)
    rows: list[tuple[Button, ...]] = []
    for number, one in enumerate(here, page * PER_PAGE + 1):
        name, line = await _line(turn, number, one)
        lines.append(line)
        data = ShowMember(one.id).pack()
        rows.append((Button(f"{number}. {names.cut(name, 40)}", data=data),))
    turning = []
    if page > 0:
        turning.append(button(say, "button-page-before", ShowMembers(exchange, page - 1)))
    if page < last:
        turning.append(button(say, "button-page-after", ShowMembers(exchange, page + 1)))
    rows += [tuple(turning)] if turning else []
    if found.running:
        rows.append((button(say, "button-enter-member", EnterWithoutTelegram(exchange)),))
    rows.append((button(say, "button-show-exchange", ShowExchange(exchange)),))
    return Message(NEWLINE.join(lines), tuple(rows))


async def _new(turn: Turn, exchange: int) -> list[Markup]:
    """Who has come lately: they stand at the end of the list, which begins with the oldest."""
    number = await _number_of_new(turn, exchange)
    if not number:
        return []
    new = await exchanges.newcomers(
        turn.store, turn.clock, by=turn.who, exchange=exchange, limit=NAMED
    )
    who = [(await named_in_list(turn.store, turn.say, one))[0] for one in new]
    listed = turn.say.listing([*who, *(["…"] if number > NAMED else [])])
    return [turn.say("members-new", number=number, names=listed), Markup()]


async def _number_of_new(turn: Turn, exchange: int) -> int:
    return await turn.store.memberships.number(exchange, since=turn.clock() - NEW_FOR)


async def _line(turn: Turn, number: int, one: Membership) -> tuple[str, Markup]:
    name, of = await named_in_list(turn.store, turn.say, one)
    since = turn.say.date(one.settled_at or one.asked_at)
    key = "member-line" if one.person is not None else "member-line-without-telegram"
    return name, turn.say(key, number=number, name=name, organisation=of, date=since)


@router.callback_query(Pressed(ShowMember))
async def show_one(_: object, turn: Turn, press: ShowMember) -> None:
    """One of them."""
    turn.show(await _card(turn, await _member(turn, press.membership)))


@router.callback_query(Pressed(RemoveMember))
async def remove(_: object, turn: Turn, press: RemoveMember) -> None:
    """Let them go, after a second look."""
    one = await _member(turn, press.membership)
    say = turn.say
    name, _ = await named(turn.store, say, one)
    if press.sure == 1:
        await joining.remove(turn.store, turn.clock, by=turn.who, membership=one.id)
        turn.show(await _page(turn, one.exchange, 0, say("member-removed", person=name)))
        return
    yes = button(say, "button-remove-member-sure", RemoveMember(one.id, 1))
    no = button(say, "button-back-to-members", ShowMembers(one.exchange, 0))
    key = "remove-member-question" if one.person else "remove-entered-question"
    turn.show(Message(say(key, person=name), ((yes,), (no,))))


async def _member(turn: Turn, membership: int) -> Membership:
    """A member of an exchange that they run; nobody else is shown."""
    found = await turn.store.memberships.by_id(membership)
    if found is None or not found.takes_part:
        raise NotYours
    await require_runs(turn.store, turn.who, found.exchange)
    return found


async def _card(turn: Turn, one: Membership) -> Message:
    say = turn.say
    name, organisation = await named(turn.store, say, one)
    lines = [
        say("request-name", name=name),
        say("request-organisation", organisation=organisation),
        say("member-since", date=say.date(one.settled_at or one.asked_at)),
    ]
    if one.person is None:
        lines.append(say("member-without-telegram", email=one.email or say.plain("not-stated")))
    rows = (
        (button(say, "button-remove-member", RemoveMember(one.id, 0)),),
        (button(say, "button-back-to-members", ShowMembers(one.exchange, 0)),),
    )
    return Message(NEWLINE.join(lines), rows)


@router.callback_query(Pressed(EnterWithoutTelegram))
async def ask_for_member(_: object, turn: Turn, press: EnterWithoutTelegram) -> None:
    """Ask who it is; to answer states that they agree."""
    found = await require_runs(turn.store, turn.who, press.exchange)
    turn.conversation = turn.conversation.aside(STEP, exchange=found.id)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveEntering))
async def leave(_: object, turn: Turn, press: LeaveEntering) -> None:
    """Enter nobody."""
    left = turn.conversation.step == STEP
    turn.show(await _page(turn, press.exchange, 0))
    if left:
        turn.conversation = turn.conversation.over()
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Name, e-mail address and organisation in one message."""
    note = unfit(turn, LONGEST_NOTE)
    if note is not None:
        await show(turn, note)
        return
    text = turn.text or ""
    contact = contact_in(text)
    name, _, organisation = name_beside(text).partition(",")
    name, organisation = cleaned(name)[:LONGEST_NAME], cleaned(organisation)[:LONGEST_NAME]
    if contact is None or contact.email is None or not name:
        await show(turn, turn.say("misheard-member"))
        return
    exchange = int(turn.conversation.pending.get("exchange", 0))
    await exchanges.enter(
        turn.store, turn.clock, by=turn.who, exchange=exchange, name=name, email=contact.email,
        organisation=organisation or None,
    )  # fmt: skip
    turn.conversation = turn.conversation.over()
    turn.send(await _page(turn, exchange, 0, turn.say("member-entered", person=name)))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask who it is."""
    exchange = int(turn.conversation.pending.get("exchange", 0))
    lines = [*([note] if note else []), turn.say("enter-member-question")]
    rows = ((button(turn.say, "button-leave-entering", LeaveEntering(exchange)),),)
    message = Message(Markup("\n\n").join(lines), rows)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)
