"""The dialogue in which a session is planned, moved or changed: it walks the steps in their order,
shows each question, and keeps the draft in the conversation."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import running, sessions
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowSession
from delivery.presses_of_sessions import (
    Answer,
    ChangeSession,
    GoBack,
    Keep,
    NoDay,
    PlanSession,
    StopPlanning,
    TurnTo,
)
from domain.conversations import Conversation
from domain.errors import Refusal
from domain.planning import FURTHEST, Draft, Question, draft_of
from handlers import asides, doors
from handlers.doors import Standing
from handlers.leaving import Words, go_on, interrupts
from handlers.planning.changes import CHANGES, change_of, details_in, moves
from handlers.planning.preview import preview
from handlers.planning.steps import PLAIN, SKIP, Step, Took
from handlers.planning.times import TIMED, rule_in
from handlers.profile import wizard
from handlers.profile.steps import Misheard
from handlers.turn import Pressed, Turn

router = Router(name="planning")

QUESTIONS = tuple(one.value for one in Question)
STEPS = {**TIMED, **PLAIN}
BY_VALUE = {one.value: one for one in Question}


@doors.of_exchange(31)
async def plan_door(turn: Turn, standing: Standing) -> tuple[Button, ...]:
    """From the window of an exchange, for who runs it."""
    if not (standing.runs and standing.exchange.running):
        return ()
    return (button(turn.say, "button-plan-session", PlanSession(standing.exchange.id)),)


@router.callback_query(Pressed(PlanSession))
async def begin(_: object, turn: Turn, press: PlanSession) -> None:
    """Ask the first question."""
    exchange = await running.require_runs(turn.store, turn.who, press.exchange)
    await _ask(turn, Draft(exchange.id, exchange.zone), Question.TITLE, anew=True)


@router.callback_query(Pressed(ChangeSession))
async def begin_change(_: object, turn: Turn, press: ChangeSession) -> None:
    """Ask the first question about a session that there is."""
    session, exchange = await sessions.seen(turn.store, by=turn.who, session=press.session)
    await running.require_runs(turn.store, turn.who, exchange.id)
    if press.what not in CHANGES:
        await wizard.refuse_stale(turn)
        return
    draft = change_of(session, press.what, turn.language)
    await _ask(turn, draft, _path(draft)[0], anew=True)


@router.message(asides.Aside(*QUESTIONS), Command("cancel"))
async def stop_by_command(_: object, turn: Turn) -> None:
    """Plan no further."""
    turn.conversation = turn.conversation.over()
    turn.send(turn.say("plan-stopped"))
    await go_on(turn)


@router.callback_query(Pressed(StopPlanning))
async def stop(_: object, turn: Turn, press: StopPlanning) -> None:
    """The same by a button."""
    if turn.conversation.step not in QUESTIONS:
        await wizard.refuse_stale(turn)
        return
    turn.conversation = turn.conversation.over()
    turn.show(turn.say("plan-stopped"))
    await go_on(turn)


@router.message(asides.Aside(*QUESTIONS), Words())
async def hear(_: object, turn: Turn) -> None:
    """An answer in words."""
    draft, question = _draft(turn), Question(turn.conversation.step or "")
    step = STEPS.get(question)
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"), anew=True)
    elif step is None:
        await show(turn, turn.say("misheard-plan-button"), anew=True)
    else:
        try:
            took = await step.read(turn, draft, turn.text)
        except Misheard as misheard:
            await show(turn, misheard.said(turn.say), anew=True)
        else:
            await _took(turn, question, took, anew=True)


@router.callback_query(asides.Aside(*QUESTIONS), Pressed(Answer))
async def answer(_: object, turn: Turn, press: Answer) -> None:
    """An answer by a button; one of another question means nothing now."""
    question = Question(turn.conversation.step or "")
    step = STEPS.get(question)
    if press.question != question.value or step is None:
        await wizard.refuse_stale(turn)
        return
    try:
        took = step.pick(turn, _draft(turn), press.option)
    except Misheard as misheard:
        await show(turn, misheard.said(turn.say))
        return
    if took is None and step.optional and press.option == SKIP:
        took = Took(_draft(turn))
    if took is None:
        await wizard.refuse_stale(turn)
        return
    await _took(turn, question, took)


@router.callback_query(asides.Aside(Question.DAY.value), Pressed(TurnTo))
async def turn_to(_: object, turn: Turn, press: TurnTo) -> None:
    """Another month of the calendar; one that is over, or too far, is not shown."""
    try:
        month = date.fromisoformat(f"{press.month}-01")
    except ValueError:
        await wizard.refuse_stale(turn)
        return
    last = turn.clock().date() + FURTHEST
    if month <= last:
        _keep(turn, replace(_draft(turn), month=f"{month:%Y-%m}"), Question.DAY)
    await show(turn)


@router.callback_query(asides.Aside(Question.DAY.value), Pressed(NoDay))
async def no_day(_: object, turn: Turn) -> None:
    """A field of the calendar that is no day to choose."""
    turn.toast(turn.say.plain("plan-no-day"))


@router.callback_query(asides.Aside(*QUESTIONS), Pressed(GoBack))
async def go_back(_: object, turn: Turn, press: GoBack) -> None:
    """To the question before."""
    draft = _draft(turn)
    question = BY_VALUE.get(press.question)
    path = _path(draft)
    if question is None or press.question != turn.conversation.step or question not in path:
        await wizard.refuse_stale(turn)
        return
    await _ask(turn, draft, path[max(0, path.index(question) - 1)])


@router.callback_query(asides.Aside(Question.PREVIEW.value), Pressed(Keep))
async def keep(_: object, turn: Turn, press: Keep) -> None:
    """It is as it should be."""
    draft = _draft(turn)
    if draft.session is None:
        await _keep_plan(turn, draft, announce=press.how > 0)
    else:
        await _keep_change(turn, draft, draft.session, onwards=press.how == 2)


async def _keep_plan(turn: Turn, draft: Draft, *, announce: bool) -> None:
    plan = draft.plan(turn.language)
    if plan is None:
        await wizard.refuse_stale(turn)
        return
    made = await sessions.plan(
        turn.store, turn.clock, by=turn.who, exchange=draft.exchange, plan=plan, rule=rule_in(draft)
    )
    if announce:
        await sessions.announce(
            turn.store, turn.clock, by=turn.who, session=made[0].id, onwards=True
        )
    await _done(turn, "plan-announced" if announce else "plan-kept", made[0].id, len(made))


async def _keep_change(turn: Turn, draft: Draft, session: int, *, onwards: bool) -> None:
    there, _ = await sessions.seen(turn.store, by=turn.who, session=session)
    if moves(draft) and draft.starts is not None:
        changed = await sessions.reschedule(
            turn.store, turn.clock, by=turn.who, session=session, starts=draft.starts,
            lasts=timedelta(minutes=draft.lasts or 0), onwards=onwards,
        )  # fmt: skip
    else:
        details = details_in(draft, there, turn.language)
        changed = await sessions.change(
            turn.store, turn.clock, by=turn.who, session=session, details=details, onwards=onwards
        )
    key = "change-told" if there.announced else "change-kept"
    await _done(turn, key if changed else "change-nothing", session, len(changed))


async def _done(turn: Turn, key: str, session: int, number: int) -> None:
    turn.conversation = turn.conversation.over()
    see = button(turn.say, "button-show-session", ShowSession(session))
    said = turn.say(key) if key == "change-nothing" else turn.say(key, number)
    turn.show(Message(said, ((see,),)))
    await go_on(turn)


async def _took(turn: Turn, question: Question, took: Took, *, anew: bool = False) -> None:
    draft = took.draft
    following = question if took.stay else _after(draft, question)
    await _ask(turn, draft, following, took.note, anew=anew)


async def _ask(
    turn: Turn, draft: Draft, question: Question, note: Markup | None = None, *, anew: bool = False
) -> None:
    _keep(turn, draft, question)
    await show(turn, note, anew)


def _keep(turn: Turn, draft: Draft, question: Question) -> None:
    turn.conversation = turn.conversation.aside(question.value, draft=draft.packed())


def _draft(turn: Turn) -> Draft:
    return draft_of(turn.conversation.pending["draft"])


_PLAN = (
    Question.TITLE, Question.DAY, Question.TIME, Question.LASTS, Question.FORM, Question.PLACE,
    Question.LINK, Question.CAPACITY, Question.LANGUAGE, Question.INTERPRETERS, Question.AGENDA,
    Question.GUESTS, Question.REPEAT, Question.UNTIL,
)  # fmt: skip
"""The questions of a plan, in the order in which they are asked."""


def _path(draft: Draft) -> Sequence[Question]:
    """The questions that apply, and at last the preview."""
    asked = [Question(one) for one in draft.asks] or _PLAN
    return (*(one for one in asked if STEPS[one].applies(draft)), Question.PREVIEW)


def _after(draft: Draft, question: Question) -> Question:
    """The next question that is not answered yet."""
    path = _path(draft)
    later = path[path.index(question) + 1 :] if question in path else path
    return next(one for one in later if one not in STEPS or not STEPS[one].given(draft))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The question that waits, in place or in a new message."""
    draft, question = _draft(turn), Question(turn.conversation.step or "")
    if question is Question.PREVIEW:
        message = await _previewed(turn, draft, note)
    else:
        message = _question(turn, draft, STEPS[question], note)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


