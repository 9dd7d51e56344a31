"""Writing a note of good practice: title, words, topics as understood, and who may read it."""

from collections.abc import Iterable

from aiogram import Router
from markupsafe import Markup

from actions import practices
from delivery.buttons import button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_practices import (
    AddPracticeTopic,
    ChangePractice,
    DropPracticeTopic,
    LeavePractice,
    PublishPractice,
    TopicsAreRight,
    WritePractice,
)
from domain.conversations import Conversation
from domain.errors import NotYours
from domain.practices import LONGEST_TITLE, LONGEST_WORDS, MOST_TOPICS
from domain.rules.plain_text import cleaned, says_something
from domain.topics import load_topics
from handlers import asides
from handlers.leaving import Words, go_on, interrupts
from handlers.practices import CHANGES, card
from handlers.profile import wizard
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="practice-writing")

TITLE, WORDS, TOPICS, READERS = (
    "practice-title",
    "practice-words",
    "practice-topics",
    "practice-readers",
)
STEP_OF = dict(zip(CHANGES, (TITLE, WORDS, TOPICS), strict=True))
MOST_OFFERED = 8


@router.callback_query(Pressed(WritePractice))
async def begin(_: object, turn: Turn, press: WritePractice) -> None:
    """Ask for the title first."""
    session = press.session or None
    await practices.require_member(
        turn.store, by=turn.who, exchange=press.exchange, session=session
    )
    turn.conversation = turn.conversation.aside(TITLE, exchange=press.exchange, session=session)
    await show(turn, anew=True)


@router.callback_query(Pressed(ChangePractice))
async def change(_: object, turn: Turn, press: ChangePractice) -> None:
    """Ask for one of its parts anew."""
    found = await practices.one(turn.store, by=turn.who, practice=press.practice)
    if not await practices.may_change(turn.store, turn.who, found) or press.what not in CHANGES:
        raise NotYours
    chosen = sorted(found.topics)
    turn.conversation = turn.conversation.aside(
        STEP_OF[press.what], practice=found.id, title=found.title, words=found.words,
        chosen=chosen, offered=chosen,
    )  # fmt: skip
    await show(turn, anew=True)


@router.callback_query(Pressed(LeavePractice))
async def leave(_: object, turn: Turn) -> None:
    """Write nothing; what was written so far is forgotten."""
    if turn.conversation.step not in (TITLE, WORDS, TOPICS, READERS):
        await wizard.refuse_stale(turn)
        return
    turn.conversation = turn.conversation.over()
    turn.show(turn.say("practice-left"))
    await go_on(turn)


@router.message(asides.Aside(TITLE, WORDS), Words())
async def hear(_: object, turn: Turn) -> None:
    """A title, or the words."""
    titled = turn.conversation.step == TITLE
    most = LONGEST_TITLE if titled else LONGEST_WORDS
    said = cleaned(turn.text or "") if titled else (turn.text or "").strip()
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"))
    elif len(said) > most:
        await show(turn, turn.say("misheard-too-long", most))
    elif not says_something(said):
        await show(turn, turn.say("misheard-no-words"))
    elif titled:
        await _heard(turn, following=WORDS, title=said)
    else:
        topics = await _understood(turn, f"{turn.conversation.pending.get('title', '')}. {said}")
        chosen = topics[:MOST_TOPICS]
        await _heard(turn, following=TOPICS, words=said, chosen=chosen, offered=topics)


async def _heard(turn: Turn, *, following: str, **said: object) -> None:
    """Keep it and ask on; or change the note that there is."""
    pending = {key: one for key, one in turn.conversation.pending.items() if key != "beneath"}
    if "practice" not in pending:
        turn.conversation = turn.conversation.aside(following, **(pending | said))
        await show(turn, anew=True)
        return
    wanted = {key: str(one) for key, one in said.items() if key in ("title", "words")}
    changed = await practices.change(
        turn.store, by=turn.who, practice=int(pending["practice"]), title=wanted.get("title"),
        words=wanted.get("words"),
    )  # fmt: skip
    turn.conversation = turn.conversation.over()
    turn.send(await card(turn, changed, turn.say("practice-changed")))
    await go_on(turn)


async def _understood(turn: Turn, text: str) -> list[str]:
    found = await turn.services.understanding.topics(text, turn.language)
    return list(dict.fromkeys(one.guesses[0].topic for one in found))[:MOST_OFFERED]


