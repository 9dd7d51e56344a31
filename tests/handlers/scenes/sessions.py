"""Sessions of exchanges."""

from datetime import timedelta

from domain.notices import SessionAnnounced, SessionCancelled, SessionChanged
from domain.sessions import Form
from tests.handlers.scenes import scene
from tests.support.exchanges import exchange, member, session
from tests.support.hall import Hall


@scene
async def of_what_members_are_told_of_sessions(hall: Hall) -> None:
    """Announced, changed and cancelled, to a member and in the exchange's group."""
    me = await hall.somebody()
    there = (await exchange(hall.store, hall.clock)).exchange
    await member(hall.store, hall.clock, there, me)
    made = await session(
        hall.store, hall.clock, there, starts_at=hall.clock() + timedelta(days=9),
        form=Form.HYBRID.value, place="Rathaus", guests="Dr. Muster", language="de",
        interpreters=frozenset({"uk", "ar"}), agenda={hall.language: "1. …"},
    )  # fmt: skip
    async with hall.store.transaction():
        group = await hall.store.exchanges.add_group(-77, hall.language, at=hall.clock())
        await hall.store.exchanges.change(there.id, group_id=group.id)
        for kind in (SessionAnnounced, SessionChanged, SessionCancelled):
            await hall.store.outbox.add(kind(made.id, 0), [me.id], at=hall.clock())
            await hall.store.outbox.add_to_group(kind(made.id, 0), group.id, at=hall.clock())
    await hall.letters()
