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


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a match: a topic id, language code, region, sector or
    form id, or a goal's number."""

    kind: ReasonKind
    subject: str


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

    `fit` is 0 to 1 and the same from both sides; `score` is the fit after what keeps the
    exposure fair, and orders the list.
    """

    organisation: Organisation
    mode: Mode
    fit: float
    score: float
    reasons: tuple[Reason, ...]
    gaps: tuple[Gap, ...]
