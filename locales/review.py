"""What a reviewer and the gate need to know about the catalogues."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from domain.languages import LANGUAGES
from locales.catalogues import read, translations

_PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
_TAG = re.compile(r"</?([a-z]+)>")

# Keys whose text may rightly be the same in two languages.
SAME_BY_NATURE = frozenset(
    {
        "exchange-line",
        "exchange-title",
        "request-name",
        "request-organisation",
        "session-title",
        "session-in-language",
        "session-link",
        "who-comes-line",
        "who-comes-line-whole",
        "brought-line",
        "session-line",
        "session-date",
        "button-session-named",
        "button-minutes",
        "labelled-line",
        "partner-name",
        "button-language",
        "dismissed-line",
        "first-question",
        "join-line",
        "concern-line",
        "team-line",
        "organisations-line",
        "round-member",
        "rounds-group",
        "rounds-without-line",
        "helped-told",
        "practice-title",
        "practices-line",
        "session-feedback-line",
    }
)
LONGEST_TEXT = 4096
LONGEST = {"button-": 40, "command-": 60, "bot-short": 120, "bot-description": 512}
"""Characters; Telegram cuts descriptions, and a phone cuts buttons."""


def longest(key: str) -> int:
    """How many characters a text may have."""
    return next((most for start, most in LONGEST.items() if key.startswith(start)), LONGEST_TEXT)


def forms(message: Message) -> tuple[str, ...]:
    """A message's text, or its plural forms."""
    said = message.string
    several = said if isinstance(said, (tuple, list)) else (said,)
    return tuple(one or "" for one in several)


def key_of(message: Message) -> str:
    """A message's key."""
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def texts_of(catalogue: Catalog) -> dict[str, Message]:
    """A catalogue by key."""
    return {key_of(message): message for message in catalogue if message.id}


def placeholders(text: str) -> frozenset[str]:
    """The names that a text inserts."""
    return frozenset(_PLACEHOLDER.findall(text))


def faults() -> list[str]:
    """What is wrong with the catalogues, a line each: missing, unused, identical, broken."""
    catalogues = {language: texts_of(read(language)) for language in LANGUAGES}
    source = catalogues["en"]
    found: list[str] = []
    for language, catalogue in catalogues.items():
        found += [f"{language}: {key} is missing" for key in source.keys() - catalogue.keys()]
        found += [f"{language}: {key} is unknown" for key in catalogue.keys() - source.keys()]
        for key in source.keys() & catalogue.keys():
            found += [
                f"{language}: {key} {fault}" for fault in _faults(language, source[key], catalogue)
            ]
    return sorted(found)


def _faults(language: str, original: Message, catalogue: dict[str, Message]) -> Iterator[str]:
    key = key_of(original)
    if not catalogue[key].auto_comments:
        yield "does not say where it stands"
    for text in forms(catalogue[key]):
        if not text.strip():
            yield "has no text"
        if _TAG.findall(text) and not _balanced(text):
            yield "has HTML that does not close"
        if len(text) > longest(key):
            yield f"is longer than {longest(key)} characters"
    wanted = placeholders("".join(forms(original)))
    if placeholders("".join(forms(catalogue[key]))) != wanted:
        yield "inserts other names than the English text"
    if language != "en" and _same(original, catalogue[key]) and key not in SAME_BY_NATURE:
        yield "is the same as the English text"


def _same(one: Message, other: Message) -> bool:
    """Whether a sentence was left as it was; single words may rightly be alike."""
    text = forms(one)[0]
    return forms(other)[0] == text and len(text.split()) > 1


def _balanced(text: str) -> bool:
    open_tags: list[str] = []
    for tag in re.finditer(r"<(/?)([a-z]+)>", text):
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return False
    return not open_tags


def sheet(language: str) -> str:
    """Every text of a language, for a reviewer to read: its key, where it stands, what it inserts,
    how long it may be, the English text, and the language's own. Raises ValueError for a language
    that is not spoken here."""
    if language not in LANGUAGES:
        raise ValueError(f"{language} is none of {', '.join(LANGUAGES)}")
    originals = texts_of(read("en"))
    texts = texts_of(read(language)).items()
    return "\n".join("\n".join(_entry(language, *one, originals)) for one in texts)


def _entry(
    language: str, key: str, message: Message, originals: dict[str, Message]
) -> Iterator[str]:
    yield f"## {key}"
    yield from (f"({comment})" for comment in message.auto_comments)
    inserted = sorted(placeholders("".join(forms(message))))
    if inserted:
        yield f"(inserts: {', '.join(inserted)})"
    if longest(key) < LONGEST_TEXT:
        yield f"(at most {longest(key)} characters)"
    if language != "en" and key in originals:
        yield from _said("en", originals[key])
    yield from _said(language, message)
    yield ""


def _said(language: str, message: Message) -> Iterator[str]:
    """The text, or each plural form with numbers that take it."""
    several = forms(message)
    if len(several) == 1:
        yield f"[{language}] {several[0]}"
        return
    for form, text in enumerate(several):
        numbers = ", ".join(map(str, _numbers_taking(language, form)))
        yield f"[{language}: {numbers} …] {text}"


def _numbers_taking(language: str, form: int) -> list[int]:
    """The first few whole numbers that take a plural form."""
    takes = translations(language).plural  # type: ignore[attr-defined]
    return [number for number in range(200) if takes(number) == form][:4]
