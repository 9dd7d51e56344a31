"""/settings: language, zone, quiet hours, a pause, and what one is told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import people, settings
from delivery.buttons import button
from delivery.message import Button
from delivery.presses_of_settings import (
    KeepQuiet,
    PauseUntil,
    ShowSetting,
    ShowSettings,
    SpeakToMe,
    TellMeOf,
)
from domain.errors import Refusal
from domain.languages import LANGUAGES
from domain.people import QuietHours
from domain.rules.dates_typed import date_in
from domain.rules.hours_typed import hours_in
from domain.rules.wishes import wishes
from domain.told import Told
from handlers import asides
from handlers.leaving import Words
from handlers.links import follows
from handlers.settings import zones
from handlers.settings.window import (
    pause_line,
    paused,
    quiet_line,
    show_all,
    show_one,
    zone_for,
)
from handlers.turn import Pressed, Turn
from locales import moments
from locales.speech import own_names

router = Router(name="settings")
router.include_router(zones.router)

QUIET, PAUSE = "settings-quiet", "settings-pause"
CHOSEN, OPEN = "✅", "▫️"
NIGHTS = ((20, 7), (18, 8), (22, 6))
"""Hours that are offered."""
MORNING = time(8)
"""When a pause ends on its last day, in the person's zone."""


@router.message(Command("settings"))
async def open_settings(_: object, turn: Turn) -> None:
    """All settings, in a window of their own."""
    await show_all(turn, anew=True)


@follows("settings")
async def open_by_link(turn: Turn, _: str) -> None:
    """The same."""
    await show_all(turn, anew=True)


@router.callback_query(Pressed(ShowSettings))
async def back_to_all(_: object, turn: Turn) -> None:
    """All settings, in place."""
    await show_all(turn)


@router.callback_query(Pressed(ShowSetting))
async def show_setting(_: object, turn: Turn, press: ShowSetting) -> None:
    """One setting, in place; a question in between where words are heard, too."""
    if press.which == "language":
        _show_languages(turn)
    elif press.which == "told":
        await _show_told(turn)
    elif press.which == "zone":
        await zones.ask(turn)
    elif press.which in ("quiet", "pause"):
        turn.conversation = turn.conversation.aside(f"settings-{press.which}")
        await asides.show(turn)
    else:
        turn.toast(turn.say.plain("stale-toast"))
        await show_all(turn)


