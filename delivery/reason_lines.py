"""What speaks for a match, what is to be considered and what is not stated, a line each."""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from delivery.option_words import listed, options_text, trait_words
from domain.matches import Gap, Objection, ObjectionKind, Reason, ReasonKind
from domain.profiles import Answer
from locales.speech import Speech

NAMED = 4
"""So many topics, languages and so on are named in a line: more would not be read, and all lines
together have to fit into a message."""

_ANSWER: dict[ReasonKind | ObjectionKind, Answer] = {
    ReasonKind.THEY_OFFER: Answer.OFFERS,
    ReasonKind.THEY_SEEK: Answer.SEEKS,
    ReasonKind.BOTH_SEEK: Answer.SEEKS,
    ReasonKind.OFFER_NEAR: Answer.OFFERS,
    ReasonKind.NEED_NEAR: Answer.SEEKS,
    ReasonKind.SHARED_LANGUAGE: Answer.LANGUAGES,
    ReasonKind.SHARED_SECTOR: Answer.SECTORS,
    ReasonKind.REGION_WANTED: Answer.REGIONS,
    ReasonKind.FORM_FITS: Answer.FORMS,
    ReasonKind.SHARED_FORM: Answer.FORMS,
    ReasonKind.SHARED_SDG: Answer.SDGS,
    ReasonKind.SIMILAR_SIZE: Answer.SIZE,
    ObjectionKind.SAME_PART: Answer.FORMS,
    ObjectionKind.OTHER_SIZE: Answer.SIZE,
}
"""Kinds whose subjects are options of an answer."""
_NUMBERS = (ReasonKind.COMMON_HOURS, ObjectionKind.FEW_HOURS)
_CLIMATES = (ReasonKind.SIMILAR_CLIMATE, ObjectionKind.OTHER_CLIMATE)
_TRAITS = (ReasonKind.LIKED, ObjectionKind.REFUSED)
_WITHOUT_SUBJECT = (
    ReasonKind.HELPED,
    ObjectionKind.ONE_WAY,
    ObjectionKind.SAME_NEED,
    ObjectionKind.ONLY_NEAR,
    ObjectionKind.SELDOM_ANSWERS,
    ObjectionKind.LONG_AWAY,
)


def reason_lines(say: Speech, several: Iterable[Reason]) -> list[Markup]:
    """One line a kind of reason, naming its subjects."""
    grouped: dict[ReasonKind, list[str]] = {}
    for one in several:
        grouped.setdefault(one.kind, []).append(one.subject)
    return [
        _line(say, f"reason-{kind.value}", kind, subjects) for kind, subjects in grouped.items()
    ]


def objection_lines(say: Speech, several: Iterable[Objection]) -> list[Markup]:
    """The same of what is to be considered, beneath a heading; nothing where there is nothing."""
    grouped: dict[ObjectionKind, list[str]] = {}
    for one in several:
        grouped.setdefault(one.kind, []).append(one.subject)
    lines = [_objection(say, kind, subjects) for kind, subjects in grouped.items()]
    return [say("partner-objections"), *lines] if lines else []


def gap_line(say: Speech, several: tuple[Gap, ...]) -> list[Markup]:
    """What the other side has not stated."""
    if not several:
        return []
    labels = [say.plain(f"answer-{gap.value}") for gap in several]
    return [say("partner-gaps", gaps=say.listing(labels))]


def _objection(say: Speech, kind: ObjectionKind, subjects: list[str]) -> Markup:
    if kind is ObjectionKind.FEW_HOURS and subjects == ["0"]:
        return say("objection-no-hours")
    return _line(say, f"objection-{kind.value}", kind, subjects)


def _line(say: Speech, key: str, kind: ReasonKind | ObjectionKind, subjects: list[str]) -> Markup:
    if kind in _WITHOUT_SUBJECT:
        return say(key)
    if kind in _NUMBERS:
        return say(key, int(subjects[0]))
    if kind in _ANSWER:
        return say(key, subjects=options_text(say, _ANSWER[kind], subjects, most=NAMED))
    return say(key, subjects=listed(say, sorted(map(_words(say, kind), subjects)), NAMED))


def _words(say: Speech, kind: ReasonKind | ObjectionKind) -> Callable[[str], str]:
    """How subjects are worded that are no options of an answer; a place has its own name."""
    if kind in _CLIMATES:
        return lambda group: say.plain(f"climate-{group}")
    if kind in _TRAITS:
        return lambda trait: trait_words(say, trait)
    return str
