"""Planning a session: what is asked, what was answered so far, and the plan that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, TypedDict

from domain.sessions import Form
from domain.texts import Texts

MOST_SESSIONS: Final = 60
"""Occurrences of a series, at most."""
LONGEST_SERIES = timedelta(days=3 * 366)
LONGEST_SESSION = timedelta(days=7)
FURTHEST = timedelta(days=5 * 366)
"""A session lies so far ahead, at most."""
LONGEST_TITLE, LONGEST_LINE, LONGEST_AGENDA = 120, 300, 1_500
MOST_SEATS = 100_000


class Question(StrEnum):
    """A question of the dialogue; its value is the conversation's step."""

    TITLE = "plan-title"
    DAY = "plan-day"
    TIME = "plan-time"
    LASTS = "plan-lasts"
    FORM = "plan-form"
    PLACE = "plan-place"
    LINK = "plan-link"
    CAPACITY = "plan-capacity"
    LANGUAGE = "plan-language"
    INTERPRETERS = "plan-interpreters"
    AGENDA = "plan-agenda"
    GUESTS = "plan-guests"
    REPEAT = "plan-repeat"
    UNTIL = "plan-until"
    PREVIEW = "plan-preview"


class Repeat(StrEnum):
    """How a session comes again."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    WEEKDAY = "monthly-weekday"
    """Each month on the same weekday, such as the second Tuesday."""
    DAY = "monthly-day"
    QUARTERLY = "quarterly"
    """Every three months on the same weekday."""


class Details(TypedDict, total=False):
    """What can be said of a session beside when it is."""

    title: Texts
    agenda: Texts
    guests: str | None
    place: str | None
    link: str | None
    capacity: int | None
    language: str | None
    interpreters: frozenset[str]
    form: Form


@dataclass(frozen=True, slots=True)
class Plan:
    """A session to be. `starts` is a time on a wall in `zone`, without a zone of its own; `lasts`
    is how much time passes, also where clocks are changed meanwhile."""

    starts: datetime
    lasts: timedelta
    zone: str
    form: Form
    title: Texts
    agenda: Texts = field(default_factory=dict)
    guests: str | None = None
    place: str | None = None
    link: str | None = None
    capacity: int | None = None
    language: str | None = None
    interpreters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """What was answered so far, as it lies in the conversation: words and numbers only.

    `session`: what is changed, where it is one that there is; `asks` are then its questions.
    `month` is shown by the calendar; `lasts` and `begins` are minutes, and so is `before`, when a
    session that is moved has begun so far. `ended`: its end was said together with its beginning.
    """

    exchange: int
    zone: str
    session: int | None = None
    asks: tuple[str, ...] = ()
    title: str | None = None
    day: str | None = None
    month: str | None = None
    begins: int | None = None
    before: int | None = None
    lasts: int | None = None
    ended: bool = False
    form: str | None = None
    place: str | None = None
    link: str | None = None
    capacity: int | None = None
    language: str | None = None
    interpreters: tuple[str, ...] = ()
    agenda: str | None = None
    guests: str | None = None
    repeat: str = Repeat.ONCE.value
    times: int | None = None
    until: str | None = None

    @property
    def first_day(self) -> date:
        """The day; raises TypeError before it has been answered."""
        return date.fromisoformat(self.day or "")

    @property
    def starts(self) -> datetime | None:
        """When it begins by clocks of its zone; None while that is open."""
        if self.day is None or self.begins is None:
            return None
        at = time(self.begins // 60, self.begins % 60)
        return datetime.combine(date.fromisoformat(self.day), at)

    @property
    def series(self) -> bool:
        """Whether it comes again."""
        return self.repeat != Repeat.ONCE.value

    def plan(self, language: str) -> Plan | None:
        """The plan, its texts written in `language`; None while something is open."""
        starts = self.starts
        if starts is None or self.lasts is None or self.title is None or self.form is None:
            return None
        form = Form(self.form)
        return Plan(
            starts=starts,
            lasts=timedelta(minutes=self.lasts),
            zone=self.zone,
            form=form,
            title={language: self.title},
            agenda={language: self.agenda} if self.agenda else {},
            guests=self.guests,
            place=None if form is Form.ONLINE else self.place,
            link=None if form is Form.IN_PERSON else self.link,
            capacity=self.capacity,
            language=self.language,
            interpreters=frozenset(self.interpreters),
        )

    def packed(self) -> dict[str, Any]:
        """As it is kept."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value is not None
        }


def draft_of(packed: Mapping[str, Any]) -> Draft:
    """The draft that was kept so."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in packed.items()
    }
    return Draft(**values)
