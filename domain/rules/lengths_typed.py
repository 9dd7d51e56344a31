"""How long something takes, as people type it: "90 min", "2 Stunden", "1,5 h", "۲ ساعات"."""

import re
from datetime import timedelta

from domain.rules.plain_text import cleaned, folded, in_plain_digits

# A number alone is minutes where it is too large to be an hour of the day.
_LEAST_ALONE = 25
_MINUTES = r"(?:min(?:s|uten?|utes?|utos?)?|хв(?:илин\w*)?|دقيقة|دقائق)"
_HOURS = r"(?:std|stunden?|hours?|hrs?|heures?|horas?|год(?:ин\w*)?|ساعات|ساعة)"
_FORM = re.compile(
    rf"(?:(?P<hours>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*{_HOURS}\.?)?\s*(?:(?P<minutes>\d{{1,4}})\s*{_MINUTES}\.?)?"
)


def length_in(text: str) -> timedelta | None:
    """How long the text says; None where it says no length. "14 h" is none: it is a time."""
    said = folded(in_plain_digits(cleaned(text[:60])))
    if said.isdigit():
        return timedelta(minutes=int(said)) if len(said) < 5 and int(said) >= _LEAST_ALONE else None
    found = _FORM.fullmatch(said)
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return timedelta(minutes=round(hours * 60) + int(found["minutes"] or 0))
