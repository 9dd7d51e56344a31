"""The beginning: what the bot does, in which language, consent, help."""

from aiogram import Router
from aiogram.filters import Command, CommandStart

from actions import people
from delivery.buttons import Consent, Languages, Speak, button
from delivery.message import Button, Keyboard, Message
from domain.languages import LANGUAGES
from handlers.menu import menu
from handlers.profile import wizard
from handlers.turn import Pressed, Stranger, Turn
from locales.speech import Speech, own_names

router = Router(name="start")


@router.message(CommandStart(), Stranger())
async def welcome(_: object, turn: Turn) -> None:
    """Say what the bot does, and ask before anything is stored."""
    turn.send(consent_question(turn.say))


@router.message(CommandStart())
async def welcome_back(_: object, turn: Turn) -> None:
    """Somebody who is known already: where things stand, and what can be done."""
    if turn.conversation.step is not None:
        await wizard.show_question(turn, note=turn.say("welcome-back"))
        return
    turn.send(Message(turn.say("welcome-back-menu"), menu(turn.say)))


@router.message(Command("help"))
async def explain(_: object, turn: Turn) -> None:
    """What can be done here."""
    turn.send(Message(turn.say("help"), () if turn.person is None else menu(turn.say)))


@router.message(Command("language"))
async def offer_languages(_: object, turn: Turn) -> None:
    """Ask for the language."""
    turn.send(language_question(turn.say))


@router.callback_query(Pressed(Languages))
async def offer_languages_in_place(_: object, turn: Turn) -> None:
    """Ask for the language, in the same message."""
    turn.show(language_question(turn.say))


@router.callback_query(Pressed(Speak), Stranger())
async def speak_to_stranger(_: object, turn: Turn, press: Speak) -> None:
    """Go on in another language; nothing is stored yet, the buttons carry the language."""
    turn.language = _spoken(press.language, turn.language)
    turn.show(consent_question(turn.say))


@router.callback_query(Pressed(Speak))
async def speak(_: object, turn: Turn, press: Speak) -> None:
    """Go on in another language, from now on."""
    turn.language = _spoken(press.language, turn.language)
    await people.speak(turn.store, turn.who, language=turn.language)
    if turn.conversation.step is not None:
        turn.show(turn.say("language-changed"))
        await wizard.show_question(turn, anew=True)
        return
    turn.show(Message(turn.say("language-changed"), menu(turn.say)))


@router.callback_query(Pressed(Consent))
async def consent(_: object, turn: Turn, press: Consent) -> None:
    """Store the person and begin, or store nothing."""
    if turn.person is not None:
        turn.toast(turn.say.plain("consent-already"))
        await wizard.begin(turn)
        return
    turn.language = _spoken(press.language, turn.language)
    if press.agreed != 1:
        turn.show(Message(turn.say("consent-declined"), _ask_again(turn.say)))
        return
    turn.person = await people.consent(
        turn.store, turn.clock, telegram_id=turn.chat_id, language=turn.language
    )
    turn.show(turn.say("consent-given"))
    await wizard.begin(turn)


def consent_question(say: Speech) -> Message:
    """What the bot does in three lines, and the question whether it may store anything."""
    return Message(
        say("welcome"),
        (
            (button(say, "button-consent", Consent(1, say.language)),),
            (button(say, "button-no-consent", Consent(0, say.language)),),
            (button(say, "button-language", Languages()),),
        ),
    )


def language_question(say: Speech) -> Message:
    """The languages, each by its own name."""
    buttons = [Button(name, data=Speak(code).pack()) for code, name in own_names().items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Message(say("language-question"), rows)


def _ask_again(say: Speech) -> Keyboard:
    return ((button(say, "button-consent-after-all", Consent(1, say.language)),),)


def _spoken(language: str, otherwise: str) -> str:
    return language if language in LANGUAGES else otherwise
