"""A session that is over, with members who were asked to come."""

from dataclasses import dataclass
from datetime import timedelta

from actions import follow_ups, papers, practices
from domain.exchanges import Exchange, Membership, MembershipState
from domain.people import Person
from domain.sessions import Reply, Session
from storage.store import Store
from tests.support.exchanges import Setting, exchange, member, session
from tests.support.outboxes import rows
from tests.support.partners import SetClock


@dataclass(frozen=True, slots=True)
class Over:
    """It began three hours ago and ended one hour ago; `without` has no Telegram."""

    setting: Setting
    session: Session
    without: Membership

    @property
    def by(self) -> Person:
        """Who runs it."""
        return self.setting.coordinator


async def over(store: Store, clock: SetClock, *replies: Reply | None) -> Over:
    """With a member for each reply, Spanish all."""
    setting = await exchange(store, clock, languages=("es",) * len(replies))
    begins = clock() - timedelta(hours=3)
    made = await session(store, clock, setting.exchange, starts_at=begins)
    async with store.transaction():
        for one, reply in zip(setting.members, replies, strict=True):
            if reply is not None:
                await store.rsvps.put(made.id, one.id, reply, since=clock())
    return Over(setting, made, await without_telegram(store, clock, setting.exchange))


async def without_telegram(store: Store, clock: SetClock, of: Exchange) -> Membership:
    """Somebody whom a coordinator has entered."""
    async with store.transaction():
        made = await store.memberships.add(
            exchange=of.id, person=None, state=MembershipState.MEMBER, at=clock(),
            name="Berta Brieflich", organisation="Wasserwerk Musterdorf",
        )  # fmt: skip
    assert made is not None
    return made


@dataclass(frozen=True, slots=True)
class Things:
    """Ids of what can come after a session; `asked` and `promised` are the member's follow-ups."""

    over: Over
    membership: int
    paper: int
    asked: int
    promised: int
    forwarded: int
    practice: int

    @property
    def session(self) -> int:
        return self.over.session.id

    @property
    def exchange(self) -> int:
        return self.over.setting.exchange.id


async def things(store: Store, clock: SetClock, by: Person, of: Person) -> Things:
    """Everything that can come after a session of an exchange that one runs, and another is a
    member of."""
    there = await over(store, clock)
    async with store.transaction():
        await store.exchanges.entrust(there.setting.exchange.id, by.id, at=clock())
    own = await member(store, clock, there.setting.exchange, of)
    session_id = there.session.id
    paper = await papers.add_words(store, clock, by=by, session=session_id, words="Minutes")
    async with store.transaction():
        await store.session_feedback.record_asked(session_id, own.id, at=clock())
        await store.session_feedback.change(session_id, own.id, helped="yes")
    made = [
        await follow_ups.add(
            store, clock, by=by, session=session_id, membership=who, words=words,
            due_on=clock().date(),
        )
        for who, words in ((own.id, "1"), (own.id, "2"), (there.without.id, "3"))
    ]  # fmt: skip
    await follow_ups.agree(store, clock, by=of, follow_up=made[1].id)
    note = await practices.write(
        store, clock, by=of, exchange=there.setting.exchange.id, session=None, title="T",
        words="W", topics={"solar"}, to_all=False,
    )  # fmt: skip
    return Things(there, own.id, paper.id, *[one.id for one in made], note.id)


async def told(store: Store, kind: str) -> list[int]:
    """Whom a kind of notice was queued for, in order."""
    return [row.recipient for row in await rows(store) if row.kind == kind]
