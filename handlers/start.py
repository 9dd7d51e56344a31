"""The beginning: what the bot does, in which language, consent, help."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter
from markupsafe import Markup

from actions import people
from delivery import presses_of_strangers as presses
from delivery.buttons import Consent, Languages, Speak, button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_sentence import AskSentence
from domain.languages import LANGUAGES
from handlers import commands, links, returning
from handlers.menu import menu
from handlers.profile import wizard
from handlers.turn import Pressed, Stranger, Turn
from locales import names
from locales.speech import Speech, own_names

router = Router(name="start")
languages = Router(name="languages")
"""Asked before all others: a language that is written where it was asked for."""

ASKED = "language-asked"
"""In the conversation, while a question waits: the language was asked for since."""


class NamesLanguage(Filter):
    """The name of one of our languages, and nothing else, from a stranger, while nothing waits, or
    since the language was asked for: it may well be an answer to a question that waits."""

    async def __call__(self, _: object, turn: Turn) -> bool | dict[str, str]:
        """Whether it is; hands the language to the handler."""
        asked = turn.conversation.step is None or turn.conversation.pending.get(ASKED)
        if not (turn.text and asked):
            return False
        language = names.language_named(turn.text)
        return {"language": language} if language else False


@languages.message(Stranger(), NamesLanguage())
async def written_by_stranger(_: object, turn: Turn, language: str) -> None:
    """The same as by the button."""
    turn.language = language
    turn.show(consent_question(turn.say, turn.link))


@languages.message(NamesLanguage())
async def written(_: object, turn: Turn, language: str) -> None:
    """The same as by the button."""
    await _go_on_in(turn, language)


@router.message(CommandStart(), Stranger())
async def welcome(_: object, turn: Turn, command: CommandObject) -> None:
    """Say what the bot does, and ask before anything is stored; a link waits for the answer."""
    link = links.stated(command.args)
    turn.link = link if links.known(link) else turn.link
    note = turn.say("link-unknown") if link and not links.known(link) else None
    turn.send(consent_question(turn.say, turn.link, note))


@router.message(CommandStart())
async def welcome_back(_: object, turn: Turn, command: CommandObject) -> None:
    """Somebody who is known already: what they followed a link to, else where things stand."""
    link = links.stated(command.args)
    if links.known(link):
        await links.follow(turn, link)
        return
    if not link and await people.welcomed(turn.store, turn.clock, turn.who):
        await returning.say(turn)
        return
    unknown = [turn.say("link-unknown")] if link else []
    if turn.language != turn.language_of_telegram:
        turn.renew_menu()
    if turn.conversation.step is not None:
        note = Markup("\n\n").join([*unknown, turn.say("welcome-back")])
        await wizard.show_question(turn, note=note)
        return
    said = Markup("\n\n").join([*unknown, turn.say("welcome-back-menu")])
    turn.send(Message(said, menu(turn.say)))


@router.message(Command("help"))
async def explain(_: object, turn: Turn) -> None:
    """What can be done here, and by whom: the commands of everybody, and those of a role."""
    roles = await turn.store.roles.of(turn.who.id) if turn.person else frozenset()
    say = turn.say
    lines = [
        Markup("/{} – {}").format(name, say.plain(f"command-{name}"))
        for name in commands.all_of(roles)
    ]
    text = say("help", commands=Markup("\n").join(lines))
    below = ((button(say, "button-sentence", AskSentence()),), *menu(say))
    turn.send(Message(text, () if turn.person is None else below))


@router.message(Command("language"))
async def offer_languages(_: object, turn: Turn) -> None:
    """Ask for the language; it may be written, too, even where another question waits."""
    if turn.conversation.step is not None:
        turn.conversation = turn.conversation.choosing(**{ASKED: True})
    turn.send(language_question(turn.say, turn.link))


@router.callback_query(Pressed(Languages))
async def offer_languages_in_place(_: object, turn: Turn) -> None:
    """Ask for the language, in the same message."""
    turn.show(language_question(turn.say, turn.link))


@router.callback_query(Pressed(Speak), Stranger())
async def speak_to_stranger(_: object, turn: Turn, press: Speak) -> None:
    """Go on in another language; nothing is stored yet, the buttons carry the language."""
    turn.language = _spoken(press.language, turn.language)
    turn.show(consent_question(turn.say, turn.link))


@router.callback_query(Pressed(Speak))
async def speak(_: object, turn: Turn, press: Speak) -> None:
    """Go on in another language, from now on."""
    await _go_on_in(turn, _spoken(press.language, turn.language))


async def _go_on_in(turn: Turn, language: str) -> None:
    turn.language = language
    await people.speak(turn.store, turn.who, language=language)
    turn.renew_menu()
    if turn.conversation.step is not None:
        turn.conversation = turn.conversation.choosing(**{ASKED: False})
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
        turn.show(Message(turn.say("consent-declined"), _ask_again(turn.say, turn.link)))
        return
    turn.person = await people.consent(
        turn.store, turn.clock, telegram_id=turn.chat_id, language=turn.language
    )
    if turn.language != turn.language_of_telegram:
        turn.renew_menu()
    turn.show(both_ways(turn.say))
    await _go_on(turn)


async def _go_on(turn: Turn) -> None:
    """Where the link leads by which somebody came, and then to the first question."""
    link, turn.link = turn.link, None
    if links.known(link):
        await links.follow_after_consent(turn, link)
    if turn.conversation.step is None:
        await wizard.begin(turn)


def both_ways(say: Speech) -> Message:
    """Thanks, and that one sentence does as well as the questions that follow."""
    lines = [say("consent-given"), say("sentence-offer")]
    return Message(Markup("\n\n").join(lines), ((button(say, "button-sentence", AskSentence()),),))


def consent_question(say: Speech, link: str | None = None, note: Markup | None = None) -> Message:
    """What the bot does in three lines, and the question whether it may store anything; the
    buttons remember the `link` by which somebody came."""
    language = say.language
    return Message(
        Markup("\n\n").join([*([note] if note else []), say("welcome")]),
        (
            (button(say, "button-consent", presses.consent(1, language, link)),),
            (button(say, "button-no-consent", presses.consent(0, language, link)),),
            (button(say, "button-language", presses.languages(link)),),
        ),
    )


def language_question(say: Speech, link: str | None = None) -> Message:
    """The languages, each by its own name."""
    buttons = [
        Button(name, data=presses.speak(code, link).pack()) for code, name in own_names().items()
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Message(say("language-question"), rows)


def _ask_again(say: Speech, link: str | None) -> Keyboard:
    yes = presses.consent(1, say.language, link)
    return ((button(say, "button-consent-after-all", yes),),)


def _spoken(language: str, otherwise: str) -> str:
    return language if language in LANGUAGES else otherwise
