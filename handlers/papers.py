"""Papers: minutes and files of a session, added by who runs the exchange, read by its members."""

from aiogram import Router
from markupsafe import Markup

from actions import papers
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.letters.afterwards import title_of
from delivery.message import Attachment, Button, Message
from delivery.presses_of_afterwards import (
    AskPaper,
    GetPaper,
    LeavePaper,
    RemovePaper,
    ShowPapers,
)
from delivery.presses_of_exchanges import ShowSession
from domain.papers import LONGEST_MINUTES, Paper
from domain.rules.afterwards import took_place
from domain.rules.plain_text import says_something
from domain.sessions import Session
from domain.uploads import UploadKind
from handlers import asides, doors
from handlers.leaving import Words, go_on, interrupts
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="papers")

STEP = "paper"


@doors.of_session(82)
async def door(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """For members, where there are any; for who runs it, once it has begun."""
    if not (standing.runs or standing.member) or not took_place(session, turn.clock()):
        return ()
    if not standing.runs and not await turn.store.papers.of(session.id):
        return ()
    return (button(turn.say, "button-papers", ShowPapers(session.id)),)


@router.callback_query(Pressed(ShowPapers))
async def show_all(_: object, turn: Turn, press: ShowPapers) -> None:
    """The list."""
    turn.show(await _window(turn, press.session))


@router.callback_query(Pressed(GetPaper))
async def get(_: object, turn: Turn, press: GetPaper) -> None:
    """The words, or the file as it was sent, beneath the list."""
    paper = await papers.one(turn.store, by=turn.who, paper=press.paper)
    back = ((button(turn.say, "button-papers", ShowPapers(paper.session)),),)
    if paper.file_id is None:
        text = turn.say("paper-words", day=turn.say.date(paper.at), words=paper.words or "")
        turn.send(Message(text, back))
        return
    is_photo = paper.file_kind is UploadKind.PHOTO
    file = Attachment(file_id=paper.file_id, kind="photo" if is_photo else "document")
    said = turn.say("paper-file", name=_name(turn, paper), day=turn.say.date(paper.at))
    turn.send(Message(said, back, file))


@router.callback_query(Pressed(RemovePaper))
async def remove(_: object, turn: Turn, press: RemovePaper) -> None:
    """After a second look."""
    if press.sure != 1:
        paper = await papers.one(turn.store, by=turn.who, paper=press.paper)
        sure = button(turn.say, "button-paper-remove-sure", RemovePaper(paper.id, 1))
        keep = button(turn.say, "button-papers", ShowPapers(paper.session))
        text = turn.say("paper-remove-question", name=_name(turn, paper))
        turn.show(Message(text, ((sure,), (keep,))))
        return
    session = await papers.remove(turn.store, turn.clock, by=turn.who, paper=press.paper)
    if session is None:
        turn.show(turn.say("paper-gone"))
    else:
        turn.show(await _window(turn, session, turn.say("paper-removed")))


@router.callback_query(Pressed(AskPaper))
async def ask(_: object, turn: Turn, press: AskPaper) -> None:
    """Ask for the words or the file, beneath the list."""
    await papers.may_add(turn.store, turn.clock, by=turn.who, session=press.session)
    turn.conversation = turn.conversation.aside(
        STEP, session=press.session, minutes=int(press.minutes == 1)
    )
    await show(turn, anew=True)


@router.callback_query(Pressed(LeavePaper))
async def leave(_: object, turn: Turn, press: LeavePaper) -> None:
    """Add nothing."""
    left = turn.conversation.step == STEP
    turn.conversation = turn.conversation.over() if left else turn.conversation
    turn.show(await _window(turn, press.session, turn.say("paper-not-added")))
    if left:
        await go_on(turn)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Add what was written or sent."""
    session, minutes = _asked(turn)
    if turn.upload is not None:
        await papers.add_file(
            turn.store, turn.clock, by=turn.who, session=session, upload=turn.upload,
            minutes=minutes,
        )  # fmt: skip
    elif (note := _misheard(turn, minutes=minutes)) is not None:
        await show(turn, note)
        return
    else:
        await papers.add_words(
            turn.store, turn.clock, by=turn.who, session=session, words=turn.text or ""
        )
    turn.conversation = turn.conversation.over()
    added = turn.say("paper-minutes-added" if minutes else "paper-added")
    turn.send(await _window(turn, session, added))
    await go_on(turn)


def _asked(turn: Turn) -> tuple[int, bool]:
    pending = turn.conversation.pending
    return int(pending["session"]), bool(pending["minutes"])


def _misheard(turn: Turn, *, minutes: bool) -> Markup | None:
    if turn.text is None or not minutes:
        return turn.say("misheard-paper-minutes" if minutes else "misheard-paper-file")
    if len(turn.text) > LONGEST_MINUTES:
        return turn.say("misheard-too-long", LONGEST_MINUTES)
    return None if says_something(turn.text) else turn.say("misheard-no-words")


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for minutes, or for a file."""
    session, minutes = _asked(turn)
    question = turn.say("paper-question-minutes" if minutes else "paper-question-file")
    lines = [*([note] if note else []), question]
    leave_it = ((button(turn.say, "button-paper-leave", LeavePaper(session)),),)
    message = Message(Markup("\n\n").join(lines), leave_it)
    if anew:
        turn.send(message, question=not interrupts(turn))
    else:
        turn.show(message, question=not interrupts(turn))


asides.shows(STEP)(show)


async def _window(turn: Turn, session: int, note: Markup | None = None) -> Message:
    there = await papers.of(turn.store, by=turn.who, session=session)
    adds = await papers.adds(turn.store, turn.clock, turn.who, session)
    found = await turn.store.sessions.by_id(session)
    say, title = turn.say, title_of(turn.say, found) if found else ""
    lines = [*([note, Markup()] if note else []), say("papers-title", title=title)]
    rows: list[tuple[Button, ...]] = []
    for number, one in enumerate(there, 1):
        line = say("papers-line", number=number, name=_name(turn, one), day=say.date(one.at))
        lines.append(line)
        get_it = button(say, "button-paper-get", GetPaper(one.id), number=number)
        off = button(say, "button-paper-remove", RemovePaper(one.id, 0), number=number)
        rows.append((get_it, off) if adds else (get_it,))
    if not there:
        lines.append(say("papers-none"))
    if adds:
        rows.append((button(say, "button-paper-minutes", AskPaper(session, 1)),))
        rows.append((button(say, "button-paper-file", AskPaper(session, 0)),))
    rows.append((button(say, "button-afterwards-session", ShowSession(session)),))
    return Message(NEWLINE.join(lines), tuple(rows))


def _name(turn: Turn, paper: Paper) -> str:
    """A file's name; what has none by what it is."""
    if paper.file_name:
        return names.cut(paper.file_name, 60)
    kind = "photo" if paper.file_kind is UploadKind.PHOTO else "file"
    key = "paper-is-minutes" if paper.minutes else f"paper-is-{kind}"
    return turn.say.plain(key)