def _show_languages(turn: Turn) -> None:
    buttons = [Button(name, data=SpeakToMe(code).pack()) for code, name in own_names().items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    show_one(turn, turn.say("language-question"), rows)


@router.callback_query(Pressed(SpeakToMe))
async def speak(_: object, turn: Turn, press: SpeakToMe) -> None:
    """Another language from now on, in this window at once."""
    if press.language in LANGUAGES:
        turn.language = press.language
        await people.speak(turn.store, turn.who, language=press.language)
        turn.renew_menu()
    await show_all(turn, turn.say("language-changed"))


async def ask_quiet(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask for the quiet hours."""
    say = turn.say
    spans = [
        Button(_span(turn, start * 60, end * 60), data=KeepQuiet(start * 60, end * 60).pack())
        for start, end in NIGHTS
    ]
    none = (button(say, "button-quiet-none", KeepQuiet(0, 0)),)
    text = Markup("\n\n").join([quiet_line(say, turn.who), say("settings-quiet-question")])
    show_one(turn, text, (*((one,) for one in spans), none), note, anew=anew)


asides.shows(QUIET)(ask_quiet)


def _span(turn: Turn, start: int, end: int) -> str:
    say = turn.say
    return say.plain(
        "button-quiet-span", start=moments.wall_time(say, start), end=moments.wall_time(say, end)
    )


@router.callback_query(Pressed(KeepQuiet))
async def keep_quiet(_: object, turn: Turn, press: KeepQuiet) -> None:
    """These quiet hours from now on."""
    hours = None if press.start == press.end else QuietHours(press.start, press.end)
    turn.person = await settings.keep_quiet(turn.store, turn.clock, by=turn.who, hours=hours)
    await show_all(turn, turn.say("settings-kept"))


@router.message(asides.Aside(QUIET), Words())
async def hear_quiet(_: object, turn: Turn) -> None:
    """Quiet hours in words."""
    if turn.text is None:
        await ask_quiet(turn, turn.say("misheard-not-text"), anew=True)
        return
    hours = hours_in(turn.text)
    if hours is None:
        await ask_quiet(turn, turn.say("misheard-quiet"), anew=True)
        return
    turn.person = await settings.keep_quiet(turn.store, turn.clock, by=turn.who, hours=hours)
    await show_all(turn, turn.say("settings-kept"), anew=True)


async def ask_pause(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """Ask until when to pause."""
    say, today, zone = turn.say, await _today(turn), await zone_for(turn)
    offered = {
        "button-pause-tomorrow": today + timedelta(days=1),
        "button-pause-monday": today + timedelta(days=7 - today.weekday()),
        "button-pause-week": today + timedelta(days=7),
    }
    rows = [(button(say, key, PauseUntil(day.isoformat())),) for key, day in offered.items()]
    if paused(turn):
        rows.insert(0, (button(say, "button-pause-over", PauseUntil("")),))
    text = Markup("\n\n").join([pause_line(turn, zone), say("settings-pause-question")])
    show_one(turn, text, tuple(rows), note, anew=anew)


asides.shows(PAUSE)(ask_pause)


@router.callback_query(Pressed(PauseUntil))
async def pause(_: object, turn: Turn, press: PauseUntil) -> None:
    """A pause until that day, or none any more; a button of days ago is refused politely."""
    await _pause(turn, _day(press.day), over=press.day == "", anew=False)


@router.message(asides.Aside(PAUSE), Words())
async def hear_pause(_: object, turn: Turn) -> None:
    """A day in words."""
    day = date_in(turn.text, turn.language, await _today(turn)) if turn.text is not None else None
    if day is None:
        key = "misheard-not-text" if turn.text is None else "misheard-day"
        await ask_pause(turn, turn.say(key, None, **await _example(turn, key)), anew=True)
        return
    await _pause(turn, day, over=False, anew=True)


async def _pause(turn: Turn, day: date | None, *, over: bool, anew: bool) -> None:
    zone = ZoneInfo((await zone_for(turn)).name)
    until = datetime.combine(day, MORNING, zone).astimezone(UTC) if day else None
    if until is None and not over:
        turn.toast(turn.say.plain("stale-toast"))
        await show_all(turn)
        return
    try:
        turn.person = await settings.pause(turn.store, turn.clock, by=turn.who, until=until)
    except Refusal as refusal:
        turn.conversation = turn.conversation.aside(PAUSE)
        await ask_pause(turn, turn.say(refusal.key), anew=anew)
        return
    await show_all(turn, turn.say("settings-resumed" if over else "settings-kept"), anew=anew)


async def _today(turn: Turn) -> date:
    return turn.clock().astimezone(ZoneInfo((await zone_for(turn)).name)).date()


async def _example(turn: Turn, key: str) -> dict[str, object]:
    """A day as this language writes it, where the sentence names one."""
    if key != "misheard-day":
        return {}
    return {"day": turn.say.date(turn.clock() + timedelta(days=30))}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _show_told(turn: Turn) -> None:
    """Each subject that can be switched, and how it stands."""
    say, told = turn.say, wishes(turn.who)
    rows = tuple(
        (
            Button(
                f"{CHOSEN if one in told else OPEN} {say.plain(f'told-{one.value}')}",
                data=TellMeOf(0 if one in told else 1, one.value).pack(),
            ),
        )
        for one in Told
    )
    show_one(turn, say("settings-told-question"), rows)


@router.callback_query(Pressed(TellMeOf))
async def tell_of(_: object, turn: Turn, press: TellMeOf) -> None:
    """Be told of a subject, or no longer."""
    what = next((one for one in Told if one.value == press.what), None)
    if what is None:
        turn.toast(turn.say.plain("stale-toast"))
        await show_all(turn)
        return
    wished = press.wished == 1
    turn.person = await settings.tell_of(
        turn.store, turn.clock, by=turn.who, what=what, wished=wished
    )
    await _show_told(turn)
