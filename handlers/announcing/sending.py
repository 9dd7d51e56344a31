"""Looking at an announcement as its readers will, and sending it: now, in time, or after another
coordinator has looked at it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiogram import Router
from markupsafe import Markup

from actions import announcing, releasing
from delivery.announcement_cards import announcement_message
from delivery.audience_words import when_words
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_announcements import (
    AskSend,
    AskWhen,
    PreviewIn,
    ReleaseIt,
    SendAt,
    SendNow,
    TakeItBack,
)
from delivery.zones import zone_of_writer
from domain.announcements import Announcement, AnnouncementState, Timing, When
from domain.languages import LANGUAGES
from domain.rules.announcements import lacks
from domain.rules.moments_typed import Moment, just_past, moment_in, time_in
from domain.texts import language_for
from handlers.announcing.typed import ask, hears, over, pending, question, show
from handlers.announcing.window import away, back, facts, window
from handlers.turn import Pressed, Turn
from locales import moments
from locales.speech import Speech, speech

router = Router(name="announcing-sending")

HOURS = (8, 9, 10, 12, 14, 16, 18)
"""Hours that are offered."""


@router.callback_query(Pressed(PreviewIn))
async def preview(_: object, turn: Turn, press: PreviewIn) -> None:
    """As somebody who is spoken to in a language reads it, in a message of its own; and beneath
    it in which other languages there are readers."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    language = press.language if press.language in LANGUAGES else turn.language
    turn.send(announcement_message(speech(language), one, replies=one.session))
    turn.send(await _beneath_preview(turn, one, language))


async def _beneath_preview(turn: Turn, one: Announcement, language: str) -> Message:
    say, count = turn.say, await announcing.count(turn.store, turn.who, one)
    number = count.readers.get(language, 0)
    lines = [say("announcement-preview", language=say.language_name(language), number=number)]
    taken = language_for(one.texts, language, one.fallback)
    if taken not in (None, language):
        lines.append(say("announcement-preview-other", language=say.language_name(taken or "")))
    buttons = [
        Button(f"{say.language_name(each)} ({count.readers.get(each, 0)})",
               data=PreviewIn(one.id, each).pack())
        for each in LANGUAGES
        if each != language
    ]  # fmt: skip
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Message(NEWLINE.join(lines), (*rows, back(say, one)))


@router.callback_query(Pressed(AskSend))
async def ask_send(_: object, turn: Turn, press: AskSend) -> None:
    """To whom, how many, in which languages; then when."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    over(turn)
    if one.state is not AnnouncementState.DRAFT or lacks(one):
        turn.show(await window(turn, one))
        return
    say, count = turn.say, await announcing.count(turn.store, turn.who, one)
    lines = [say("announcement-send-title"), Markup(), *await facts(turn, one), Markup()]
    for language, number in sorted(count.shown.items()):
        name = say.language_name(language)
        lines.append(say("announcement-read-in", language=name, number=number))
    if count.total > turn.services.alone_up_to:
        lines += [Markup(), say("announcement-needs-release", limit=turn.services.alone_up_to)]
    rows = (
        (button(say, "button-announcement-now", SendNow(one.id, one.version), number=count.total),),
        (button(say, "button-announcement-at", AskWhen(one.id, Timing.AT.value)),),
        (button(say, "button-announcement-local", AskWhen(one.id, Timing.LOCAL.value)),),
        back(say, one),
    )
    turn.show(Message(NEWLINE.join(lines), rows if count.total else rows[-1:]))


@router.callback_query(Pressed(SendNow))
async def send_now(_: object, turn: Turn, press: SendNow) -> None:
    """Once, whoever presses how often."""
    await _send(turn, press.announcement, press.version, When())


async def _send(turn: Turn, announcement: int, version: int, when: When) -> None:
    one = await releasing.send(
        turn.store,
        turn.clock,
        by=turn.who,
        announcement=announcement,
        version=version,
        when=when,
        alone_up_to=turn.services.alone_up_to,
    )
    over(turn)
    turn.show(await window(turn, one))


@router.callback_query(Pressed(AskWhen))
async def ask_when(_: object, turn: Turn, press: AskWhen) -> None:
    """On which day? By a button, or typed."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    timing = Timing.LOCAL if press.timing == Timing.LOCAL.value else Timing.AT
    if one.changeable:
        await ask(turn, one.id, "when", timing=timing.value)
    else:
        over(turn)
        turn.show(await window(turn, one))


