"""One's own card as plain text to forward or copy, in any of the languages."""

from aiogram import Router

from actions import partnerships, profiles
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_profiles import ShareIn, ShareProfile
from delivery.shared_card import shared_card
from domain.languages import LANGUAGES
from handlers.turn import Pressed, Turn
from locales.speech import own_names, speech

router = Router(name="sharing")


@router.callback_query(Pressed(ShareProfile))
async def share(_: object, turn: Turn) -> None:
    """Send the card as text, in the person's own language."""
    turn.send(await _shared(turn, turn.language))


@router.callback_query(Pressed(ShareIn))
async def share_in(_: object, turn: Turn, press: ShareIn) -> None:
    """The same in another language, in place."""
    if press.language not in LANGUAGES:
        turn.toast(turn.say.plain("stale-toast"))
        return
    turn.show(await _shared(turn, press.language))


async def _shared(turn: Turn, language: str) -> Message:
    profile = await profiles.profile_of(turn.store, turn.who)
    own = profile.organisation
    if own is None or not own.name:
        return Message(turn.say("share-nothing"))
    there = [one.told for one in await partnerships.of(turn.store, turn.who)]
    return Message(shared_card(speech(language), own, turn.who, there), _languages(language))


def _languages(language: str) -> Keyboard:
    others = [
        Button(name, data=ShareIn(code).pack())
        for code, name in own_names().items()
        if code != language
    ]
    return tuple(tuple(others[at : at + 3]) for at in range(0, len(others), 3))
