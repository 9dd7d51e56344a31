"""Matches: who fits whom, and why. Reasons are data; locales put them into words."""

from dataclasses import dataclass
from enum import StrEnum

from domain.organisations import Organisation


class Mode(StrEnum):
    """Which way a match carries."""

    RECIPROCAL = "reciprocal"
    """Each side's needs meet the other's offers."""
    MENTORING = "mentoring"
    """One side offers what the other seeks; nothing is known the other way."""
    PEER = "peer"
    """Both wish to learn about the same topic."""


class ReasonKind(StrEnum):
    """What speaks for a match."""

    THEY_OFFER = "they-offer"
    THEY_SEEK = "they-seek"
    BOTH_SEEK = "both-seek"
    SHARED_LANGUAGE = "shared-language"
    REGION_WANTED = "region-wanted"
    SHARED_SECTOR = "shared-sector"
    FORM_FITS = "form-fits"
    SHARED_FORM = "shared-form"
    SHARED_SDG = "shared-sdg"
    OFFER_NEAR = "offer-near"
    """They offer something near to what is sought."""
    NEED_NEAR = "need-near"
    """They seek something near to what is offered."""
    TWINNED = "twinned"
    """Their towns are partners already."""
    SIMILAR_SIZE = "similar-size"
    SIMILAR_CLIMATE = "similar-climate"
    COMMON_HOURS = "common-hours"
    HELPED = "helped"
    """They have helped others."""
    LIKED = "liked"
    """Something in which they are like a partner that helped."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a match: a topic id, language code, region, sector, form or size
    id, a goal's number, a group of climates (A to E), a number of hours or of times, or a trait
    (domain/rules/taste.py)."""

    kind: ReasonKind
    subject: str


class ObjectionKind(StrEnum):
    """What speaks against a match, though it may be suggested."""

    ONE_WAY = "one-way"
    """One side gives and nothing is known the other way."""
    SAME_NEED = "same-need"
    """Both seek, and nobody offers."""
    ONLY_NEAR = "only-near"
    """Their topics are near to ours, and none is the same."""
    SAME_PART = "same-part"
    """Both wish to be mentor, or both mentee."""
    OTHER_SIZE = "other-size"
    OTHER_CLIMATE = "other-climate"
    FEW_HOURS = "few-hours"
    SELDOM_ANSWERS = "seldom-answers"
    LONG_AWAY = "long-away"
    REFUSED = "refused"
    """Something for which others like them were put aside."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against a match; `subject` as in Reason, "" where there is none."""

    kind: ObjectionKind
    subject: str = ""


class Gap(StrEnum):
    """What the other side has not stated, so that it could not count."""

    SECTORS = "sectors"
    PLACE = "place"
    OFFERS = "offers"
    SEEKS = "seeks"
    LANGUAGES = "languages"
    REGIONS = "regions"
    FORMS = "forms"


@dataclass(frozen=True, slots=True)
class Match:
    """A partner suggested to an organisation.

    `fit` is 0 to 1 and the same from both sides; `score` is the fit after what looks from one side
    (exposure, answers, taste), and orders the list within a mode.
    """

    organisation: Organisation
    mode: Mode
    fit: float
    score: float
    reasons: tuple[Reason, ...]
    gaps: tuple[Gap, ...]
    against: tuple[Objection, ...] = ()
