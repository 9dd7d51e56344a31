"""How long something takes, as people type it: "90 min", "zwei Stunden", "1h30", "۲ ساعات"."""

import re
from datetime import timedelta

from domain.rules.plain_text import cleaned, folded, in_plain_digits

# A number alone is minutes where it is too large to be an hour of the day.
_LEAST_ALONE = 25
_MINUTES = r"(?:min(?:s|uten?|utes?|utos?)?|хв(?:илин\w*)?|دقيقة|دقائق)"
_HOURS = r"(?:std|stunden?|hours?|hrs?|heures?|horas?|год(?:ин\w*)?|ساعات|ساعة)"
# Larger ones are rather times: until "16h".
_FEW_HOURS = re.compile(
    rf"(?P<hours>[1-6])(?:\s?h(?:\s?(?P<minutes>[0-5]\d)(?:\s?{_MINUTES})?)?"
    rf"|:(?P<colon>[0-5]\d)\s?(?:h|{_HOURS}))\.?"
)
_IN_WORDS = {
    "30 min": ("eine halbe stunde", "halbe stunde", "half an hour", "une demi-heure", "media hora",
               "meia hora", "пів години", "півгодини", "نصف ساعة"),
    "90 min": ("an hour and a half", "une heure et demie", "una hora y media", "hora y media",
               "uma hora e meia", "hora e meia", "годину з половиною", "ساعة ونصف"),
    "60 min": ("година", "годину", "ساعة"),
    "120 min": ("ساعتان", "ساعتين"),
    "1.5": ("anderthalb", "eineinhalb", "one and a half", "півтори"),
    "2.5": ("zweieinhalb", "two and a half"),
    "1": ("eine", "an", "one", "une", "una", "uma", "одна", "одну"),
    "2": ("zwei", "two", "deux", "dos", "duas", "дві"),
    "3": ("drei", "three", "trois", "tres", "три", "ثلاث"),
    "4": ("vier", "four", "quatre", "cuatro", "quatro", "чотири", "اربع"),
    "8": ("acht", "eight", "huit", "ocho", "oito", "вісім", "ثماني"),
}  # fmt: skip
"""Lengths, and how many hours, in words: folded."""
_FORM = re.compile(
    rf"(?:(?P<hours>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*{_HOURS}\.?)?\s*(?:(?P<minutes>\d{{1,4}})\s*{_MINUTES}\.?)?"
)


def length_in(text: str) -> timedelta | None:
    """How long the text says; None where it says no length. "14 h" is none: it is a time."""
    said = folded(in_plain_digits(cleaned(text[:60].replace("½", ",5"))))
    few = _FEW_HOURS.fullmatch(said)
    if few is not None:
        return timedelta(hours=int(few["hours"]), minutes=int(few["minutes"] or few["colon"] or 0))
    if said.isdigit():
        return timedelta(minutes=int(said)) if len(said) < 5 and int(said) >= _LEAST_ALONE else None
    found = _FORM.fullmatch(_in_figures(said))
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return timedelta(minutes=round(hours * 60) + int(found["minutes"] or 0))


def _in_figures(said: str) -> str:
    """The same in figures, where it is a length in words, or begins with how many in words."""
    for figures, several in _IN_WORDS.items():
        if said in several:
            return figures
        for words in several:
            if said.startswith(f"{words} ") and not figures.endswith("min"):
                return figures + said[len(words) :]
    return said
