"""The deliveries of announcements, in the outbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update

from domain.announcements import Announcement, Line, Part, Report
from domain.audiences import Audience, Reach
from domain.notices import (
    AnnouncementEdited,
    AnnouncementMade,
    AnnouncementProgress,
    AnnouncementWithdrawn,
)
from domain.outbox import DeliveryState
from domain.rules.holding import WHERE_UNKNOWN
from storage.queries.audiences import chosen
from storage.queries.base import Queries
from storage.tables import organisations, outbox, people, representatives, rsvps

_MADE = AnnouncementMade.__name__
_PROGRESS = AnnouncementProgress.__name__
_QUEUED, _SENT = DeliveryState.QUEUED.value, DeliveryState.SENT.value
# Who has it, or may get it any moment.
_TOLD = (_QUEUED, DeliveryState.CLAIMED.value, DeliveryState.SENDING.value, _SENT)


@dataclass(frozen=True, slots=True)
class Said:
    """A delivery as far as it is one: `message_id` is None until it has arrived."""

    state: DeliveryState
    message_id: int | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Watched:
    """A message in which somebody sees how far an announcement is."""

    id: int
    message: int
    notice: AnnouncementProgress


class Announced(Queries):
    """Who was told an announcement, and how that went."""

    async def zones(self, audience: Audience, reach: Reach) -> tuple[str, ...]:
        """In which zones the people of an audience live."""
        belong = people.c.id.in_(chosen(audience, reach))
        rows = await self._all(select(_zone().label("zone")).where(belong).distinct())
        return tuple(sorted(row.zone for row in rows))

    async def fill(
        self,
        item: AnnouncementMade,
        audience: Audience,
        reach: Reach,
        *,
        at: datetime,
        due: datetime,
        zones: Collection[str] | None = None,
    ) -> int:
        """A delivery for everybody of an audience who lives in one of these zones (None: in
        whichever), once each; how many are new."""
        people_meant = chosen(audience, reach)
        if zones is not None:
            people_meant = people_meant.where(_zone().in_(sorted(zones)))
        return await self._store.outbox.add_from(item, people_meant, at=at, due=due)

    async def report(self, one: Announcement) -> Report:
        """What became of an announcement so far."""
        parts = _kept(one) if one.totals is not None else await self.parts(one)
        number, replies = one.number or 0, None
        if one.session is not None and one.begun_at is not None:
            replies = await self.replies_since(one.session, one.begun_at)
        return Report(number, parts, number - sum(part.number for part in parts), replies)

    async def parts(self, one: Announcement) -> tuple[Part, ...]:
        """How many deliveries stand in which state, for which reason."""
        rows = await self._all(
            select(outbox.c.state, outbox.c.reason, func.count().label("n"))
            .where(*_made(one), outbox.c.recipient.is_not(None))
            .group_by(outbox.c.state, outbox.c.reason)
            .order_by(outbox.c.state, outbox.c.reason)
        )
        return tuple(Part(DeliveryState(row.state), row.reason, int(row.n)) for row in rows)

    async def lines(self, one: Announcement) -> tuple[Line, ...]:
        """What became of it for each recipient."""
        organisation = (
            select(organisations.c.name)
            .join(representatives, representatives.c.organisation_id == organisations.c.id)
            .where(representatives.c.person_id == people.c.id)
            .order_by(organisations.c.id)
            .limit(1)
            .correlate(people)
            .scalar_subquery()
        )
        rows = await self._all(
            select(
                people.c.name, organisation.label("organisation"), outbox.c.state, outbox.c.reason
            )
            .join(people, people.c.id == outbox.c.recipient)
            .where(*_made(one))
            .order_by(outbox.c.id)
        )
        return tuple(
            Line(row.name, row.organisation, DeliveryState(row.state), row.reason) for row in rows
        )

    async def said(
        self, announcement: int, *, person: int | None = None, group: int | None = None
    ) -> Said | None:
        """The delivery of an announcement to a person or to a Telegram group."""
        to = outbox.c.recipient == person if person is not None else outbox.c.group_id == group
        row = await self._first(
            select(outbox.c.state, outbox.c.message_id, outbox.c.settled_at).where(
                outbox.c.kind == _MADE, outbox.c.subject == f"announcement:{announcement}", to
            )
        )
        return Said(DeliveryState(row.state), row.message_id, row.settled_at) if row else None

    async def stop(self, one: Announcement, *, reason: str, at: datetime) -> int:
        """What waits is not sent any more; how many."""
        done = await self._write(
            update(outbox)
            .where(*_made(one), outbox.c.state == _QUEUED)
            .values(state=DeliveryState.SKIPPED.value, reason=reason, settled_at=at)
        )
        return int(done.rowcount)

    async def correct(self, one: Announcement, version: int, *, at: datetime) -> int:
        """Queue the change for who may have read an earlier version; how many. What still waits is
        put into words from now on, so that it says the new one: its row is held until the commit,
        so that no worker takes it up meanwhile."""
        new = AnnouncementMade(one.id, version)
        await self._write(
            update(outbox)
            .where(*_made(one), outbox.c.state == _QUEUED)
            .values(payload=new.payload())
        )
        earlier = outbox.c.payload["version"].as_integer() < version
        return await self._for_told(AnnouncementEdited(one.id, version), one, earlier, at=at)

    async def take_back(self, one: Announcement, *, at: datetime) -> int:
        """Queue that it is taken back from who may have it; how many."""
        return await self._for_told(AnnouncementWithdrawn(one.id), one, at=at)

    async def _for_told(
        self,
        item: AnnouncementEdited | AnnouncementWithdrawn,
        one: Announcement,
        *more: ColumnElement[bool],
        at: datetime,
    ) -> int:
        told = (*_made(one), outbox.c.state.in_(_TOLD), *more)
        readers = select(outbox.c.recipient).where(*told, outbox.c.recipient.is_not(None))
        number = await self._store.outbox.add_from(item, readers, at=at)
        for row in await self._all(
            select(outbox.c.group_id).where(*told, outbox.c.group_id.is_not(None))
        ):
            await self._store.outbox.add_to_group(item, row.group_id, at=at)
        return number

    async def replies_since(self, session: int, moment: datetime) -> int:
        """How many replies to a session were given since then."""
        row = await self._first(
            select(func.count().label("n"))
            .select_from(rsvps)
            .where(rsvps.c.session_id == session, rsvps.c.since >= moment)
        )
        return int(row.n) if row else 0

    async def watched(self) -> tuple[Watched, ...]:
        """Messages that show how far an announcement is, and have arrived and not ended."""
        rows = await self._all(
            select(outbox.c.id, outbox.c.payload, outbox.c.message_id).where(
                outbox.c.kind == _PROGRESS, outbox.c.state == _SENT
            )
        )
        found = (
            Watched(row.id, row.message_id or row.payload["message"],
                    AnnouncementProgress(**row.payload))
            for row in rows
        )  # fmt: skip
        return tuple(one for one in found if one.message and not one.notice.ended)

    async def show_again(self, one: Watched, notice: AnnouncementProgress, *, at: datetime) -> None:
        """Queue such a message once more: it is changed."""
        self._store.outbox.wake()
        await self._write(
            update(outbox)
            .where(outbox.c.id == one.id, outbox.c.state == _SENT)
            .values(
                payload=notice.payload(),
                state=_QUEUED,
                due_at=at,
                settled_at=None,
                unknown_at=None,
            )
        )

    async def forget_watched(self, announcement: int) -> None:
        """Show nobody any more how far it is."""
        await self._store.outbox.forget_kind(AnnouncementProgress, f"announcement:{announcement}")


def _kept(one: Announcement) -> tuple[Part, ...]:
    """The parts as they were put down before their deliveries were forgotten."""
    named = ((name.partition(":"), number) for name, number in sorted((one.totals or {}).items()))
    return tuple(Part(DeliveryState(state), reason or None, n) for (state, _, reason), n in named)


def _made(one: Announcement) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.kind == _MADE, outbox.c.subject == one.subject


def _zone() -> ColumnElement[str]:
    """The zone by which somebody lives: as domain.rules.holding.zone_of."""
    place: Select[Any] = (
        select(organisations.c.place["timezone"].as_string())
        .join(representatives, representatives.c.organisation_id == organisations.c.id)
        .where(representatives.c.person_id == people.c.id)
        .order_by(organisations.c.id)
        .limit(1)
        .correlate(people)
    )
    return func.coalesce(people.c.zone, place.scalar_subquery(), WHERE_UNKNOWN)
