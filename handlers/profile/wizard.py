"""The wizard: walks the questions of the profile, one at a time, forth and back.

Where a person stands is a `Conversation`, committed with every answer: a restart loses nothing,
and a button of an earlier question is known by its turn.
"""

from collections.abc import Collection
from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import Message as TelegramMessage
from markupsafe import Markup

from actions import profiles
from delivery.buttons import (
    Back,
    Begin,
    Cancel,
    Change,
    Choose,
    Done,
    Drop,
    Page,
    Press,
    ShowFiner,
    Skip,
)
from delivery.message import Message
from delivery.presses_of_profiles import AskFurther
from domain.profiles import ESSENTIAL, FURTHER, OF_PERSON, Answer, Profile, part_of
from handlers import asides
from handlers.menu import menu
from handlers.profile import card
from handlers.profile.steps import (
    BY_ANSWER,
    Chosen,
    Misheard,
    Step,
    Typed,
    after,
    before,
    first_open,
)
from handlers.profile.window import last_page, page_with, window
from handlers.turn import Asked, Pressed, Turn, Words

answers = Router(name="answers")
router = Router(name="wizard")


class AskedHere(Filter):
    """A question of the profile waits, and not one of another conversation."""

    async def __call__(self, _: object, turn: Turn) -> bool:
        """Whether it does."""
        return turn.person is not None and turn.conversation.step in BY_ANSWER


OF_A_QUESTION = (Choose, Drop, Page, ShowFiner, Done, Skip, Back, Cancel)


async def begin(turn: Turn) -> None:
    """Go on with the question that waits, or with the first one that is not answered."""
    turn.conversation = turn.conversation.over()
    if turn.conversation.step is None:
        profile = await profiles.profile_of(turn.store, turn.who)
        if first_open(profile) is None:
            await card.show(turn)
            return
        await wait_at_first_open(turn)
    await show_question(turn, anew=True)


async def wait_at_first_open(turn: Turn) -> None:
    """Let the first question that is not answered wait; where all are, none."""
    profile = await profiles.profile_of(turn.store, turn.who)
    step = first_open(profile)
    if step is None:
        return
    # Where answers stand among the gaps, only the gaps are asked for.
    gaps = profile.open_in(ESSENTIAL)
    sparing = gaps != ESSENTIAL[len(ESSENTIAL) - len(gaps) :]
    await _move(turn, step, sparing=sparing)


async def show_question(turn: Turn, note: Markup | None = None, *, anew: bool = False) -> None:
    """Show the question that waits: in place of the pressed message, or in a new one."""
    if await asides.show(turn, note, anew=anew):
        return
    step = BY_ANSWER[str(turn.conversation.step)]
    profile = await profiles.profile_for(turn.store, turn.who, step.answer)
    message = window(turn, profile, step, note)
    if anew:
        turn.send(message, question=True)
    else:
        turn.show(message, question=True)


async def show_again(turn: Turn) -> None:
    """After a repeated update: what is true now, and nothing done twice."""
    if turn.conversation.step is not None:
        await show_question(turn)
    else:
        await card.show(turn)


async def _ask(
    turn: Turn, step: Step, *, editing: bool = False, anew: bool = True, sparing: bool = False
) -> None:
    await _move(turn, step, editing=editing, sparing=sparing)
    await show_question(turn, anew=anew)


async def _move(turn: Turn, step: Step, *, editing: bool = False, sparing: bool = False) -> None:
    """Let this question wait, with what was chosen before. `sparing`: of the following ones only
    those that are not answered yet; it lasts until the questions end."""
    sparing = not editing and (sparing or bool(turn.conversation.pending.get("sparing")))
    conversation = turn.conversation.at(step.answer.value, editing=editing)
    if sparing:
        conversation = conversation.choosing(sparing=True)
    profile = await profiles.profile_for(turn.store, turn.who, step.answer)
    if step.answer not in OF_PERSON:
        conversation = conversation.choosing(of=_whose(profile))
    if isinstance(step, Chosen) and not step.single:
        conversation = conversation.choosing(chosen=sorted(profile.answer(step.answer) or ()))
    turn.conversation = conversation


def _whose(profile: Profile) -> int | None:
    return profile.organisation.id if profile.organisation else None


async def asked_of(turn: Turn) -> int | None:
    """Of which organisation something is asked now: to be kept as `of` with what is pending."""
    return _whose(await profiles.profile_of(turn.store, turn.who))


async def is_of_another(turn: Turn) -> bool:
    """Whether the person has come to speak for another organisation, or for none, since they were
    asked: what they answer then is not about that one."""
    pending = turn.conversation.pending
    return "of" in pending and pending["of"] != await asked_of(turn)


async def leave_to_another(turn: Turn) -> None:
    """Store nothing of it, and show for whom they speak now."""
    _stop(turn)
    await card.show(turn, turn.say("organisation-changed-meanwhile"))


