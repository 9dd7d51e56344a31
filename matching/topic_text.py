"""Words of a text, so that spellings of the same word in seven languages come out the same."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_TEXT = 1000
"""Characters that are read; nobody names topics for longer than that."""

# Marks (Mn: Arabic vowels), invisible signs (Cf: direction, joiners) and halves of characters (Cs)
# say nothing about the word that they stand in.
_SAYS_NOTHING = frozenset({"Mn", "Me", "Cf", "Cs", "Co", "Cn"})
_APOSTROPHES = "'’ʼ`´"  # Ukrainian writes one inside words, French and English between them.
_WORD = re.compile(rf"[\u0400-\u04ff]+(?:[{_APOSTROPHES}][\u0400-\u04ff]+)*|[^\W_]+")
_CLAUSE_END = re.compile(r"[,;:\n!?()\[\]{}|•·،؛؟…–—/\\\"«»„“”]|\s[-&+]\s|\.(?=\s|$)")

_CONJUNCTIONS = frozenset(
    (
        *("und", "sowie", "oder", "and", "or", "et", "ou", "y", "e", "o", "plus"),
        *("та", "і", "й", "або", "чи", "و", "او"),
    )
)
_AND_THE = "وال"  # Arabic joins "and" to the next word, most visibly before the article.


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text, from `start` to `end`; `key` is its normal form."""

    written: str
    key: str
    start: int
    end: int

    @property
    def abbreviation(self) -> bool:
        """Whether it may be an abbreviation such as NRW: two to five capital letters."""
        return is_abbreviation(self.written)


def tidy(text: str) -> str:
    """The text in one Unicode form (NFKC), without invisible signs, at most 1,000 characters."""
    normal = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])[:LONGEST_TEXT]
    if normal.isascii():
        return normal
    return "".join(sign for sign in normal if unicodedata.category(sign) not in _SAYS_NOTHING)


def words_of(text: str) -> list[Word]:
    """The words of a tidy text, in its order."""
    return [
        Word(found.group(), key_of(found.group()), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]


def keys_of(text: str) -> tuple[str, ...]:
    """The normal forms of a text's words."""
    return tuple(word.key for word in words_of(tidy(text)))


def key_of(word: str) -> str:
    """A word without case and without the signs that people leave out: ä is ae, é is e, أ is ا."""
    return word.casefold().translate(_PLAIN)


def is_abbreviation(word: str) -> bool:
    """Whether a word is two to five capitals; those are never matched by likeness."""
    return 2 <= len(word) <= 5 and word.isupper() and word.isalpha()


def clauses_of(text: str) -> list[list[Word]]:
    """The words between one comma, full stop, slash or line end and the next."""
    clauses: list[list[Word]] = [[]]
    ends = [found.start() for found in _CLAUSE_END.finditer(text)]
    passed = 0
    for word in words_of(text):
        while passed < len(ends) and ends[passed] < word.start:
            passed += 1
            if clauses[-1]:
                clauses.append([])
        clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def joins(text: str, word: Word) -> bool:
    """Whether the word stands for itself as an "and"; the e of "e-mobility" does not."""
    if word.key not in _CONJUNCTIONS:
        return False
    before, after = text[: word.start][-1:], text[word.end : word.end + 1]
    return (not before or before.isspace()) and (not after or after.isspace())


def begins_with_and(word: Word) -> bool:
    """Whether an Arabic word carries "and the" at its front."""
    return len(word.key) > 5 and word.key.startswith(_AND_THE)


def stem_of(key: str) -> str:
    """A normal form without the commonest endings, for words that are inflected.

    Light on purpose: an ending goes only where enough of the word stays to tell it apart ("frauen"
    keeps its ending, as "Frau" is also how one addresses somebody).
    """
    if key.isascii():
        return _latin_stem(key)
    if "\u0600" <= key[0] <= "\u06ff":
        return _arabic_stem(key)
    return _without_ending(key, _CYRILLIC_ENDINGS, shortest=4)


def _latin_stem(key: str) -> str:
    if key.endswith("ies") and len(key) > 5:
        return key[:-3] + "y"
    plural = key[:-1] if key.endswith("s") and len(key) > 4 and not key.endswith("ss") else key
    return _without_ending(plural, _LATIN_ENDINGS, shortest=5)


def _arabic_stem(key: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if key.startswith(prefix) and len(key) - len(prefix) >= 3:
            key = key[len(prefix) :]
            break
    return _without_ending(key, _ARABIC_ENDINGS, shortest=3)


def _without_ending(word: str, endings: tuple[str, ...], *, shortest: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


# Longest first: the first that fits is taken off.
_LATIN_ENDINGS = ("en", "em", "er", "es", "e", "n", "a", "o")
_CYRILLIC_ENDINGS = (
    *("ового", "ованих", "ення", "енню", "енням", "ями", "ами", "ого", "ому", "ими", "ої", "ою"),
    *("ою", "ею", "єю", "ів", "їв", "ям", "ям", "ах", "ях", "ам", "ом", "ем", "им", "их", "ій"),
    *("ий", "ую", "юю", "ії", "ію", "ія", "ть", "ня", "ню", "ні", "а", "я", "и", "і", "ї", "у"),
    *("ю", "о", "е", "є", "й", "ь"),
)
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ها", "يه", "ه", "ي")


def _plain_letters() -> dict[int, str]:
    letters = {
        code: base
        for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
        if (base := unicodedata.normalize("NFD", chr(code))[0]).isascii()
    }
    spelled_out = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "ł": "l", "œ": "oe", "æ": "ae"}
    arabic = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي"}
    cyrillic = {"ґ": "г", "ё": "е"}
    dropped = dict.fromkeys(f"{_APOSTROPHES}ـء", "")
    everything = {**spelled_out, **arabic, **cyrillic, **dropped}
    return letters | {ord(sign): plain for sign, plain in everything.items()}


_PLAIN = _plain_letters()
