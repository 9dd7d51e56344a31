"""Reports: why, optional words, and what coordinators do with one."""

from aiogram import Router
from markupsafe import Markup

from actions import reports
from delivery.buttons import button
from delivery.message import Message
from delivery.presses_of_partners import (
    AskReport,
    KeepReport,
    SendReport,
    SettleReport,
    SuggestAgain,
)
from domain.organisations import Organisation
from domain.reports import LONGEST_WORDS, AboutWhat, Cause
from handlers import asides, dismissals
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="reports")

STEP = "report"


@router.callback_query(Pressed(AskReport))
async def ask(_: object, turn: Turn, press: AskReport) -> None:
    """Ask why; then for words, if there are any to add."""
    about, cause = _about(press.about), _cause(press.cause)
    if about is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    _, other = await reports.visible(turn.store, turn.who, about, press.subject)
    if cause is not None:
        turn.conversation = turn.conversation.aside(
            STEP, about=about.value, subject=press.subject, cause=cause.value
        )
        await show(turn)
        return
    message = _why(turn, about, press.subject, other)
    # A card of contacts stays where it is; a card of a partner can be had again.
    if about is AboutWhat.PERSON:
        turn.send(message)
    else:
        turn.show(message)


@router.callback_query(Pressed(SendReport))
async def send(_: object, turn: Turn, press: SendReport) -> None:
    """Report without words."""
    about, cause = _about(press.about), _cause(press.cause)
    if about is None or cause is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    await _report(turn, about, press.subject, cause, None)


@router.callback_query(Pressed(KeepReport))
async def keep(_: object, turn: Turn, press: KeepReport) -> None:
    """Not after all."""
    left = turn.conversation.step == STEP
    turn.conversation = turn.conversation.over()
    if press.about == AboutWhat.ORGANISATION.value:
        await dismissals.show_card(turn, press.subject)
    else:
        turn.show(turn.say("report-kept"))
    if left:
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Report with these words."""
    pending = turn.conversation.pending
    about, cause = _about(pending.get("about")), _cause(pending.get("cause"))
    if turn.text is None or about is None or cause is None:
        await show(turn, turn.say("misheard-not-text"))
        return
    if len(turn.text) > LONGEST_WORDS:
        await show(turn, turn.say("misheard-too-long", LONGEST_WORDS))
        return
    await _report(turn, about, int(pending["subject"]), cause, turn.text)


@router.callback_query(Pressed(SettleReport))
async def settle(_: object, turn: Turn, press: SettleReport) -> None:
    """A coordinator has dealt with it."""
    settled = await reports.settle(turn.store, turn.clock, by=turn.who, report=press.report)
    turn.show(turn.say("report-settled", cause=turn.say.plain(f"report-cause-{settled.cause}")))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for words."""
    say, pending = turn.say, turn.conversation.pending
    about, subject = str(pending["about"]), int(pending["subject"])
    lines = [note] if note else []
    message = Message(
        Markup("\n\n").join([*lines, say("report-words", n=LONGEST_WORDS)]),
        (
            (button(say, "button-send-report", SendReport(about, subject, pending["cause"])),),
            (button(say, "button-keep-report", KeepReport(about, subject)),),
        ),
    )
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


def _why(turn: Turn, about: AboutWhat, subject: int, other: Organisation) -> Message:
    say = turn.say
    causes = tuple(
        (button(say, f"report-cause-{one.value}", AskReport(about.value, subject, one.value)),)
        for one in Cause
    )
    keep_it = (button(say, "button-keep-report", KeepReport(about.value, subject)),)
    name = names.organisation(say, other)
    return Message(say(f"report-question-{about.value}", name=name), (*causes, keep_it))


async def _report(
    turn: Turn, about: AboutWhat, subject: int, cause: Cause, words: str | None
) -> None:
    _, other = await reports.visible(turn.store, turn.who, about, subject)
    await reports.report(
        turn.store,
        turn.clock,
        by=turn.who,
        about=about,
        subject=subject,
        cause=cause,
        words=words,
    )
    left = turn.conversation.step == STEP
    turn.conversation = turn.conversation.over()
    say = turn.say
    undo = ((button(say, "button-undo-hiding", SuggestAgain(other.id, dismissals.ON_ITS_CARD)),),)
    turn.show(Message(say("report-thanks", name=names.organisation(say, other)), undo))
    if left:
        await go_on(turn)


def _about(name: object) -> AboutWhat | None:
    return next((one for one in AboutWhat if one.value == name), None)


def _cause(name: object) -> Cause | None:
    return next((one for one in Cause if one.value == name), None)