async def _previewed(turn: Turn, draft: Draft, note: Markup | None) -> Message:
    leaving = _leaving(turn, draft, Question.PREVIEW)
    try:
        return await preview(turn, draft, note, leaving)
    except Refusal as refusal:
        # What was fine when it was said may be over by now.
        return Message(turn.say(refusal.key), leaving)


def _question(turn: Turn, draft: Draft, step: Step, note: Markup | None) -> Message:
    say, question = turn.say, step.question
    lines = [*([note, Markup()] if note else []), say(f"question-{question.value}")]
    lines += step.beneath(turn, draft)
    rows = (*step.rows(turn, draft), *_skipping(turn, step), *_leaving(turn, draft, question))
    return Message(NEWLINE.join(lines), rows)


def _skipping(turn: Turn, step: Step) -> Keyboard:
    if not step.optional:
        return ()
    return ((button(turn.say, "button-skip", Answer(step.question.value, SKIP)),),)


def _leaving(turn: Turn, draft: Draft, question: Question) -> Keyboard:
    stop_it = button(turn.say, "button-stop-planning", StopPlanning(question.value))
    if _path(draft)[0] is question:
        return ((stop_it,),)
    return ((button(turn.say, "button-back", GoBack(question.value)), stop_it),)


for _one in QUESTIONS:
    asides.shows(_one)(show)


@asides.unfinished_when(*QUESTIONS)
def unfinished(conversation: Conversation) -> bool:
    """Whether something of a new plan has been answered; a change asks one thing or two."""
    draft = draft_of(conversation.pending["draft"])
    return draft.session is None and draft.title is not None
