"""One sentence instead of many questions: what was understood is shown item by item, and only what
its writer confirms is stored.

The draft lies with the conversation until then: it survives a restart, and another sentence adds to
it and corrects it.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message as TelegramMessage
from markupsafe import Markup

from actions import profiles
from actions.contacts import contact_in
from delivery.message import Message
from delivery.presses_of_sentence import (
    AskSentence,
    ChooseMeant,
    DropItem,
    KeepItem,
    LeaveSentence,
    NoSentence,
    SettleItem,
    TakeOver,
)
from domain.drafts import Draft, Item, draft_of
from domain.profiles import Answer
from handlers import admissions, asides
from handlers.leaving import Words, interrupts
from handlers.menu import menu
from handlers.profile import card, wizard
from handlers.profile.steps import LONGEST_NAME
from handlers.sentence_items import answers_of, items_of
from handlers.sentence_window import question, window
from handlers.turn import Pressed, Turn
from locales import names

early = Router(name="sentence-early")
"""Asked before the profile's questions: an introduction is no name."""
router = Router(name="sentence")
late = Router(name="sentence-late")
"""Asked after all conversations: an introduction that nobody has asked for."""

STEP = "sentence"
LONGEST = 1000
FEWEST_WORDS = 5
_INSTEAD_OF = (Answer.NAME.value, Answer.ORGANISATION.value)


class Introduces(Filter):
    """Clearly an introduction, while one of these steps waits; hands on what it says."""

    def __init__(self, *steps: str | None) -> None:
        self._steps = steps

    async def __call__(self, _: TelegramMessage, turn: Turn) -> bool | dict[str, Any]:
        """Whether it is one. A name is told by its length, at no cost."""
        text = turn.text or ""
        if turn.person is None or turn.conversation.step not in self._steps:
            return False
        if turn.conversation.editing or text.startswith("/") or len(text.split()) < FEWEST_WORDS:
            return False
        said = await _understood(turn, text)
        return {"items": said[0], "out": said[1]} if said[2] else False


@early.message(Introduces(*_INSTEAD_OF))
async def taken_for_one(_: object, turn: Turn, items: list[Item], out: list[str]) -> None:
    """Words for a name that are an introduction; they may still be taken for the name."""
    await _begin(turn, items, out, words=turn.text or "")
    await show(turn, turn.say("sentence-taken-for-one"))


@late.message(Introduces(None))
async def unasked(_: object, turn: Turn, items: list[Item], out: list[str]) -> None:
    """An introduction that no question waited for."""
    await _begin(turn, items, out)
    await show(turn)


