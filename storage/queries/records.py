"""What organisations have done so far, as matching weighs it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select

from domain.introductions import IntroductionState
from domain.outcomes import YES
from domain.track_records import TrackRecord
from storage.queries.base import Queries
from storage.tables import introductions, outcomes, people, representatives, showings

_ANSWERED = (IntroductionState.ACCEPTED.value, IntroductionState.DECLINED.value)
_ENDED = (*_ANSWERED, IntroductionState.EXPIRED.value)


class Records(Queries):
    """Track records of organisations."""

    async def all(self, *, shown_since: datetime) -> dict[int, TrackRecord]:
        """The record of every organisation that has one, as is committed; an organisation counts as
        shown to whom it was shown since then."""
        statements = (self._shown(shown_since), self._asked(), self._told(), self._active())
        several = [await self._committed_many(statement) for statement in statements]
        return await asyncio.to_thread(_records, several)

    def _shown(self, since: datetime) -> Any:
        shown = showings.c
        return (
            select(shown.organisation_id.label("organisation"), func.count().label("shown"))
            .where(shown.last_shown_at >= since)
            .group_by(shown.organisation_id)
        )

    def _asked(self) -> Any:
        """Requests that were ended by an answer or by the lack of one; open ones say nothing."""
        intro = introductions.c
        answered = func.sum(case((intro.state.in_(_ANSWERED), 1), else_=0))
        return (
            select(
                intro.asked.label("organisation"),
                func.count().label("asked"),
                answered.label("answered"),
            )
            .where(intro.state.in_(_ENDED))
            .group_by(intro.asked)
        )

    def _told(self) -> Any:
        """What the other side of each introduction has told: it says whether this one helped."""
        intro, outcome = introductions.c, outcomes.c
        other = case((intro.asking == outcome.organisation_id, intro.asked), else_=intro.asking)
        return (
            select(
                other.label("organisation"),
                func.count().label("told"),
                func.sum(case((outcome.helped == YES, 1), else_=0)).label("helped"),
            )
            .select_from(outcomes.join(introductions, intro.id == outcome.introduction_id))
            .where(outcome.helped.is_not(None))
            .group_by(other)
        )

    def _active(self) -> Any:
        person = people.c
        return (
            select(
                representatives.c.organisation_id.label("organisation"),
                func.max(person.seen_at).label("active_on"),
            )
            .select_from(representatives.join(people, person.id == representatives.c.person_id))
            .where(person.seen_at.is_not(None))
            .group_by(representatives.c.organisation_id)
        )

    async def helped(self, organisation: int) -> frozenset[int]:
        """Others that have helped this one, as it has told."""
        intro, outcome = introductions.c, outcomes.c
        rows = await self._all(
            select(intro.asking, intro.asked)
            .join(outcomes, outcome.introduction_id == intro.id)
            .where(outcome.organisation_id == organisation, outcome.helped == YES)
            .where(or_(intro.asking == organisation, intro.asked == organisation))
        )
        return frozenset(row.asked if row.asking == organisation else row.asking for row in rows)

    async def shown_to(self, organisation: int, *, since: datetime) -> frozenset[int]:
        """Who was shown to an organisation since then."""
        shown = showings.c
        rows = await self._all(
            select(shown.organisation_id).where(
                and_(shown.shown_to == organisation, shown.last_shown_at >= since)
            )
        )
        return frozenset(row.organisation_id for row in rows)


def _records(several: Iterable[Iterable[Row[Any]]]) -> dict[int, TrackRecord]:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in chain.from_iterable(several):
        values = dict(row._mapping)
        found[values.pop("organisation")].update(values)
    return {one: _record(values) for one, values in found.items()}


def _record(values: dict[str, Any]) -> TrackRecord:
    active: datetime | None = values.pop("active_on", None)
    numbers = {name: int(value) for name, value in values.items()}
    return TrackRecord(**numbers, active_on=active.date() if active else None)