@router.callback_query(Pressed(Begin))
async def go_on(_: object, turn: Turn) -> None:
    """Begin or go on with the profile."""
    await begin(turn)


@router.callback_query(Pressed(AskFurther))
async def ask_further(_: object, turn: Turn) -> None:
    """Ask the second part, from its first question that is not answered."""
    profile = await profiles.profile_of(turn.store, turn.who)
    which = (profile.open_in(FURTHER) or FURTHER)[0]
    await _ask(turn, BY_ANSWER[which.value])


@router.callback_query(Pressed(Change))
async def change(_: object, turn: Turn, press: Change) -> None:
    """Change one answer on its own."""
    step = BY_ANSWER.get(press.answer)
    if step is None:
        await refuse_stale(turn)
        return
    await _ask(turn, step, editing=True)


@router.message(Command("cancel"))
async def cancel_by_command(_: object, turn: Turn) -> None:
    """Stop asking."""
    if turn.conversation.step is None:
        turn.send(Message(turn.say("cancel-nothing"), menu(turn.say)))
        return
    _stop(turn)
    turn.send(Message(turn.say("cancelled"), menu(turn.say)))


@router.callback_query(Asked(), Pressed(*OF_A_QUESTION))
async def press_of_a_question(_: object, turn: Turn, press: Press) -> None:
    """A button of the question that waits, or of an earlier one."""
    turn.conversation = turn.conversation.over()
    step = BY_ANSWER.get(str(turn.conversation.step))
    if step is None or getattr(press, "turn", None) != turn.conversation.turn:
        await refuse_stale(turn)
        return
    await _pressed(turn, step, press)


async def _pressed(turn: Turn, step: Step, press: Press) -> None:
    if isinstance(press, Cancel):
        await _leave(turn, step)
    elif isinstance(press, Skip):
        await _skip(turn, step)
    elif isinstance(press, Back):
        await _ask(turn, before(step.answer) or step, anew=False)
    elif isinstance(step, Chosen):
        await _choice(turn, step, press)
    else:
        await refuse_stale(turn)


async def _choice(turn: Turn, step: Chosen, press: Press) -> None:
    if isinstance(press, Choose):
        await _choose(turn, step, press.option)
    elif isinstance(press, Drop):
        await _drop(turn, press.option)
    elif isinstance(press, Page | ShowFiner):
        await _turn_over(turn, step, press)
    elif isinstance(press, Done):
        chosen = frozenset(turn.conversation.pending.get("chosen", []))
        if chosen or step.may_be_empty:
            await _settle(turn, step, step.settle(turn, chosen))
        else:
            await show_question(turn, turn.say("choose-first"))


async def _turn_over(turn: Turn, step: Chosen, press: Page | ShowFiner) -> None:
    """Another page of the list, none of it, or what is finer than one of its options."""
    if isinstance(press, ShowFiner):
        if not step.finer(turn.say, press.option):
            await refuse_stale(turn)
            return
        page = page_with(step.all(turn.say), press.option)
        turn.conversation = turn.conversation.choosing(page=page, opened=press.option)
    else:
        number = None if press.page < 0 else min(press.page, last_page(step.all(turn.say)))
        turn.conversation = turn.conversation.choosing(page=number, opened=None)
    await show_question(turn)


async def _choose(turn: Turn, step: Chosen, option: str) -> None:
    """Choose an option; the only one of a single choice is the answer."""
    if not step.valid(option):
        await refuse_stale(turn)
        return
    if step.single:
        value = step.settle(turn, frozenset({option}))
        if value is None:
            await refuse_stale(turn)
        else:
            await _settle(turn, step, value)
        return
    chosen: list[str] = turn.conversation.pending.get("chosen", [])
    turn.conversation = turn.conversation.choosing(chosen=list(dict.fromkeys([*chosen, option])))
    await show_question(turn)


async def _drop(turn: Turn, option: str) -> None:
    chosen: list[str] = turn.conversation.pending.get("chosen", [])
    left = [one for one in chosen if one != option]
    turn.conversation = turn.conversation.choosing(chosen=left)
    await show_question(turn)


@answers.message(AskedHere(), Words())
@router.message(Asked())
async def words(message: TelegramMessage, turn: Turn) -> None:
    """Words for the question that waits; anything but words is asked for again."""
    step = BY_ANSWER.get(str(turn.conversation.step))
    if step is None:
        turn.conversation = turn.conversation.at(None)
        await card.show(turn)
        return
    if turn.text is None:
        await show_question(turn, turn.say("misheard-not-text"))
        return
    if turn.text.startswith("/"):
        await show_question(turn, turn.say("misheard-command"))
        return
    await _hear(turn, step, turn.text)


async def hear(turn: Turn, text: str) -> None:
    """Take words for the answer to the question that waits."""
    await _hear(turn, BY_ANSWER[str(turn.conversation.step)], text)


