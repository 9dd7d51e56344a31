"""Names of the field's things in each language: topics, kinds, sectors, regions, languages."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

from domain.audiences import Answered, Who
from domain.languages import LANGUAGES
from domain.matches import Mode
from domain.organisations import Form, Kind, Organisation, Sector, Size
from domain.partnerships import PartnershipKind
from domain.people import Detail, Person
from domain.places import Place, PlaceKind
from domain.regions import load_regions
from domain.rules.plain_text import folded
from domain.rules.topic_kinship import beneath
from domain.rules.topic_kinship import themes as all_themes
from domain.searches import ClimateWish
from domain.sessions import Form as SessionForm
from domain.topics import load_topics
from locales.speech import Speech, speech


def topic(language: str, topic_id: str) -> str:
    """A topic's label; its id where the catalogue of topics no longer holds it."""
    found = load_topics().get(topic_id)
    return found.label(language) if found else topic_id


@cache
def themes(language: str) -> tuple[str, ...]:
    """Every theme, by the order of its label."""
    return _by_label(language, all_themes())


@cache
def finer(language: str, theme: str) -> tuple[str, ...]:
    """The finer topics of a theme, by the order of their labels; () for what is no theme."""
    return _by_label(language, beneath(theme))


_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_ORDER = {ord(letter): chr(ord("а") + at) for at, letter in enumerate(_UKRAINIAN)}
"""Unicode has ґ, є, і and ї behind all other letters."""


def _by_label(language: str, topics: Iterable[str]) -> tuple[str, ...]:
    def order(one: str) -> str:
        label = topic(language, one)
        return label.casefold().translate(_ORDER) if language == "uk" else folded(label)

    return tuple(sorted(topics, key=order))


def region(language: str, code: str) -> str:
    """A country's or world region's name."""
    found = load_regions().get(code)
    return found.label(language) if found else speech(language).country(code)


def kind(language: str, one: Kind) -> str:
    """What an organisation is."""
    return speech(language).plain(f"kind-{one.value}")


def sector(language: str, one: Sector) -> str:
    """A sector's name."""
    return speech(language).plain(f"sector-{one.value}")


def detail(language: str, one: Detail) -> str:
    """What of a person may be shown."""
    return speech(language).plain(f"detail-{one.value}")


def goal(language: str, number: str) -> str:
    """A Sustainable Development Goal by its number and official name."""
    return f"{number} {speech(language).plain(f'sdg-{number}')}"


def place(say: Speech, one: Place) -> str:
    """A place with its district or province and its country, as a reader would write it."""
    if one.kind is PlaceKind.COUNTRY and one.country:
        return say.country(one.country)
    parts = [one.name]
    if one.admin and one.admin != one.name:
        parts.append(one.admin)
    if one.country:
        parts.append(say.country(one.country))
    return say.separator.join(parts)


def organisation(say: Speech, one: Organisation | None) -> str:
    """An organisation's name, where it is stated."""
    return one.name if one and one.name else say.plain("not-stated")


def short(say: Speech, one: Organisation | None, most: int = 30) -> str:
    """An organisation's name, fit for a button."""
    return cut(organisation(say, one), most)


def cut(name: str, most: int = 30) -> str:
    """A name, fit for a button."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def person(say: Speech, one: Person, of: Organisation | None) -> str:
    """A person's name and their organisation's, where they are stated."""
    name = person_alone(say, one)
    return name if of is None else f"{name} ({organisation(say, of)})"


def person_alone(say: Speech, one: Person) -> str:
    """A person's name; who has not stated it is told from others by a number."""
    return one.name or say.plain("person-nameless", number=one.id)


def country_of(say: Speech, organisation: Organisation) -> str | None:
    """The name of the country in which an organisation lies."""
    return say.country(organisation.country) if organisation.country else None


@cache
def kinds_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every kind's names, to recognise what is typed."""
    return {one.value: _everywhere(f"kind-{one.value}") for one in Kind}


@cache
def sectors_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every sector's names, to recognise what is typed."""
    return {one.value: _everywhere(f"sector-{one.value}") for one in Sector}


@cache
def details_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """What of a person may be shown, by its names, to recognise what is typed."""
    return {one.value: _everywhere(f"detail-{one.value}") for one in Detail}


@cache
def partnerships_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every kind of partnership by its names, to recognise what is typed."""
    return {one.value: _whole_and_also("partnership", one.value) for one in PartnershipKind}


GOALS = tuple(str(number) for number in range(1, 18))
"""The numbers of the Sustainable Development Goals, as they are stored."""


@cache
def goals_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every goal by its official names, to recognise what is typed."""
    return {one: _everywhere(f"sdg-{one}") for one in GOALS}