@router.message(asides.Aside(TOPICS), Words())
async def hear_topics(_: object, turn: Turn) -> None:
    """Further topics, in free words."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"), anew=True)
        return
    found = await _understood(turn, turn.text)
    if not found:
        await show(turn, turn.say("misheard-offers"), anew=True)
        return
    chosen = list(dict.fromkeys([*_pending(turn, "chosen"), *found]))[:MOST_TOPICS]
    offered = list(dict.fromkeys([*chosen, *_pending(turn, "offered"), *found]))[:MOST_OFFERED]
    turn.conversation = turn.conversation.choosing(chosen=chosen, offered=offered)
    await show(turn, anew=True)


@router.callback_query(Pressed(AddPracticeTopic, DropPracticeTopic))
async def toggle(_: object, turn: Turn, press: AddPracticeTopic | DropPracticeTopic) -> None:
    """One topic more, or less."""
    if turn.conversation.step != TOPICS:
        await wizard.refuse_stale(turn)
        return
    chosen = [one for one in _pending(turn, "chosen") if one != press.topic]
    if isinstance(press, AddPracticeTopic) and press.topic in load_topics():
        if len(chosen) >= MOST_TOPICS:
            await show(turn, turn.say("practice-topics-enough", MOST_TOPICS))
            return
        chosen.append(press.topic)
    turn.conversation = turn.conversation.choosing(chosen=chosen)
    await show(turn)


@router.callback_query(Pressed(TopicsAreRight))
async def confirm(_: object, turn: Turn) -> None:
    """These are the topics: now the readers; of a note that there is, that is all."""
    pending = turn.conversation.pending
    if turn.conversation.step != TOPICS:
        await wizard.refuse_stale(turn)
    elif "practice" in pending:
        changed = await practices.change(
            turn.store, by=turn.who, practice=int(pending["practice"]),
            topics=_pending(turn, "chosen"),
        )  # fmt: skip
        turn.conversation = turn.conversation.over()
        turn.show(await card(turn, changed, turn.say("practice-changed")))
        await go_on(turn)
    else:
        rest = {key: one for key, one in pending.items() if key != "beneath"}
        turn.conversation = turn.conversation.aside(READERS, **rest)
        await show(turn)


@router.callback_query(Pressed(PublishPractice))
async def publish(_: object, turn: Turn, press: PublishPractice) -> None:
    """It is written."""
    if turn.conversation.step != READERS:
        await wizard.refuse_stale(turn)
        return
    pending = turn.conversation.pending
    made = await practices.write(
        turn.store, turn.clock, by=turn.who, exchange=int(pending["exchange"]),
        session=pending.get("session"), title=str(pending["title"]), words=str(pending["words"]),
        topics=_pending(turn, "chosen"), to_all=press.to_all == 1,
    )  # fmt: skip
    turn.conversation = turn.conversation.over()
    turn.show(await card(turn, made, turn.say("practice-written")))
    await go_on(turn)


@router.message(asides.Aside(READERS), Words())
async def hear_readers(_: object, turn: Turn) -> None:
    """That is chosen by a button."""
    await show(turn, turn.say("misheard-shares"), anew=True)


def _pending(turn: Turn, key: str) -> list[str]:
    return list(turn.conversation.pending.get(key, ()))


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The question that waits."""
    step, say = turn.conversation.step, turn.say
    rows: Keyboard = ()
    if step == TITLE:
        asked = say("practice-question-title", LONGEST_TITLE)
    elif step == WORDS:
        asked = say("practice-question-words", LONGEST_WORDS)
    elif step == TOPICS:
        asked, rows = say("practice-question-topics"), _topic_rows(turn)
    else:
        asked = say("practice-question-readers")
        rows = (
            (button(say, "button-practice-to-exchange", PublishPractice(0)),),
            (button(say, "button-practice-to-all", PublishPractice(1)),),
        )
    lines = [*([note] if note else []), asked]
    leave_it = (button(say, "button-practice-leave", LeavePractice()),)
    message = Message(Markup("\n\n").join([*lines, *_chosen(turn)]), (*rows, leave_it))
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


def _chosen(turn: Turn) -> list[Markup]:
    """The topics as they stand, in the message, too."""
    if turn.conversation.step != TOPICS:
        return []
    return [_worded(turn, _pending(turn, "chosen"))]


def _worded(turn: Turn, topics: Iterable[str]) -> Markup:
    said = turn.say.listing(names.topic(turn.language, one) for one in topics)
    return turn.say("practice-topics", topics=said) if said else turn.say("practice-no-topics")


def _topic_rows(turn: Turn) -> Keyboard:
    chosen = _pending(turn, "chosen")
    rows = [(_topic(turn, one, chosen=one in chosen),) for one in _pending(turn, "offered")]
    return (*rows, (button(turn.say, "button-practice-topics-right", TopicsAreRight()),))


def _topic(turn: Turn, topic: str, *, chosen: bool) -> Button:
    key = "button-practice-drop-topic" if chosen else "button-practice-add-topic"
    press = DropPracticeTopic(topic) if chosen else AddPracticeTopic(topic)
    return button(turn.say, key, press, topic=names.cut(names.topic(turn.language, topic)))


for _step in (TITLE, WORDS, TOPICS, READERS):
    asides.shows(_step)(show)


@asides.unfinished_when(TITLE, WORDS, TOPICS, READERS)
def unfinished(conversation: Conversation) -> bool:
    """Whether something of a new note has been written."""
    return "practice" not in conversation.pending and bool(conversation.pending.get("title"))
