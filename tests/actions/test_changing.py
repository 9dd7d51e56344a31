"""Changes of announcements that many have been told: proposed, released by another coordinator,
made once, or dropped; on both databases."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace

import pytest

from actions import announced, changing, erasure, exchanges
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.announcements import Announcement, AnnouncementState, ProposedChange
from domain.errors import NotYours, Refusal
from domain.notices import AnnouncementChangeToRelease, notice
from domain.outbox import Delivery, DeliveryState
from domain.people import Person
from domain.roles import Role
from storage.store import Store
from tests.support.announcements import TEXTS, Announcing, arrives, sent
from tests.support.outboxes import rows
from tests.support.partners import SetClock
from tests.support.roles import holding

NEW = "<b>Treffen</b> in Köln"
READERS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement that its readers have, as if they were many, and other coordinators."""

    store: Store
    made: Announcing
    others: tuple[Person, ...]

    @property
    def clock(self) -> SetClock:
        return self.made.clock

    async def edit(
        self, html: str = NEW, *, by: Person | None = None, alone_up_to: int = 0
    ) -> ProposedChange | None:
        _, change = await announced.edit(
            self.store, self.clock, by=by or self.made.by, announcement=self.made.id,
            language="de", html=html, alone_up_to=alone_up_to,
        )  # fmt: skip
        return change

    async def proposed(self, html: str = NEW, *, by: Person | None = None) -> ProposedChange:
        change = await self.edit(html, by=by)
        assert change is not None
        return change

    async def release(self, change: ProposedChange, by: Person) -> bool:
        _, made = await changing.release(
            self.store, self.clock, by=by, announcement=self.made.id, number=change.number
        )
        return made

    async def take_back(self, change: ProposedChange, by: Person) -> None:
        await changing.take_back(self.store, by=by, announcement=self.made.id, number=change.number)

    async def reads(self) -> str:
        return (await self.now()).texts["de"]

    async def now(self) -> Announcement:
        one = await self.store.announcements.by_id(self.made.id)
        assert one is not None
        return one

    async def waits(self) -> ProposedChange | None:
        return await self.store.proposed_changes.of(self.made.id)

    async def told(self, kind: str) -> list[int | None]:
        return [row.recipient for row in await rows(self.store) if row.kind == kind]

    async def verbs(self) -> list[str]:
        async with self.store.transaction():
            return [entry.verb for entry in await self.store.roles.trail(limit=20)]


async def told(store: Store, others: int = 2) -> Told:
    clock = SetClock()
    made = await sent(store, clock)
    await arrives(store, clock)
    return Told(
        store, made, tuple([await holding(store, clock, Role.COORDINATOR) for _ in range(others)])
    )


