"""From an inflected name to the one in the gazetteer: Ukrainian cases, adjectives, -er forms.

The rules are generous and offer forms that no town bears; whoever asks looks each of them up.
Sources: the paradigms of Ukrainian place names (pravopys 2019, §§ 82-111, 152).
"""

from collections.abc import Iterator
from itertools import islice, product

MOST_FORMS = 240
_VOWELS = "аеєиіїоуюя"

# Ending as said → endings of the nominative, the likeliest first.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ського", ("ський", "ське", "ськ")),
    ("ському", ("ський", "ське", "ськ")),
    ("цького", ("цький", "цьке", "цьк")),
    ("цькому", ("цький", "цьке", "цьк")),
    ("ого", ("ий", "е", "ой")),
    ("ому", ("ий", "е", "ой")),
    ("ього", ("ій", "є")),
    ("ьому", ("ій", "є")),
    ("ової", ("ова",)),
    ("ої", ("а",)),
    ("ою", ("а",)),
    ("ею", ("я", "а")),
    ("єю", ("я", "я")),
    ("ові", ("", "ь")),
    ("еві", ("ь", "", "й")),
    ("єві", ("й", "є")),
    ("ями", ("і", "ї")),
    ("ами", ("и", "а")),
    ("ями", ("і",)),
    ("ях", ("і", "ї", "я")),
    ("ах", ("и", "і", "а")),
    ("ям", ("і", "ї")),
    ("ам", ("и", "і", "а")),
    ("ом", ("", "о", "е")),
    ("ем", ("ь", "е", "")),
    ("єм", ("й", "є")),
    ("им", ("ий", "е", "ин")),
    ("ім", ("ий", "е", "ій")),
    ("их", ("і", "и")),
    ("ій", ("а", "я", "ія")),
    ("ії", ("ія",)),
    ("ію", ("ія",)),
    ("єво", ("єве",)),
    ("у", ("", "а", "о", "е", "ий")),
    ("ю", ("я", "ь", "й", "є")),
    ("а", ("", "о", "е", "и")),
    ("я", ("ь", "й", "є", "е", "ець", "і", "")),
    ("і", ("а", "", "о", "ь", "я", "е", "и")),
    ("ї", ("я", "й", "є", "ї")),
    ("и", ("а", "")),
    ("е", ("ий", "")),
)
_SOFTENED = {"ц": "к", "з": "г", "с": "х"}
# Adjectives of institutions: "Львівська міська рада", "Одеської громади".
_ADJECTIVES = tuple(
    stem + ending
    for stem in ("ськ", "цьк", "зьк")
    for ending in ("а", "ий", "е", "ої", "ій", "ого", "ому", "у", "ою", "им", "ім", "і", "их")
)
_FROM_ADJECTIVE = (
    "", "а", "я", "о", "е", "и", "і", "ь", "ів", "їв", "ськ", "ське", "ин", "ка", "ки", "ия",
)  # fmt: skip
_FROM_ADJECTIVE_C = ("ця", "ці", "цьк", "ць", "к", "ка", "ки", "ч", "чі", "ць", "ти", "чин")
_FROM_ADJECTIVE_Z = ("жжя", "г", "ж", "га", "зьк", "зя", "з")
_UTILITIES = ("водоканал", "міськводоканал", "vodokanal", "wodokanal", "тепло", "теплоенерго")
_GERMAN = ("en", "e", "", "n")


def nominatives(key: str) -> Iterator[str]:
    """Keys that `key`, a Ukrainian name in any case, may be a form of; at most 240."""
    words = key.split()
    if not words or len(words) > 4:
        return
    choices = [list(dict.fromkeys((word, *_word_forms(word)))) for word in words]
    forms = (" ".join(form) for form in product(*choices))
    yield from islice((form for form in forms if form != key), MOST_FORMS)


def oblasts(key: str) -> Iterator[str]:
    """The oblast that an adjective in any case belongs to: "закарпатської" (ради)."""
    for form in (key, *nominatives(key)):
        if form.endswith("а"):
            yield f"{form} область"


