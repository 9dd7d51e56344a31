"""Planning rounds within an exchange: one question after the other, a preview, and the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aiogram import Router
from markupsafe import Markup

from actions import round_programmes
from actions.running import require_runs
from delivery.buttons import button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_rounds import (
    AnswerPlan,
    PlanRounds,
    PreviewPlan,
    ShowRounds,
    StartRounds,
)
from domain.conversations import Conversation
from domain.round_programmes import EVERY, MOST_TIMES, TIMES, Plan
from domain.rounds import SIZES
from domain.rules.amounts_typed import amount_in
from domain.rules.dates_typed import date_in
from domain.rules.rounds import day_of, last_day, times_of
from handlers import asides
from handlers.leaving import Words
from handlers.profile import wizard
from handlers.rounds import misheard_day
from handlers.rounds_running import PLAN, leave_plan, previewed, show_rounds
from handlers.turn import Pressed, Turn

router = Router(name="rounds-starting")

QUESTIONS = ("size", "every", "first", "until")
FIRST_IN = (7, 14, 28)
"""In so many days the first round is proposed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered of a plan."""

    exchange: int
    answers: Mapping[str, str]

    @property
    def asks(self) -> str | None:
        """The question that waits; None where all are answered."""
        return next((one for one in QUESTIONS if one not in self.answers), None)

    @property
    def plan(self) -> Plan | None:
        """The plan, once all is answered."""
        if self.asks is not None:
            return None
        first, until = map(date.fromisoformat, (self.answers["first"], self.answers["until"]))
        return Plan(int(self.answers["size"]), int(self.answers["every"]), first, until)


def _draft(turn: Turn) -> Draft | None:
    if turn.conversation.step != PLAN:
        return None
    pending = turn.conversation.pending
    return Draft(int(pending.get("exchange", 0)), dict(pending.get("answers", {})))


def _keep(turn: Turn, draft: Draft) -> None:
    answers = dict(draft.answers)
    turn.conversation = turn.conversation.aside(PLAN, exchange=draft.exchange, answers=answers)


@router.callback_query(Pressed(PlanRounds))
async def plan(_: object, turn: Turn, press: PlanRounds) -> None:
    """Begin to plan: one question after the other."""
    await require_runs(turn.store, turn.who, press.exchange)
    _keep(turn, Draft(press.exchange, {}))
    await show_plan(turn)


@router.callback_query(Pressed(AnswerPlan))
async def answer(_: object, turn: Turn, press: AnswerPlan) -> None:
    """An answer by button. What comes after it is asked anew where an earlier one is changed."""
    draft = _draft(turn)
    if draft is None or not _fits(press.which, press.value):
        await wizard.refuse_stale(turn)
        return
    earlier = QUESTIONS[: QUESTIONS.index(press.which)]
    if any(one not in draft.answers for one in earlier):
        await wizard.refuse_stale(turn)
        return
    kept = {one: draft.answers[one] for one in earlier}
    _keep(turn, Draft(draft.exchange, kept | ({press.which: press.value} if press.value else {})))
    await show_plan(turn)


def _fits(which: str, value: str) -> bool:
    """Whether it is an answer to that question; "" asks it anew."""
    if which not in QUESTIONS:
        return False
    if value == "":
        return True
    if which in ("size", "every"):
        return value in {str(one) for one in (SIZES if which == "size" else EVERY)}
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@router.message(asides.Aside(PLAN), Words())
async def hear_plan(_: object, turn: Turn) -> None:
    """A day in words, or how many; how often is answered by button."""
    draft = _draft(turn)
    number = _number_in(turn.text or "", draft) if draft else None
    if draft is None or (number is None and draft.asks not in ("first", "until")):
        await show_plan(turn, turn.say("misheard-shares"), anew=True)
        return
    today = await _today(turn, draft)
    day = date_in(turn.text, turn.language, today) if turn.text is not None else None
    heard = day.isoformat() if day else number
    if heard is None:
        await show_plan(turn, misheard_day(turn), anew=True)
        return
    begins = date.fromisoformat(draft.answers["first"]) if draft.asks == "until" else today
    if day is not None and day < begins:
        await show_plan(turn, turn.say("refusal-rounds-day-over"), anew=True)
        return
    _keep(turn, Draft(draft.exchange, {**draft.answers, str(draft.asks): heard}))
    await show_plan(turn, anew=True)


def _number_in(text: str, draft: Draft) -> str | None:
    """How many sit together, or the day of the last of so many rounds."""
    amount = amount_in(text) or 0
    if draft.asks == "size" and amount in SIZES:
        return str(amount)
    if draft.asks == "until" and 0 < amount <= MOST_TIMES:
        first, every = date.fromisoformat(draft.answers["first"]), int(draft.answers["every"])
        return last_day(first, every, amount).isoformat()
    return None


async def _today(turn: Turn, draft: Draft) -> date:
    there = await turn.store.exchanges.by_id(draft.exchange)
    return day_of(turn.clock(), there.zone if there else "UTC")


async def show_plan(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The question that waits, or the whole plan."""
    say, draft = turn.say, _draft(turn)
    if draft is None:
        return
    asks = draft.asks
    text = say(f"rounds-plan-{asks}") if asks else _summary(turn, draft)
    rows = _offers(turn, draft, await _today(turn, draft)) if asks else _last_rows(turn, draft)
    drop = (button(say, "button-rounds-drop", ShowRounds(draft.exchange)),)
    lines = Markup("\n\n").join(one for one in (note, text) if one)
    message = Message(lines, (*rows, drop))
    if anew:
        turn.send(message, question=True)
    else:
        turn.show(message, question=True)


