"""/announce: all announcements, and a draft with its texts and what stands beside them."""

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import announced, announcing
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.exchange_cards import title_of
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_announcements import (
    AskBeside,
    AskReplies,
    DropBeside,
    DropText,
    FallBackOn,
    LeaveWriting,
    NewAnnouncement,
    ShowAnnouncement,
    ShowAnnouncements,
    ThrowAway,
    WriteText,
    WriteToMembers,
)
from domain.announcements import LONGEST_LINK_TEXT, Announcement, Link
from domain.languages import LANGUAGES
from domain.rules.announcements import link_in, longest_text, needs_release, shown_length
from domain.rules.plain_text import says_something
from domain.texts import shown
from domain.uploads import Upload
from handlers import doors
from handlers.announcing.typed import ask, hears, over, pending, question, show
from handlers.announcing.window import back, languages_of, list_window, takes_words, window
from handlers.settings.conversation import CHOSEN, OPEN
from handlers.turn import Pressed, Turn
from locales.names import cut
from locales.speech import without_tags

router = Router(name="announcing-draft")

SESSIONS = 8
"""So many coming sessions are offered."""


@router.message(Command("announce"))
async def open_list(_: object, turn: Turn) -> None:
    """All of them, and a new one."""
    message = await list_window(turn, 0)
    turn.conversation = turn.conversation.over()
    turn.send(message)


@router.callback_query(Pressed(ShowAnnouncements))
async def show_page(_: object, turn: Turn, press: ShowAnnouncements) -> None:
    """Another page, in place."""
    turn.show(await list_window(turn, press.page))


@router.callback_query(Pressed(NewAnnouncement))
async def begin(_: object, turn: Turn) -> None:
    """A draft, which begins with its text in the writer's language."""
    one = await announcing.begin(turn.store, turn.clock, by=turn.who)
    await ask(turn, one.id, "text", language=turn.language)


