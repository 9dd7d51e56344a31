"""Consortia: two or three operators whose offers together cover what a partner needs, with a lead
and co-leads, as the Betreiberplattform has them."""

from dataclasses import dataclass
from enum import StrEnum

LEAST, MOST = 2, 3
"""How many operators join."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a member brings: the need, the offered topic that comes nearest to it, and how near
    (0 to 1). `only`: nobody else in the consortium comes so near."""

    need: str
    offer: str
    near: float
    only: bool


@dataclass(frozen=True, slots=True)
class Member:
    """An operator of a consortium. `covers` and `adds` are shares of all needs, 0 to 1: what it
    covers by itself, and what would be missing without it."""

    organisation: int
    brings: tuple[Brought, ...]
    covers: float
    adds: float


class ForKind(StrEnum):
    """What speaks for a consortium."""

    COVERS = "covers"
    """A need that somebody's offer meets."""
    COVERS_NEARLY = "covers-nearly"
    """A need to which somebody's offer comes near."""
    COMMON_LANGUAGE = "common-language"
    """A language that all of them speak, the partner too."""
    ONE_COUNTRY = "one-country"
    """All operators lie in this country."""
    LEAD_COVERS_MOST = "lead-covers-most"
    """How many of a hundred needs the lead covers by itself."""
    LEAD_HAS_HELPED = "lead-has-helped"
    """How often others have said that it helped them."""
    LEAD_SPEAKS = "lead-speaks"
    """A language of the lead and the partner that not all of them speak."""


class AgainstKind(StrEnum):
    """What speaks against a consortium."""

    UNCOVERED = "uncovered"
    """A need that nobody of it meets or comes near to."""
    SEVERAL_COUNTRIES = "several-countries"
    """How many countries the operators lie in."""
    NO_COMMON_LANGUAGE = "no-common-language"
    """Each two can talk, but there is no one language of all."""
    LANGUAGE_NOT_STATED = "language-not-stated"
    """How many have not stated their languages."""


@dataclass(frozen=True, slots=True)
class For:
    """One thing that speaks for a consortium: a need, language or country, or a number."""

    kind: ForKind
    subject: str


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that speaks against a consortium; `subject` as in For."""

    kind: AgainstKind
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Consortium:
    """Operators with one partner: the lead first. `coverage` is the share of the needs that they
    meet together, `score` orders proposals; both 0 to 1."""

    partner: int
    members: tuple[Member, ...]
    coverage: float
    score: float
    reasons: tuple[For, ...]
    against: tuple[Against, ...]

    @property
    def lead(self) -> Member:
        """Who speaks for all towards the partner."""
        return self.members[0]

    @property
    def co_leads(self) -> tuple[Member, ...]:
        """The others."""
        return self.members[1:]


class WhyNot(StrEnum):
    """Why an organisation was not looked at for a consortium."""

    NO_OPERATOR = "no-operator"
    """It is an association or a network."""
    OFFERS_NOT_STATED = "offers-not-stated"
    BRINGS_NOTHING = "brings-nothing"
    """Nothing of what it offers comes near to what is needed."""
    FULL = "full"
    OTHER_LANGUAGE = "other-language"
    OTHER_REGION = "other-region"
    """One of the two does not look for partners where the other lies."""
    SAME_COUNTRY = "same-country"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An organisation that was not looked at, and why."""

    organisation: int
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Proposals:
    """Consortia for a partner, the best first, no two of them variants of one another.

    `alone` is the operator that covers most by itself, with its share of the needs. `unmet` are
    needs to which nobody that may be asked comes near.
    """

    partner: int
    needs: tuple[str, ...]
    consortia: tuple[Consortium, ...]
    alone: tuple[int, float] | None
    unmet: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