asides.shows(PLAN)(show_plan)


@asides.unfinished_when(PLAN)
def unfinished(conversation: Conversation) -> bool:
    """Whether something of the plan has been answered."""
    return bool(conversation.pending.get("answers"))


def _offers(turn: Turn, draft: Draft, today: date) -> Keyboard:
    """The answers that are proposed for the question that waits."""
    say, asks = turn.say, draft.asks
    if asks == "size":
        return tuple(
            (button(say, f"rounds-size-{one}", AnswerPlan("size", str(one))),) for one in SIZES
        )
    if asks == "every":
        return tuple(
            (button(say, f"rounds-every-{one}", AnswerPlan("every", str(one))),) for one in EVERY
        )
    if asks == "first":
        days = [today + timedelta(days=one) for one in FIRST_IN]
        # A round begins best with the week.
        mondays = sorted({one - timedelta(days=one.weekday()) for one in days})
        return tuple(
            (Button(say.date(one), data=AnswerPlan("first", one.isoformat()).pack()),)
            for one in mondays
            if one >= today
        )
    first, every = date.fromisoformat(draft.answers["first"]), int(draft.answers["every"])
    rows = []
    for times in TIMES:
        day = last_day(first, every, times)
        press = AnswerPlan("until", day.isoformat())
        words = say.plain("button-rounds-times", times, day=say.date(day))
        rows.append((Button(words, data=press.pack()),))
    return tuple(rows)


def _summary(turn: Turn, draft: Draft) -> Markup:
    say, made = turn.say, draft.plan
    if made is None:
        return Markup("")
    return say(
        "rounds-plan",
        times_of(made),
        size=say.plain(f"rounds-size-{made.size}"),
        every=say.plain(f"rounds-every-{made.every_days}"),
        first=say.date(made.first_on),
        until=say.date(made.until),
    )


def _last_rows(turn: Turn, draft: Draft) -> Keyboard:
    say = turn.say
    return (
        (button(say, "button-rounds-preview", PreviewPlan()),),
        (button(say, "button-rounds-start", StartRounds()),),
        (button(say, "button-rounds-anew", AnswerPlan("size", "")),),
    )


@router.callback_query(Pressed(StartRounds))
async def start(_: object, turn: Turn) -> None:
    """Begin them: all members are asked whether they take part."""
    draft = _draft(turn)
    made = draft.plan if draft else None
    if draft is None or made is None:
        await wizard.refuse_stale(turn)
        return
    await round_programmes.start(
        turn.store, turn.clock, by=turn.who, exchange=draft.exchange, plan=made
    )
    leave_plan(turn)
    await show_rounds(turn, draft.exchange, turn.say("rounds-started"))


@router.callback_query(Pressed(PreviewPlan))
async def preview(_: object, turn: Turn) -> None:
    """Who would sit with whom, and why, if all members took part."""
    draft = _draft(turn)
    made = draft.plan if draft else None
    if draft is None or made is None:
        await wizard.refuse_stale(turn)
        return
    text = await previewed(turn, draft.exchange, made.size, made.first_on, everybody=True)
    drop = (button(turn.say, "button-rounds-drop", ShowRounds(draft.exchange)),)
    turn.show(Message(text, (*_last_rows(turn, draft)[1:], drop)), question=True)
