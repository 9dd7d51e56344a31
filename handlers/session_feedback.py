"""Did a session help? In two taps, or in a sentence; and what all have said, as numbers."""

from aiogram import Router
from markupsafe import Markup

from actions import session_feedback
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.afterwards import helped_rows, title_of
from delivery.message import Button, Message
from delivery.presses_of_afterwards import (
    AskHelpedWords,
    LeaveHelpedWords,
    ShowSessionFeedback,
    TellHelped,
    TellWhat,
)
from delivery.presses_of_exchanges import ShowSession
from domain.rules.afterwards import took_place
from domain.session_feedback import (
    CHOICES,
    LONGEST_WORDS,
    FeedbackNumbers,
    Helped,
    SessionFeedback,
    What,
)
from domain.sessions import Session
from handlers import asides, doors
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from handlers.typed import unfit

router = Router(name="session-feedback")

STEP = "helped"
MOST_QUOTED = 12
"""So many sentences are shown; the numbers are of all."""
LONGEST_QUOTED = 220


@doors.of_session(84)
async def door(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """What all have said: for who runs it, once it has begun."""
    if not standing.runs or not took_place(session, turn.clock()):
        return ()
    return (button(turn.say, "button-session-feedback", ShowSessionFeedback(session.id)),)


@router.callback_query(Pressed(TellHelped))
async def tell(_: object, turn: Turn, press: TellHelped) -> None:
    """Store it, and ask what helped, or what did not: by a button, or in words at once, where no
    other question waits for them."""
    helped = next((one for one in Helped if one.value == press.helped), None)
    if helped is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    told = await session_feedback.tell(
        turn.store, by=turn.who, session=press.session, helped=helped
    )
    over(turn)
    if turn.conversation.step is None:
        turn.conversation = turn.conversation.aside(STEP, session=told.session)
    turn.show(_what_question(turn, told))


def over(turn: Turn) -> None:
    """No sentence is waited for any more."""
    if turn.conversation.step == STEP:
        turn.conversation = turn.conversation.over()


@router.callback_query(Pressed(TellWhat))
async def tell_what(_: object, turn: Turn, press: TellWhat) -> None:
    """Store it, and thank."""
    what = next((one for one in What if one.value == press.what), None)
    if what is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    told = await session_feedback.tell_what(
        turn.store, by=turn.who, session=press.session, what=what
    )
    over(turn)
    turn.show(_thanks(turn, told))


@router.callback_query(Pressed(AskHelpedWords))
async def ask(_: object, turn: Turn, press: AskHelpedWords) -> None:
    """Ask for a sentence."""
    await session_feedback.own(turn.store, by=turn.who, session=press.session)
    turn.conversation = turn.conversation.aside(STEP, session=press.session)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveHelpedWords))
async def leave(_: object, turn: Turn, press: LeaveHelpedWords) -> None:
    """Say nothing more."""
    told = await session_feedback.own(turn.store, by=turn.who, session=press.session)
    left = turn.conversation.step == STEP
    turn.conversation = turn.conversation.over() if left else turn.conversation
    turn.show(_thanks(turn, told))
    if left:
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Store the sentence."""
    session = int(turn.conversation.pending["session"])
    note = unfit(turn, LONGEST_WORDS)
    if note is not None:
        await show(turn, note)
        return
    told = await session_feedback.tell_words(
        turn.store, by=turn.who, session=session, words=turn.text or ""
    )
    turn.conversation = turn.conversation.over()
    turn.send(_thanks(turn, told))
    await go_on(turn)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for a sentence."""
    session = int(turn.conversation.pending["session"])
    lines = [*([note] if note else []), turn.say("helped-words-question", LONGEST_WORDS)]
    leave_it = ((button(turn.say, "button-helped-leave", LeaveHelpedWords(session)),),)
    message = Message(Markup("\n\n").join(lines), leave_it)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


def _what_question(turn: Turn, told: SessionFeedback) -> Message:
    say, helped = turn.say, told.helped
    if helped is None:
        return Message(say("helped-question"), helped_rows(say, told.session))
    rows = [
        (button(say, f"button-what-{one.value}", TellWhat(told.session, one.value)),)
        for one in CHOICES[helped]
    ]
    rows.append((button(say, "button-helped-words", AskHelpedWords(told.session)),))
    rows.append((button(say, "button-helped-leave", LeaveHelpedWords(told.session)),))
    return Message(say(f"what-question-{helped.value}"), tuple(rows))


def _thanks(turn: Turn, told: SessionFeedback) -> Message:
    """What is stored now, and how to change it."""
    say = turn.say
    if told.helped is None:
        return _what_question(turn, told)
    lines = [
        say("helped-thanks"),
        say("helped-told", answer=say.plain(f"button-helped-{told.helped.value}")),
    ]
    if told.what is not None:
        lines.append(say("helped-told", answer=say.plain(f"button-what-{told.what.value}")))
    if told.words:
        lines.append(say("helped-told", answer=told.words))
    words = button(say, "button-helped-words", AskHelpedWords(told.session))
    return Message(NEWLINE.join(lines), (*helped_rows(say, told.session), (words,)))


@router.callback_query(Pressed(ShowSessionFeedback))
async def show_numbers(_: object, turn: Turn, press: ShowSessionFeedback) -> None:
    """What all have said, without names."""
    numbers = await session_feedback.numbers(
        turn.store, turn.clock, by=turn.who, session=press.session
    )
    session = await turn.store.sessions.by_id(press.session)
    present = await turn.store.attendances.numbers([press.session])
    back = (button(turn.say, "button-afterwards-session", ShowSession(press.session)),)
    lines = _lines(turn, session, numbers, present.get(press.session, 0))
    turn.show(Message(NEWLINE.join(lines), (back,)))


def _lines(
    turn: Turn, session: Session | None, numbers: FeedbackNumbers, present: int
) -> list[Markup]:
    say = turn.say
    lines = [
        say("session-feedback-title", title=title_of(say, session) if session else ""),
        say("session-feedback-present", present),
        say("session-feedback-asked", numbers.asked),
    ]
    for one, number in numbers.helped.items():
        words = say.plain(f"button-helped-{one.value}")
        lines.append(say("session-feedback-line", answer=words, number=number))
    if numbers.what:
        lines.append(Markup())
    for what, number in numbers.what.items():
        words = say.plain(f"button-what-{what.value}")
        lines.append(say("session-feedback-line", answer=words, number=number))
    if numbers.words:
        lines += [Markup(), say("session-feedback-words")]
    for sentence in numbers.words[:MOST_QUOTED]:
        cut = sentence if len(sentence) <= LONGEST_QUOTED else f"{sentence[:LONGEST_QUOTED]}…"
        lines.append(say("helped-told", answer=cut))
    return lines