@router.callback_query(Pressed(AskSentence))
async def ask(_: object, turn: Turn) -> None:
    """Ask for a sentence; a draft that is there already is shown."""
    if turn.conversation.step != STEP:
        await _open(turn)
    await show(turn, anew=True)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """A sentence: what it says is added to the draft, or corrects it."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"))
        return
    items, out, _introduces = await _understood(turn, turn.text)
    if not items and not out:
        await show(turn, turn.say("sentence-not-understood"))
        return
    draft = _draft(turn) or Draft(0)
    _keep(turn, draft.with_more(items, number=_number(turn), ruled_out=out))
    await show(turn, turn.say("sentence-too-long", LONGEST) if len(turn.text) > LONGEST else None)


Correction = KeepItem | DropItem | SettleItem | ChooseMeant


@router.callback_query(Pressed(KeepItem, DropItem, SettleItem, ChooseMeant))
async def correct(_: object, turn: Turn, press: Correction) -> None:
    """Take an item over after all or leave it out, and say what was meant."""
    draft = await _of(turn, press.draft)
    if draft is not None:
        _keep(turn, _corrected(draft, press))
        await show(turn)


def _corrected(draft: Draft, press: Correction) -> Draft:
    if isinstance(press, KeepItem):
        return draft.with_kept(press.item)
    if isinstance(press, DropItem):
        return draft.without(press.item)
    if isinstance(press, SettleItem):
        return draft.settled_as(press.item, press.answer)
    return draft.with_chosen(press.item, press.option)


@router.callback_query(Pressed(TakeOver))
async def take_over(_: object, turn: Turn, press: TakeOver) -> None:
    """Store what is ticked, all at once, and ask for what is missing."""
    draft = await _of(turn, press.draft)
    if draft is None:
        return
    if await wizard.is_of_another(turn):
        await wizard.leave_to_another(turn)
        return
    answers = answers_of(draft.settled, turn.services.understanding)
    if not answers:
        await show(turn, turn.say("sentence-nothing-ticked"))
        return
    turn.person = await profiles.take_over(turn.store, turn.clock, turn.who, answers)
    turn.conversation = turn.conversation.at(None)
    if not {Answer.ORGANISATION, Answer.PLACE} & answers.keys() or not await _is_here_already(turn):
        await _go_on(turn)


async def _is_here_already(turn: Turn) -> bool:
    """Whether the organisation may be one of those that are here: that is asked first, and the
    next question waits beneath."""
    profile = await profiles.profile_of(turn.store, turn.who)
    name = profile.organisation.name if profile.organisation else None
    if name is None:
        return False
    before = turn.conversation
    await wizard.wait_at_first_open(turn)
    if await admissions.offer(turn, name, never_offered=True):
        return True
    turn.conversation = before
    return False


async def _go_on(turn: Turn) -> None:
    """To the first question that is not answered; where all are, to the card."""
    profile = await profiles.profile_of(turn.store, turn.who)
    if profile.missing:
        turn.show(turn.say("sentence-taken-over"))
        await wizard.begin(turn)
    else:
        await card.show(turn, turn.say("answer-stored"))


@router.callback_query(Pressed(NoSentence))
async def no_sentence(_: object, turn: Turn, press: NoSentence) -> None:
    """It was the answer to the question after all."""
    draft = await _of(turn, press.draft)
    if draft is None:
        return
    turn.conversation = turn.conversation.over()
    if turn.conversation.step in _INSTEAD_OF and draft.words:
        await wizard.hear(turn, draft.words)
    else:
        await _back(turn)


@router.callback_query(Pressed(LeaveSentence))
async def leave(_: object, turn: Turn) -> None:
    """Rather not; nothing is taken over."""
    if turn.conversation.step != STEP:
        await wizard.refuse_stale(turn)
        return
    turn.conversation = turn.conversation.over()
    await _back(turn)


async def _back(turn: Turn) -> None:
    if turn.conversation.step is None:
        turn.show(Message(turn.say("cancelled"), menu(turn.say)))
    else:
        await wizard.show_question(turn, turn.say("aside-left"))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for a sentence, or show what was understood."""
    draft = _draft(turn)
    if draft is None or not (draft.items or draft.ruled_out):
        message = question(turn.say, note)
    else:
        profile = await profiles.profile_of(turn.store, turn.who)
        asked = turn.conversation.over().step
        message = window(turn, draft, profile, note, asked=asked)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _understood(turn: Turn, text: str) -> tuple[list[Item], list[str], bool]:
    """Items of a text, what it rules out, and whether it is clearly an introduction."""
    said = await turn.services.understanding.introduction(
        text, turn.language, names.languages_in_all_languages()
    )
    out = [*said.ruled_out, *said.regions_ruled_out]
    return items_of(said, contact_in(text)), out, said.introduces


async def _open(turn: Turn) -> None:
    turn.conversation = turn.conversation.aside(STEP, of=await wizard.asked_of(turn))


async def _begin(turn: Turn, items: list[Item], out: list[str], words: str = "") -> None:
    await _open(turn)
    draft = Draft(0, words=words if len(words) <= LONGEST_NAME else "")
    _keep(turn, draft.with_more(items, number=_number(turn), ruled_out=out))


def _keep(turn: Turn, draft: Draft) -> None:
    turn.conversation = turn.conversation.choosing(draft=draft.as_json())


def _number(turn: Turn) -> int:
    """A number that no earlier draft of this person had: milliseconds."""
    return int(turn.clock().timestamp() * 1000)


def _draft(turn: Turn) -> Draft | None:
    stored = turn.conversation.pending.get("draft") if turn.conversation.step == STEP else None
    return draft_of(stored) if stored else None


async def _of(turn: Turn, number: int) -> Draft | None:
    """The draft that a button belongs to; where it is an earlier one, says so."""
    draft = _draft(turn)
    if draft is not None and draft.number == number:
        return draft
    if draft is None:
        await wizard.refuse_stale(turn)
    else:
        turn.toast(turn.say.plain("stale-toast"))
        await show(turn, anew=True)
    return None