@question("when")
async def ask_day(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """The next days; of a day that is chosen, its hours; of a time that was typed, whether it is
    meant."""
    say, today = turn.say, await _today(turn)
    timing, day, typed = (pending(turn, name) for name in ("timing", "day", "time"))
    if day:
        hours = [time.fromisoformat(typed)] if typed else [time(hour) for hour in HOURS]
        buttons = [_at_button(say, one, timing, day, each) for each in hours]
        rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
        key = "announcement-this-hour" if typed else "announcement-which-hour"
        zone = moments.zone_name(say, await zone_of_writer(turn.store, turn.who))
        return say(f"{key}-{timing}", day=say.date(date.fromisoformat(day)), zone=zone), rows
    days = [today + timedelta(days=ahead) for ahead in (1, 2, 3, 7, 14)]
    rows = tuple(
        (Button(say.date(each),
                data=SendAt(one.id, one.version, timing, each.isoformat()).pack()),)
        for each in days
    )  # fmt: skip
    return say("announcement-which-day"), rows


def _at_button(say: Speech, one: Announcement, timing: str, day: str, at: time) -> Button:
    press = SendAt(one.id, one.version, timing, f"{day}T{at:%H%M}")
    return Button(moments.wall_time(say, at.hour * 60 + at.minute), data=press.pack())


@hears("when")
async def hear_day(turn: Turn, one: Announcement) -> None:
    """A day, a time of the day that was chosen, or both, as they are typed."""
    text, today, chosen = turn.text or "", await _today(turn), pending(turn, "day")
    found = moment_in(text, turn.language, today) or Moment(None, None)
    day = found.day.isoformat() if found.day else chosen
    at = found.at or (time_in(text) if found.day is None else None)
    if not day or (found.day is None and at is None):
        example = turn.say.date(today + timedelta(days=7))
        await show(turn, turn.say("announcement-misheard-day", day=example))
        return
    if day < today.isoformat() or just_past(text, turn.language, today):
        await show(turn, turn.say("refusal-announcement-past"))
        return
    turn.conversation = turn.conversation.choosing(
        day=day, time=at.isoformat("minutes") if at else ""
    )
    await show(turn)


@router.callback_query(Pressed(SendAt))
async def send_at(_: object, turn: Turn, press: SendAt) -> None:
    """A day, whose hours are shown then; or a day and an hour."""
    day, _hour, hour = press.moment.partition("T")
    timing = Timing.LOCAL if press.timing == Timing.LOCAL.value else Timing.AT
    chosen = _moment(day, hour or "00")
    if chosen is None or (not hour and chosen.date() < await _today(turn)):
        turn.toast(turn.say.plain("stale-toast"))
        await ask(turn, press.announcement, "when", timing=timing.value)
    elif not hour:
        await ask(turn, press.announcement, "when", timing=timing.value, day=day)
    else:
        zone = "UTC" if timing is Timing.LOCAL else await zone_of_writer(turn.store, turn.who)
        at = chosen.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        await _send(turn, press.announcement, press.version, When(timing, at))


def _moment(day: str, hour: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour))
    except ValueError:
        return None


async def _today(turn: Turn) -> date:
    zone = await zone_of_writer(turn.store, turn.who)
    return turn.clock().astimezone(ZoneInfo(zone)).date()


@router.callback_query(Pressed(ReleaseIt))
async def release(_: object, turn: Turn, press: ReleaseIt) -> None:
    """Let it go out: another coordinator has written it."""
    one = await releasing.release(
        turn.store,
        turn.clock,
        by=turn.who,
        announcement=press.announcement,
        version=press.version,
    )
    zone = await zone_of_writer(turn.store, turn.who)
    note = turn.say("announcement-released", when=when_words(turn.say, one.when, zone))
    turn.show(Message(note, (await away(turn, one),)))


@router.callback_query(Pressed(TakeItBack))
async def take_back(_: object, turn: Turn, press: TakeItBack) -> None:
    """A draft again."""
    one = await releasing.take_back(turn.store, by=turn.who, announcement=press.announcement)
    note = turn.say("announcement-taken-back")
    turn.show(Message(note, (back(turn.say, one),)))
