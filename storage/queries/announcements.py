"""Announcements as they are written and sent."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update

from domain.announcements import Announcement, AnnouncementState, Link, Timing, When
from domain.audiences import audience_of
from domain.uploads import Upload, UploadKind
from storage.queries.base import Queries
from storage.tables import announcements

_TABLE = announcements.c
_DRAFT, _SCHEDULED = AnnouncementState.DRAFT.value, AnnouncementState.SCHEDULED.value
_SENDING = AnnouncementState.SENDING.value


def announcement_of(row: Row[Any]) -> Announcement:
    """An announcement from its row."""
    return Announcement(
        id=row.id,
        author=row.author,
        state=AnnouncementState(row.state),
        version=row.version,
        created_at=row.created_at,
        texts=row.texts,
        first=row.first,
        audience=None if row.audience is None else audience_of(row.audience),
        upload=_upload_of(row),
        session=row.session_id,
        link=Link(row.link_text, row.link_url) if row.link_url else None,
        when=When(Timing(row.timing), row.send_at),
        asked_by=row.asked_by,
        released_by=row.released_by,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        number=row.number,
        totals=row.totals,
    )


def _upload_of(row: Row[Any]) -> Upload | None:
    if row.file_id is None:
        return None
    return Upload(row.file_id, row.file_name, UploadKind(row.file_kind), row.file_size)


class Announcements(Queries):
    """What coordinators announce."""

    async def by_id(self, announcement: int) -> Announcement | None:
        """The announcement with this id."""
        row = await self._first(select(announcements).where(_TABLE.id == announcement))
        return announcement_of(row) if row else None

    async def lock(self, announcement: int) -> None:
        """Until the transaction ends nobody else changes or sends it."""
        await self._all(select(_TABLE.id).where(_TABLE.id == announcement).with_for_update())

    async def add(self, author: int, *, at: datetime) -> Announcement:
        """A new draft, with nothing in it."""
        made = await self._write(
            self._insert(announcements)
            .values(
                author=author,
                state=_DRAFT,
                version=0,
                texts={},
                timing=Timing.NOW.value,
                created_at=at,
            )
            .returning(announcements)
        )
        return announcement_of(made.one())

    async def empty_draft_of(self, author: int) -> Announcement | None:
        """A draft of somebody's in which nothing has been done yet."""
        row = await self._first(
            select(announcements)
            .where(_TABLE.author == author, _TABLE.state == _DRAFT, _TABLE.version == 0)
            .order_by(_TABLE.id.desc())
        )
        return announcement_of(row) if row else None

    async def drafts_for(self, author: int, exchange: int) -> tuple[Announcement, ...]:
        """Somebody's drafts for an exchange, the newest first."""
        rows = await self._all(
            select(announcements)
            .where(_TABLE.author == author, _TABLE.state == _DRAFT)
            .where(_TABLE.exchange_id == exchange)
            .order_by(_TABLE.id.desc())
        )
        return tuple(map(announcement_of, rows))

    async def change(self, announcement: int, **values: Any) -> None:
        """Set columns of an announcement; that makes it another version."""
        await self.set(announcement, version=_TABLE.version + 1, **values)

    async def set(self, announcement: int, **values: Any) -> None:
        """Set columns that change nothing of what is read."""
        await self._write(update(announcements).where(_TABLE.id == announcement).values(**values))

    async def remove(self, announcement: int) -> None:
        """Throw it away."""
        await self._write(delete(announcements).where(_TABLE.id == announcement))

    async def remove_drafts_of(self, author: int) -> None:
        """Throw away what somebody has written and nobody was ever to read yet."""
        await self._write(
            delete(announcements).where(_TABLE.author == author, _TABLE.state == _DRAFT)
        )

    async def page(
        self, person: int, exchanges: Collection[int], *, every: bool, offset: int, limit: int
    ) -> tuple[tuple[Announcement, ...], int]:
        """A page of those that somebody may handle, the newest first, and how many there are."""
        theirs = _handled(person, exchanges, every=every)
        rows = await self._all(
            select(announcements)
            .where(theirs)
            .order_by(_TABLE.id.desc())
            .offset(offset)
            .limit(limit)
        )
        total = await self._first(
            select(func.count().label("n")).select_from(announcements).where(theirs)
        )
        return tuple(map(announcement_of, rows)), int(total.n) if total else 0

    async def due(self, moment: datetime) -> tuple[Announcement, ...]:
        """Those that are to begin by then, soonest first."""
        rows = await self._all(
            select(announcements)
            .where(_TABLE.state == _SCHEDULED, _TABLE.due_at <= moment)
            .order_by(_TABLE.due_at, _TABLE.id)
        )
        return tuple(map(announcement_of, rows))

    async def sending(self) -> tuple[Announcement, ...]:
        """Those that are being sent."""
        rows = await self._all(select(announcements).where(_TABLE.state == _SENDING))
        return tuple(map(announcement_of, rows))

    async def without_totals(self, *, begun_before: datetime) -> tuple[Announcement, ...]:
        """Those that are over and began so long ago, of which only deliveries say what became."""
        rows = await self._all(
            select(announcements).where(
                _TABLE.begun_at < begun_before,
                _TABLE.ended_at.is_not(None),
                _TABLE.totals.is_(None),
            )
        )
        return tuple(map(announcement_of, rows))


def _handled(person: int, exchanges: Collection[int], *, every: bool) -> ColumnElement[bool]:
    own = _TABLE.author == person
    if every:
        return _TABLE.id.is_not(None)
    return or_(own, _TABLE.exchange_id.in_(sorted(exchanges))) if exchanges else own
