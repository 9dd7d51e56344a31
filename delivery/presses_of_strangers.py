"""Presses of people who have not agreed to be stored yet, and who came by a deep link.

The link travels in the buttons, since nothing of a stranger is stored: so it outlives a restart.
"""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Consent, Languages, Press, Speak

LONGEST_LINK = 56
"""Longer ones do not fit beside the answer and the language; they are only kept in mind."""


@dataclass(frozen=True, slots=True)
class ConsentAndFollow(Consent):
    """Yes or no to being stored; after a yes the link is followed."""

    code: ClassVar[str] = "kc"
    link: str


@dataclass(frozen=True, slots=True)
class SpeakAndFollow(Speak):
    """Speak this language to me, and keep the link in mind."""

    code: ClassVar[str] = "ks"
    link: str


@dataclass(frozen=True, slots=True)
class LanguagesAndFollow(Languages):
    """Show me the languages, and keep the link in mind."""

    code: ClassVar[str] = "kl"
    link: str


def consent(agreed: int, language: str, link: str | None) -> Press:
    """Yes (1) or no (0), with the link where it fits."""
    if not link or len(link) > LONGEST_LINK:
        return Consent(agreed, language)
    return ConsentAndFollow(agreed, language, link)


def speak(language: str, link: str | None) -> Press:
    """This language, with the link where it fits."""
    if not link or len(link) > LONGEST_LINK:
        return Speak(language)
    return SpeakAndFollow(language, link)


def languages(link: str | None) -> Press:
    """The languages, with the link where it fits."""
    if not link or len(link) > LONGEST_LINK:
        return Languages()
    return LanguagesAndFollow(link)