async def refused(doing: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as refusal:
        await doing
    return refusal.value.key


async def test_what_many_have_read_reads_so_only_once_another_has_released_it(
    store: Store,
) -> None:
    there = await told(store)
    first, second = there.others
    change = await there.proposed()
    assert await there.reads() == TEXTS["de"]
    assert await there.told("AnnouncementEdited") == []
    assert await there.told("AnnouncementChangeToRelease") == [first.id, second.id]
    assert await there.release(change, second)
    now = await there.now()
    assert (now.texts["de"], now.version) == (NEW, there.made.announcement.version + 1)
    assert len(await there.told("AnnouncementEdited")) == READERS
    assert await there.told("AnnouncementChangeReleased") == [there.made.by.id]
    assert await there.waits() is None
    assert (await there.verbs())[:3] == ["release-change", "edit-announcement", "propose-change"]


@pytest.mark.parametrize(("alone_up_to", "at_once"), [(READERS, True), (READERS - 1, False)])
async def test_few_are_written_to_alone(store: Store, alone_up_to: int, at_once: bool) -> None:
    there = await told(store)
    change = await there.edit(alone_up_to=alone_up_to)
    assert (change is None, await there.reads() == NEW) == (at_once, at_once)


async def test_nobody_else_to_release_it_is_said_and_nothing_waits(store: Store) -> None:
    there = await told(store, others=0)
    assert await refused(there.edit()) == "refusal-nobody-to-release"
    assert await there.waits() is None


async def test_proposing_the_same_again_asks_nobody_again(store: Store) -> None:
    there = await told(store)
    assert await there.proposed() == await there.proposed()
    assert len(await there.told("AnnouncementChangeToRelease")) == 2


async def test_a_later_proposal_replaces_the_earlier_which_nobody_releases_any_more(
    store: Store,
) -> None:
    there = await told(store)
    second = there.others[1]
    earlier = await there.proposed()
    later = await there.proposed("Ganz anders")
    assert later.number > earlier.number
    assert await refused(there.release(earlier, second)) == "refusal-announcement-no-change"
    assert await refused(there.take_back(earlier, there.made.by)) == (
        "refusal-announcement-no-change"
    )
    assert await there.waits() == later
    assert await there.release(later, second)
    assert await there.reads() == "Ganz anders"


async def test_no_number_comes_twice_so_that_an_old_button_releases_nothing_new(
    store: Store,
) -> None:
    there = await told(store)
    old = await there.proposed("Harmlos")
    await there.take_back(old, there.made.by)
    new = await there.proposed("Anders")
    assert new.number != old.number
    assert await refused(there.release(old, there.others[0])) == "refusal-announcement-no-change"


async def test_neither_the_proposer_nor_the_author_releases_it(store: Store) -> None:
    there = await told(store)
    chief = await holding(store, there.clock, Role.ADMINISTRATOR)
    change = await there.proposed(by=chief)
    assert chief.id not in await there.told("AnnouncementChangeToRelease")
    assert there.made.by.id not in await there.told("AnnouncementChangeToRelease")
    for one in (chief, there.made.by):
        assert await refused(there.release(change, one)) == "refusal-announcement-change-own"
    assert await there.release(change, there.others[0])
    assert await there.told("AnnouncementChangeReleased") == [chief.id]


async def test_releasing_it_twice_makes_it_once(store: Store) -> None:
    there = await told(store)
    change = await there.proposed()
    assert await there.release(change, there.others[0])
    for one in there.others:
        assert await refused(there.release(change, one)) == "refusal-announcement-no-change"
    assert (await there.now()).version == there.made.announcement.version + 1
    assert len(await there.told("AnnouncementEdited")) == READERS


async def test_two_coordinators_on_two_replicas_release_it_once(
    store: Store, database_url: str
) -> None:
    there = await told(store)
    change = await there.proposed()
    replica = Store(database_url)
    try:
        both = await asyncio.gather(
            *(
                replace(there, store=where).release(change, by)
                for where, by in zip((store, replica), there.others, strict=True)
            ),
            return_exceptions=True,
        )
    finally:
        await replica.close()
    (refusal,) = [one for one in both if one is not True]
    assert isinstance(refusal, Refusal)
    assert refusal.key == "refusal-announcement-no-change"
    assert (await there.verbs()).count("edit-announcement") == 1
    assert len(await there.told("AnnouncementEdited")) == READERS
    assert len(await there.told("AnnouncementChangeReleased")) == 1


async def test_one_releases_while_another_withdraws_and_nothing_is_left(
    store: Store, database_url: str
) -> None:
    there = await told(store)
    change = await there.proposed()
    replica = Store(database_url)
    try:
        await asyncio.gather(
            there.release(change, there.others[0]),
            announced.withdraw(replica, there.clock, by=there.made.by, announcement=there.made.id),
            return_exceptions=True,
        )
    finally:
        await replica.close()
    assert (await there.now()).state is AnnouncementState.WITHDRAWN
    assert await there.waits() is None


@pytest.mark.parametrize("author", [True, False])
async def test_who_proposes_it_or_wrote_the_announcement_takes_it_back(
    store: Store, author: bool
) -> None:
    there = await told(store)
    chief = await holding(store, there.clock, Role.ADMINISTRATOR)
    change = await there.proposed(by=chief)
    with pytest.raises(NotYours):
        await there.take_back(change, there.others[0])
    await there.take_back(change, there.made.by if author else chief)
    assert await there.waits() is None
    assert await there.reads() == TEXTS["de"]
    assert await refused(there.release(change, there.others[0])) == (
        "refusal-announcement-no-change"
    )


async def test_withdrawing_waits_for_nobody_and_drops_it(store: Store) -> None:
    there = await told(store)
    change = await there.proposed()
    one = await announced.withdraw(store, there.clock, by=there.made.by, announcement=there.made.id)
    assert one.state is AnnouncementState.WITHDRAWN
    assert await refused(there.release(change, there.others[0])) == (
        "refusal-announcement-no-change"
    )


async def test_an_edit_that_needs_nobody_drops_what_waits(store: Store) -> None:
    there = await told(store)
    await there.proposed()
    assert await there.edit("Sofort", alone_up_to=READERS) is None
    assert (await there.reads(), await there.waits()) == ("Sofort", None)


async def test_erasing_who_proposes_it_drops_it(store: Store) -> None:
    there = await told(store)
    chief = await holding(store, there.clock, Role.ADMINISTRATOR)
    change = await there.proposed(by=chief)
    await erasure.erase(store, there.clock, chief)
    assert await there.waits() is None
    assert await refused(there.release(change, there.others[0])) == (
        "refusal-announcement-no-change"
    )
    assert await there.reads() == TEXTS["de"]


async def test_who_may_announce_no_more_has_no_change_made(store: Store) -> None:
    there = await told(store)
    change = await there.proposed()
    async with store.transaction():
        await store.roles.revoke(there.made.by.id, Role.COORDINATOR)
    assert not await there.release(change, there.others[0])
    assert (await there.reads(), await there.waits()) == (TEXTS["de"], None)


async def _relieved(store: Store, there: Told) -> None:
    """Who wrote it runs the exchange no longer; another coordinator does."""
    exchange, by = there.made.setting.exchange.id, there.made.by
    other = there.others[0].id
    await exchanges.entrust(store, there.clock, by=by, exchange=exchange, person=other)
    await exchanges.relieve(store, by=there.others[0], exchange=exchange, person=by.id)


async def test_who_runs_the_exchange_no_more_has_no_change_made(store: Store) -> None:
    there = await told(store)
    change = await there.proposed()
    await _relieved(store, there)
    assert not await there.release(change, there.others[1])
    assert (await there.reads(), await there.waits()) == (TEXTS["de"], None)


async def test_who_runs_the_exchange_no_more_tells_its_members_nothing_but_that_it_is_withdrawn(
    store: Store,
) -> None:
    clock = SetClock()
    made = await sent(store, clock)
    await arrives(store, clock, DeliveryState.UNKNOWN)
    others = (await holding(store, clock, Role.COORDINATOR),)
    there = Told(store, made, others)
    await _relieved(store, there)
    for alone_up_to in (0, READERS):
        with pytest.raises(NotYours):
            await there.edit(alone_up_to=alone_up_to)
    with pytest.raises(NotYours):
        await announced.retry_unknown(store, clock, by=made.by, announcement=made.id)
    assert (await there.reads(), await there.waits()) == (TEXTS["de"], None)
    assert await there.told("AnnouncementEdited") == []
    one = await announced.withdraw(store, clock, by=made.by, announcement=made.id)
    assert one.state is AnnouncementState.WITHDRAWN


async def test_the_others_are_told_the_new_text_as_long_as_it_waits(store: Store) -> None:
    there = await told(store)
    first, second = there.others
    change = await there.proposed()

    async def letter(to: Person) -> object:
        (row,) = [
            row for row in await rows(store)
            if row.kind == "AnnouncementChangeToRelease" and row.recipient == to.id
        ]  # fmt: skip
        assert notice(row.kind, row.payload) == AnnouncementChangeToRelease(
            there.made.id, change.number
        )
        return await Renderer(store, there.clock).letter(
            Delivery(row.id, notice(row.kind, row.payload), row.recipient, 0)
        )

    said = await letter(first)
    assert isinstance(said, Letter)
    assert NEW in said.message.html
    async with store.transaction():
        await store.roles.revoke(second.id, Role.COORDINATOR)
    assert await letter(second) == Nothing("no-coordinator")
    await there.take_back(change, there.made.by)
    assert await letter(first) == Nothing("no-longer-true")
