"""Whether an organisation takes a further partner, and from which day on it does again.

The day is chosen by an option: "not" (full), "m3" (for so many months), or a day as "2030-06-30".
"""

import re
from calendar import monthrange
from datetime import date

from domain.organisations import Organisation
from domain.rules.amounts_typed import amount_in
from domain.rules.dates_typed import date_in

NOT_FULL = "not"
CHOICES = (NOT_FULL, "m3", "m6", "m12")
MOST_MONTHS = 120

_MONTHS = re.compile(r"\b(?:monat|month|mois|mes(?:es)?\b|mês|місяц)|شهر|أشهر|شهور", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:jahr|year|ans?\b|año|ano|рок|рік)|سنة|سنوات|عام|أعوام", re.IGNORECASE)
_LONGEST_DURATION = 40


def is_full(one: Organisation, on: date) -> bool:
    """Whether it takes no further partner on a day: the day that it has named is free again. A day
    that has passed says that it was asked, and is open."""
    return one.full_until is not None and on < one.full_until


def day_of(option: str, today: date) -> date | None:
    """The day on which it takes partners again; None where the option names none."""
    if option == NOT_FULL:
        return today
    months = months_of(option)
    if months is not None:
        return months_after(today, months)
    try:
        return date.fromisoformat(option)
    except ValueError:
        return None


def months_of(option: str) -> int | None:
    """For how many months an option is, where it is for months."""
    found = re.fullmatch(r"m([0-9]{1,3})", option)
    months = int(found[1]) if found else 0
    return months if 0 < months <= MOST_MONTHS else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def is_far(day: date, today: date) -> bool:
    """Whether a day is further away than anybody plans."""
    return day > months_after(today, MOST_MONTHS)


def option_in(text: str, language: str, today: date) -> str | None:
    """The option that a text names: a date, or a number of months or years; None for neither."""
    day = date_in(text, language, today)
    if day is not None:
        return day.isoformat()
    amount = amount_in(text)
    if amount is None or len(text) > _LONGEST_DURATION:
        return None
    times = 1 if _MONTHS.search(text) else 12 if _YEARS.search(text) else 0
    option = f"m{amount * times}"
    return option if months_of(option) else None