@doors.of_exchange(840)
async def door_to_members(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """To those who run it, as long as it goes on."""
    if not standing.runs or not standing.exchange.running:
        return ()
    return (button(turn.say, "button-write-to-members", WriteToMembers(standing.exchange.id)),)


@router.callback_query(Pressed(WriteToMembers))
async def begin_for_members(_: object, turn: Turn, press: WriteToMembers) -> None:
    """A draft for all members of an exchange, which begins with its text, too."""
    one = await announcing.begin_for_members(
        turn.store, turn.clock, by=turn.who, exchange=press.exchange
    )
    exchange = await turn.store.exchanges.by_id(press.exchange)
    title = title_of(turn.say, exchange) if exchange else turn.say.plain("not-stated")
    note = turn.say("announcement-to-members", title=title)
    await ask(turn, one.id, "text", note, language=turn.language)


@router.callback_query(Pressed(ShowAnnouncement, LeaveWriting))
async def show_one(_: object, turn: Turn, press: ShowAnnouncement | LeaveWriting) -> None:
    """One of them, in place."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    over(turn)
    turn.show(await window(turn, one))


@router.callback_query(Pressed(WriteText))
async def write(_: object, turn: Turn, press: WriteText) -> None:
    """Ask for the text in a language, or for the language."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    if not await takes_words(turn, one):
        # Told before anything is typed: the words would be refused, and be lost.
        over(turn)
        turn.show(await window(turn, one))
    elif press.language in LANGUAGES:
        await ask(turn, one.id, "text", language=press.language)
    else:
        over(turn)
        turn.show(_languages(turn, one))


def _languages(turn: Turn, one: Announcement) -> Message:
    """Which are there, which stands in for the others, and which could be added."""
    say = turn.say
    rows: list[tuple[Button, ...]] = []
    for code in LANGUAGES:
        mark = CHOSEN if code in one.texts else OPEN
        name = say.language_name(code)
        row = [Button(f"{mark} {name}", data=WriteText(one.id, code).pack())]
        if code in one.texts and one.changeable:
            row += _of_language(turn, one, code)
        rows.append(tuple(row))
    key = "announcement-edit-languages" if one.told else "announcement-which-language"
    lines = [say(key), *languages_of(say, one)]
    return Message(NEWLINE.join(lines), (*rows, back(say, one)))


def _of_language(turn: Turn, one: Announcement, code: str) -> list[Button]:
    drop = button(turn.say, "button-announcement-drop-text", DropText(one.id, code))
    first = button(turn.say, "button-announcement-first", FallBackOn(one.id, code))
    return [drop] if one.first == code else [first, drop]


@router.callback_query(Pressed(DropText, FallBackOn))
async def change_language(_: object, turn: Turn, press: DropText | FallBackOn) -> None:
    """Do without a language, or let it stand in for the missing ones."""
    verb = announcing.drop_text if isinstance(press, DropText) else announcing.fall_back_on
    one = await verb(
        turn.store, by=turn.who, announcement=press.announcement, language=press.language
    )
    turn.show(_languages(turn, one))


@question("text")
async def ask_text(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """The text in a language; of one that has been told, its readers are told of the change, or
    another coordinator has to release it first."""
    language = turn.say.language_name(pending(turn, "language"))
    key = "announcement-ask-edit" if one.told else "announcement-ask-text"
    if one.told and needs_release(one.number or 0, turn.services.alone_up_to):
        key = "announcement-ask-change"
    return turn.say(key, language=language, limit=longest_text(one)), ()


@hears("text")
async def hear_text(turn: Turn, one: Announcement) -> None:
    """Take it, with its bold, italics and links."""
    language = pending(turn, "language")
    caption = _caption(turn)
    if turn.upload is not None and caption is not None and one.changeable:
        await _take_both(turn, one, turn.upload, caption, language)
        return
    html = turn.html
    if html is None or turn.text is None:
        await show(turn, turn.say("misheard-not-text"))
        return
    if not says_something(turn.text):
        await show(turn, turn.say("misheard-no-words"))
        return
    if shown_length(html) > longest_text(one):
        await show(turn, turn.say("announcement-too-long", limit=longest_text(one)))
        return
    one, key = await (_edit if one.told else _write)(turn, one, language, html)
    over(turn)
    turn.send(await window(turn, one, turn.say(key)))


def _caption(turn: Turn) -> str | None:
    """The words beneath a file, where there are any."""
    said = turn.caption or ""
    return said if says_something(without_tags(said)) else None


async def _take_both(
    turn: Turn, one: Announcement, upload: Upload, caption: str, language: str
) -> None:
    """A picture or a file with words beneath it, as people send them: the words are the text."""
    await announcing.attach(turn.store, by=turn.who, announcement=one.id, upload=upload)
    one, key = await _write(turn, one, language, caption)
    over(turn)
    turn.send(await window(turn, one, turn.say(key)))


async def _write(
    turn: Turn, one: Announcement, language: str, html: str
) -> tuple[Announcement, str]:
    one = await announcing.write(
        turn.store, by=turn.who, announcement=one.id, language=language, html=html
    )
    return one, "announcement-kept"


async def _edit(
    turn: Turn, one: Announcement, language: str, html: str
) -> tuple[Announcement, str]:
    one, change = await announced.edit(
        turn.store,
        turn.clock,
        by=turn.who,
        announcement=one.id,
        language=language,
        html=html,
        alone_up_to=turn.services.alone_up_to,
    )
    return one, "announcement-edited" if change is None else "announcement-change-asked"


@router.callback_query(Pressed(AskBeside))
async def ask_beside(_: object, turn: Turn, press: AskBeside) -> None:
    """Ask for a file, or for a link."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    if one.changeable:
        await ask(turn, one.id, "link" if press.what == "link" else "file")
    else:
        over(turn)
        turn.show(await window(turn, one))


@router.callback_query(Pressed(DropBeside))
async def drop_beside(_: object, turn: Turn, press: DropBeside) -> None:
    """Do without a file, a link, or replies."""
    number = press.announcement
    if press.what == "file":
        await announcing.attach(turn.store, by=turn.who, announcement=number, upload=None)
    elif press.what == "link":
        await announcing.link(turn.store, by=turn.who, announcement=number, link=None)
    else:
        await announcing.ask_replies(
            turn.store, turn.clock, by=turn.who, announcement=number, session=None
        )
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=number)
    over(turn)
    turn.show(await window(turn, one))


@question("file")
async def ask_file(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """A picture or a file."""
    drop = button(turn.say, "button-announcement-no-file", DropBeside(one.id, "file"))
    return turn.say("announcement-ask-file"), ((drop,),) if one.upload else ()


@hears("file")
async def hear_file(turn: Turn, one: Announcement) -> None:
    """Put it beside the words, which must be short enough then."""
    if turn.upload is None:
        await show(turn, turn.say("announcement-no-file"))
        return
    caption = _caption(turn)
    if caption is not None and turn.language not in one.texts:
        await _take_both(turn, one, turn.upload, caption, turn.language)
        return
    one = await announcing.attach(turn.store, by=turn.who, announcement=one.id, upload=turn.upload)
    over(turn)
    key = "announcement-kept" if caption is None else "announcement-caption-left"
    turn.send(await window(turn, one, turn.say(key)))


@question("link")
async def ask_link(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """What stands on the button, and which page it opens."""
    drop = button(turn.say, "button-announcement-no-link", DropBeside(one.id, "link"))
    return turn.say("announcement-ask-link", limit=LONGEST_LINK_TEXT), (
        (drop,),
    ) if one.link else ()


@hears("link")
async def hear_link(turn: Turn, one: Announcement) -> None:
    """Words and an address, or an address alone."""
    link = _link(turn.text or "")
    if link is None:
        await show(turn, turn.say("announcement-no-link"))
        return
    one = await announcing.link(turn.store, by=turn.who, announcement=one.id, link=link)
    over(turn)
    turn.send(await window(turn, one, turn.say("announcement-kept")))


def _link(typed: str) -> Link | None:
    *words, last = typed.split() or [""]
    url = link_in(last)
    text = " ".join(words)
    if url is None or len(text) > LONGEST_LINK_TEXT:
        return None
    return Link(text or cut(url.removeprefix("https://"), LONGEST_LINK_TEXT), url)


@router.callback_query(Pressed(AskReplies))
async def ask_replies(_: object, turn: Turn, press: AskReplies) -> None:
    """To which session its readers may reply."""
    say = turn.say
    if press.session:
        one = await announcing.ask_replies(
            turn.store,
            turn.clock,
            by=turn.who,
            announcement=press.announcement,
            session=press.session,
        )
        turn.show(await window(turn, one, say("announcement-kept")))
        return
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    coming = (await announcing.sessions_for(turn.store, turn.clock, turn.who))[:SESSIONS]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                f"{say.date(each.starts_at)}: {cut(shown(each.title, say.language), 40)}",
                data=AskReplies(one.id, each.id).pack(),
            ),
        )
        for each in coming
    ]
    if one.session is not None:
        none = DropBeside(one.id, "replies")
        rows.append((button(say, "button-announcement-no-replies", none),))
    key = "announcement-which-session" if coming else "announcement-no-session"
    turn.show(Message(say(key), (*rows, back(say, one))))


@router.callback_query(Pressed(ThrowAway))
async def throw_away(_: object, turn: Turn, press: ThrowAway) -> None:
    """After a second look."""
    say = turn.say
    if press.sure != 1:
        one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
        sure = (button(say, "button-announcement-throw-away-sure", ThrowAway(one.id, 1)),)
        turn.show(Message(say("announcement-throw-away-question"), (sure, back(say, one))))
        return
    await announcing.throw_away(turn.store, by=turn.who, announcement=press.announcement)
    turn.show(await list_window(turn, 0))
