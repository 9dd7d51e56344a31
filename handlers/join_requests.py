"""Requests to join: what coordinators see and answer, and questions and answers in between."""

from aiogram import Router
from markupsafe import Markup

from actions import enquiries, exchanges, joining
from delivery.buttons import button
from delivery.exchange_cards import named, named_in_list, title_of
from delivery.letters.joining import request_message
from delivery.message import Button, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_joining import (
    AdmitMember,
    AnswerEnquiry,
    AskNewcomer,
    DeclineMember,
    LeaveEnquiry,
    ShowRequest,
    ShowRequests,
)
from domain.exchanges import Membership, MembershipState
from domain.joining import LONGEST_NOTE, OFFERED
from handlers import asides, doors
from handlers.leaving import Words, go_on, interrupts
from handlers.profile import wizard
from handlers.turn import Pressed, Turn
from handlers.typed import unfit
from locales import names

router = Router(name="join-requests")

STEP = "enquiry"
MOST_SHOWN = 20


@doors.of_exchange(810)
async def door(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """Who waits, for those who run it."""
    waiting = await turn.store.memberships.asked(standing.exchange.id) if standing.runs else ()
    if not waiting:
        return ()
    press = ShowRequests(standing.exchange.id)
    return (Button(turn.say.plain("button-requests", number=len(waiting)), data=press.pack()),)


@router.callback_query(Pressed(ShowRequests))
async def show_all(_: object, turn: Turn, press: ShowRequests) -> None:
    """Who waits, longest first."""
    turn.show(await _list(turn, press.exchange))


@router.callback_query(Pressed(ShowRequest))
async def show_one(_: object, turn: Turn, press: ShowRequest) -> None:
    """One of them, with what can be answered."""
    found = await joining.answerable(
        turn.store, turn.clock, by=turn.who, membership=press.membership
    )
    exchange = await turn.store.exchanges.by_id(found.exchange)
    if not found.open or exchange is None:
        turn.show(await _settled(turn, found))
        return
    message = await request_message(turn.store, turn.say, found, exchange)
    turn.show(Message(message.html, (*message.keyboard, _back(turn, found.exchange))))


@router.callback_query(Pressed(AdmitMember))
async def admit(_: object, turn: Turn, press: AdmitMember) -> None:
    """They take part."""
    done = await joining.admit(turn.store, turn.clock, by=turn.who, membership=press.membership)
    turn.show(await _settled(turn, done))


@router.callback_query(Pressed(DeclineMember))
async def decline(_: object, turn: Turn, press: DeclineMember) -> None:
    """They do not; the reason is chosen first."""
    why = next((one for one in OFFERED if one.value == press.why), None)
    if why is not None:
        done = await joining.decline(
            turn.store, turn.clock, by=turn.who, membership=press.membership, why=why
        )
        turn.show(await _settled(turn, done))
        return
    found = await joining.answerable(
        turn.store, turn.clock, by=turn.who, membership=press.membership
    )
    turn.show(await _reasons(turn, found) if found.open else await _settled(turn, found))


async def _reasons(turn: Turn, found: Membership) -> Message:
    say = turn.say
    name, _ = await named(turn.store, say, found)
    rows = [
        (button(say, f"button-why-{one.value}", DeclineMember(found.id, one.value)),)
        for one in OFFERED
    ]
    rows.append((button(say, "button-back-to-request", ShowRequest(found.id)),))
    return Message(say("decline-why", person=name), tuple(rows))


@router.callback_query(Pressed(AskNewcomer))
async def ask_for_question(_: object, turn: Turn, press: AskNewcomer) -> None:
    """Ask for the words of a question to them, beneath their card."""
    found = await joining.answerable(
        turn.store, turn.clock, by=turn.who, membership=press.membership
    )
    if not found.open:
        turn.show(await _settled(turn, found))
        return
    turn.conversation = turn.conversation.aside(STEP, membership=found.id)
    await show(turn, anew=True)


@router.callback_query(Pressed(AnswerEnquiry))
async def ask_for_answer(_: object, turn: Turn, press: AnswerEnquiry) -> None:
    """Ask for the words of an answer, beneath the question."""
    found = await enquiries.to_answer(turn.store, by=turn.who, enquiry=press.enquiry)
    if found.answer is not None:
        turn.show(turn.say("enquiry-answered-already", answer=found.answer))
        return
    turn.conversation = turn.conversation.aside(STEP, enquiry=found.id)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveEnquiry))
