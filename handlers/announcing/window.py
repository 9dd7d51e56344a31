"""The windows of an announcement: all of them, a draft, one that waits, and what became of it."""

from markupsafe import Markup

from actions import announcing
from delivery.announcement_cards import report_text
from delivery.audience_words import audience_words, when_words
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_announcements import (
    AskBeside,
    AskReplies,
    AskSend,
    GetReport,
    NewAnnouncement,
    PreviewIn,
    ReleaseIt,
    SendAgain,
    ShowAnnouncement,
    ShowAnnouncements,
    ShowAudience,
    ShowChange,
    StopIt,
    TakeChangeBack,
    TakeItBack,
    ThrowAway,
    WithdrawIt,
    WriteText,
)
from delivery.session_cards import date_line
from delivery.zones import zone_of_reader, zone_of_writer
from domain.announcements import Announcement, AnnouncementState, ProposedChange
from domain.outbox import DeliveryState
from domain.rules.announcements import lacks, may_become, may_release, may_take_change_back
from domain.texts import language_for, shown
from handlers.turn import Turn
from locales.names import cut
from locales.speech import Speech, without_tags

PER_PAGE = 6
GLIMPSE = 40


async def list_window(turn: Turn, page: int) -> Message:
    """All that the person may handle, a page at a time."""
    say, at = turn.say, max(page, 0)
    found, total = await _page(turn, at)
    if total and not found:
        at = (total - 1) // PER_PAGE
        found, total = await _page(turn, at)
    rows: list[tuple[Button, ...]] = [
        (button(say, "button-announcement-new", NewAnnouncement()),),
        *((_opener(say, one),) for one in found),
    ]
    turning = []
    if at > 0:
        turning.append(button(say, "button-page-before", ShowAnnouncements(at - 1)))
    if (at + 1) * PER_PAGE < total:
        turning.append(button(say, "button-page-after", ShowAnnouncements(at + 1)))
    text = say("announcements-title") if found else say("announcements-none")
    return Message(text, (*rows, *([tuple(turning)] if turning else [])))


async def _page(turn: Turn, at: int) -> tuple[tuple[Announcement, ...], int]:
    return await announcing.listed(turn.store, by=turn.who, offset=at * PER_PAGE, limit=PER_PAGE)


def _opener(say: Speech, one: Announcement) -> Button:
    state = say.plain(f"announcement-state-short-{one.state.value}")
    return Button(f"{state}: {glimpse(say, one)}", data=ShowAnnouncement(one.id).pack())


def glimpse(say: Speech, one: Announcement) -> str:
    """Its first words."""
    taken = language_for(one.texts, say.language, one.fallback)
    words = " ".join(without_tags(one.texts[taken]).split()) if taken else ""
    return cut(words, GLIMPSE) or say.plain("announcement-empty")


async def window(turn: Turn, one: Announcement, note: Markup | None = None) -> Message:
    """One of them, as it stands."""
    if one.state is AnnouncementState.DRAFT:
        made = await _draft(turn, one)
    elif not await announcing.handles(turn.store, turn.who, one):
        made = await _lent(turn, one)
    elif one.told or one.state is AnnouncementState.CANCELLED:
        made = await _told(turn, one)
    else:
        made = await _waiting(turn, one)
    if note is None:
        return made
    return Message(Markup("\n\n").join([note, made.html]), made.keyboard)


async def _draft(turn: Turn, one: Announcement) -> Message:
    say = turn.say
    lines = [say("announcement-state-draft"), Markup(), *await facts(turn, one)]
    lines += [say(f"announcement-lacks-{missing}") for missing in lacks(one)]
    rows = (
        (
            button(say, "button-announcement-text", WriteText(one.id, "")),
            button(say, "button-announcement-audience", ShowAudience(one.id)),
        ),
        (
            button(say, "button-announcement-file", AskBeside(one.id, "file")),
            button(say, "button-announcement-link", AskBeside(one.id, "link")),
        ),
        (button(say, "button-announcement-replies", AskReplies(one.id, 0)),),
        *_ready(say, one),
        (button(say, "button-announcement-throw-away", ThrowAway(one.id, 0)),),
        (_all(say),),
    )
    return Message(NEWLINE.join(lines), rows)


def _ready(say: Speech, one: Announcement) -> Keyboard:
    look = (button(say, "button-announcement-preview", PreviewIn(one.id, "")),)
    send = (button(say, "button-announcement-send", AskSend(one.id)),)
    return (*([look] if one.texts else []), *([] if lacks(one) else [send]))


def languages_of(say: Speech, one: Announcement) -> list[Markup]:
    """In which languages it is, and which of them stands in for the others."""
    if not one.texts:
        return []
    languages = say.listing(map(say.language_name, one.texts))
    first = say.language_name(one.first or next(iter(one.texts)))
    return [
        say("announcement-languages", languages=languages),
        say("announcement-first", language=first),
    ]


async def facts(turn: Turn, one: Announcement) -> list[Markup]:
    """In which languages it is, for whom, and what stands beside it."""
    say = turn.say
    lines = languages_of(say, one)
    if one.audience is not None:
        words = await audience_words(turn.store, say, one.audience)
        number = (await announcing.count(turn.store, turn.who, one)).total
        lines.append(say("announcement-for", audience=words))
        lines.append(say("announcement-reaches", number=number))
    if one.upload is not None:
        name = one.upload.file_name or say.plain("announcement-picture")
        lines.append(say("announcement-beside-file", name=name))
    if one.link is not None:
        lines.append(say("announcement-beside-link", text=one.link.text, url=one.link.url))
    if one.session is not None:
        lines += await _replies_to(turn, one.session)
    return lines