async def _hear(turn: Turn, step: Step, text: str) -> None:
    if isinstance(step, Typed):
        try:
            value = step.read(text)
        except Misheard as misheard:
            await show_question(turn, misheard.said(turn.say))
            return
        await _settle(turn, step, value)
        return
    await _hear_options(turn, step, text)


async def _hear_options(turn: Turn, step: Chosen, text: str) -> None:
    try:
        understood = await step.understand(turn, text)
    except Misheard as misheard:
        await show_question(turn, misheard.said(turn.say))
        return
    likely = [one for one in understood.likely if step.single or step.valid(one)]
    if not likely:
        await show_question(turn, turn.say(f"misheard-{step.answer.value}"))
        return
    chosen: list[str] = turn.conversation.pending.get("chosen", [])
    certain = [one for one in understood.certain if one in likely and one not in chosen]
    certain = [] if step.single else certain
    offered = list(dict.fromkeys([*likely, *turn.conversation.pending.get("offered", [])]))[:8]
    turn.conversation = turn.conversation.choosing(
        offered=likely[:5] if step.single else offered,
        chosen=[*chosen, *certain],
        page=None,
        opened=None,
    )
    await show_question(turn, turn.say("please-confirm"))


async def _skip(turn: Turn, step: Step) -> None:
    """On the way through the questions an earlier answer stays; while one answer is changed on
    its own, to skip it is to state nothing."""
    if turn.conversation.editing:
        await _settle(turn, step, None)
    else:
        await _proceed(turn, step)


async def _settle(turn: Turn, step: Step, value: Any) -> None:
    """Store the answer and go on: to the next question, or back to the card."""
    if await is_of_another(turn):
        await leave_to_another(turn)
        return
    turn.person = await profiles.answer(turn.store, turn.clock, turn.who, step.answer, value)
    if value is None or not await _comes_between(turn, step):
        await _proceed(turn, step, turn.say("answer-stored"))


async def _comes_between(turn: Turn, step: Step) -> bool:
    """Whether another conversation asks something first; what follows here waits beneath it."""
    come = asides.AFTER.get(step.answer)
    if come is None:
        return False
    before, following = turn.conversation, await _following(turn, step)
    if following is None:
        _stop(turn)
    else:
        await _move(turn, following)
    if await come(turn):
        return True
    turn.conversation = before
    return False


async def _proceed(turn: Turn, step: Step, note: Markup | None = None) -> None:
    following = await _following(turn, step)
    if following is not None:
        await _ask(turn, following, anew=False)
        return
    _stop(turn)
    await card.show(turn, note, part=part_of(step.answer))


async def _following(turn: Turn, step: Step) -> Step | None:
    """The question after this one; where only gaps are asked for, the next gap. None where only
    this answer is being changed. What somebody has taken back their consent to is not asked."""
    following = None if turn.conversation.editing else after(step.answer)
    sparing = bool(turn.conversation.pending.get("sparing"))
    profile = await profiles.profile_of(turn.store, turn.who) if sparing else Profile(turn.who)
    while following is not None and not (
        following.answer in profile.missing if sparing else profile.may_ask(following.answer)
    ):
        following = after(following.answer)
    return following


async def spare(turn: Turn, answered: Collection[Answer]) -> None:
    """These have been answered elsewhere: they are asked for no more, and where one of them waits,
    the next question that is not answered waits in its place."""
    step = BY_ANSWER[str(turn.conversation.step)]
    if not turn.conversation.editing:
        turn.conversation = turn.conversation.choosing(sparing=True)
    if step.answer not in answered:
        if Answer.ORGANISATION in answered and "of" in turn.conversation.pending:
            turn.conversation = turn.conversation.choosing(of=await asked_of(turn))
        return
    following = await _following(turn, step)
    if following is None:
        _stop(turn)
    else:
        await _move(turn, following)


async def _leave(turn: Turn, step: Step) -> None:
    """Cancel: what was answered stays; a single change is dropped."""
    editing = turn.conversation.editing
    _stop(turn)
    if editing:
        await card.show(turn, part=part_of(step.answer))
    else:
        turn.show(Message(turn.say("cancelled"), menu(turn.say)))


def _stop(turn: Turn) -> None:
    turn.conversation = turn.conversation.at(None)


async def refuse_stale(turn: Turn) -> None:
    """A button that means nothing any more: say so, and show where things stand.

    A second tap on the question that waits, or on the last one, only needs a word above the
    chat: what matters already stands in the message.
    """
    say = turn.say
    turn.toast(say.plain("stale-toast"))
    if _has_just_ended(turn):
        return
    if turn.conversation.step is None:
        turn.show(Message(say("stale"), menu(say)))
    elif not turn.is_question:
        turn.show(say("stale"))
        await show_question(turn, anew=True)


def _has_just_ended(turn: Turn) -> bool:
    """Whether the pressed button was of the question with which the questions ended."""
    asked = getattr(turn.press, "turn", None)
    return turn.conversation.step is None and asked == turn.conversation.turn - 1
