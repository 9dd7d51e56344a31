"""Labels of topics found word for word in a text, whatever ending the words carry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from domain.topics import Topic
from matching.topic_text import Word, is_abbreviation, stem_of, tidy, words_of

UNMISTAKABLE = 6
"""Letters from which a label counts as exact in other languages than its own."""
WORTH_REPAIR = 7
"""Letters from which a word may be a misspelt one; shorter ones have too many neighbours."""
TWO_SLIPS = 10
"""Letters from which a word may hold two slips."""
REPAIRS = 8  # words of one text that are looked up; the rest stays as it was written
_SENTENCE = 3  # words of a text from which one can tell that it is written in capitals throughout


@dataclass(frozen=True, slots=True)
class Naming:
    """A label in a text: its words from `first` to before `last`; who uses it for what."""

    first: int
    last: int
    languages: Mapping[str, frozenset[str]]  # topic id → languages that call it so
    unmistakable: bool

    def exact_in(self, language: str) -> bool:
        """Whether it names one topic, so that nobody need be asked."""
        if len(self.languages) > 1:
            return False
        (languages,) = self.languages.values()
        return self.unmistakable or language in languages


class LabelIndex:
    """Every label of every topic, by the stems of its words; abbreviations as they are written."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        phrases: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        abbreviations: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._vocabulary: set[str] = set()
        for topic, language, label in _all_labels(topics):
            if is_abbreviation(label):
                abbreviations[label][topic].add(language)
                continue
            words = words_of(tidy(label))
            phrases[_joined(words)][topic].add(language)
            self._vocabulary.update(word.key for word in words if not word.abbreviation)
        self._phrases = _frozen(phrases)
        self._abbreviations = _frozen(abbreviations)
        self._longest = max(name.count(" ") + 1 for name in self._phrases)
        self._first_stems = frozenset(name.split(" ")[0] for name in self._phrases)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for key in sorted(self._vocabulary):
            if len(key) >= WORTH_REPAIR - 1:
                self._alike[key[0], len(key)].append(key)

    def knows(self, key: str) -> bool:
        """Whether some label holds this word."""
        return key in self._vocabulary

    def namings(self, words: Sequence[Word]) -> list[Naming]:
        """Labels in these words, none over another; at each place the longest one."""
        stems = [stem_of(word.key) if word.key else "" for word in words]
        shouted = len(words) >= _SENTENCE and all(word.written.isupper() for word in words)
        found: list[Naming] = []
        at = 0
        while at < len(words):
            naming = self._naming(words, stems, at, shouted=shouted)
            found.extend([naming] if naming else [])
            at = naming.last if naming else at + 1
        return found

    def _naming(
        self, words: Sequence[Word], stems: Sequence[str], at: int, *, shouted: bool
    ) -> Naming | None:
        if stems[at] in self._first_stems:
            for last in range(min(len(words), at + self._longest), at, -1):
                name = " ".join(stems[at:last])
                if name in self._phrases:
                    return Naming(at, last, self._phrases[name], len(name) >= UNMISTAKABLE)
        short = self._abbreviations.get(words[at].written)
        return Naming(at, at + 1, short, unmistakable=False) if short and not shouted else None

    def repaired(self, key: str) -> str | None:
        """The word of the labels that this one misspells; the first letter is seldom wrong."""
        if len(key) < WORTH_REPAIR or key in self._vocabulary:
            return None
        slips = 1 if len(key) < TWO_SLIPS else 2
        near = [
            one
            for length in range(len(key) - slips, len(key) + slips + 1)
            for one in self._alike.get((key[0], length), ())
        ]
        best = process.extractOne(key, near, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best else None


def _all_labels(topics: Iterable[Topic]) -> Iterable[tuple[str, str, str]]:
    for topic in topics:
        for language, labels in topic.labels.items():
            for label in labels:
                yield topic.id, language, label


def _joined(words: Sequence[Word]) -> str:
    return " ".join(stem_of(word.key) for word in words)


def _frozen(
    found: Mapping[str, Mapping[str, Iterable[str]]],
) -> dict[str, dict[str, frozenset[str]]]:
    return {
        name: {topic: frozenset(languages) for topic, languages in topics.items()}
        for name, topics in found.items()
    }