async def _replies_to(turn: Turn, session: int) -> list[Markup]:
    """To which session readers may reply: its day and time tell it from others of a series."""
    there = await turn.store.sessions.by_id(session)
    if there is None:
        return []
    zone = await zone_of_reader(turn.store, turn.who, there.zone)
    title = shown(there.title, turn.language)
    date = date_line(turn.say, there, zone)
    return [turn.say("announcement-beside-replies", title=title, date=date)]


async def _waiting(turn: Turn, one: Announcement) -> Message:
    """One that waits for its time, or for another coordinator."""
    say = turn.say
    zone = await zone_of_writer(turn.store, turn.who)
    lines = [
        say(f"announcement-state-{one.state.value}"),
        Markup(),
        *await facts(turn, one),
        say("announcement-when", when=when_words(say, one.when, zone)),
    ]
    rows: list[tuple[Button, ...]] = [
        (button(say, "button-announcement-preview", PreviewIn(one.id, "")),)
    ]
    if one.state is AnnouncementState.WAITING and may_release(one, turn.who.id):
        rows.append((button(say, "button-announcement-release", ReleaseIt(one.id, one.version)),))
    rows.append((button(say, "button-announcement-take-back", TakeItBack(one.id)),))
    return Message(NEWLINE.join(lines), (*rows, (_all(say),)))


async def _told(turn: Turn, one: Announcement) -> Message:
    say = turn.say
    report = await turn.store.announced.report(one)
    rows: list[tuple[Button, ...]] = []
    if one.state is AnnouncementState.SENDING:
        rows.append((button(say, "button-announcement-stop", StopIt(one.id, 0)),))
    if await takes_words(turn, one):
        rows.append((button(say, "button-announcement-edit", WriteText(one.id, "")),))
    if may_become(one, AnnouncementState.WITHDRAWN) and one.told:
        rows.append((button(say, "button-announcement-withdraw", WithdrawIt(one.id, 0)),))
    unknown = report.of(DeliveryState.UNKNOWN)
    going = one.state in (AnnouncementState.SENDING, AnnouncementState.SENT)
    if unknown and going and await announcing.may_tell(turn.store, turn.who, one):
        rows.append((button(say, "button-announcement-again", SendAgain(one.id, 0)),))
    rows.append((button(say, "button-announcement-preview", PreviewIn(one.id, "")),))
    rows.append((button(say, "button-announcement-file-of", GetReport(one.id)),))
    rows.append((button(say, "button-announcement-refresh", ShowAnnouncement(one.id)),))
    glimpsed = say("announcement-glimpse", words=glimpse(say, one))
    lines, beneath = await _change(turn, one)
    text = NEWLINE.join([glimpsed, report_text(say, one, report), *lines])
    return Message(text, (*beneath, *rows, (_all(say),)))


async def _change(turn: Turn, one: Announcement) -> tuple[list[Markup], Keyboard]:
    """That a change waits for another coordinator, if one does, and what may be done with it. It is
    released beneath its text, so that nobody releases what they were not shown."""
    say, change = turn.say, await turn.store.proposed_changes.of(one.id)
    if change is None:
        return [], ()
    language = say.language_name(change.language)
    lines = [Markup(), say("announcement-change-waits", language=language)]
    rows = [(button(say, "button-announcement-change-show", ShowChange(one.id)),)]
    if may_take_change_back(one, change, turn.who.id):
        rows.append((take_change_back(say, change),))
    return lines, tuple(rows)


def take_change_back(say: Speech, change: ProposedChange) -> Button:
    """Propose it no longer."""
    press = TakeChangeBack(change.announcement, change.number)
    return button(say, "button-announcement-change-take-back", press)


async def _lent(turn: Turn, one: Announcement) -> Message:
    """One that somebody may only look at, because a change of it waits for their release: neither
    what became of it, nor who its readers are."""
    say = turn.say
    lines, rows = await _change(turn, one)
    head = [say(f"announcement-state-{one.state.value}"), Markup(), *await facts(turn, one)]
    look = (button(say, "button-announcement-preview", PreviewIn(one.id, "")),)
    return Message(NEWLINE.join([*head, *lines]), (*rows, look, (_all(say),)))


async def takes_words(turn: Turn, one: Announcement) -> bool:
    """Whether the person is shown it with a button by which its words are changed."""
    if one.changeable:
        return await announcing.handles(turn.store, turn.who, one)
    told = one.told and one.state is not AnnouncementState.WITHDRAWN
    return told and await announcing.may_tell(turn.store, turn.who, one)


def _all(say: Speech) -> Button:
    return button(say, "button-announcements", ShowAnnouncements(0))


def back(say: Speech, one: Announcement) -> tuple[Button, ...]:
    """To the announcement."""
    return (button(say, "button-announcement-back", ShowAnnouncement(one.id)),)


async def away(turn: Turn, one: Announcement) -> tuple[Button, ...]:
    """To the announcement, or, where it is nothing to the person any more, to all of theirs."""
    handled = await announcing.handles(turn.store, turn.who, one)
    return back(turn.say, one) if handled else (_all(turn.say),)
