"""The store: named queries by noun, and transactions that join."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import sqlite
from storage.engine import database_url, engines
from storage.jottings import Jotting, Jottings
from storage.queries.admissions import Admissions
from storage.queries.announced import Announced
from storage.queries.announcements import Announcements
from storage.queries.attendances import Attendances
from storage.queries.audiences import Audiences
from storage.queries.calendars import Calendars
from storage.queries.changes import Changes
from storage.queries.codes import Codes
from storage.queries.concerns import Concerns
from storage.queries.contributions import Contributions
from storage.queries.conversations import Conversations
from storage.queries.dismissals import Dismissals
from storage.queries.enquiries import Enquiries
from storage.queries.entry_codes import EntryCodes
from storage.queries.exchanges import Exchanges
from storage.queries.follow_ups import FollowUps
from storage.queries.groups import Groups
from storage.queries.introductions import Introductions
from storage.queries.memberships import Memberships
from storage.queries.merging import Merging
from storage.queries.mydata import MyData
from storage.queries.old import Old
from storage.queries.organisations import Organisations
from storage.queries.outbox import Outbox
from storage.queries.outcomes import Outcomes
from storage.queries.papers import Papers
from storage.queries.partnerships import Partnerships
from storage.queries.people import People
from storage.queries.practices import Practices
from storage.queries.proposed_changes import ProposedChanges
from storage.queries.records import Records
from storage.queries.reminders import Reminders
from storage.queries.reports import Reports
from storage.queries.representatives import Representatives
from storage.queries.roles import Roles
from storage.queries.rounds import Rounds
from storage.queries.rsvps import Rsvps
from storage.queries.searches import Searches
from storage.queries.session_feedback import SessionFeedbacks
from storage.queries.sessions import Sessions
from storage.sealing import Seal
from storage.unavailable import UNAVAILABLE

__all__ = ["UNAVAILABLE", "Store", "Unit"]


class Unit:
    """What belongs together: opened by the first write, committed as one or not at all.

    Writes that nothing waits for are jotted down, and written by the commit: what does no more
    than that needs no transaction of its own, and is committed together with others'.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._connection: AsyncConnection | None = None
        self._jotted: list[Jotting] = []
        self._after: list[Callable[[], None]] = []

    @property
    def opened(self) -> AsyncConnection | None:
        """The transaction's connection, once there is one."""
        return self._connection

    async def connection(self) -> AsyncConnection:
        """The transaction's connection; begins the transaction at the first call."""
        if self._connection is None:
            self._connection = await self._store.writing.connect()
            await self._connection.begin()
            await self._write_jotted()
        return self._connection

    async def seeing(self) -> AsyncConnection | None:
        """Where to read so that this unit's own writes are seen; None when it wrote nothing."""
        return await self.connection() if self._jotted else self._connection

    async def jot(self, jotting: Jotting) -> None:
        """Write this by the time of the commit."""
        if self._connection is None:
            self._jotted.append(jotting)
        else:
            await self._connection.execute(jotting.statement, jotting.values)

    async def _write_jotted(self) -> None:
        jotted, self._jotted = self._jotted, []
        for one in jotted:
            await self.jot(one)

    def afterwards(self, call: Callable[[], None]) -> None:
        """Do this once it has been committed."""
        if call not in self._after:
            self._after.append(call)

    async def commit(self) -> None:
        """Commit, then do what was to be done afterwards."""
        if self._connection is not None:
            await self._connection.commit()
        elif self._jotted:
            await self._store.jottings.commit(self._jotted)
        for call in self._after:
            call()

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


