"""Two exchanges at home in one Telegram group: what waits for it is not posted there any more once
the one that it is about has moved out, and the other has stayed."""

import pytest

from actions import exchanges, groups, releasing
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.notices import notice
from domain.outbox import Delivery
from storage.store import Store
from tests.support.announcements import to_members
from tests.support.exchanges import exchange
from tests.support.outboxes import rows
from tests.support.partners import SetClock


async def posts(store: Store, clock: SetClock) -> list[type]:
    """What becomes of what waits for groups."""
    made = [
        await Renderer(store, clock).letter(
            Delivery(row.id, notice(row.kind, row.payload), None, 0, group=row.group_id)
        )
        for row in await rows(store)
        if row.group_id is not None
    ]
    return [type(one) for one in made]


@pytest.mark.parametrize("closed", [True, False], ids=["its end", "an announcement"])
async def test_what_waits_goes_with_the_exchange(store: Store, closed: bool) -> None:
    clock = SetClock()
    made, other = await to_members(store, clock), await exchange(store, clock)
    by, number = made.by, made.setting.exchange.id
    async with store.transaction():
        group = await store.exchanges.add_group(-77, "uk", at=clock())
        for one in (number, other.exchange.id):
            await store.exchanges.change(one, group_id=group.id)
    if closed:
        await exchanges.close(store, clock, by=by, exchange=number)
    else:
        version = made.announcement.version
        await releasing.send(store, clock, by=by, announcement=made.id, version=version)
    assert await posts(store, clock) == [Letter]
    await groups.unlink(store, by=by, exchange=number)
    assert await posts(store, clock) == [Nothing]
