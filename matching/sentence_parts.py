"""A sentence cut into parts, each about one thing: us, what is sought, what is offered.

A part goes from one comma, full stop or "and" to the next. A cue in it tells what it speaks of; one
without a cue goes on with the part before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matching.sentence_cues import (
    GLADLY,
    JOINERS,
    NOT,
    NOT_AT_ALL_NOT,
    THEMES,
    WHO,
    Cue,
    Mode,
    found_in,
    words_in,
)
from matching.sentence_organisations import Phrase, Text
from matching.sentence_people import is_function

_STRONG = re.compile(r"[.!?؟;؛\n]")
_WEAK = re.compile(r"[,،()—–|/:]|\s-\s")
_SHORTENED = frozenset(
    ("dr", "prof", "st", "ing", "bzw", "ca", "mr", "mrs", "ms", "sr", "sra", "eng", "обл", "вул")
)


@dataclass(frozen=True, slots=True)
class Part:
    """Words from `first` to before `last` that speak of one thing."""

    first: int
    last: int
    mode: Mode
    begins: bool = False
    """Whether a sentence begins with it."""


class Parts:
    """The parts of a text; `denied` are the words that a "not" rules out."""

    def __init__(self, text: Text, phrases: Sequence[Phrase]) -> None:
        self._text = text
        self._phrases = phrases
        self.all = self._cut()
        self.denied = self._denials()

    def mode_at(self, at: int) -> Mode:
        """What the part speaks of in which a word stands."""
        return next((one.mode for one in self.all if one.first <= at < one.last), Mode.OPEN)

    def _cut(self) -> list[Part]:
        pieces = self._pieces()
        parts: list[Part] = []
        for first, last, begins in pieces:
            parts.extend(self._by_cues(first, last, begins, parts))
        return self._inherited(parts)

    def _pieces(self) -> list[tuple[int, int, bool]]:
        """Words between one comma, full stop or "and" and the next; whether a sentence begins."""
        words, joiners = self._text.words, words_in(JOINERS)
        cuts: list[tuple[int, int, bool]] = []
        first, begins = 0, True
        for at in range(1, len(words) + 1):
            strong, weak = self._boundary(at) if at < len(words) else (True, True)
            joins = at < len(words) and words[at].key in joiners and not self._inside(at)
            if (strong or weak or joins) and at > first:
                cuts.append((first, at, begins))
                begins = strong
                first = at + 1 if joins else at
        return [cut for cut in cuts if cut[1] > cut[0]]

    def _boundary(self, at: int) -> tuple[bool, bool]:
        if self._inside(at) and not _STRONG.search(self._text.between(at)):
            return False, False
        between, before = self._text.between(at), self._text.words[at - 1].key
        strong = bool(_STRONG.search(between)) and not (
            "." in between and (len(before) < 2 or before in _SHORTENED)
        )
        starts_cue = any(cue.first == at and self._text.arabic(at) for cue in self._text.cues)
        return strong, bool(_WEAK.search(between)) or starts_cue

    def _inside(self, at: int) -> bool:
        return any(one.first < at < one.last for one in self._phrases) or any(
            cue.first < at < cue.last for cue in self._text.cues
        )

    def _by_cues(self, first: int, last: int, begins: bool, before: Sequence[Part]) -> list[Part]:
        cues = [cue for cue in self._text.cues if first <= cue.first < last]
        cues = [cue for cue in cues if not self._of_the_partner(cue, first, before, cues)]
        if not cues:
            return [Part(first, last, Mode.OPEN, begins)]
        starts = [first, *(cue.first for cue in cues[1:] if cue.mode is not cues[0].mode)]
        subject = self._subject(first, cues[0])
        parts = [Part(first, subject, Mode.US, begins)] if subject else []
        starts[0] = subject or first
        ends = [*starts[1:], last]
        for start, end in zip(starts, ends, strict=True):
            mode = next((cue.mode for cue in cues if start <= cue.first < end), cues[0].mode)
            parts.append(Part(start, end, mode, begins and not parts))
        return parts

    def _subject(self, first: int, cue: Cue) -> int | None:
        """Behind an organisation that stands before the verb: "Die Stadtwerke Kassel suchen"."""
        if cue.mode not in (Mode.SEEKS, Mode.OFFERS, Mode.LANGUAGES):
            return None
        for phrase in self._phrases:
            if first <= phrase.first and phrase.last <= cue.first:
                lead = range(first, phrase.first)
                if all(self._text.small(at) or self._text.in_cue(at) for at in lead):
                    return phrase.last
        return None

    def _of_the_partner(
        self, cue: Cue, first: int, before: Sequence[Part], cues: Sequence[Cue]
    ) -> bool:
        """Whether it is the partner who offers: "a utility that can share experience"."""
        sought = [one for one in cues if one.mode is Mode.SEEKS and one.first < cue.first]
        previous = before[-1].mode if before else None
        if cue.mode is not Mode.OFFERS or not (sought or previous is Mode.SEEKS):
            return False
        near = range(max(first, cue.first - 3), cue.first)
        told = any(self._text.words[at].key in words_in(WHO) for at in near)
        # "Wir suchen … Erfahrung": what is sought may be experience itself.
        return told and not (not sought and first == cue.first)

    def _inherited(self, parts: list[Part]) -> list[Part]:
        """Parts without a cue go on with the one before; the first ones with the one after."""
        told: list[Part] = []
        for at, part in enumerate(parts):
            told.append(replace(part, mode=self._mode(part, told, parts[at + 1 :])))
        return told

    def _mode(self, part: Part, before: Sequence[Part], after: Sequence[Part]) -> Mode:
        if part.mode is not Mode.OPEN:
            return part.mode
        if self._speaks_of_us(part, before):
            return Mode.US
        previous = before[-1].mode if before and not part.begins else None
        if previous in (Mode.SEEKS, Mode.OFFERS, Mode.LANGUAGES):
            return previous
        following = self._following(after)
        if following is not None:
            return following
        if before and self._continues(part):
            earlier = [one.mode for one in before if one.mode in (Mode.SEEKS, Mode.OFFERS)]
            return earlier[-1] if earlier else Mode.OPEN
        return Mode.OPEN

    def _speaks_of_us(self, part: Part, before: Sequence[Part]) -> bool:
        words = range(part.first, part.last)
        after_person = bool(before) and before[-1].mode is Mode.ME
        if after_person and any(is_function(self._text, at) for at in words):
            return True
        if before and before[-1].mode in (Mode.SEEKS, Mode.OFFERS) and not part.begins:
            return False
        return any(
            part.first <= phrase.first < part.last and (phrase.name or after_person)
            for phrase in self._phrases
        )

    def _following(self, after: Sequence[Part]) -> Mode | None:
        """ "Leak detection and solar energy we offer": the cue comes at the end."""
        for one in after:
            if one.begins:
                return None
            if one.mode in (Mode.SEEKS, Mode.OFFERS):
                cue = next(cue for cue in self._text.cues if one.first <= cue.first < one.last)
                lead = range(one.first, cue.first)
                return None if all(map(self._text.small, lead)) else one.mode
            if one.mode is not Mode.OPEN:
                return None
        return None

    def _continues(self, part: Part) -> bool:
        """Whether a new sentence goes on with the wish: "Topic: …", "Preferably in …"."""
        keys = [self._text.words[at].key for at in range(part.first, part.last)]
        marks = (THEMES, GLADLY)
        return any(keys[0] in words_in(table) for table in marks) or bool(
            [one for one in found_in(GLADLY, self._text.words) if one[0] == part.first]
        )

    def _denials(self) -> frozenset[int]:
        """Words that a "not" rules out: from it to the end of its part."""
        harmless = {
            at
            for first, last in found_in(NOT_AT_ALL_NOT, self._text.words)
            for at in range(first, last)
        }
        denied: set[int] = set()
        for first, _ in found_in(NOT, self._text.words):
            part = next((one for one in self.all if one.first <= first < one.last), None)
            if part is None or first in harmless:
                continue
            has_cue = any(part.first <= cue.first < first for cue in self._text.cues)
            denied |= set(range(first if has_cue else part.first, part.last))
        return frozenset(denied)
