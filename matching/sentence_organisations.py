"""Names of organisations in a sentence: "bei den Stadtwerken Kassel" holds "Stadtwerke Kassel"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from matching.sentence_cases import nominative
from matching.sentence_cues import GLADLY, JOINERS, NOT, THEMES, WHO, Cue, words_in
from matching.sentence_institutions import (
    ADJECTIVES,
    ARTICLES,
    CONNECTORS,
    INDEFINITE,
    LEGAL_FORMS,
    Noun,
    is_one_of,
    noun,
    without_clitic,
)
from matching.sentence_small_words import PLACE_PREPOSITIONS, SMALL
from matching.topic_text import Word, words_of

MOST_PROPER = 6
MOST_ARABIC = 3
_ANDS = frozenset(("and", "und", "et", "y", "e", "та", "і", "й"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for an organisation, from `first` to before `last`.

    `name` is as the person wrote it, in the nominative; None where it is only said what it is
    ("a water utility in Amman").
    """

    first: int
    last: int
    name: str | None
    nouns: tuple[Noun, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words, with what is known about them."""

    text: str
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    is_place: Callable[[str], bool]

    @property
    def lower(self) -> bool:
        """Whether somebody wrote it without capitals."""
        return self.text == self.text.lower()

    @property
    def shouted(self) -> bool:
        """Whether somebody wrote it in capitals."""
        letters = [one for one in self.text if one.isalpha() and one.lower() != one.upper()]
        return sum(one.isupper() for one in letters) > 0.7 * max(len(letters), 1)

    def between(self, at: int) -> str:
        """What stands before a word, behind the one before."""
        before = self.words[at - 1].end if at else 0
        return self.text[before : self.words[at].start]

    def joined(self, at: int) -> bool:
        """Whether a word stands beside the one before with nothing but spaces or quotes between."""
        return not re.search(r"[,;:.!?؟،؛()\n—–]", self.between(at).replace("«", "").strip('"„“”»'))

    def slice(self, first: int, last: int) -> str:
        """These words as they were written."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def in_cue(self, at: int) -> bool:
        """Whether a word is part of a cue."""
        return any(cue.first <= at < cue.last for cue in self.cues)

    def capital(self, at: int) -> bool:
        """Whether a word is written like a name, in a text that tells names by capitals."""
        written = self.words[at].written
        return not self.lower and any(one.isupper() for one in written)

    def small(self, at: int) -> bool:
        """Whether a word says nothing by itself."""
        key = self.words[at].key
        return key in SMALL or is_one_of(ARTICLES, self.words[at]) or key in PLACE_PREPOSITIONS

    def arabic(self, at: int) -> bool:
        """Whether a word is Arabic, which knows no capitals."""
        return "\u0600" <= self.words[at].written[0] <= "\u06ff"


def phrases_in(text: Text) -> list[Phrase]:
    """Every organisation named or described, none over another."""
    found: list[Phrase] = []
    for at, word in enumerate(text.words):
        told = noun(word)
        if told is None or (found and at < found[-1].last) or text.in_cue(at):
            continue
        phrase = _around(text, at)
        if phrase is not None and (not found or phrase.first >= found[-1].last):
            found.append(phrase)
    return found


def _around(text: Text, at: int) -> Phrase | None:
    first, last = at, _right(text, at + 1)
    first = _left(text, at)
    nouns = tuple(told for one in text.words[first:last] if (told := noun(one)))
    heads = [one for one in nouns if one.head]
    if not heads and not _stands_as_name(text, first, last):
        return None
    if heads and first == at and not nouns[0].head and _mere_words(text, first):
        return None
    if not _kreis_is_known(text, first, last):
        return None
    name = None if _indefinite(text, first) else _name(text, first, last)
    return Phrase(first, last, name, (*heads, *(one for one in nouns if not one.head)))


def _mere_words(text: Text, first: int) -> bool:
    """Words such as "saneamento da" before a name are no part of it."""
    return not text.arabic(first) and not text.lower and text.words[first].written.islower()


def _kreis_is_known(text: Text, first: int, last: int) -> bool:
    """Many a word ends in "-kreis" ("Arbeitskreis"): a district is one that the gazetteer knows."""
    if last - first > 1 or not text.words[first].key.endswith("kreis"):
        return True
    return text.words[first].key in ("kreis", "landkreis") or text.is_place(text.slice(first, last))


def _stands_as_name(text: Text, first: int, last: int) -> bool:
    """ "Hamburg Wasser", or "Eau de Paris" where somebody says who they are."""
    names_place = any(
        text.is_place(text.words[at].written)
        for at in range(first, last)
        if noun(text.words[at]) is None and not text.small(at)
    )
    before = first - 1
    while (
        before >= 0
        and not text.in_cue(before)
        and (is_one_of(ARTICLES, text.words[before]) or is_one_of(INDEFINITE, text.words[before]))
    ):
        before -= 1
    speaks = any(cue.last == before + 1 for cue in text.cues if cue.mode in ("us", "me"))
    adjective = any(is_one_of(ADJECTIVES, one) for one in text.words[first:last])
    return (names_place and text.capital(first)) or (speaks and (names_place or adjective))


def _left(text: Text, at: int) -> int:
    first = at
    while first > 0 and text.joined(first) and first - 1 >= at - MOST_PROPER:
        before = first - 1
        if text.in_cue(before) or text.arabic(before):
            break
        if noun(text.words[before]) or is_one_of(ADJECTIVES, text.words[before]):
            first = before
        elif _and_between(text, before):
            first = before - 1
        elif _proper_before(text, before):
            first = before
        else:
            break
    return first


def _and_between(text: Text, at: int) -> bool:
    """ "Water and Sewerage": an "and" between two words for institutions."""
    return text.words[at].key in _ANDS and at > 0 and noun(text.words[at - 1]) is not None


def _proper_before(text: Text, at: int) -> bool:
    if text.small(at) or _a_stop(text, at) or is_one_of(INDEFINITE, text.words[at]):
        return False
    if text.lower or (text.shouted and not _latin(text, at)):
        return text.words[at].key.endswith(_UKRAINIAN_ADJECTIVES) or text.is_place(
            text.words[at].written
        )
    return text.capital(at) and not _lonely_start(text, at)


def _lonely_start(text: Text, at: int) -> bool:
    """A capital that only begins the sentence ("Small city of …") says nothing."""
    begins = at == 0 or bool(re.search(r"[.!?\n]", text.between(at)))
    return begins and is_one_of(ADJECTIVES, text.words[at])


_UKRAINIAN_ADJECTIVES = ("ська", "ської", "ській", "ську", "ською", "цька", "цької", "ський")


def _latin(text: Text, at: int) -> bool:
    return text.words[at].key.isascii()


def _right(text: Text, last: int) -> int:
    proper = 0
    while last < len(text.words) and text.joined(last) and proper < MOST_PROPER:
        if text.in_cue(last):
            break
        if _belongs(text, last):
            last += 1
        elif text.arabic(last):
            if proper >= MOST_ARABIC or not _arabic_proper(text, last):
                break
            last, proper = last + 1, proper + 1
        elif (beyond := _over_connectors(text, last)) is not None:
            last, proper = beyond, proper + 1
        else:
            break
    return last


def _belongs(text: Text, at: int) -> bool:
    """Whether a word always is part of the name that it stands behind."""
    word = text.words[at]
    if is_one_of(ADJECTIVES, word) or is_one_of(LEGAL_FORMS, word):
        return True
    told = noun(word)
    begins_anew = text.arabic(at) and without_clitic(word.written) != word.written
    return told is not None and not (begins_anew and told.head)


def _arabic_proper(text: Text, at: int) -> bool:
    key = text.words[at].key
    if text.small(at) or _a_stop(text, at):
        return False
    return not key.startswith(("و", "بال", "لل")) and len(key) > 2


def _over_connectors(text: Text, at: int) -> int | None:
    """Behind the next word of the name, over "de la" and the like; None where the name ends."""
    beyond = at
    while beyond < len(text.words) and is_one_of(CONNECTORS, text.words[beyond]):
        beyond += 1
        if beyond - at > 3 or beyond >= len(text.words) or not text.joined(beyond):
            return None
    if text.in_cue(beyond):
        return None
    joined_by_and = any(text.words[one].key in _ANDS for one in range(at, beyond))
    word = text.words[beyond]
    if noun(word) is not None:
        return beyond + 1 if not joined_by_and or not noun(word).head else None  # type: ignore[union-attr]
    if not joined_by_and and _two_word_place(text, beyond):
        return beyond + 2
    if joined_by_and or text.small(beyond) or _a_stop(text, beyond):
        return None
    return beyond + 1 if _proper_after(text, beyond) else None


def _proper_after(text: Text, at: int) -> bool:
    if text.capital(at) and not text.shouted:
        return True
    return text.is_place(text.words[at].written)


def _two_word_place(text: Text, at: int) -> bool:
    if at + 2 > len(text.words) or not text.joined(at + 1) or _is_preposition(text, at):
        return False
    return not _is_preposition(text, at + 1) and text.is_place(text.slice(at, at + 2))


def _is_preposition(text: Text, at: int) -> bool:
    return text.words[at].key in PLACE_PREPOSITIONS


def _a_stop(text: Text, at: int) -> bool:
    key = text.words[at].key
    return any(key in words_in(table) for table in (JOINERS, NOT, WHO, THEMES, GLADLY))


def _indefinite(text: Text, first: int) -> bool:
    if not text.arabic(first) and is_one_of(INDEFINITE, text.words[first]):
        return True
    before = first - 1
    if before < 0 or not text.joined(first) or text.in_cue(before):
        return False
    if text.words[before].key == "a" and _portuguese(text, first):
        return False
    return is_one_of(INDEFINITE, text.words[before])


def _portuguese(text: Text, first: int) -> bool:
    """Whether an "a" is the article of "a Câmara Municipal do Porto"."""
    return any(one.key in _OF_PORTUGUESE for one in text.words[first : first + 5])


_OF_PORTUGUESE = frozenset(("de", "do", "da", "dos", "das"))


def _name(text: Text, first: int, last: int) -> str | None:
    while first < last and (
        is_one_of(ARTICLES, text.words[first]) or text.words[first].key in _ANDS
    ):
        first += 1
    distinct = [at for at in range(first, last) if _distinguishes(text, at)]
    if not distinct:
        return None
    said = text.slice(first, last)
    behind = text.text[text.words[last - 1].end :][:1]
    quoted = said + behind if behind in {"»", "“", "”", '"'} and re.search('[«„"“]', said) else said
    return nominative(quoted, text.words[first:last])


def _distinguishes(text: Text, at: int) -> bool:
    word = text.words[at]
    told = noun(word)
    if told is not None:
        return (
            word.key.endswith(("водоканал", "водоканалу", "kreis"))
            and word.key not in (*("водоканал", "водоканалу", "kreis", "landkreis"),)
        ) or word.key in ("hansewasser", "gelsenwasser")
    return not (
        is_one_of(ADJECTIVES, word) or is_one_of(CONNECTORS, word) or is_one_of(LEGAL_FORMS, word)
    )


def distinct_words(name: str) -> str:
    """What in a name is no word for an institution: "Kassel" in "Kassel municipal utility"."""
    words = words_of(name)
    text = Text(name, tuple(words), (), lambda _: False)
    return " ".join(one.written for at, one in enumerate(words) if _distinguishes(text, at))
