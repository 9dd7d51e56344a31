"""What is typed while an announcement is made: one question in between, whatever it asks for."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from markupsafe import Markup

from actions import announcing
from delivery.buttons import button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_announcements import LeaveWriting
from domain.announcements import Announcement
from handlers import asides
from handlers.leaving import Words, interrupts
from handlers.turn import Turn

router = Router(name="announcing-typed")

STEP = "announcement"

Hear = Callable[[Turn, Announcement], Awaitable[None]]
Ask = Callable[[Turn, Announcement], Awaitable[tuple[Markup, Keyboard]]]

HEARD: dict[str, Hear] = {}
ASKED: dict[str, Ask] = {}


def hears(asks: str) -> Callable[[Hear], Hear]:
    """Register what takes what is typed when this was asked for."""

    def register(hear: Hear) -> Hear:
        HEARD[asks] = hear
        return hear

    return register


def question(asks: str) -> Callable[[Ask], Ask]:
    """Register the words, and further buttons, by which this is asked for."""

    def register(ask: Ask) -> Ask:
        ASKED[asks] = ask
        return ask

    return register


def pending(turn: Turn, name: str) -> str:
    """What is remembered beside the question."""
    return str(turn.conversation.pending.get(name) or "")


async def ask(
    turn: Turn,
    announcement: int,
    asks: str,
    note: Markup | None = None,
    *,
    anew: bool = False,
    **more: str,
) -> None:
    """Ask for something to be typed, with a note above the question."""
    listen(turn, announcement, asks, **more)
    await show(turn, note, anew=anew)


def listen(turn: Turn, announcement: int, asks: str, **more: str) -> None:
    """Let what is typed next count as this."""
    turn.conversation = turn.conversation.aside(STEP, announcement=announcement, asks=asks, **more)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The question that waits."""
    one = await _waiting(turn)
    words, keyboard = await ASKED[pending(turn, "asks")](turn, one)
    lines = [*([note] if note else []), words]
    message = Message(Markup("\n\n").join(lines), (*keyboard, (leave_button(turn, one),)))
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


def leave_button(turn: Turn, one: Announcement) -> Button:
    """Back to the announcement, with nothing typed."""
    return button(turn.say, "button-announcement-back", LeaveWriting(one.id))


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Take what is typed, or sent."""
    one = await _waiting(turn)
    await HEARD[pending(turn, "asks")](turn, one)


async def _waiting(turn: Turn) -> Announcement:
    number = turn.conversation.pending.get("announcement")
    return await announcing.looked_at(
        turn.store, by=turn.who, announcement=number if isinstance(number, int) else 0
    )


def over(turn: Turn) -> None:
    """The question is answered."""
    if turn.conversation.step == STEP:
        turn.conversation = turn.conversation.over()
