"""Consent in pieces: one window, each piece with what follows when it is taken back."""

from aiogram import Router

from actions import consents
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Message
from delivery.presses_of_privacy import AllowPiece, ShowConsents, WithholdPiece
from domain.consents import Piece
from domain.people import Person
from handlers.turn import Pressed, Turn
from locales.speech import Speech

router = Router(name="consents")


@router.callback_query(Pressed(ShowConsents))
async def show(_: object, turn: Turn) -> None:
    """The window."""
    if turn.person is None:
        turn.show(turn.say("erase-nothing-stored"))
        return
    turn.show(window(turn.say, turn.person))


@router.callback_query(Pressed(WithholdPiece, AllowPiece))
async def change(_: object, turn: Turn, press: WithholdPiece | AllowPiece) -> None:
    """Take a piece back, or give it again; then the window as it is now."""
    piece = next((one for one in Piece if one.value == press.piece), None)
    if turn.person is None:
        turn.show(turn.say("erase-nothing-stored"))
        return
    if piece is not None:
        verb = consents.withhold if isinstance(press, WithholdPiece) else consents.allow
        turn.person = await verb(turn.store, turn.clock, by=turn.person, piece=piece)
    turn.show(window(turn.say, turn.person))


def window(say: Speech, person: Person) -> Message:
    """Each piece: whether it is given, what follows without it, and a button to change it."""
    lines = [say("consents-title")]
    buttons = []
    for piece in Piece:
        given = piece not in person.withheld
        mark = "consent-given-mark" if given else "consent-withheld-mark"
        label = say.plain(f"consent-{piece.value}")
        lines += [say(mark, piece=label), say(f"consent-follows-{piece.value}")]
        press = WithholdPiece(piece.value) if given else AllowPiece(piece.value)
        key = f"button-withhold-{piece.value}" if given else f"button-allow-{piece.value}"
        buttons.append((button(say, key, press),))
    return Message(NEWLINE.join(lines), tuple(buttons))
