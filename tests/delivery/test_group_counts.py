"""How many come stands in the newest post about a session in its group, and is put right there at
most once in ten seconds."""

from datetime import timedelta

from actions import rsvps
from delivery.message import Correction, Letter, Nothing
from delivery.render import Renderer
from domain.notices import ComingCounted, Notice, SessionAnnounced, SessionChanged
from domain.outbox import Delivery, DeliveryState, Outcome
from domain.rules.replies import COUNTED_EVERY, next_count
from domain.sessions import Reply, Session
from storage.store import Store
from tests.support.chat import says
from tests.support.exchanges import Setting, exchange, session
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock


async def at_home(store: Store, clock: SetClock) -> tuple[Setting, Session, int]:
    """An exchange with a group, and a session that was announced there."""
    there = await exchange(store, clock, languages=("de", "ar", "uk"))
    made = await session(store, clock, there.exchange)
    async with store.transaction():
        group = await store.exchanges.add_group(-77, "uk", at=clock())
        await store.exchanges.change(there.exchange.id, group_id=group.id)
    return there, made, group.id


async def posted(store: Store, clock: SetClock, notice: Notice, group: int, number: int) -> None:
    """A notice that stands in the group as this message."""
    until = clock() + timedelta(seconds=20)
    async with store.transaction():
        await store.outbox.add_to_group(notice, group, at=clock())
        (row,) = await store.outbox.claim(owner="one", due=clock(), until=until, limit=9)
        await store.outbox.start(row.id, owner="one", until=until)
        outcome = Outcome(DeliveryState.SENT, message_id=number)
        await store.outbox.settle(row.id, outcome, owner="one", at=clock())


async def counts(store: Store) -> list[tuple[int, float]]:
    """Which corrections wait, and when they are due."""
    found = [one for one in await rows(store) if one.kind == ComingCounted.__name__]
    return [(one.payload["session"], one.due_at.timestamp() % COUNTED_EVERY) for one in found]


async def test_replies_of_ten_seconds_are_counted_at_once(store: Store) -> None:
    clock = SetClock()
    there, made, _ = await at_home(store, clock)
    for one in there.people[:2]:
        clock.move(seconds=1)
        await rsvps.reply(store, clock, by=one, session=made.id, reply=Reply.YES)
        await rsvps.reply(store, clock, by=one, session=made.id, reply=Reply.YES)
    assert await counts(store) == [(made.id, 0)]
    clock.move(seconds=COUNTED_EVERY)
    await rsvps.reply(store, clock, by=there.people[2], session=made.id, reply=Reply.NO)
    assert await counts(store) == [(made.id, 0)] * 2


async def test_the_newest_post_is_put_right(store: Store) -> None:
    clock = SetClock()
    there, made, group = await at_home(store, clock)
    renderer = Renderer(store, clock)
    notice = ComingCounted(made.id, next_count(clock())[0])
    count = Delivery(1, notice, None, 0, group=group)
    await posted(store, clock, SessionAnnounced(made.id, 0), group, 55)
    for one in there.people[:2]:
        await rsvps.reply(store, clock, by=one, session=made.id, reply=Reply.YES)
    put_right = await renderer.letter(count)
    assert isinstance(put_right, Correction)
    assert (put_right.chat_id, put_right.message_id) == (-77, 55)
    assert says("uk", "ComingCounted", str(put_right.message.html))
    assert "\u20682\u2069" in str(put_right.message.html)
    assert faults_in(put_right.message) == []
    async with store.transaction():
        await store.sessions.change(made.id, sequence=1)
    assert await renderer.letter(count) == Nothing("no-longer-true")
    await posted(store, clock, SessionChanged(made.id, 1), group, 56)
    put_right = await renderer.letter(count)
    assert isinstance(put_right, Correction)
    assert put_right.message_id == 56


async def test_what_is_posted_later_has_the_number_already(store: Store) -> None:
    clock = SetClock()
    there, made, group = await at_home(store, clock)
    renderer = Renderer(store, clock)
    notice = ComingCounted(made.id, 1)
    assert await renderer.letter(Delivery(1, notice, None, 0, group=group)) == Nothing("not-posted")
    post = Delivery(1, SessionAnnounced(made.id, 0), None, 0, group=group)
    for replies in range(2):
        said = await renderer.letter(post)
        assert isinstance(said, Letter)
        assert says("uk", "ComingCounted", str(said.message.html)) is (replies > 0)
        await rsvps.reply(store, clock, by=there.people[0], session=made.id, reply=Reply.YES)
    reader = there.people[0].id
    assert await renderer.letter(Delivery(1, notice, reader, 0)) == Nothing("groups-only")
