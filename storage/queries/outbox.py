"""The outbox."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, literal, select, true, update

from domain.exchanges import MembershipState
from domain.notices import NOTICES, Notice, Priority, SessionReminder, notice
from domain.outbox import ONCE_MORE, ONCE_MORE_KINDS, Delivery, DeliveryState, Outcome
from domain.rules.holding import Why
from storage.queries.base import Queries
from storage.queries.reminded import reminded
from storage.tables import memberships, outbox

_QUEUED, _CLAIMED = DeliveryState.QUEUED.value, DeliveryState.CLAIMED.value
_SENDING, _UNKNOWN = DeliveryState.SENDING.value, DeliveryState.UNKNOWN.value
_OWNER_DIED = "owner-died"


def delivery_of(row: Row[Any]) -> Delivery:
    """A delivery from its row; raises TypeError where the payload is not that notice's."""
    return Delivery(
        id=row.id,
        notice=notice(row.kind, row.payload),
        recipient=row.recipient,
        attempts=row.attempts,
        answers=row.priority == Priority.CONVERSATION,
        group=row.group_id,
    )


class Outbox(Queries):
    """Notices waiting, in hand, and settled."""

    async def add(
        self, item: Notice, recipients: Iterable[int], *, at: datetime, answering: int | None = None
    ) -> int:
        """Queue a notice for people, once each; how many are new. Wakes the courier on commit.

        To the person `answering` it answers what they have just done: it goes first, and no quiet
        hours hold it.
        """
        rows = [
            {
                **_new(item, at),
                "recipient": recipient,
                "priority": int(Priority.CONVERSATION if recipient == answering else item.priority),
            }
            for recipient in sorted(set(recipients))
        ]
        if not rows:
            return 0
        self.wake()
        # Rows beside the statement, not in it: SQLAlchemy then splits them into what a statement
        # can hold, some 32,000 values.
        statement = self._insert(outbox).on_conflict_do_nothing().returning(outbox.c.id)
        return len((await self._write(statement, rows)).all())

    async def add_for_members(self, item: Notice, exchange: int, *, at: datetime) -> int:
        """Queue a notice for every member of an exchange, once each; how many are new. However many
        they are: the database writes the rows by itself."""
        members = select(memberships.c.person_id).where(
            memberships.c.exchange_id == exchange,
            memberships.c.state == MembershipState.MEMBER.value,
            memberships.c.person_id.is_not(None),
        )
        return await self.add_from(item, members, at=at)

    async def add_for_reminded(
        self,
        item: SessionReminder,
        exchange: int,
        *,
        usual: bool,
        chosen: Collection[str],
        at: datetime,
    ) -> int:
        """The same for the members who are to be reminded of a session: those who have chosen no
        distances of their own where `usual`, those whose own are written like one of `chosen`, and
        nobody who has said that they do not come."""
        people = reminded(item.session, exchange, usual=usual, chosen=chosen)
        return await self.add_from(item, people, at=at)

    async def add_from(
        self, item: Notice, chosen: Select[Any], *, at: datetime, due: datetime | None = None
    ) -> int:
        """The same for whoever a query names in its only column, due now or later."""
        values = {**_new(item, at), "due_at": due or at, "priority": int(item.priority)}
        people = chosen.subquery()
        rows = (
            select(  # In the order in which they came, so that it is the same each time.
                people.c[0],
                *(literal(value, outbox.c[name].type) for name, value in values.items()),
            )
            .where(true())
            .order_by(people.c[0])
        )
        self.wake()
        done = await self._write(
            self._insert(outbox).from_select(["recipient", *values], rows).on_conflict_do_nothing()
        )
        return int(done.rowcount)

    async def add_to_group(self, item: Notice, group: int, *, at: datetime) -> int:
        """Queue a notice for a Telegram group (an id of ours), once; 1 if it is new."""
        self.wake()
        done = await self._write(
            self._insert(outbox)
            .values({**_new(item, at), "group_id": group, "priority": int(item.priority)})
            .on_conflict_do_nothing()
        )
        return int(done.rowcount)

    async def last_post(
        self, group: int, kinds: Iterable[type[Notice]], subjects: str
    ) -> tuple[Notice, int] | None:
        """The newest notice of these kinds whose subject begins so that stands in a group, with
        Telegram's id of its message."""
        row = await self._first(
            select(outbox.c.kind, outbox.c.payload, outbox.c.message_id)
            .where(outbox.c.group_id == group, outbox.c.message_id.is_not(None))
            .where(outbox.c.kind.in_([one.__name__ for one in kinds]))
            .where(outbox.c.subject.startswith(subjects, autoescape=True))
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        return (notice(row.kind, row.payload), row.message_id) if row else None

    def wake(self) -> None:
        """Let the courier look at once, once this is committed."""
        unit = self._store.unit_at_hand
        if unit is not None:
            unit.afterwards(self._store.queued)

    async def forget(self, subjects: Iterable[str], *, except_for: type[Notice]) -> None:
        """Remove what is about these, for whomever; but for one kind."""
        await self._write(
            delete(outbox).where(
                outbox.c.subject.in_(tuple(subjects)), outbox.c.kind != except_for.__name__
            )
        )

    async def forget_kind(self, kind: type[Notice], subject: str) -> None:
        """Remove what is of one kind and about this, for whomever."""
        await self._write(
            delete(outbox).where(outbox.c.kind == kind.__name__, outbox.c.subject == subject)
        )

    async def queue_again(self, person: int, *, reason: str, at: datetime) -> None:
        """Queue again what was not said to a person for this reason."""
        self.wake()
        await self._write(
            update(outbox)
            .where(outbox.c.recipient == person, outbox.c.reason == reason)
            .values(state=_QUEUED, reason=None, settled_at=None, due_at=at)
        )

    async def told(self, kind: type[Notice], person: int) -> tuple[tuple[Notice, datetime], ...]:
        """The notices of a kind that were queued for a person, and when; newest first."""
        rows = await self._all(
            select(outbox.c.kind, outbox.c.payload, outbox.c.created_at)
            .where(outbox.c.recipient == person, outbox.c.kind == kind.__name__)
            .order_by(outbox.c.created_at.desc(), outbox.c.id.desc())
        )
        return tuple((notice(row.kind, row.payload), row.created_at) for row in rows)

    async def claim(
        self,
        *,
        owner: str,
        due: datetime,
        until: datetime,
        limit: int,
        priority: Priority | None = None,
    ) -> tuple[Delivery, ...]:
        """Take up to `limit` due rows until a time; most urgent first, or of one priority only.

        Kinds that are not known here are left alone: while a new version is being rolled out, an
        older worker may meet them, and a newer one can tell them.
        """
        waiting = (
            select(outbox.c.id)
            .where(outbox.c.state == _QUEUED, outbox.c.due_at <= due)
            .where(outbox.c.kind.in_(tuple(NOTICES)))
            .where(true() if priority is None else outbox.c.priority == int(priority))
            .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
            .limit(limit)
        )
        taken = await self._write(
            update(outbox)
            .where(_locked(waiting))
            .values(state=_CLAIMED, owner=owner, owned_until=until)
            .returning(outbox)
        )
        rows = sorted(taken.all(), key=lambda row: (row.priority, row.due_at, row.id))
        return await self._readable(rows, at=due)

    async def _readable(self, rows: Iterable[Row[Any]], *, at: datetime) -> tuple[Delivery, ...]:
        """The rows as deliveries. One that cannot be read fails, and holds up no other."""
        deliveries, unreadable = [], []
        for row in rows:
            try:
                deliveries.append(delivery_of(row))
            except TypeError:
                unreadable.append(row.id)
        if unreadable:
            await self._write(
                update(outbox)
                .where(outbox.c.id.in_(unreadable))
                .values(_settled(Outcome(DeliveryState.FAILED, "unreadable-notice"), at))
            )
        return tuple(deliveries)

    async def start(self, delivery: int, *, owner: str, until: datetime) -> bool:
        """Say, before the request, that it is being made; False when it is no longer ours."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.id == delivery, outbox.c.owner == owner, outbox.c.state == _CLAIMED)
            .values(state=_SENDING, owned_until=until)
        )
        return done.rowcount == 1

    async def extend(self, deliveries: Iterable[int], *, owner: str, until: datetime) -> int:
        """Own these rows for longer; how many still are ours."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.id.in_(tuple(deliveries)), outbox.c.owner == owner)
            .where(outbox.c.state.in_((_CLAIMED, _SENDING)))
            .values(owned_until=until)
        )
        return int(done.rowcount)

    async def settle(self, delivery: int, outcome: Outcome, *, owner: str, at: datetime) -> bool:
        """Record what became of it; False when it is no longer ours. What is unknown for the first
        time may be queued once more instead."""
        ours = _in_hand(delivery, owner)
        if outcome.state is DeliveryState.UNKNOWN:
            ours &= outbox.c.state != _QUEUED
            again = _once_more(at, outcome.reason) | {"unknown_at": at, "owner": None}
            done = await self._write(update(outbox).where(ours, _FIRST_TIME).values(again))
            if done.rowcount == 1:
                return True
        done = await self._write(update(outbox).where(ours).values(_settled(outcome, at)))
        return done.rowcount == 1

    async def give_back(
        self, delivery: int, *, owner: str, due: datetime, reason: str, counted: bool = True
    ) -> bool:
        """Queue it again: it certainly was not sent. False when it is no longer ours.

        `counted`: whether a request was made for it, and failed.
        """
        done = await self._write(
            update(outbox)
            .where(_in_hand(delivery, owner))
            .values(
                state=_QUEUED,
                owner=None,
                owned_until=None,
                settled_at=None,
                due_at=due,
                reason=reason,
                attempts=outbox.c.attempts + int(counted),
            )
        )
        return done.rowcount == 1

    async def retry_unknown(self, kind: type[Notice], subject: str, *, at: datetime) -> int:
        """Queue again what of a kind and subject is unknown, on the word of somebody who may say
        so: it may arrive a second time. How many rows; asked again, none."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.kind == kind.__name__, outbox.c.subject == subject)
            .where(outbox.c.state == _UNKNOWN)
            .values(_once_more(at, None))
        )
        if done.rowcount:
            self.wake()
        return int(done.rowcount)

    async def let_go(self, person: int, *, at: datetime) -> int:
        """What was held for a person is due now, to be looked at anew; how many rows."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.recipient == person, outbox.c.state == _QUEUED, outbox.c.due_at > at)
            .where(outbox.c.reason.in_([why.value for why in Why]))
            .values(due_at=at)
        )
        if done.rowcount:
            self.wake()
        return int(done.rowcount)

    async def withdraw(self, kind: type[Notice], person: int, *, reason: str, at: datetime) -> bool:
        """What of a kind still waits for a person is not to be sent; whether anything did."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.recipient == person, outbox.c.kind == kind.__name__)
            .where(outbox.c.state == _QUEUED)
            .values(_settled(Outcome(DeliveryState.SKIPPED, reason), at))
        )
        return done.rowcount > 0

    async def release(self, *, owner: str) -> int:
        """Queue again, as if never touched, what an owner has claimed and not begun; how many."""
        done = await self._write(
            update(outbox)
            .where(outbox.c.owner == owner, outbox.c.state == _CLAIMED)
            .values(state=_QUEUED, owner=None, owned_until=None)
        )
        return int(done.rowcount)

    async def take_from_the_dead(self, *, now: datetime, at: datetime) -> tuple[int, int]:
        """Rows whose owner's time has passed at `now`, the time by which leases are kept: claimed
        ones queue again, ones that were being sent are unknown, settled `at` the product's time,
        or queued once more where that may be. How many are queued, and how many unknown.

        What was being sent keeps its owner's name: one that only seemed dead may still know better.
        """
        over = select(outbox.c.id).where(outbox.c.owned_until < now)
        queued = await self._write(
            update(outbox)
            .where(_locked(over.where(outbox.c.state == _CLAIMED)))
            .values(state=_QUEUED, owner=None, owned_until=None)
            .returning(outbox.c.id)
        )
        sending = over.where(outbox.c.state == _SENDING)
        again = await self._write(
            update(outbox)
            .where(_locked(sending.where(_FIRST_TIME)))
            .values(_once_more(at, _OWNER_DIED) | {"unknown_at": at})
            .returning(outbox.c.id)
        )
        unknown = await self._write(
            update(outbox)
            .where(_locked(sending))
            .values(
                _settled(Outcome(DeliveryState.UNKNOWN, _OWNER_DIED), at)
                | {"owner": outbox.c.owner}
            )
            .returning(outbox.c.id)
        )
        return len(queued.all()) + len(again.all()), len(unknown.all())

    async def totals(self) -> dict[DeliveryState, int]:
        """How many rows stand in each state."""
        rows = await self._all(
            select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)
        )
        return {DeliveryState(row.state): row.rows for row in rows}


def _new(item: Notice, at: datetime) -> dict[str, Any]:
    """What every new row of a notice says."""
    return {
        "kind": item.kind,
        "subject": item.subject,
        "payload": item.payload(),
        "state": _QUEUED,
        "due_at": at,
        "created_at": at,
        "attempts": 0,
    }


def _locked(chosen: Select[tuple[int]]) -> ColumnElement[bool]:
    """Among the chosen rows, those that nobody else has in hand this moment.

    PostgreSQL may run a plain subquery more than once, and then locks more rows than its limit;
    a common table expression that locks runs once.
    """
    rows = chosen.with_for_update(skip_locked=True).cte("chosen")
    return outbox.c.id.in_(select(rows.c.id))


def _in_hand(delivery: int, owner: str) -> ColumnElement[bool]:
    """The owner's row, even where it was declared unknown meanwhile and perhaps queued again for
    that: its owner saw the answer."""
    return (
        (outbox.c.id == delivery)
        & (outbox.c.owner == owner)
        & outbox.c.state.in_((_CLAIMED, _SENDING, _UNKNOWN, _QUEUED))
    )


# What may be queued once more where it is unknown whether it arrived.
_FIRST_TIME = outbox.c.unknown_at.is_(None) & (
    outbox.c.priority.in_(ONCE_MORE) | outbox.c.kind.in_(ONCE_MORE_KINDS)
)


def _once_more(at: datetime, reason: str | None) -> dict[str, Any]:
    """What a row says that is queued again although it may have arrived."""
    return {
        "state": _QUEUED,
        "reason": reason,
        "due_at": at,
        "owned_until": None,
        "settled_at": None,
    }


def _settled(outcome: Outcome, at: datetime) -> dict[str, Any]:
    unknown = {"unknown_at": at} if outcome.state is DeliveryState.UNKNOWN else {}
    return unknown | {
        "state": outcome.state.value,
        "reason": outcome.reason,
        "message_id": outcome.message_id,
        "settled_at": at,
        "owner": None,
        "owned_until": None,
    }
