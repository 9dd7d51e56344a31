"""The Telegram group of an exchange."""

from datetime import timedelta

from actions import groups
from delivery.presses_of_exchanges import ReplyTo
from delivery.presses_of_groups import MakeGroupLink, ShowGroup, UnlinkGroup
from delivery.presses_of_replies import WhoComes
from domain.notices import Notice, SessionAnnounced
from domain.outbox import DeliveryState, Outcome
from domain.roles import Role
from tests.handlers.scenes import scene
from tests.support.exchanges import exchange, member, session
from tests.support.hall import GROUP, Hall


@scene
async def of_an_exchange_and_its_group(hall: Hall) -> None:
    """Linked, pressed in, unlinked; and a link that means nothing."""
    chief = await hall.somebody(Role.COORDINATOR)
    there = (await exchange(hall.store, hall.clock)).exchange
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(there.id, chief.id, at=hall.clock())
    await hall.presses(chief, ShowGroup(there.id), MakeGroupLink(there.id), ShowGroup(987_654))
    code = await groups.invite(hall.store, hall.clock, by=chief, exchange=there.id)
    await hall.in_group("spoken to", f"/start@partnerlotse_bot g-{code}")
    await hall.in_group("spoken to", f"/start@partnerlotse_bot g-{code}", chief)
    await hall.presses(chief, ShowGroup(there.id), UnlinkGroup(there.id, 0))
    made = await session(hall.store, hall.clock, there)
    me, nobody = [await hall.somebody() for _ in range(2)]
    await member(hall.store, hall.clock, there, me)
    for who in (me, nobody, None):
        await hall.in_group("pressed", ReplyTo(made.id, "yes").pack(), who)
        await hall.in_group("pressed", WhoComes(made.id, 0).pack(), who)
        await hall.in_group("pressed", "nonsense", who)
    await posted(hall, there.id, SessionAnnounced(made.id, 0))
    await hall.presses(me, ReplyTo(made.id, "yes"))
    await hall.letters()
    await hall.presses(chief, UnlinkGroup(there.id, 1), UnlinkGroup(there.id, 1))
    code = await groups.invite(hall.store, hall.clock, by=chief, exchange=there.id)
    await groups.link(hall.store, hall.clock, by=chief, chat_id=GROUP, code=code)
    await hall.in_group("migrated", str(GROUP - 1))
    found = await hall.store.groups.of_exchange(there.id)
    assert found is not None
    assert found.chat_id == GROUP - 1


async def posted(hall: Hall, exchange: int, notice: Notice) -> None:
    """Into its group, a moment ago."""
    group = await hall.store.groups.of_exchange(exchange)
    assert group is not None
    until = hall.clock() + timedelta(seconds=20)
    async with hall.store.transaction():
        await hall.store.outbox.add_to_group(notice, group.id, at=hall.clock())
        claimed = await hall.store.outbox.claim(
            owner="one", due=hall.clock(), until=until, limit=9_999
        )
        for row in claimed:
            outcome = Outcome(DeliveryState.SENT, message_id=row.id)
            await hall.store.outbox.settle(row.id, outcome, owner="one", at=hall.clock())
