"""The profile's card: every answer, each with a button to change it on its own."""

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import profiles
from delivery import cards
from delivery.buttons import Begin, Change, FindPartners, Publish, ShowProfile, button
from delivery.message import Keyboard, Message
from domain.profiles import Answer, Profile
from handlers.links import follows
from handlers.turn import Pressed, Turn
from locales.speech import Speech

router = Router(name="profile")


@router.message(Command("profile"))
@router.callback_query(Pressed(ShowProfile))
async def show_card(_: object, turn: Turn) -> None:
    """Show the profile; a question that waits goes on waiting."""
    await show(turn, anew=True)


@follows("profile")
async def show_by_link(turn: Turn, _: str) -> None:
    """The same."""
    await show(turn, anew=True)


async def show(turn: Turn, note: Markup | None = None, *, anew: bool = False) -> None:
    """The card as it stands; `note` stands above it."""
    message = card_message(turn, await profiles.profile_of(turn.store, turn.who), note)
    if anew:
        turn.send(message)
    else:
        turn.show(message)


def card_message(turn: Turn, profile: Profile, note: Markup | None = None) -> Message:
    """The card with what is worth doing next, and its buttons."""
    text = cards.profile_card(turn.say, profile)
    lines = [line for line in (note, text, _next_step(turn.say, profile)) if line]
    waits = turn.conversation.step is not None or bool(profile.missing)
    return Message(Markup("\n\n").join(lines), _buttons(turn.say, profile, waits=waits))


def _next_step(say: Speech, profile: Profile) -> Markup:
    """What is worth doing next."""
    if profile.published:
        return say("profile-next-partners")
    if profile.lacking:
        lacking = say.listing(say.plain(f"answer-{which.value}") for which in profile.lacking)
        return say("profile-next-lacking", lacking=lacking)
    return say("profile-next-publish")


def _buttons(say: Speech, profile: Profile, *, waits: bool) -> Keyboard:
    """What is worth doing next, going on where something `waits` for an answer, each change."""
    changes = [button(say, f"button-change-{which.value}", Change(which.value)) for which in Answer]
    rows = [tuple(changes[at : at + 2]) for at in range(0, len(changes), 2)]
    go_on = ((button(say, "button-go-on", Begin()),),) if waits else ()
    return (*_foremost(say, profile), *go_on, *rows)


def _foremost(say: Speech, profile: Profile) -> Keyboard:
    if profile.published:
        return (
            (button(say, "button-partners", FindPartners()),),
            (button(say, "button-hide", Publish(0)),),
        )
    if profile.lacking:
        return ()
    return ((button(say, "button-publish", Publish(1)),),)


@router.callback_query(Pressed(Publish))
async def publish(_: object, turn: Turn, press: Publish) -> None:
    """Let others find the profile, or no longer."""
    if press.visible:
        await profiles.publish(turn.store, turn.clock, turn.who)
        await show(turn, turn.say("profile-now-published"))
    else:
        await profiles.hide(turn.store, turn.who)
        await show(turn, turn.say("profile-now-hidden"))