class Store:
    """Everything that is remembered. Reads: `store.<noun>.<query>()`; writes: through actions."""

    def __init__(self, url: str, keys: Sequence[str] = ()) -> None:
        """`keys` encrypt contact details: the first seals, any opens. Raises UnusableKey."""
        self.url = database_url(url)
        self.writing, self.reading, self.beside = engines(self.url)
        self.use_keys(keys)
        self.jottings = Jottings(self.writing)
        self._unit: ContextVar[Unit | None] = ContextVar("unit", default=None)
        self.queued: Callable[[], None] = lambda: None
        # Whoever ran before may have died between erasing and wiping.
        self._traces = True
        self.people = People(self)
        self.organisations = Organisations(self)
        self.introductions = Introductions(self)
        self.conversations = Conversations(self)
        self.outbox = Outbox(self)
        self.roles = Roles(self)
        self.codes = Codes(self)
        self.searches = Searches(self)
        self.dismissals = Dismissals(self)
        self.outcomes = Outcomes(self)
        self.partnerships = Partnerships(self)
        self.admissions = Admissions(self)
        self.merging = Merging(self)
        self.representatives = Representatives(self)
        self.changes = Changes(self)
        self.records = Records(self)
        self.reports = Reports(self)
        self.concerns = Concerns(self)
        self.exchanges = Exchanges(self)
        self.groups = Groups(self)
        self.memberships = Memberships(self)
        self.enquiries = Enquiries(self)
        self.entry_codes = EntryCodes(self)
        self.sessions = Sessions(self)
        self.rsvps = Rsvps(self)
        self.contributions = Contributions(self)
        self.reminders = Reminders(self)
        self.announcements = Announcements(self)
        self.announced = Announced(self)
        self.proposed_changes = ProposedChanges(self)
        self.audiences = Audiences(self)
        self.rounds = Rounds(self)
        self.attendances = Attendances(self)
        self.papers = Papers(self)
        self.session_feedback = SessionFeedbacks(self)
        self.follow_ups = FollowUps(self)
        self.practices = Practices(self)
        self.calendars = Calendars(self)
        self.mydata = MyData(self)
        self.old = Old(self)

    def use_keys(self, keys: Sequence[str]) -> None:
        """Seal and open with these from now on."""
        self.seal = Seal(keys)
        for engine in (self.writing, self.reading, self.beside):
            engine.sync_engine.dialect.seal = self.seal  # type: ignore[attr-defined]

    @property
    def backend(self) -> str:
        """Which database it is: `sqlite` or `postgresql`."""
        return self.url.get_backend_name()

    @property
    def unit_at_hand(self) -> Unit | None:
        """The unit that this task is in, if any."""
        return self._unit.get()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Join whatever is written inside into one transaction; an error undoes all of it."""
        unit = Unit(self)
        token = self._unit.set(unit)
        try:
            yield unit
            await unit.commit()
        finally:
            self._unit.reset(token)
            await unit.close()

    @asynccontextmanager
    async def transaction(self, *, reading: bool = True) -> AsyncIterator[Unit]:
        """A verb's transaction: the one at hand if there is one, else one of its own.

        `reading`: whether the verb writes what depends on what it reads, so that nobody else may
        write in between. One that only jots down needs no transaction before the commit.
        """
        at_hand = self._unit.get()
        if at_hand is None:
            async with self.unit() as unit:
                if reading:
                    await unit.connection()
                yield unit
            return
        if reading:
            await at_hand.connection()
        yield at_hand

    @asynccontextmanager
    async def trial(self) -> AsyncIterator[None]:
        """A part of the transaction at hand that an error undoes alone."""
        async with self.transaction() as unit:
            connection = await unit.connection()
            async with connection.begin_nested():
                yield

    def leave_traces(self) -> None:
        """Something was erased of which the files may still hold what was written before."""
        self._traces = True

    async def wipe(self) -> bool:
        """Leave nothing of what was erased in SQLite's files; False when a reader was in the way.

        What is deleted is overwritten there (secure_delete), but the log that it writes ahead keeps
        pages as they were, until it is emptied. PostgreSQL sees to its own (VACUUM).
        """
        if self.backend != "sqlite" or not self._traces:
            return True
        # Not the writing engine: the log cannot be emptied from within a transaction.
        async with self.reading.connect() as connection:
            done = await sqlite.empty_the_log(connection)
        self._traces = not done
        return done

    async def close(self) -> None:
        """Close every connection; an open one would keep the process from ending."""
        await self.writing.dispose()
        await self.beside.dispose()
