"""What members bring to a session: a case or a practice, in a sentence of their own."""

from aiogram import Router
from markupsafe import Markup

from actions import contributions
from delivery.buttons import button
from delivery.message import Button, Message
from delivery.presses_of_contributions import (
    Bring,
    LeaveBringing,
    NotAbout,
    SayOtherwise,
    ShowBrought,
    ShowOwn,
    TakeOutContribution,
)
from domain.rules.contributions import LONGEST
from domain.sessions import Contribution, Session
from handlers import asides, doors
from handlers.brought import page_of
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from handlers.typed import unfit
from locales import names

router = Router(name="contributions")

STEP = "contribution"
PARAGRAPH = Markup("\n\n")


@router.callback_query(Pressed(Bring))
async def ask(_: object, turn: Turn, press: Bring) -> None:
    """Ask for the sentence, beneath the session."""
    await contributions.brought(turn.store, by=turn.who, session=press.session)
    turn.conversation = turn.conversation.aside(STEP, session=press.session)
    await show(turn, anew=True)


@router.callback_query(Pressed(SayOtherwise))
async def ask_again(_: object, turn: Turn, press: SayOtherwise) -> None:
    """Ask for another sentence in place of one."""
    found = await contributions.one(turn.store, by=turn.who, contribution=press.contribution)
    pending = {"session": found.session, "contribution": found.id}
    turn.conversation = turn.conversation.aside(STEP, **pending)
    await show(turn, anew=True)


@router.callback_query(Pressed(LeaveBringing))
async def leave(_: object, turn: Turn, press: LeaveBringing) -> None:
    """Bring nothing."""
    left = turn.conversation.step == STEP
    back = (button(turn.say, "button-what-is-brought", ShowBrought(press.session, 0)),)
    turn.show(Message(turn.say("contribution-left"), (back,)))
    if left:
        turn.conversation = turn.conversation.over()
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Take the sentence."""
    note = unfit(turn, LONGEST)
    if note is not None:
        await show(turn, note)
        return
    said = await _take(turn, turn.text or "")
    turn.conversation = turn.conversation.over()
    turn.send(_own(turn, said, turn.say("contribution-kept")))


async def _take(turn: Turn, words: str) -> Contribution:
    pending = turn.conversation.pending
    mentions = await turn.services.understanding.topics(words, turn.language)
    topics = frozenset(one.guesses[0].topic for one in mentions if one.guesses)
    if "contribution" in pending:
        return await contributions.change(
            turn.store, turn.clock, by=turn.who, contribution=int(pending["contribution"]),
            words=words, topics=topics,
        )  # fmt: skip
    return await contributions.bring(
        turn.store, turn.clock, by=turn.who, session=int(pending["session"]), words=words,
        topics=topics,
    )  # fmt: skip


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the sentence."""
    session = int(turn.conversation.pending["session"])
    lines = [*([note] if note else []), turn.say("contribution-question", LONGEST)]
    leave_it = ((button(turn.say, "button-leave-contribution", LeaveBringing(session)),),)
    message = Message(PARAGRAPH.join(lines), leave_it)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


@router.callback_query(Pressed(ShowOwn))
async def show_own(_: object, turn: Turn, press: ShowOwn) -> None:
    """One's own, with what can be done about it."""
    found = await contributions.one(turn.store, by=turn.who, contribution=press.contribution)
    turn.show(_own(turn, found))


@router.callback_query(Pressed(NotAbout))
async def not_about(_: object, turn: Turn, press: NotAbout) -> None:
    """It was misunderstood."""
    found = await contributions.leave_out(
        turn.store, by=turn.who, contribution=press.contribution, topic=press.topic
    )
    turn.show(_own(turn, found))


@router.callback_query(Pressed(TakeOutContribution))
async def take_out(_: object, turn: Turn, press: TakeOutContribution) -> None:
    """Not after all."""
    session = await contributions.remove(turn.store, by=turn.who, contribution=press.contribution)
    if session is None:
        turn.show(turn.say("contribution-gone"))
        return
    back = (button(turn.say, "button-what-is-brought", ShowBrought(session, 0)),)
    turn.show(Message(turn.say("contribution-taken-out"), (back,)))


def _own(turn: Turn, one: Contribution, note: Markup | None = None) -> Message:
    """The sentence, and the topics that were found in it, each with a button to say otherwise."""
    say = turn.say
    topics = [(topic, names.topic(turn.language, topic)) for topic in sorted(one.topics)]
    parts = [*([note] if note else []), say("contribution-own", words=one.words)]
    if topics:
        listed = say.listing(label for _, label in topics)
        parts.append(say("contribution-topics", topics=listed))
    else:
        parts.append(say("contribution-no-topics"))
    rows = [
        (button(say, "button-not-about", NotAbout(one.id, topic), topic=names.cut(label)),)
        for topic, label in topics
    ]
    rows += [
        (button(say, "button-say-otherwise", SayOtherwise(one.id)),),
        (button(say, "button-take-out-contribution", TakeOutContribution(one.id)),),
        (button(say, "button-what-is-brought", ShowBrought(one.session, 0)),),
    ]
    return Message(PARAGRAPH.join(parts), tuple(rows))


@router.callback_query(Pressed(ShowBrought))
async def show_brought(_: object, turn: Turn, press: ShowBrought) -> None:
    """What is brought, by theme."""
    found = await contributions.brought(turn.store, by=turn.who, session=press.session)
    turn.show(page_of(turn.say, found, press.page))


@doors.of_session(47)
async def bring(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """To members, as long as it can be brought."""
    open_still = session.announced and not session.cancelled and session.ends_at > turn.clock()
    if not standing.member or not open_still:
        return ()
    return (button(turn.say, "button-bring", Bring(session.id)),)


@doors.of_session(48)
async def brought(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """To members, and to who runs the exchange."""
    if not standing.runs and not (standing.member and session.announced):
        return ()
    return (button(turn.say, "button-what-is-brought", ShowBrought(session.id, 0)),)
