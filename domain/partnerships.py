"""Partnerships that an organisation has already, as it tells of them."""

from dataclasses import dataclass
from enum import StrEnum

MOST_PARTNERSHIPS = 20


class PartnershipKind(StrEnum):
    """Kinds of partnership (docs/glossary.md)."""

    TWINNING = "twinning"
    PROJECT = "project"
    OPERATOR = "operator"
    CLIMATE = "climate"
    SUSTAINABILITY = "sustainability"
    SOLIDARITY = "solidarity"
    FRIENDSHIP = "friendship"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Told:
    """A partnership as it was told: with whom, of which kind, since which year."""

    partner: str
    kind: PartnershipKind | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partnership of an organisation; `partner_id` where the partner is an organisation here."""

    id: int
    organisation: int
    told: Told
    partner_id: int | None = None
