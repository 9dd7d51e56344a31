"""In which languages a session is to be read: its title and its agenda, language by language."""

from aiogram import Router
from markupsafe import Markup

from actions import running, sessions
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_sessions import ShowChanges, ShowSessionLanguages, TranslateSession
from domain.languages import LANGUAGES
from domain.planning import LONGEST_AGENDA, LONGEST_TITLE
from domain.rules.plain_text import cleaned
from domain.sessions import Session
from domain.texts import language_for, shown
from handlers import asides
from handlers.leaving import Words, go_on, interrupts
from handlers.profile import wizard
from handlers.settings.conversation import CHOSEN, OPEN
from handlers.turn import Pressed, Turn
from handlers.typed import unfit

router = Router(name="session-languages")

STEP = "session-text"
TITLE, AGENDA = "title", "agenda"
LONGEST = {TITLE: LONGEST_TITLE, AGENDA: LONGEST_AGENDA}
_NOBODYS = ""
"""A language that nobody writes in."""


@router.callback_query(Pressed(ShowSessionLanguages))
async def show_languages(_: object, turn: Turn, press: ShowSessionLanguages) -> None:
    """All of them, in place; what was asked is left."""
    left = turn.conversation.step == STEP
    turn.conversation = turn.conversation.over() if left else turn.conversation
    turn.show(_window(turn, await _run(turn, press.session)))
    if left:
        await go_on(turn)


def _window(turn: Turn, session: Session, note: Markup | None = None) -> Message:
    say = turn.say
    lines = [*([note, Markup()] if note else []), say("session-languages"), Markup()]
    lines += [
        say("session-in-language", language=say.language_name(code), title=session.title[code])
        for code in LANGUAGES
        if session.title.get(code)
    ]
    other = language_for(session.title, _NOBODYS)
    if other is not None and not all(map(session.title.get, LANGUAGES)):
        lines.append(say("session-in-other-languages", language=say.language_name(other)))
    buttons = [
        Button(
            f"{CHOSEN if session.title.get(code) else OPEN} {say.language_name(code)}",
            data=TranslateSession(session.id, code).pack(),
        )
        for code in LANGUAGES
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    back = (button(say, "button-back", ShowChanges(session.id)),)
    return Message(NEWLINE.join(lines), (*rows, back))


@router.callback_query(Pressed(TranslateSession))
async def translate(_: object, turn: Turn, press: TranslateSession) -> None:
    """Ask for the title."""
    session = await _run(turn, press.session)
    if press.language not in LANGUAGES:
        await wizard.refuse_stale(turn)
        return
    await _ask(turn, session.id, press.language, TITLE)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Take a title, or an agenda; after the title the agenda is asked for, if there is one."""
    pending = turn.conversation.pending
    number, language, what = int(pending["session"]), pending["language"], pending["what"]
    note = unfit(turn, LONGEST[what])
    if note is not None:
        await show(turn, note)
        return
    text = cleaned(turn.text or "") if what == TITLE else (turn.text or "").strip()
    await sessions.translate(
        turn.store, turn.clock, by=turn.who, session=number, language=language, **{what: text}
    )
    session = await _run(turn, number)
    if what == TITLE and shown(session.agenda, turn.language):
        await _ask(turn, number, language, AGENDA)
        return
    turn.conversation = turn.conversation.over()
    turn.send(_window(turn, session, turn.say("session-text-kept")))
    await go_on(turn)


async def _ask(turn: Turn, session: int, language: str, what: str) -> None:
    turn.conversation = turn.conversation.aside(STEP, session=session, language=language, what=what)
    await show(turn, anew=True)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the title or the agenda, beside what can be read so far."""
    say, pending = turn.say, turn.conversation.pending
    session, language = await _run(turn, int(pending["session"])), pending["language"]
    what = pending["what"]
    texts = session.title if what == TITLE else session.agenda
    asked = say(
        f"session-text-{what}",
        language=say.language_name(language),
        limit=LONGEST[what],
        now=texts.get(language) or shown(texts, turn.language),
    )
    leave = ((button(say, "button-session-text-leave", ShowSessionLanguages(session.id)),),)
    message = Message(Markup("\n\n").join([*([note] if note else []), asked]), leave)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _run(turn: Turn, number: int) -> Session:
    """The session, for who runs it."""
    session, exchange = await sessions.seen(turn.store, by=turn.who, session=number)
    await running.require_runs(turn.store, turn.who, exchange.id)
    return session
