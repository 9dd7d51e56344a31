"""A session that is over, with members who were asked to come."""

from dataclasses import dataclass
from datetime import timedelta

from domain.exchanges import Exchange, Membership, MembershipState
from domain.people import Person
from domain.sessions import Reply, Session
from storage.store import Store
from tests.support.exchanges import Setting, exchange, session
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
        for member, reply in zip(setting.members, replies, strict=True):
            if reply is not None:
                await store.rsvps.put(made.id, member.id, reply, since=clock())
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


async def told(store: Store, kind: str) -> list[int]:
    """Whom a kind of notice was queued for, in order."""
    return [row.recipient for row in await rows(store) if row.kind == kind]
