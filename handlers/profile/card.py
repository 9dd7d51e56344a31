"""The profile's card: every answer, each with a button to change it on its own."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import partnerships, profiles
from delivery import cards
from delivery.buttons import Begin, Change, FindPartners, Publish, ShowProfile, button
from delivery.message import Button, Keyboard, Message
from delivery.partnership_words import partnerships_line
from delivery.presses_of_concerns import GiveFeedback
from delivery.presses_of_profiles import AskFurther, ShareProfile, ShowPart, ShowPartnerships
from delivery.presses_of_sentence import AskSentence
from domain.partnerships import Told
from domain.profiles import ESSENTIAL, FURTHER, Answer, Profile
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


@router.callback_query(Pressed(ShowPart))
async def show_part(_: object, turn: Turn, press: ShowPart) -> None:
    """The same card with the buttons of one part."""
    await show(turn, part=FURTHER if press.part else ESSENTIAL)


async def show(
    turn: Turn,
    note: Markup | None = None,
    *,
    anew: bool = False,
    part: tuple[Answer, ...] = ESSENTIAL,
) -> None:
    """The card as it stands; `note` stands above it, beneath are the buttons of one part."""
    profile = await profiles.profile_of(turn.store, turn.who)
    there = await partnerships.of(turn.store, turn.who)
    message = card_message(turn, profile, note, part=part, told=[one.told for one in there])
    if anew:
        turn.send(message)
    else:
        turn.show(message)


def card_message(
    turn: Turn,
    profile: Profile,
    note: Markup | None = None,
    *,
    part: tuple[Answer, ...] = ESSENTIAL,
    told: Sequence[Told] = (),
) -> Message:
    """The card with what is worth doing next, and its buttons."""
    text = cards.profile_card(turn.say, profile, turn.clock().date())
    existing = partnerships_line(turn.say, told)
    lines = [line for line in (note, text, existing, _next_step(turn.say, profile)) if line]
    keyboard = (
        *_foremost(turn.say, profile),
        *_going_on(turn, profile),
        *_sharing(turn.say, profile),
        *_changes(turn.say, part),
        *_other_part(turn.say, part),
    )
    return Message(Markup("\n\n").join(lines), keyboard)


def _next_step(say: Speech, profile: Profile) -> Markup:
    """What is worth doing next."""
    if profile.published:
        return say("profile-next-partners")
    if profile.lacking:
        lacking = say.listing(say.plain(f"answer-{which.value}") for which in profile.lacking)
        return say("profile-next-lacking", lacking=lacking)
    return say("profile-next-publish")


def _going_on(turn: Turn, profile: Profile) -> Keyboard:
    """On with the question that waits or is open; the second part once others can be shown the
    first."""
    rows = []
    if turn.conversation.step is not None or profile.open_in(ESSENTIAL):
        rows.append((button(turn.say, "button-go-on", Begin()),))
    still_open = len(profile.open_in(FURTHER))
    if still_open and not profile.lacking:
        words = turn.say.plain("button-further", still_open)
        rows.append((Button(words, data=AskFurther().pack()),))
    rows.append((button(turn.say, "button-sentence", AskSentence()),))
    return tuple(rows)


def _changes(say: Speech, part: tuple[Answer, ...]) -> Keyboard:
    changes = [button(say, f"button-change-{which.value}", Change(which.value)) for which in part]
    return tuple(tuple(changes[at : at + 2]) for at in range(0, len(changes), 2))


def _sharing(say: Speech, profile: Profile) -> Keyboard:
    """A card with a name can be passed on."""
    own = profile.organisation
    return ((button(say, "button-share", ShareProfile()),),) if own and own.name else ()


def _other_part(say: Speech, part: tuple[Answer, ...]) -> Keyboard:
    """Turning to the changes of the other part: all at once are too many for a phone."""
    if part is FURTHER:
        return (
            (button(say, "button-partnerships", ShowPartnerships()),),
            (button(say, "button-change-essential", ShowPart(0)),),
        )
    return ((button(say, "button-change-further", ShowPart(1)),),)


def _foremost(say: Speech, profile: Profile) -> Keyboard:
    if profile.published:
        return (
            (button(say, "button-partners", FindPartners()),),
            (button(say, "button-hide", Publish(0)),),
        )
    if profile.organisation is not None and profile.organisation.hidden_at is not None:
        return ((button(say, "button-feedback", GiveFeedback()),),)
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