def _word_forms(word: str) -> Iterator[str]:
    for ending, endings in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: len(word) - len(ending)]
        for nominative in endings:
            yield stem + nominative
            yield from _alternations(stem, ending, nominative)
    yield from _plural_genitives(word)


def _alternations(stem: str, ending: str, nominative: str) -> Iterator[str]:
    """Празі → Прага, Львова → Львів, Кременця → Кременець."""
    if ending in ("і", "ій") and stem[-1] in _SOFTENED:
        yield stem[:-1] + _SOFTENED[stem[-1]] + nominative
    if nominative in ("", "ь", "й"):
        yield from (closed + nominative for closed in _closed_syllable(stem))


def _closed_syllable(stem: str) -> Iterator[str]:
    """A last syllable that closes changes о and е to і, or gains a vowel."""
    if len(stem) < 3 or stem[-1] in _VOWELS:
        return
    if stem[-2] in "ое":
        yield stem[:-2] + "і" + stem[-1]
    if stem[-2] == "є":
        yield stem[:-2] + "ї" + stem[-1]
    if stem[-2] == "ь":
        yield stem[:-2] + "е" + stem[-1]
    if stem[-2] not in _VOWELS:
        yield stem[:-1] + "е" + stem[-1]
        yield stem[:-1] + "о" + stem[-1]


def _plural_genitives(word: str) -> Iterator[str]:
    """Черкас → Черкаси, Чернівців → Чернівці, Прилук → Прилуки, Бровари → Броварів."""
    if word.endswith("ців"):
        yield word[:-2] + "і"
    if word.endswith(("ів", "їв")):
        yield word[:-2] + "и"
        yield word[:-2] + "і"
    if word[-1:] not in _VOWELS and len(word) > 2:
        yield word + "и"
        yield word + "а"
        yield word + "і"
        yield word.removesuffix("ь") + "і"
        if word[-2:-1] in "ое":
            yield word[:-2] + word[-1] + "и"
            yield word[:-2] + word[-1] + "а"
            yield word[:-2] + word[-1] + "і"
        if word[-2:-1] == "і":
            yield word[:-2] + "о" + word[-1] + "и"
            yield word[:-2] + "о" + word[-1] + "а"


def towns_of_utility(key: str) -> Iterator[str]:
    """The town within a utility's name: "львівводоканал" → "львів"."""
    for ending in _UTILITIES:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            yield key.removesuffix(ending).strip()


def towns_of_institution(key: str) -> Iterator[str]:
    """Towns that an adjective may belong to: "львівська" → "львів", "berliner" → "berlin"."""
    if key.isascii():
        yield from _towns_of_german_adjective(key)
        return
    for ending in _ADJECTIVES:
        if key.endswith(ending) and len(key) - len(ending) >= 2 and " " not in key:
            stem = key[: len(key) - len(ending)]
            yield from _towns_of_stem(stem, ending[0])


def _towns_of_stem(stem: str, consonant: str) -> Iterator[str]:
    special = {"ц": _FROM_ADJECTIVE_C, "з": _FROM_ADJECTIVE_Z}.get(consonant, ())
    for ending in (*special, *_FROM_ADJECTIVE):
        yield stem + ending
    if consonant == "с":
        for ending in ("с", "са", "си", "х", "ш"):
            yield stem + ending
    yield from _closed_syllable(stem)
    if stem.endswith("н"):
        yield stem[:-1]
        yield from (stem[:-1] + ending for ending in ("не", "на", "ни", "ня"))
    if stem.endswith("ов"):
        yield stem[:-2] + "ів"
    if consonant == "ц" and stem.endswith("ве"):
        yield stem + "ць"
    if stem.endswith("е"):
        yield stem[:-1] + "ці"


def _towns_of_german_adjective(key: str) -> Iterator[str]:
    if " " in key or len(key) < 6:
        return
    for ending in ("er", "ner"):
        if key.endswith(ending):
            yield from (key.removesuffix(ending) + town for town in _GERMAN)