async def leave(_: object, turn: Turn) -> None:
    """Write nothing."""
    if turn.conversation.step != STEP:
        await wizard.refuse_stale(turn)
        return
    turn.conversation = turn.conversation.over()
    turn.show(turn.say("enquiry-left"))
    await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Pass these words on, as a question or as an answer."""
    note = unfit(turn, LONGEST_NOTE)
    if note is not None:
        await show(turn, note)
        return
    pending, words = turn.conversation.pending, turn.text or ""
    if "enquiry" in pending:
        enquiry = int(pending["enquiry"])
        await enquiries.answer(turn.store, turn.clock, by=turn.who, enquiry=enquiry, words=words)
        said = turn.say("enquiry-answer-sent")
    else:
        membership = int(pending.get("membership", 0))
        await enquiries.ask(turn.store, turn.clock, by=turn.who, membership=membership, words=words)
        said = turn.say("enquiry-sent")
    turn.conversation = turn.conversation.over()
    turn.send(said)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for words."""
    key = "enquiry-answer" if "enquiry" in turn.conversation.pending else "enquiry-question"
    lines = [*([note] if note else []), turn.say(key, limit=LONGEST_NOTE)]
    rows = ((button(turn.say, "button-leave-enquiry", LeaveEnquiry()),),)
    message = Message(Markup("\n\n").join(lines), rows)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _list(turn: Turn, exchange: int) -> Message:
    say = turn.say
    waiting = await exchanges.requests(turn.store, by=turn.who, exchange=exchange)
    there = await turn.store.exchanges.by_id(exchange)
    title = title_of(say, there) if there else ""
    lines = [say("requests-title", len(waiting), title=title)]
    rows: list[tuple[Button, ...]] = []
    for number, one in enumerate(waiting[:MOST_SHOWN], 1):
        name, of = await named_in_list(turn.store, say, one)
        date = say.date(one.asked_at)
        lines.append(say("request-line", number=number, name=name, organisation=of, date=date))
        data = ShowRequest(one.id).pack()
        rows.append((Button(f"{number}. {names.cut(name, 40)}", data=data),))
    rows.append((button(say, "button-show-exchange", ShowExchange(exchange)),))
    return Message(Markup("\n\n").join(lines), tuple(rows))


async def _settled(turn: Turn, one: Membership) -> Message:
    """What came of a request, and by whom, where it was somebody else."""
    say = turn.say
    name, _ = await named(turn.store, say, one)
    exchange = await turn.store.exchanges.by_id(one.exchange)
    values = {"person": name, "title": title_of(say, exchange) if exchange else ""}
    if one.settled_by == turn.who.id and one.state in _ANSWERS:
        said = say(f"request-done-{one.state.value}", None, **values)
    else:
        by = await turn.store.people.by_id(one.settled_by) if one.settled_by else None
        values["by"] = names.person_alone(say, by) if by else say.plain("report-nobody")
        values["date"] = say.date(one.settled_at or one.asked_at)
        said = say(f"request-settled-{one.state.value}", None, **values)
    return Message(said, (_back(turn, one.exchange),))


_ANSWERS = frozenset({MembershipState.MEMBER, MembershipState.DECLINED})


def _back(turn: Turn, exchange: int) -> tuple[Button, ...]:
    return (button(turn.say, "button-show-exchange", ShowExchange(exchange)),)