@cache
def open_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Words for taking further partners, to recognise them when typed."""
    return {"not": (*_everywhere("full-not"), *_also_called("also-full-not"))}


YES_OR_NO = ("yes", "no")


@cache
def forms_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every form of partnership by its names, to recognise what is typed."""
    return {
        one.value: (
            *_everywhere(f"filter-form-{one.value}"),
            *_also_called(f"also-form-{one.value}"),
        )
        for one in Form
    }


@cache
def sizes_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every size by its names, to recognise what is typed."""
    return {
        one.value: (*_everywhere(f"size-{one.value}"), *_also_called(f"also-size-{one.value}"))
        for one in Size
    }


@cache
def active_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Whether there are partners abroad yet, as it may be typed."""
    return {
        one: (*_everywhere(f"active-{one}"), *_also_called(f"also-active-{one}"))
        for one in YES_OR_NO
    }


@cache
def ways_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every way of partnership by its names, to recognise what is typed."""
    return {one.value: _whole_and_also("way", one.value) for one in Mode}


@cache
def climates_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Wishes for a climate by their names, to recognise what is typed."""
    return {one.value: _whole_and_also("climates", one.value) for one in ClimateWish}


@cache
def words_of_speaking() -> tuple[str, ...]:
    """Words beside which a language is one that people speak, in small letters."""
    return _also_called("also-audience-speaking")


BY_TRADE = (
    Sector.WATER_SUPPLY,
    Sector.WASTEWATER,
    Sector.WASTE,
    Sector.ENERGY_SUPPLY,
    Sector.PUBLIC_TRANSPORT,
)
"""Sectors of which one also speaks by who works in them: water utilities, transport companies."""


@cache
def audiences_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """What profiles do not know of an audience, by everyday words, to recognise what is typed."""
    keys = [f"who:{one.value}" for one in Who] + [f"answered:{one.value}" for one in Answered]
    keys += [f"sectors:{one.value}" for one in BY_TRADE]
    keys += [f"kinds:{one.value}" for one in (Kind.UTILITY, Kind.MUNICIPALITY)]
    return {key: _also_called(f"also-audience-{key.replace(':', '-')}") for key in keys}


@cache
def session_forms_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """How sessions are held, by the names on buttons, to recognise what is typed."""
    return {one.value: _everywhere(f"button-form-{one.value}") for one in SessionForm}


def _whole_and_also(family: str, one: str) -> tuple[str, ...]:
    """The names of something whole, for their halves would mean nothing, and everyday words."""
    whole = (speech(language).plain(f"{family}-{one}") for language in LANGUAGES)
    return (*whole, *_also_called(f"also-{family}-{one}"))


def _also_called(key: str) -> tuple[str, ...]:
    """Everyday words for something, separated by semicolons, in every language."""
    several = [word for one in LANGUAGES for word in speech(one).plain(key).split("; ")]
    return tuple(dict.fromkeys(several))


@cache
def languages_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Every language with a code of two letters by its names, to recognise what is typed."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    codes = sorted(code for code in map(str, locales[1].languages) if len(code) == 2)
    return {
        code: tuple(
            dict.fromkeys(
                str(locale.languages[code]) for locale in locales if code in locale.languages
            )
        )
        for code in codes
    }


@cache
def languages_as_spoken() -> Mapping[str, str]:
    """Our languages by what stands beside "speak", in small letters. Ukrainian puts the means into
    the instrumental case, which ends an adjective in "-ою"."""
    every = languages_in_all_languages()
    found = {name.casefold(): code for code in LANGUAGES for name in every[code]}
    cased = {f"{name[:-1]}ою": code for name, code in found.items() if name.endswith("ька")}
    return found | cased


_LONGEST_NAME_OF_A_LANGUAGE = 40
_BESIDE_A_LANGUAGE = frozenset(
    [
        "auf",
        "in",
        "en",
        "em",
        "au",
        "bitte",
        "please",
        "por",
        "favor",
        "будь",
        "ласка",
        "من",
        "فضلك",
    ]
)


def language_named(text: str) -> str | None:
    """Which of our languages a text names, where it names one and says nothing else: "English",
    "auf Deutsch", "українською, будь ласка"."""
    if len(text) > _LONGEST_NAME_OF_A_LANGUAGE:
        return None
    known = {folded(name): code for name, code in languages_as_spoken().items()}
    words = re.findall(r"[^\W\d_]+", folded(text))
    left = [word for word in words if word not in _BESIDE_A_LANGUAGE]
    return known.get(left[0]) if len(left) == 1 else None


# "District or county" is also called by either half.
_HALVES = re.compile(
    r",? (?:and|or|und|oder|et|ou|y|o|u|e|та|і|й|або|أو) |, | ?[:(] ?", re.IGNORECASE
)


def _everywhere(key: str) -> tuple[str, ...]:
    whole = [speech(language).plain(key) for language in LANGUAGES]
    halves = [half for name in whole for half in _HALVES.split(name)]
    return tuple(dict.fromkeys([*whole, *halves]))
