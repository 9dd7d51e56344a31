"""Admissions."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from domain.admissions import Admission, AdmissionState
from storage.queries.base import Queries
from storage.tables import admissions

_ASKED = AdmissionState.ASKED.value
AT_ONCE = 500
"""So many are looked at in one go; the rest comes at the next."""


def admission_of(row: Row[Any]) -> Admission:
    """An admission from its row."""
    return Admission(
        id=row.id,
        organisation=row.organisation_id,
        person=row.person_id,
        state=AdmissionState(row.state),
        asked_at=row.asked_at,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )


class Admissions(Queries):
    """Who asked to speak for which organisation, and what came of it."""

    async def by_id(self, admission: int) -> Admission | None:
        """The admission with this id."""
        row = await self._first(select(admissions).where(admissions.c.id == admission))
        return admission_of(row) if row else None

    async def open_of(self, person: int) -> tuple[Admission, ...]:
        """What a person asks for and nobody has answered yet, newest first."""
        return await self._several(admissions.c.person_id == person, admissions.c.state == _ASKED)

    async def open_at(self, organisation: int) -> tuple[Admission, ...]:
        """Who asks to speak for an organisation, newest first."""
        return await self._several(
            admissions.c.organisation_id == organisation, admissions.c.state == _ASKED
        )

    async def latest(self, person: int, organisation: int) -> Admission | None:
        """A person's latest admission to an organisation."""
        found = await self._several(
            admissions.c.person_id == person, admissions.c.organisation_id == organisation
        )
        return found[0] if found else None

    async def open_since(self, moment: datetime) -> tuple[Admission, ...]:
        """Admissions asked before the moment that nobody has answered, oldest first."""
        found = await self._several(admissions.c.state == _ASKED, admissions.c.asked_at <= moment)
        return found[::-1]

    async def _several(self, *conditions: Any) -> tuple[Admission, ...]:
        rows = await self._all(
            select(admissions).where(*conditions).order_by(admissions.c.id.desc()).limit(AT_ONCE)
        )
        return tuple(map(admission_of, rows))

    async def add(self, *, person: int, organisation: int, at: datetime) -> Admission | None:
        """Ask; None when the same is asked already."""
        made = await self._write(
            self._insert(admissions)
            .values(organisation_id=organisation, person_id=person, state=_ASKED, asked_at=at)
            .on_conflict_do_nothing()
            .returning(admissions)
        )
        row = made.first()
        return admission_of(row) if row else None

    async def settle(
        self, admission: int, state: AdmissionState, *, by: int | None, at: datetime
    ) -> bool:
        """Close an open admission; False when it was closed before."""
        done = await self._write(
            update(admissions)
            .where(admissions.c.id == admission, admissions.c.state == _ASKED)
            .values(state=state.value, settled_by=by, settled_at=at)
        )
        return done.rowcount == 1
