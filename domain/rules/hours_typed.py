"""Hours as people type them: "22-7", "22:30 bis 6:00", "10pm-6am", "من ١٠ مساءً إلى ٦ صباحًا"."""

import re

from domain.people import QuietHours
from domain.rules.plain_text import cleaned, folded, in_plain_digits

LONGEST = 80
"""Characters of a text that can be hours."""

_TIME = re.compile(r"(?<!\d)(\d{1,2})(?:(?:[:.h]|\s?uhr\s?)(\d{2}))?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")

# Of the two halves of the day, folded; the longest first.
_LATER = ("de la noche", "de la tarde", "da noite", "da tarde", "du soir", "pm", "p m", "abends",
          "вечора", "مساء", "ليلا", "م")  # fmt: skip
_EARLIER = ("de la manana", "de la madrugada", "da manha", "da madrugada", "du matin", "am", "a m",
            "morgens", "fruh", "ранку", "صباحا", "ص")  # fmt: skip
# Words around hours that add nothing to them, folded.
_BESIDE = frozenset(
    folded(word)
    for words in (
        ("von", "ab", "bis", "und", "zwischen", "uhr", "nachts"),
        ("from", "to", "until", "till", "and", "between", "o", "oclock"),
        ("de", "du", "a", "au", "h", "heures", "heure", "jusqu", "jusqua", "et", "entre"),
        ("las", "la", "el", "los", "hasta", "y", "horas", "hora", "hs"),
        ("das", "as", "ate", "e", "do", "da"),
        ("з", "від", "до", "та", "і", "й", "год", "година", "години", "годині", "годин"),
        ("من", "إلى", "حتى", "و", "بين", "الساعة", "ساعة"),
    )
    for word in words
)


def hours_in(text: str) -> QuietHours | None:
    """The two hours that the text names, as minutes after midnight; None where it names fewer or
    more, no such hours, the same twice, or something else besides."""
    said = folded(in_plain_digits(cleaned(text[: LONGEST + 1])))
    found = list(_TIME.finditer(said))
    if len(said) > LONGEST or len(found) != 2 or len(re.findall(r"\d+", said)) > 4:
        return None
    first, second = found
    parts = (said[: first.start()], said[first.end() : second.start()], said[second.end() :])
    words = [_WORD.findall(part) for part in parts]
    start, between = _minutes(first, words[1])
    end, after = _minutes(second, words[2])
    if start is None or end is None or start == end:
        return None
    if not _BESIDE.issuperset([*words[0], *between, *after]):
        return None
    return QuietHours(start, end)


def _minutes(time: re.Match[str], words: list[str]) -> tuple[int | None, list[str]]:
    """Minutes after midnight, and what of the words that follow says something else."""
    hour, minute = int(time[1]), int(time[2] or 0)
    later, rest = _without(_LATER, words)
    earlier, rest = _without(_EARLIER, rest)
    if later or earlier:
        if not 1 <= hour <= 12:
            # "22:00 вечора" says it twice.
            return (None if earlier and hour > 12 else _within(hour, minute)), rest
        hour = hour % 12 + (12 if later else 0)
    return _within(hour, minute), rest


def _within(hour: int, minute: int) -> int | None:
    if (hour, minute) == (24, 0):
        return 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _without(phrases: tuple[str, ...], words: list[str]) -> tuple[bool, list[str]]:
    """Whether one of the phrases stands first among the words that are not only beside a time."""
    said = " ".join(words)
    for phrase in phrases:
        found = re.search(rf"\b{phrase}\b", said)
        if found:
            return True, (said[: found.start()] + said[found.end() :]).split()
    return False, words
