"""Verbs about what has been kept for long enough."""

from actions import announced
from domain.clock import Clock
from domain.keeping import Keeping
from storage.store import Store


async def forget_old(store: Store, clock: Clock, keeping: Keeping) -> dict[str, int]:
    """Forget what is over and has been kept for its time; how many of each kind. Periods are the
    operator's; what is still open is never forgotten."""
    now = clock()
    forgotten: dict[str, int] = {}
    async with store.transaction() as unit:
        old = store.old
        forgotten["updates"] = await store.conversations.forget_updates(
            before=now - keeping.updates
        )
        await announced.keep_totals(store, before=now - keeping.notices)
        forgotten["notices"] = await old.forget_notices(before=now - keeping.notices)
        forgotten["trail"] = await old.forget_trail(before=now - keeping.trail)
        forgotten["showings"] = await old.forget_showings(before=now - keeping.showings)
        forgotten["concerns"] = await old.forget_concerns(before=now - keeping.concerns)
        forgotten["introductions"] = await old.forget_introductions(
            before=now - keeping.introductions
        )
        if any(forgotten.values()):
            unit.afterwards(store.leave_traces)
    return {kind: number for kind, number in forgotten.items() if number}
