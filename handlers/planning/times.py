"""The questions about when a session is, how long it takes, and how it comes again."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

from markupsafe import Markup

from actions.recurring import occurrences
from delivery.message import Button, Keyboard
from delivery.presses_of_sessions import Answer
from domain.errors import Refusal
from domain.planning import MOST_SESSIONS, Draft, Question, Repeat
from domain.rules.amounts_typed import amount_in
from domain.rules.dates_typed import date_in
from domain.rules.lengths_typed import length_in
from domain.rules.local_times import local_moment
from domain.rules.moments_typed import Moment, end_in, just_past, moment_in, time_in
from domain.rules.plain_text import in_plain_digits
from domain.rules.recurrences import rule_of, which_weekday
from domain.rules.sessions import flaw_in_time
from domain.rules.zones_typed import zone_in
from handlers.planning.month import month_rows, today_in
from handlers.planning.steps import Step, Took, minutes, option
from handlers.profile.steps import Misheard
from handlers.turn import Turn
from locales import moments

HOURS = range(8, 20)
"""Full hours with a button of their own."""
LENGTHS = (60, 90, 120, 180, 240, 480)
TIMES = (3, 6, 12)
_LOOKS_LIKE_A_ZONE = re.compile(r"[A-Za-z_]{3,}/[A-Za-z_/+-]+|(?:utc|gmt)\s*[-+−]?\s*[\d:]*", re.I)
_MINUTE = timedelta(minutes=1)
_NTH = {1: "nth-first", 2: "nth-second", 3: "nth-third", 4: "nth-fourth", -1: "nth-last"}


def zone_line(turn: Turn, draft: Draft) -> list[Markup]:
    """By which clocks times are meant; a session that there is keeps its zone."""
    key = "plan-zone" if draft.session is None else "sessions-zone"
    return [turn.say(key, zone=moments.zone_name(turn.say, draft.zone))]


def _zone(turn: Turn, draft: Draft, text: str) -> Took | None:
    """Another zone, where one was typed; a session that there is keeps its own."""
    if not _LOOKS_LIKE_A_ZONE.fullmatch(text.strip()):
        return None
    zone = zone_in(text)
    if zone is None:
        raise Misheard("refusal-session-zone")
    if draft.session is not None:
        raise Misheard("misheard-plan-zone-stays")
    note = turn.say("plan-zone-changed", zone=moments.zone_name(turn.say, zone))
    return Took(replace(draft, zone=zone), note, stay=True)


def _timed(turn: Turn, draft: Draft) -> Took:
    """The draft with a day and a time that will do; raises Misheard otherwise."""
    starts = draft.starts
    if starts is None:
        return Took(draft)
    flaw = flaw_in_time(starts, _MINUTE, draft.zone, turn.clock())
    if flaw is not None:
        raise Misheard(flaw)
    twice = local_moment(starts, draft.zone).twice
    return Took(draft, turn.say("plan-time-twice") if twice else None)


async def _read_day(turn: Turn, draft: Draft, text: str) -> Took:
    zoned = _zone(turn, draft, text)
    if zoned is not None:
        return zoned
    today = today_in(draft.zone, turn.clock())
    found = moment_in(text, turn.language, today)
    if found is None or found.day is None:
        raise Misheard("misheard-plan-day")
    if just_past(text, turn.language, today):
        raise Misheard("refusal-session-past")
    return _on(turn, _at(draft, found), found.day)


def _at(draft: Draft, found: Moment) -> Draft:
    """The draft with the time that was named, and with its end where that was named, too."""
    begins = None if found.at is None else _minute_of(found.at)
    if begins is None or found.until is None:
        return replace(draft, begins=begins, ended=False)
    return replace(draft, begins=begins, lasts=_minute_of(found.until) - begins, ended=True)


def _minute_of(at: time) -> int:
    return at.hour * 60 + at.minute


def _pick_day(turn: Turn, draft: Draft, chosen: str) -> Took | None:
    try:
        day = date.fromisoformat(chosen)
    except ValueError:
        return None
    return _on(turn, replace(draft, begins=None, ended=False), day)


def _on(turn: Turn, draft: Draft, day: date) -> Took:
    if day < today_in(draft.zone, turn.clock()):
        raise Misheard("refusal-session-past")
    return _timed(turn, replace(draft, day=day.isoformat(), month=f"{day:%Y-%m}"))


def _calendar(turn: Turn, draft: Draft) -> Keyboard:
    today = today_in(draft.zone, turn.clock())
    month = date.fromisoformat(f"{draft.month}-01") if draft.month else today
    return month_rows(turn.say, max(month, today.replace(day=1)), today, draft.zone)


async def _read_time(turn: Turn, draft: Draft, text: str) -> Took:
    zoned = _zone(turn, draft, text)
    if zoned is not None:
        return zoned
    at = time_in(text)
    if at is not None:
        return _timed(turn, _at(draft, Moment(None, at)))
    found = moment_in(text, turn.language, today_in(draft.zone, turn.clock()))
    if found is None or found.at is None:
        raise Misheard("misheard-plan-time")
    if found.day is not None:
        # Whoever names the day once more corrects it.
        return await _read_day(turn, draft, text)
    return _timed(turn, _at(draft, found))


def _pick_time(turn: Turn, draft: Draft, chosen: str) -> Took | None:
    if not chosen.isdecimal() or not 0 <= int(chosen) < 24 * 60:
        return None
    return _timed(turn, replace(draft, begins=int(chosen), ended=False))


def _times(turn: Turn, draft: Draft) -> Keyboard:
    before = () if draft.before is None else (draft.before,)
    possible = [
        Button(
            moments.wall_time(turn.say, begins),
            data=Answer(Question.TIME.value, str(begins)).pack(),
        )
        for begins in sorted({*before, *(hour * 60 for hour in HOURS)})
        if _will_do(turn, replace(draft, begins=begins))
    ]
    return tuple(tuple(possible[at : at + 4]) for at in range(0, len(possible), 4))


def _will_do(turn: Turn, draft: Draft) -> bool:
    starts = draft.starts
    return starts is not None and not flaw_in_time(starts, _MINUTE, draft.zone, turn.clock())


def _day_and_zone(turn: Turn, draft: Draft) -> list[Markup]:
    """For which day a time is asked, and by which clocks."""
    day = turn.say("plan-day-chosen", day=turn.say.date(draft.first_day))
    return [day, *zone_line(turn, draft)]


def _beginning(turn: Turn, draft: Draft) -> list[Markup]:
    """From when on it lasts."""
    begins = moments.wall_time(turn.say, draft.begins or 0)
    return [turn.say("plan-begins", day=turn.say.date(draft.first_day), time=begins)]


async def _read_lasts(turn: Turn, draft: Draft, text: str) -> Took:
    length = length_in(text) or _until(draft, text)
    return _lasting(turn, draft, minutes(length))


def _until(draft: Draft, text: str) -> timedelta:
    """From the beginning until a time of the same day; raises Misheard."""
    end = end_in(text)
    if end is None or draft.begins is None:
        raise Misheard("misheard-plan-lasts")
    return timedelta(minutes=_minute_of(end) - draft.begins)


def _pick_lasts(turn: Turn, draft: Draft, chosen: str) -> Took | None:
    if not chosen.isdecimal() or not 0 < len(chosen) < 6:
        return None
    return _lasting(turn, draft, int(chosen))


def _lasting(turn: Turn, draft: Draft, lasts: int) -> Took:
    if draft.starts is None:
        raise Misheard("misheard-plan-day")
    flaw = flaw_in_time(draft.starts, timedelta(minutes=lasts), draft.zone, turn.clock())
    if flaw is not None:
        raise Misheard(flaw)
    return Took(replace(draft, lasts=lasts))


def _lengths(turn: Turn, draft: Draft) -> Keyboard:
    now = () if draft.lasts is None or draft.lasts in LENGTHS else (draft.lasts,)
    possible = [_length(turn, one) for one in (*now, *LENGTHS)]
    return tuple(tuple(possible[at : at + 3]) for at in range(0, len(possible), 3))


def _length(turn: Turn, length: int) -> Button:
    key, n = ("button-minutes", length) if length % 60 else ("button-hours", length // 60)
    return option(turn, Question.LASTS, key, str(length), n)


async def _read_repeat(_: Turn, __: Draft, ___: str) -> Took:
    raise Misheard("misheard-plan-button")


def _pick_repeat(_: Turn, draft: Draft, chosen: str) -> Took | None:
    if chosen not in {one.value for one in Repeat}:
        return None
    return Took(replace(draft, repeat=chosen, times=None, until=None))


def _repeats(turn: Turn, draft: Draft) -> Keyboard:
    say, day = turn.say, draft.first_day
    weekday, nth = moments.weekday_name(say, day), say.plain(_NTH[which_weekday(day)])
    said: Mapping[Repeat, Mapping[str, object]] = {
        Repeat.WEEKDAY: {"nth": nth, "weekday": weekday},
        Repeat.QUARTERLY: {"nth": nth, "weekday": weekday},
        Repeat.DAY: {"day": day.day},
    }
    return tuple(
        (
            Button(
                say.plain(f"button-repeat-{one.value}", None, **said.get(one, {})),
                data=Answer(Question.REPEAT.value, one.value).pack(),
            ),
        )
        for one in Repeat
    )


async def _read_until(turn: Turn, draft: Draft, text: str) -> Took:
    """So many times, or until a day."""
    today = today_in(draft.zone, turn.clock())
    day = date_in(text, turn.language, today)
    if day is not None:
        if day < draft.first_day:
            raise Misheard("misheard-plan-until-before")
        return _ending(replace(draft, until=day.isoformat(), times=None))
    times = amount_in(text) if re.search(r"\d", in_plain_digits(text)) else None
    if times is None:
        raise Misheard("misheard-plan-until")
    return _ending(replace(draft, times=times, until=None))


def _pick_until(_: Turn, draft: Draft, chosen: str) -> Took | None:
    if not chosen.isdecimal() or not 0 < int(chosen) <= MOST_SESSIONS:
        return None
    return _ending(replace(draft, times=int(chosen), until=None))


def _ending(draft: Draft) -> Took:
    """The draft, if its series has an end that is near enough."""
    try:
        days_of(draft)
    except Refusal as refusal:
        raise Misheard(refusal.key) from None
    return Took(draft)


def rule_in(draft: Draft) -> str | None:
    """The RRULE; None where it comes once only."""
    until = date.fromisoformat(draft.until) if draft.until else None
    return rule_of(Repeat(draft.repeat), draft.first_day, times=draft.times, until=until)


def days_of(draft: Draft) -> int:
    """How many sessions it is. Refuses a series without an end, or with one too far."""
    rule, starts = rule_in(draft), draft.starts
    return len(occurrences(rule, starts, draft.zone)) if rule and starts else 1


def _ends(turn: Turn, _: Draft) -> Keyboard:
    return (
        tuple(option(turn, Question.UNTIL, "button-times", str(times), times) for times in TIMES),
    )


TIMED: Mapping[Question, Step] = {
    one.question: one
    for one in (
        Step(Question.DAY, _read_day, _pick_day, _calendar, zone_line),
        Step(
            Question.TIME, _read_time, _pick_time, _times, _day_and_zone,
            given=lambda draft: draft.begins is not None,
        ),
        Step(
            Question.LASTS, _read_lasts, _pick_lasts, _lengths, _beginning,
            given=lambda draft: draft.ended,
        ),
        Step(Question.REPEAT, _read_repeat, _pick_repeat, _repeats),
        Step(
            Question.UNTIL, _read_until, _pick_until, _ends,
            applies=lambda draft: draft.series,
        ),
    )
}  # fmt: skip
