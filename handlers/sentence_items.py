"""From what a sentence says to items that can be confirmed, and from these to answers."""

from collections.abc import Iterable
from typing import Any

from actions.contacts import Contact
from actions.understanding import Said, Understanding
from domain.drafts import EMAIL, OPEN_REGION, OPEN_TOPIC, PHONE, Item
from domain.organisations import Kind, Sector
from domain.profiles import Answer
from domain.rules.plain_text import cleaned, looks_like_markup, says_something
from handlers.profile.steps import LONGEST_NAME

SURE = 0.75
"""Score from which a topic is ticked beforehand; beneath it the person does."""
MOST_PLACES = 5
MOST_OF_A_KIND = 8


def items_of(said: Said, contact: Contact | None) -> list[Item]:
    """Everything that was understood, in the order of the profile's questions."""
    items = [
        *_texts(
            (Answer.NAME.value, said.name),
            (Answer.FUNCTION.value, said.function),
            (EMAIL, contact.email if contact else None),
            (PHONE, contact.phone if contact else None),
            (Answer.ORGANISATION.value, said.organisation),
        ),
        *([Item(Answer.KIND.value, said.kind)] if said.kind else []),
        *_several(Answer.SECTORS.value, said.sectors),
        *_place(said),
    ]
    for which, mentions in (
        (Answer.OFFERS.value, said.offers),
        (Answer.SEEKS.value, said.seeks),
        (OPEN_TOPIC, said.open_topics),
    ):
        best = [one.guesses[0] for one in mentions[:MOST_OF_A_KIND]]
        items += [Item(which, one.topic, one.exact or one.score >= SURE) for one in best]
    return [
        *items,
        *_several(Answer.LANGUAGES.value, said.languages),
        *_several(Answer.REGIONS.value, said.regions),
        *_several(OPEN_REGION, said.open_regions),
    ]


def _texts(*said: tuple[str, str | None]) -> list[Item]:
    """What would also be taken when typed for its own question."""
    lines = ((which, cleaned(text)) for which, text in said if text)
    return [
        Item(which, text)
        for which, text in lines
        if says_something(text) and not looks_like_markup(text) and len(text) <= LONGEST_NAME
    ]


def _several(which: str, values: Iterable[str]) -> list[Item]:
    return [Item(which, value) for value in list(values)[:MOST_OF_A_KIND]]


def _place(said: Said) -> list[Item]:
    """The place where it is certain; else those among which to choose."""
    found = said.place
    if found.place is not None:
        return [Item(Answer.PLACE.value, found.place.id)]
    options = tuple(guess.place.id for guess in found.guesses[:MOST_PLACES])
    return [Item(Answer.PLACE.value, "", False, options)] if options else []


def answers_of(items: Iterable[Item], understanding: Understanding) -> dict[Answer, Any]:
    """The answers that these items make together."""
    texts: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for one in items:
        texts[one.which] = one.value
        several.setdefault(one.which, set()).add(one.value)
    answers: dict[Answer, Any] = {}
    for which in Answer:
        if (which is Answer.CONTACT) and (EMAIL in texts or PHONE in texts):
            answers[which] = {"email": texts.get(EMAIL), "phone": texts.get(PHONE)}
        elif which.value in texts:
            value = _value(which, texts[which.value], several[which.value], understanding)
            if value is not None:
                answers[which] = value
    return answers


def _value(which: Answer, text: str, several: set[str], understanding: Understanding) -> Any:
    if which is Answer.PLACE:
        return understanding.place(text)
    if which is Answer.KIND:
        return Kind(text)
    if which is Answer.SECTORS:
        return frozenset(map(Sector, several))
    if which in (Answer.OFFERS, Answer.SEEKS, Answer.LANGUAGES, Answer.REGIONS):
        return frozenset(several)
    return text
