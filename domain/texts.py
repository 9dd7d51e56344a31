"""Texts that people have written in one or more languages, and which of them a reader is shown."""

from collections.abc import Mapping, Sequence

Texts = Mapping[str, str]
"""A text by language. People write one or more of ours; none has to be there."""

FALLBACK: Sequence[str] = ("en", "de", "fr", "es", "pt", "uk", "ar")
"""In which order another language is taken where the reader's is missing."""


def language_for(texts: Texts, language: str, fallback: Sequence[str] = FALLBACK) -> str | None:
    """In which language a reader of `language` is shown the text; None where there is none."""
    order = (language, *fallback, *sorted(texts))
    return next((one for one in order if texts.get(one)), None)


def shown(texts: Texts, language: str, fallback: Sequence[str] = FALLBACK) -> str:
    """The text as a reader of `language` is shown it; "" where there is none."""
    chosen = language_for(texts, language, fallback)
    return texts[chosen] if chosen else ""
