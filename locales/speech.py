"""How a sentence is said: from a key and what it names, in one language.

Every inserted value is escaped for Telegram's HTML and isolated from the direction of the text
around it (U+2068 … U+2069), since gettext does neither. Pieces that are HTML already come as
`Markup` and are left alone.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from html import unescape

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from domain.languages import LANGUAGES, RIGHT_TO_LEFT
from locales.catalogues import translations

ISOLATE, POP, LEFT_MARK, RIGHT_MARK = "\u2068", "\u2069", "\u200e", "\u200f"
ISOLATE_LEFT = "\u2066"
# Commands and telephone prefixes begin with a sign of no direction, which a right-to-left line
# would move to their end. (Not the slash of a closing tag, and nothing within an address, which a
# mark would end.)
_FOREIGN = re.compile(r"(?<![\w<:/.?=&%#~@-])(/[a-z]+|\+\d+)")
# What is named ends with a stop of its own ("21 грудня 2026 р."), and so does the sentence.
_TWO_STOPS = re.compile(rf"(?<!\.)\.({POP}(?:</\w+>)*)\.(?!\.)")
# Before the name there may be tags, bullets and brackets, but no word.
_BEGINS_WITH_A_NAME = re.compile(rf"^(?=(?:<[^>]+>|[^\w<{ISOLATE}\n])*{ISOLATE})", re.MULTILINE)


class MissingText(KeyError):
    """A key that a language's catalogue does not hold."""


class Speech:
    """One language's sentences."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = translations(language)
        self._locale = Locale.parse(language)
        self._leans_right = language in RIGHT_TO_LEFT
        self.separator = "، " if language == "ar" else ", "
        # Sentences that name nothing are the same each time.
        self._said: dict[str, Markup] = {}
        self._said_plainly: dict[str, str] = {}

    def __call__(self, key: str, n: int | None = None, **values: object) -> Markup:
        """A sentence as Telegram's HTML; `n` chooses its plural form and is named {n}."""
        if n is None and not values:
            return self._constant(key)
        template = self._template(key, n)
        if n is not None:
            values["n"] = Markup(n)
        said = Markup(template).format(**{name: isolated(one) for name, one in values.items()})
        return self._lean(said)

    def plain(self, key: str, n: int | None = None, **values: object) -> str:
        """A sentence without HTML, for buttons and toasts."""
        if n is None and not values:
            return self._plain_constant(key)
        template = self._template(key, n)
        if n is not None:
            values["n"] = n
        return template.format(**{name: f"{ISOLATE}{one}{POP}" for name, one in values.items()})

    def _constant(self, key: str) -> Markup:
        if key not in self._said:
            self._said[key] = self._lean(Markup(self._template(key, None)).format())
        return self._said[key]

    def _plain_constant(self, key: str) -> str:
        if key not in self._said_plainly:
            self._said_plainly[key] = self._template(key, None).format()
        return self._said_plainly[key]

    def _template(self, key: str, n: int | None) -> str:
        if n is None:
            template = self._catalogue.gettext(key)
        else:
            template = self._catalogue.ngettext(key, f"{key}-many", n)
        if template in (key, f"{key}-many"):
            raise MissingText(key, self.language)
        return template

    def _lean(self, text: Markup) -> Markup:
        """Lines that begin with a foreign name still begin where the language begins: a phone, or
        a browser, goes by the first letter that it finds, isolated or not. One stop is enough."""
        said = _TWO_STOPS.sub(r".\1", str(text))
        if not self._leans_right:
            return Markup(_BEGINS_WITH_A_NAME.sub(LEFT_MARK, said))
        lines = _FOREIGN.sub(rf"{ISOLATE_LEFT}\1{POP}", said).split("\n")
        return Markup("\n".join(f"{RIGHT_MARK}{line}" if line else line for line in lines))

    def listing(self, items: Iterable[str | Markup]) -> Markup:
        """Several items after each other. Without an "and": many of them hold one themselves,
        as "waste and cleansing" does."""
        return Markup(self.separator).join(map(isolated, items))

    def date(self, moment: datetime.date) -> str:
        """A day as this language writes it."""
        return str(format_date(moment, format="long", locale=self._locale))

    def country(self, code: str) -> str:
        """A country's name; the code itself where CLDR has none."""
        return str(self._locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """A language's name in this language."""
        name = str(self._locale.languages.get(code, code))
        return name[:1].upper() + name[1:]


def isolated(value: object) -> Markup:
    """A value as HTML, kept from changing the direction of the text around it."""
    if isinstance(value, Markup):
        return value
    return Markup(ISOLATE) + escape(str(value)) + Markup(POP)


def without_tags(text: str) -> str:
    """The plain reading of a piece of our HTML."""
    return unescape(Markup(text).striptags())


@cache
def speech(language: str) -> Speech:
    """The sentences of a language, read once."""
    return Speech(language)


def own_name(language: str) -> str:
    """A language's name in itself: "Deutsch", "العربية"."""
    return speech(language).language_name(language)


def own_names() -> dict[str, str]:
    """Each spoken language's name in itself."""
    return {language: own_name(language) for language in LANGUAGES}
