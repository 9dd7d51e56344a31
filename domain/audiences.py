"""Audiences: whom an announcement is meant for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from domain.organisations import Organisation
from domain.sessions import Reply


class Who(StrEnum):
    """In which part people are meant."""

    MEMBERS = "members"
    """Who takes part in an exchange."""
    REPRESENTATIVES = "representatives"
    """Who speaks for an organisation."""
    COORDINATORS = "coordinators"


class Answered(StrEnum):
    """What people have answered to a session, or whether they were there."""

    YES = "yes"
    WAITING = "waiting"
    MAYBE = "maybe"
    NO = "no"
    NOTHING = "nothing"
    """They were asked, as members, and have not answered."""
    CAME = "came"
    """They were there, whatever they had answered."""


class Trait(StrEnum):
    """By what an audience is narrowed; the values are the names of Audience's fields. Several
    choices of one trait widen it, several traits narrow it."""

    WHO = "who"
    SECTORS = "sectors"
    KINDS = "kinds"
    TOPICS = "topics"
    REGIONS = "regions"
    LANGUAGES = "languages"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is meant for; what is empty narrows nothing.

    `exchange`: its members only. `session` with `answered`: those of its exchange's members who
    have answered so. `sectors`, `kinds`, `topics` and `regions` (as in Filters) are met by an
    organisation for which somebody speaks, all by the same one; unlike in a search, what is not
    stated is not met: an announcement to water utilities is for those who say that they are one.
    `languages` are those in which people are spoken to.
    """

    exchange: int | None = None
    session: int | None = None
    answered: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def of(self, trait: Trait) -> frozenset[str]:
        """What was chosen of a trait."""
        chosen: frozenset[str] = getattr(self, trait.value)
        return chosen

    def having(self, trait: Trait, options: Iterable[str]) -> "Audience":
        """This audience with another choice of a trait."""
        changed: dict[str, Any] = {trait.value: frozenset(options)}
        return replace(self, **changed)

    def within(self, exchange: int | None) -> "Audience":
        """This audience within another exchange, or none; its session is another one's then."""
        if exchange == self.exchange:
            return self
        return replace(self, exchange=exchange, session=None, answered=frozenset())

    def about(self, session: int) -> "Audience":
        """This audience by what was answered to a session; nothing, if nothing was said of that."""
        return replace(
            self, session=session, answered=self.answered or frozenset({Answered.NOTHING.value})
        )

    @property
    def whole(self) -> bool:
        """Whether it is all members of an exchange, and nobody else."""
        return self.exchange is not None and self == Audience(exchange=self.exchange)

    def as_json(self) -> dict[str, Any]:
        """As it is stored; without what narrows nothing."""
        stored = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: sorted(value) if isinstance(value, frozenset) else value
            for name, value in stored.items()
            if value
        }


def audience_of(stored: Mapping[str, Any]) -> Audience:
    """An audience as it was stored; names that no longer mean anything are passed over."""
    known = {one.name for one in fields(Audience)}
    values: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    return Audience(**values)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom somebody may announce anything to: everybody, or the members of these exchanges and
    whoever speaks for an organisation that is visible."""

    everybody: bool = False
    exchanges: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a person decides whether they belong to an audience."""

    language: str
    coordinator: bool = False
    organisations: tuple[Organisation, ...] = ()
    exchanges: frozenset[int] = frozenset()
    replies: Mapping[int, Reply] = field(default_factory=dict)
    attended: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """An audience that a coordinator has kept under a name."""

    id: int
    name: str
    audience: Audience
