"""A month as rows of buttons."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from delivery.buttons import button
from delivery.message import Button, Keyboard
from delivery.presses_of_sessions import Answer, NoDay, TurnTo
from domain.planning import FURTHEST, Question
from locales import moments
from locales.speech import Speech

DAYS = 7
NO_DAY = "·"
"""On a field that is no day to choose; Telegram takes no empty one."""


def today_in(zone: str, now: datetime) -> date:
    """Which day it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def month_rows(say: Speech, month: date, today: date, zone: str) -> Keyboard:
    """The days of a month, weeks beginning as they do where the clocks are; days that are over
    cannot be chosen."""
    first = month.replace(day=1)
    begins = moments.first_weekday(zone)
    names = moments.weekday_names(say)
    start = first - timedelta(days=(first.weekday() - begins) % DAYS)
    weeks = []
    while start <= _last_of(first):
        days = (start + timedelta(days=one) for one in range(DAYS))
        weeks.append(tuple(_day(day, first, today) for day in days))
        start += timedelta(days=DAYS)
    columns = tuple(_field(names[(begins + one) % DAYS]) for one in range(DAYS))
    return (_turning(say, first, today), columns, *weeks)


def _turning(say: Speech, first: date, today: date) -> tuple[Button, ...]:
    before, after = _last_before(first), _last_of(first) + timedelta(days=1)
    row = [_field(moments.month_name(say, first))]
    if first > today:
        row.insert(0, button(say, "button-month-before", TurnTo(f"{before:%Y-%m}")))
    if after < today + FURTHEST:
        row.append(button(say, "button-month-after", TurnTo(f"{after:%Y-%m}")))
    return tuple(row)


def _day(day: date, first: date, today: date) -> Button:
    if day.month != first.month or day < today:
        return _field(NO_DAY)
    return Button(str(day.day), data=Answer(Question.DAY.value, day.isoformat()).pack())


def _field(text: str) -> Button:
    return Button(text, data=NoDay().pack())


def _last_before(first: date) -> date:
    return first - timedelta(days=1)


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
