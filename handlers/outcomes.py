"""Outcomes: did you meet, did it help, shall it become a partnership."""

from aiogram import Router

from actions import outcomes
from delivery.buttons import button
from delivery.letters.outcomes import question_message
from delivery.message import Message
from delivery.presses_of_partners import AskOutcome, ShowIntroduction, TellOutcome
from domain.outcomes import ANSWERS, NOT_YET, Question, SideOfOutcome
from handlers.turn import Pressed, Turn

router = Router(name="outcomes")


@router.callback_query(Pressed(AskOutcome))
async def ask(_: object, turn: Turn, press: AskOutcome) -> None:
    """Ask from the beginning; an answer replaces an earlier one."""
    await outcomes.accepted(turn.store, turn.who, press.introduction)
    turn.show(question_message(turn.say, press.introduction, Question.MET))


@router.callback_query(Pressed(TellOutcome))
async def tell(_: object, turn: Turn, press: TellOutcome) -> None:
    """Store an answer, and ask what follows from it."""
    question = next((one for one in Question if one.value == press.question), None)
    if question is None or press.answer not in ANSWERS[question]:
        turn.toast(turn.say.plain("stale-toast"))
        return
    told = await outcomes.tell(
        turn.store,
        turn.clock,
        by=turn.who,
        introduction=press.introduction,
        question=question,
        answer=press.answer,
    )
    following = told.after(question)
    if following is None:
        turn.show(_thanks(turn, press.introduction, told))
    else:
        turn.show(question_message(turn.say, press.introduction, following))


def _thanks(turn: Turn, introduction: int, told: SideOfOutcome) -> Message:
    say = turn.say
    key = "outcome-not-yet" if told.met == NOT_YET else "outcome-thanks"
    see = ((button(say, "button-see-introduction", ShowIntroduction(introduction)),),)
    return Message(say(key), see)
