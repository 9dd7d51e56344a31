"""Rounds within exchanges."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select, update

from domain.exchanges import MembershipState
from domain.round_programmes import (
    HeldRound,
    Met,
    Part,
    Programme,
    Seat,
    SeatedGroup,
    Sitter,
    WhyNot,
)
from domain.rounds import Bond, BondKind, Doubt, DoubtKind, Encounter
from storage.queries.base import Queries
from storage.queries.memberships import membership_of
from storage.queries.organisations import organisation_of
from storage.queries.people import person_of
from storage.tables import (
    memberships,
    organisations,
    people,
    representatives,
    round_groups,
    round_parts,
    round_programmes,
    round_seats,
    rounds,
)

_MEMBER = MembershipState.MEMBER.value


def programme_of(row: Row[Any]) -> Programme:
    """A programme from its row."""
    return Programme(
        id=row.id,
        exchange=row.exchange_id,
        size=row.size,
        every_days=row.every_days,
        until=row.until,
        started_at=row.started_at,
        next_at=row.next_at,
        started_by=row.started_by,
        paused_at=row.paused_at,
        stopped_at=row.stopped_at,
    )


def round_of(row: Row[Any]) -> HeldRound:
    """A round from its row."""
    return HeldRound(
        id=row.id,
        programme=row.programme_id,
        number=row.number,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        seed=row.seed,
        nudged_at=row.nudged_at,
        asked_at=row.asked_at,
    )


def group_of(row: Row[Any]) -> SeatedGroup:
    """A group from its row."""
    reasons = (Bond(BondKind(a), b, tuple(c), tuple(d)) for a, b, c, d in row.reasons)
    against = (Doubt(DoubtKind(a), tuple(b), c) for a, b, c in row.against)
    return SeatedGroup(row.id, row.round_id, tuple(reasons), tuple(against), row.broken_at)


def seat_of(row: Row[Any]) -> Seat:
    """A seat from its row."""
    return Seat(
        round=row.round_id,
        membership=row.membership_id,
        group=row.group_id,
        why=WhyNot(row.why) if row.why else None,
        met=Met(row.met) if row.met else None,
        helped=row.helped,
    )


def part_of(row: Row[Any]) -> Part:
    """Whether somebody takes part, from its row."""
    return Part(
        row.programme_id,
        row.membership_id,
        row.takes_part,
        row.since,
        paused_until=row.paused_until,
    )


class Rounds(Queries):
    """Programmes of rounds, who takes part, and the rounds that have been held."""

    async def programme(self, programme: int) -> Programme | None:
        """The programme with this id."""
        row = await self._first(select(round_programmes).where(round_programmes.c.id == programme))
        return programme_of(row) if row else None

    async def running_in(self, exchange: int) -> Programme | None:
        """The programme of an exchange that has not come to its end."""
        row = await self._first(
            select(round_programmes).where(
                round_programmes.c.exchange_id == exchange, round_programmes.c.stopped_at.is_(None)
            )
        )
        return programme_of(row) if row else None

    async def latest_in(self, exchange: int) -> Programme | None:
        """The programme of an exchange, the latest one where several have been."""
        row = await self._first(
            select(round_programmes)
            .where(round_programmes.c.exchange_id == exchange)
            .order_by(round_programmes.c.id.desc())
            .limit(1)
        )
        return programme_of(row) if row else None

    async def due(self, moment: datetime) -> tuple[Programme, ...]:
        """Programmes of which a round is due by then, longest first."""
        rows = await self._all(
            select(round_programmes)
            .where(
                round_programmes.c.next_at <= moment,
                round_programmes.c.stopped_at.is_(None),
                round_programmes.c.paused_at.is_(None),
            )
            .order_by(round_programmes.c.next_at, round_programmes.c.id)
        )
        return tuple(map(programme_of, rows))

    async def running_out(self) -> tuple[Programme, ...]:
        """Programmes without a next round, and whose last one is over."""
        open_still = select(rounds.c.id).where(
            rounds.c.programme_id == round_programmes.c.id, rounds.c.asked_at.is_(None)
        )
        rows = await self._all(
            select(round_programmes).where(
                round_programmes.c.next_at.is_(None),
                round_programmes.c.stopped_at.is_(None),
                ~open_still.exists(),
            )
        )
        return tuple(map(programme_of, rows))

    async def start(self, exchange: int, *, by: int, at: datetime, **values: Any) -> int | None:
        """Begin a programme; its id, None where one runs already."""
        made = await self._write(
            self._insert(round_programmes)
            .values(exchange_id=exchange, started_by=by, started_at=at, **values)
            .on_conflict_do_nothing()
            .returning(round_programmes.c.id)
        )
        row = made.first()
        return int(row.id) if row else None

    async def change(self, programme: int, **values: Any) -> None:
        """Set columns of a programme."""
        await self._write(
            update(round_programmes).where(round_programmes.c.id == programme).values(**values)
        )

    async def lock(self, programme: int) -> None:
        """Until the transaction ends nobody else changes it, or makes a round of it."""
        await self._all(
            select(round_programmes.c.id)
            .where(round_programmes.c.id == programme)
            .with_for_update()
        )

    async def part(self, programme: int, membership: int) -> Part | None:
        """Whether a member takes part; None where they have not answered."""
        row = await self._first(
            select(round_parts).where(
                round_parts.c.programme_id == programme, round_parts.c.membership_id == membership
            )
        )
        return part_of(row) if row else None

    async def parts(self, programme: int) -> dict[int, Part]:
        """Everybody's answer by membership."""
        rows = await self._all(select(round_parts).where(round_parts.c.programme_id == programme))
        return {row.membership_id: part_of(row) for row in rows}

    async def put_part(
        self,
        programme: int,
        membership: int,
        *,
        takes_part: bool,
        since: datetime,
        paused_until: date | None = None,
    ) -> None:
        """Write down whether a member takes part, in place of an earlier answer."""
        values = {"takes_part": takes_part, "since": since, "paused_until": paused_until}
        await self._write(
            self._insert(round_parts)
            .values(programme_id=programme, membership_id=membership, **values)
            .on_conflict_do_update(index_elements=["programme_id", "membership_id"], set_=values)
        )

    async def sitters(self, exchange: int) -> tuple[Sitter, ...]:
        """Everybody who takes part in an exchange now, with who they are, longest first."""
        return await self._sitters(
            select(memberships).where(
                memberships.c.exchange_id == exchange, memberships.c.state == _MEMBER
            )
        )

    async def in_group(self, group: int) -> tuple[Sitter, ...]:
        """Who sits in a group, and takes part in the exchange still."""
        return await self._sitters(
            select(memberships)
            .join(round_seats, round_seats.c.membership_id == memberships.c.id)
            .where(round_seats.c.group_id == group, memberships.c.state == _MEMBER)
        )

    async def _sitters(self, chosen: Select[Any]) -> tuple[Sitter, ...]:
        rows = await self._all(chosen.order_by(memberships.c.id))
        ids = chosen.with_only_columns(memberships.c.person_id).scalar_subquery()
        there = await self._all(select(people).where(people.c.id.in_(ids)))
        persons = {row.id: person_of(row) for row in there}
        speaking = await self._all(
            select(organisations, representatives.c.person_id.label("speaker"))
            .join(representatives, representatives.c.organisation_id == organisations.c.id)
            .where(representatives.c.person_id.in_(ids))
            .order_by(representatives.c.since.desc())
        )
        theirs = {row.speaker: organisation_of(row) for row in speaking}
        return tuple(
            Sitter(membership_of(row), persons.get(row.person_id), theirs.get(row.person_id))
            for row in rows
        )

    async def one(self, held: int) -> HeldRound | None:
        """The round with this id."""
        row = await self._first(select(rounds).where(rounds.c.id == held))
        return round_of(row) if row else None

    async def latest(self, programme: int) -> HeldRound | None:
        """The latest round of a programme."""
        row = await self._first(
            select(rounds)
            .where(rounds.c.programme_id == programme)
            .order_by(rounds.c.number.desc())
            .limit(1)
        )
        return round_of(row) if row else None

    async def going_on(self) -> tuple[HeldRound, ...]:
        """Rounds whose groups have not been asked yet what came of them."""
        rows = await self._all(
            select(rounds).where(rounds.c.asked_at.is_(None)).order_by(rounds.c.id)
        )
        return tuple(map(round_of, rows))

    async def add(
        self, programme: int, *, number: int, begins_at: datetime, ends_at: datetime, seed: int
    ) -> int | None:
        """Write a round down; its id, None where there is one of this number."""
        made = await self._write(
            self._insert(rounds)
            .values(
                programme_id=programme,
                number=number,
                begins_at=begins_at,
                ends_at=ends_at,
                seed=seed,
            )
            .on_conflict_do_nothing(index_elements=["programme_id", "number"])
            .returning(rounds.c.id)
        )
        row = made.first()
        return int(row.id) if row else None

    async def change_round(self, held: int, **values: Any) -> None:
        """Set columns of a round."""
        await self._write(update(rounds).where(rounds.c.id == held).values(**values))

    async def add_group(
        self, held: int, *, reasons: Iterable[Bond], against: Iterable[Doubt]
    ) -> int:
        """Write a group down, with what speaks for and against it; its id."""
        made = await self._write(
            self._insert(round_groups)
            .values(
                round_id=held,
                reasons=[
                    [one.kind.value, one.subject, list(one.of), list(one.to)] for one in reasons
                ],
                against=[[one.kind.value, list(one.of), one.subject] for one in against],
            )
            .returning(round_groups.c.id)
        )
        return int(made.one().id)

    async def add_seats(self, seats: Iterable[Seat]) -> None:
        """Write down where everybody sits, or why nowhere."""
        rows = [
            {
                "round_id": one.round,
                "membership_id": one.membership,
                "group_id": one.group,
                "why": one.why.value if one.why else None,
            }
            for one in seats
        ]
        if rows:
            await self._write(self._insert(round_seats), rows)

    async def group(self, group: int) -> SeatedGroup | None:
        """The group with this id."""
        row = await self._first(select(round_groups).where(round_groups.c.id == group))
        return group_of(row) if row else None

    async def groups(self, held: int) -> tuple[SeatedGroup, ...]:
        """The groups of a round."""
        rows = await self._all(
            select(round_groups).where(round_groups.c.round_id == held).order_by(round_groups.c.id)
        )
        return tuple(map(group_of, rows))

    async def change_group(self, group: int, **values: Any) -> None:
        """Set columns of a group."""
        await self._write(update(round_groups).where(round_groups.c.id == group).values(**values))

    async def seats(self, held: int) -> tuple[Seat, ...]:
        """Where everybody sits in a round, or why nowhere."""
        rows = await self._all(
            select(round_seats)
            .where(round_seats.c.round_id == held)
            .order_by(round_seats.c.membership_id)
        )
        return tuple(map(seat_of, rows))

    async def seat(self, held: int, membership: int) -> Seat | None:
        """Where a member sits in a round, or why nowhere."""
        row = await self._first(
            select(round_seats).where(
                round_seats.c.round_id == held, round_seats.c.membership_id == membership
            )
        )
        return seat_of(row) if row else None

    async def tell(self, held: int, membership: int, **values: Any) -> None:
        """What a member says came of their group."""
        await self._write(
            update(round_seats)
            .where(round_seats.c.round_id == held, round_seats.c.membership_id == membership)
            .values(**values)
        )

    async def alone_in(self, held: int) -> tuple[SeatedGroup, ...]:
        """Groups of a round in which one is left, since the others have gone or cannot, and was not
        told yet."""
        there = (
            select(round_seats.c.group_id, func.count().label("n"))
            .join(
                memberships,
                and_(
                    memberships.c.id == round_seats.c.membership_id, memberships.c.state == _MEMBER
                ),
            )
            .where(
                round_seats.c.round_id == held,
                or_(round_seats.c.met.is_(None), round_seats.c.met != Met.CANNOT.value),
            )
            .group_by(round_seats.c.group_id)
            .subquery()
        )
        rows = await self._all(
            select(round_groups)
            .join(there, there.c.group_id == round_groups.c.id)
            .where(there.c.n == 1, round_groups.c.broken_at.is_(None))
            .order_by(round_groups.c.id)
        )
        return tuple(map(group_of, rows))

    async def encounters(self, exchange: int) -> tuple[Encounter, ...]:
        """Who has sat with whom in this exchange, by the ids of their memberships, and when."""
        one, other = round_seats.alias(), round_seats.alias()
        rows = await self._all(
            select(one.c.membership_id.label("one"), other.c.membership_id.label("other"))
            .add_columns(rounds.c.begins_at)
            .join(
                other,
                and_(
                    other.c.group_id == one.c.group_id, one.c.membership_id < other.c.membership_id
                ),
            )
            .join(rounds, rounds.c.id == one.c.round_id)
            .join(round_programmes, round_programmes.c.id == rounds.c.programme_id)
            .where(round_programmes.c.exchange_id == exchange)
        )
        return tuple(Encounter(row.one, row.other, row.begins_at.date()) for row in rows)
