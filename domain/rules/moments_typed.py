"""Days with a time as people type them: "30.11. 14 Uhr", "morgen um 10", "30 November 2pm",
"mañana a las 10", "٣٠/١١ الساعة ١٤"; also until when: "Mo 30.11. 14-16 Uhr"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from domain.rules.dates_typed import date_in
from domain.rules.plain_text import cleaned, folded, in_plain_digits

LONGEST = 80
"""Characters of a text that can be a moment."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was named of a day and a time of it: one of them, or both. `until` is a later time of
    the same day, where the time was named with its end."""

    day: date | None
    at: time | None
    until: time | None = None


# Words before a time, folded: "um 10", "a las 10", "الساعة ١٠".
_BEFORE = r"(?:um|gegen|at|a las|a la|as|a|о|об|الساعة|@)"
# Words by which a number is a time: "10 Uhr", "10 h", "10 годин".
_UNIT = r"(?:uhr|heures?|horas?|hs|h|год(?:ин\w*)?|o clock|oclock)"
# Which half of the day, folded; the longest first.
_LATER = ("de la noche", "de la tarde", "da noite", "da tarde", "du soir", "de l apres midi",
          "in the afternoon", "in the evening", "nachmittags", "nachmittag", "abends", "abend",
          "вечора", "дня", "بعد الظهر", "مساء", "ليلا")  # fmt: skip
_EARLIER = ("de la manana", "de la madrugada", "da manha", "da madrugada", "du matin",
            "in the morning", "vormittags", "vormittag", "morgens", "fruh", "ранку",
            "صباحا")  # fmt: skip
# These count right after a time only: "am" is German, too, and letters stand for many things.
_LATER_AFTER = (*_LATER, "p.m.", "p.m", "pm", "p m", "م")
_EARLIER_AFTER = (*_EARLIER, "a.m.", "a.m", "am", "a m", "ص")
_NOON = ("mittags", "mittag", "noon", "midi", "mediodia", "meio dia", "meio-dia", "опівдні",
         "ظهرا", "الظهر")  # fmt: skip


def _any(phrases: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(one) for one in phrases) + r")(?!\w)"


_HALF = rf"(?P<later>{_any(_LATER_AFTER)})|(?P<earlier>{_any(_EARLIER_AFTER)})"
_AFTER_IT = rf"(?:\s*(?:{_HALF}))"
_SOME_HALF = rf"\s*(?:{_any(_LATER_AFTER)}|{_any(_EARLIER_AFTER)})"
_HOUR = r"(?<![\d.:/-])(?P<hour>\d{1,2})"
_MINUTE = r"(?P<minute>\d{2})(?!\d)"
_LED = rf"(?:(?<!\w){_BEFORE}\s+)?"
# What is certainly a time, most certain first; each once in a text.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_LED}{_HOUR}\s?(?::|h|uhr)\s?{_MINUTE}(?::\d\d)?(?:\s?{_UNIT}(?!\w))?{_AFTER_IT}?",
        rf"{_LED}{_HOUR}\.{_MINUTE}\s?{_UNIT}(?!\w){_AFTER_IT}?",
        rf"{_LED}{_HOUR}\s?{_UNIT}(?!\w){_AFTER_IT}?",
        rf"{_LED}{_HOUR}(?:[.:]{_MINUTE})?{_AFTER_IT}",
        rf"(?<!\w){_BEFORE}\s+{_HOUR}(?:\.{_MINUTE})?(?![\d:]|\s?[./-]\s?\d)",
    )
)
_ALONE = re.compile(rf"{_HOUR}(?:[.:h ]?{_MINUTE})?")
_AT_THE_END = re.compile(rf"(?<=\s){_HOUR}(?:\.{_MINUTE})?$")


# From when until when, on one day.
_CLOCK = rf"\d{{1,2}}(?:[:.h]\d{{2}})?(?:\s?{_UNIT}(?!\w))?"
_FROM = r"(?:von|from|between|de|des|das|da|entre|з|із|від|من)(?: الساعة)?"
_TO = r"(?:bis|to|until|till|and|und|a(?: las?)?|as|hasta(?: las?)?|ate(?: as?)?|до|حتى|الى)"
_SPAN = re.compile(
    rf"(?P<led>(?<!\w){_FROM}\s+)?(?<![\d.:/-])(?P<begin>{_CLOCK})(?P<begin_half>{_SOME_HALF})?"
    rf"\s*(?:[-–—−]|(?<!\w){_TO}(?!\w))\s*"
    rf"(?P<end>{_CLOCK})(?P<end_half>{_SOME_HALF})?(?![.:/-]?\w)"
)
_SURELY_A_TIME = re.compile(rf":|h|{_UNIT}")

_UNTIL = re.compile(
    r"(?:bis|until|till|to|jusqu\W{0,2}a|hasta(?: las?)?|ate(?: as?)?|до|حتى|الى)(?: um| zu)?"
    r"\s+(?P<rest>.+)"
)
_LATELY = timedelta(days=31)
_NEARLY_A_YEAR = timedelta(days=300)


def end_in(text: str) -> time | None:
    """The time until which something lasts: "16:30", "bis 16:30 Uhr", "حتى ١٦:٣٠"."""
    found = _UNTIL.fullmatch(folded(in_plain_digits(cleaned(text[: LONGEST + 1]))))
    return time_in(found["rest"] if found else text)


def just_past(text: str, language: str, today: date) -> bool:
    """Whether the day that the text names without a year was over a few days ago: whoever plans
    has hardly meant the next one, in eleven months."""
    found, before = (moment_in(text, language, day) for day in (today, today - _LATELY))
    if found is None or before is None or found.day is None or before.day is None:
        return False
    return before.day < today and found.day - before.day > _NEARLY_A_YEAR


def moment_in(text: str, language: str, today: date) -> Moment | None:
    """The day and the time that the text names, either alone too; None where it names neither, or
    something else besides. Of a day without a year as domain/rules/dates_typed.py says."""
    said = _plain(text)
    if said is None:
        return None
    lasting = _lasting(said, language, today)
    if lasting is not None:
        return lasting
    for at, rest in _readings(said):
        if not rest:
            return Moment(None, at)
        day = date_in(rest, language, today)
        if day is not None:
            return Moment(day, at)
    day = date_in(text, language, today)
    return Moment(day, None) if day else _with_a_bare_time(said, language, today)


def _lasting(said: str, language: str, today: date) -> Moment | None:
    """Where a time is named with its end: "30.11. 14-16 Uhr", "von 14 bis 16 Uhr"."""
    for found in _SPAN.finditer(said):
        begins, ends = _begin_and_end(found)
        rest = _tidied(f"{said[: found.start()]} {said[found.end() :]}")
        if begins is None or ends is None or begins >= ends:
            continue
        if not rest:
            # "10.11 - 14.00" is rather a day with its time.
            return None if "." in found["begin"] else Moment(None, begins, ends)
        day = date_in(rest, language, today)
        if day is not None:
            return Moment(day, begins, ends)
    return None


def _begin_and_end(found: re.Match[str]) -> tuple[time | None, time | None]:
    """Both times; none where it could as well be two days: "14-16"."""
    begin, end = found["begin"], found["end"]
    of_begin, of_end = found["begin_half"] or "", found["end_half"] or ""
    sure = _SURELY_A_TIME.search(f"{begin} {end}") or of_begin or of_end or found["led"]
    if not sure or ("." in begin and "." not in end):
        return None, None
    ends, alone = time_in(end + of_end), time_in(begin + of_begin)
    # "2-4 pm": what is said of the end counts for both, where it can.
    shared = time_in(begin + of_end) if of_end and not of_begin else None
    return (shared if shared and ends and shared < ends else alone), ends


def time_in(text: str) -> time | None:
    """The time of the day that the text names, where nothing else is asked for: "14", "9.30"."""
    said = _plain(text)
    if said is None:
        return None
    bare = _ALONE.fullmatch(said)
    if bare:
        return _time(bare)
    return next((at for at, rest in _readings(said) if not rest), None)


def _plain(text: str) -> str | None:
    said = folded(in_plain_digits(cleaned(text[: LONGEST + 1])))
    said = re.sub(r"(\d)t(\d)", r"\1 \2", said).strip(" ,;!?.")
    return said if 0 < len(said) <= LONGEST else None


def _readings(said: str) -> Iterator[tuple[time, str]]:
    """Each time that the text may name, and what remains of it."""
    for form in _FORMS:
        for found in form.finditer(said):
            rest = _tidied(f"{said[: found.start()]} {said[found.end() :]}")
            later, rest = _without(_LATER, rest)
            earlier, rest = _without(_EARLIER, rest)
            at = _time(found, later=later, earlier=earlier)
            if at is not None:
                yield at, rest
    noon, rest = _without(_NOON, said)
    if noon:
        yield time(12), rest


def _with_a_bare_time(said: str, language: str, today: date) -> Moment | None:
    """Where a time stands behind a day without a word: "31.12. 10.00"."""
    found = _AT_THE_END.search(said)
    at = _time(found) if found else None
    day = date_in(said[: found.start()], language, today) if found else None
    return Moment(day, at) if day and at is not None else None


def _time(found: re.Match[str], *, later: bool = False, earlier: bool = False) -> time | None:
    parts = found.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    later = later or bool(parts.get("later"))
    # "14 Uhr am Montag" is German.
    german = parts.get("earlier") == "am" and "uhr" in found[0]
    earlier = earlier or bool(parts.get("earlier") and not german)
    if later and 1 <= hour < 12:
        hour += 12
    if earlier and hour == 12:
        hour = 0
    possible = hour < 24 and minute < 60 and not (earlier and hour > 12)
    return time(hour, minute) if possible else None


def _without(phrases: tuple[str, ...], said: str) -> tuple[bool, str]:
    """Whether one of the phrases stands in the text, and the text without it."""
    found = re.search(rf"(?<!\w){_any(phrases)}", said)
    if found is None:
        return False, said
    return True, _tidied(f"{said[: found.start()]} {said[found.end() :]}")


def _tidied(said: str) -> str:
    return " ".join(said.split()).strip(" ,;@")
