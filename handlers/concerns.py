"""Concerns: what coordinators read, answer and settle."""

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import concerns
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.concerns import concern_card, kind_of
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_concerns import (
    AnswerConcern,
    LeaveAnswer,
    SettleConcern,
    ShowConcern,
    ShowConcerns,
)
from domain.concerns import LONGEST_WORDS, Concern
from handlers import asides
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from handlers.typed import unfit
from locales.speech import Speech

router = Router(name="concerns")

STEP = "concern"
PER_PAGE = 5
GLIMPSE = 120
"""So many characters of a concern stand in the list."""


@router.message(Command("concerns"))
async def show_first(_: object, turn: Turn) -> None:
    """The ones that wait longest."""
    turn.conversation = turn.conversation.over()
    turn.send(await _page(turn, 0))


@router.callback_query(Pressed(ShowConcerns))
async def show_page(_: object, turn: Turn, press: ShowConcerns) -> None:
    """A page, in place."""
    turn.show(await _page(turn, press.page))


@router.callback_query(Pressed(ShowConcern))
async def show_one(_: object, turn: Turn, press: ShowConcern) -> None:
    """One of them, in place of the list."""
    found = await concerns.one(turn.store, by=turn.who, concern=press.concern)
    turn.show(await _card(turn, found))


@router.callback_query(Pressed(AnswerConcern))
async def ask_for_answer(_: object, turn: Turn, press: AnswerConcern) -> None:
    """Ask for the words of an answer, beneath the concern."""
    found = await concerns.one(turn.store, by=turn.who, concern=press.concern)
    turn.conversation = turn.conversation.aside(STEP, concern=found.id)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveAnswer))
async def leave(_: object, turn: Turn, press: LeaveAnswer) -> None:
    """Do not answer."""
    left = turn.conversation.step == STEP
    back = (button(turn.say, "button-back-to-concern", ShowConcern(press.concern)),)
    turn.show(Message(turn.say("concern-not-answered"), (back,)))
    if left:
        turn.conversation = turn.conversation.over()
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Answer with these words."""
    note = unfit(turn, LONGEST_WORDS)
    if note is not None:
        await show(turn, note)
        return
    concern = int(turn.conversation.pending["concern"])
    await concerns.answer(
        turn.store, turn.clock, by=turn.who, concern=concern, words=turn.text or ""
    )
    turn.conversation = turn.conversation.over()
    found = await concerns.one(turn.store, by=turn.who, concern=concern)
    turn.send(_done(turn.say, turn.say("concern-answered"), found))


@router.callback_query(Pressed(SettleConcern))
async def settle(_: object, turn: Turn, press: SettleConcern) -> None:
    """It has been dealt with."""
    settled = await concerns.settle(turn.store, turn.clock, by=turn.who, concern=press.concern)
    kind = kind_of(turn.say, settled)
    turn.show(_done(turn.say, turn.say("concern-settled", kind=kind), settled))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the words of an answer."""
    concern = int(turn.conversation.pending["concern"])
    lines = [*([note] if note else []), turn.say("concern-answer-question", LONGEST_WORDS)]
    leave_it = ((button(turn.say, "button-leave-answer", LeaveAnswer(concern)),),)
    message = Message(Markup("\n\n").join(lines), leave_it)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _page(turn: Turn, number: int) -> Message:
    say = turn.say
    page = await concerns.read(turn.store, by=turn.who, page=number, most=PER_PAGE)
    if not page.concerns:
        return Message(say("concerns-none"))
    lines = [say("concerns-title", page.total)]
    first = page.number * PER_PAGE + 1
    rows = []
    for place, one in enumerate(page.concerns, first):
        lines += [Markup(""), _line(say, place, one)]
        rows.append((button(say, "button-read-concern", ShowConcern(one.id), number=place),))
    return Message(NEWLINE.join(lines), (*rows, *_turning(say, page.number, page.last)))


def _line(say: Speech, place: int, concern: Concern) -> Markup:
    words = concern.words or say.plain("report-no-words")
    glimpse = words if len(words) <= GLIMPSE else f"{words[:GLIMPSE]}…"
    date, kind = say.date(concern.at), kind_of(say, concern)
    return say("concern-line", number=place, date=date, kind=kind, words=glimpse)


async def _card(turn: Turn, concern: Concern) -> Message:
    card = await concern_card(turn.store, turn.say, concern)
    return Message(card.html, (*card.keyboard, _all(turn.say)))


def _done(say: Speech, said: Markup, concern: Concern) -> Message:
    settle_it = (button(say, "button-settle-concern", SettleConcern(concern.id)),)
    return Message(said, (*([] if concern.settled else [settle_it]), _all(say)))


def _all(say: Speech) -> tuple[Button, ...]:
    return (button(say, "button-concerns", ShowConcerns(0)),)


def _turning(say: Speech, page: int, last: int) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(say, "button-page-before", ShowConcerns(page - 1)))
    if page < last:
        row.append(button(say, "button-page-after", ShowConcerns(page + 1)))
    return (tuple(row),) if row else ()
