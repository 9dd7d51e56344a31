"""Announcements: sent once, added up, changed and taken back; on both databases."""

import asyncio
from datetime import timedelta

import pytest

from actions import announced, announcing, releasing
from delivery.message import Correction, Letter, Nothing, NotYet, Withdrawal
from delivery.render import Renderer
from domain.announcements import Announcement, AnnouncementState, Timing, When
from domain.audiences import Audience
from domain.errors import NotYours, Refusal
from domain.notices import AnnouncementMade, AnnouncementProgress, notice
from domain.outbox import Delivery, DeliveryState
from domain.roles import Role
from storage.store import Store
from tests.support.announcements import Announcing, arrives, draft, sent, to_members
from tests.support.outboxes import rows
from tests.support.partners import DRESDEN, LIMA, SetClock, side, somebody
from tests.support.roles import holding

S = AnnouncementState


async def kinds(store: Store) -> list[str]:
    return [row.kind for row in await rows(store)]


async def letters(store: Store, clock: SetClock, kind: str) -> list[object]:
    """What a worker would take to Telegram, for rows of a kind."""
    renderer = Renderer(store, clock)
    return [
        await renderer.letter(
            Delivery(row.id, notice(row.kind, row.payload), row.recipient, 0, group=row.group_id)
        )
        for row in await rows(store)
        if row.kind == kind
    ]


async def again(store: Store, made: Announcing) -> Announcement:
    one = await store.announcements.by_id(made.id)
    assert one is not None
    return one


async def test_each_member_is_written_to_once_however_often_it_is_sent(store: Store) -> None:
    made = await sent(store, SetClock())
    assert made.announcement.state is S.SENDING
    assert made.announcement.number == 3
    twice = await releasing.send(
        store, made.clock, by=made.by, announcement=made.id, version=made.announcement.version
    )
    assert twice == made.announcement
    queued = [row.recipient for row in await rows(store) if row.kind == "AnnouncementMade"]
    assert queued == [one.id for one in made.setting.people]


async def test_two_who_press_at_once_send_it_once(store: Store) -> None:
    made = await to_members(store, SetClock())
    other = await holding(store, made.clock, Role.ADMINISTRATOR)

    async def press(by: object) -> Announcement:
        return await releasing.send(
            store,
            made.clock,
            by=by,  # type: ignore[arg-type]
            announcement=made.id,
            version=made.announcement.version,
        )

    both = await asyncio.gather(press(made.by), press(other))
    assert {one.state for one in both} == {S.SENDING}
    assert (await kinds(store)).count("AnnouncementMade") == 3
    assert (await kinds(store)).count("AnnouncementProgress") == 1


async def test_a_button_of_an_earlier_version_sends_nothing(store: Store) -> None:
    made = await to_members(store, SetClock())
    await announcing.write(store, by=made.by, announcement=made.id, language="fr", html="Autrement")
    with pytest.raises(Refusal) as refused:
        await releasing.send(
            store, made.clock, by=made.by, announcement=made.id, version=made.announcement.version
        )
    assert refused.value.key == "refusal-announcement-changed"
    assert await kinds(store) == []


@pytest.mark.parametrize(
    ("texts", "audience", "key"),
    [
        ({}, True, "refusal-announcement-no-text"),
        ({"de": "Hallo"}, False, "refusal-announcement-no-audience"),
    ],
)
async def test_what_lacks_something_is_not_sent(
    store: Store, texts: dict[str, str], audience: bool, key: str
) -> None:
    clock = SetClock()
    by = await holding(store, clock, Role.COORDINATOR)
    one = await announcing.begin(store, clock, by=by)
    for language, html in texts.items():
        await announcing.write(store, by=by, announcement=one.id, language=language, html=html)
    if audience:
        await announcing.aim(store, by=by, announcement=one.id, audience=Audience())
    now = await announcing.looked_at(store, by=by, announcement=one.id)
    with pytest.raises(Refusal) as refused:
        await releasing.send(store, clock, by=by, announcement=one.id, version=now.version)
    assert refused.value.key == key


async def test_everybody_reads_their_own_language_or_the_one_that_stands_in(store: Store) -> None:
    made = await sent(store, SetClock())
    german, ukrainian, arabic = await letters(store, made.clock, "AnnouncementMade")
    assert isinstance(german, Letter)
    assert isinstance(ukrainian, Letter)
    assert isinstance(arabic, Letter)
    assert "<b>Treffen</b> in Bonn" in german.message.html
    assert "<b>Зустріч</b> у Бонні" in ukrainian.message.html
    assert "<b>Treffen</b> in Bonn" in arabic.message.html
    assert "الألمانية" in arabic.message.html


async def test_the_totals_add_up_to_the_audience_whatever_becomes_of_it(store: Store) -> None:
    made = await sent(store, SetClock(), languages=("de", "uk", "ar", "fr", "es", "pt"))
    unknown, blocked = DeliveryState.UNKNOWN, DeliveryState.BLOCKED
    await arrives(store, made.clock, DeliveryState.SENT, unknown, blocked, DeliveryState.FAILED)
    async with store.transaction():
        await store.people.remove(made.setting.people[-1].id)
    one, report = await announced.report(store, by=made.by, announcement=made.id)
    assert report.adds_up
    assert (report.audience, report.gone) == (6, 1)
    assert sum(part.number for part in report.parts) == 5
    assert one.state is S.SENDING


async def test_it_ends_when_nothing_waits_and_its_totals_outlive_its_deliveries(
    store: Store,
) -> None:
    made = await sent(store, SetClock())
    await arrives(store, made.clock)
    await announced.follow(store, made.clock)
    assert (await again(store, made)).state is S.SENT
    before = (await announced.report(store, by=made.by, announcement=made.id))[1]
    made.clock.move(days=400)
    async with store.transaction():
        await announced.keep_totals(store, before=made.clock())
        await store.old.forget_notices(before=made.clock())
    assert "AnnouncementMade" not in await kinds(store)
    assert (await announced.report(store, by=made.by, announcement=made.id))[1] == before


async def test_how_far_it_is_is_shown_in_one_message_until_it_ends(store: Store) -> None:
    made = await sent(store, SetClock())

    async def shown() -> AnnouncementProgress:
        (row,) = [one for one in await rows(store) if one.kind == "AnnouncementProgress"]
        return AnnouncementProgress(**row.payload)

    await arrives(store, made.clock)
    assert await announced.follow(store, made.clock) == 1
    first = await shown()
    assert (first.settled, first.ended) == (3, 1)
    assert first.message > 0
    (change,) = await letters(store, made.clock, "AnnouncementProgress")
    assert isinstance(change, Correction)
    assert change.message_id == first.message
    await arrives(store, made.clock)
    assert await announced.follow(store, made.clock) == 0


async def test_many_wait_for_another_coordinator_and_go_once_though_two_release(
    store: Store,
) -> None:
    made = await to_members(store, SetClock())
    others = [await holding(store, made.clock, Role.COORDINATOR) for _ in range(2)]
    version = made.announcement.version
    one = await releasing.send(
        store, made.clock, by=made.by, announcement=made.id, version=version, alone_up_to=2
    )
    assert one.state is S.WAITING
    assert await kinds(store) == ["AnnouncementToRelease"] * 2
    with pytest.raises(Refusal) as refused:
        await releasing.release(
            store, made.clock, by=made.by, announcement=made.id, version=version
        )
    assert refused.value.key == "refusal-announcement-own"
    await asyncio.gather(
        *(
            releasing.release(store, made.clock, by=by, announcement=made.id, version=version)
            for by in others
        )
    )
    assert (await again(store, made)).state is S.SENDING
    assert (await kinds(store)).count("AnnouncementMade") == 3
    assert (await kinds(store)).count("AnnouncementReleased") == 1


async def test_nobody_else_to_release_it_is_said(store: Store) -> None:
    made = await to_members(store, SetClock())
    with pytest.raises(Refusal) as refused:
        await releasing.send(
            store, made.clock, by=made.by, announcement=made.id,
            version=made.announcement.version, alone_up_to=2,
        )  # fmt: skip
    assert refused.value.key == "refusal-nobody-to-release"
    assert (await again(store, made)).state is S.DRAFT


async def test_at_its_time_it_begins_by_itself_and_members_are_those_of_then(
    store: Store,
) -> None:
    made = await to_members(store, SetClock())
    at = made.clock() + timedelta(days=1)
    one = await releasing.send(
        store, made.clock, by=made.by, announcement=made.id,
        version=made.announcement.version, when=When(Timing.AT, at),
    )  # fmt: skip
    assert one.state is S.SCHEDULED
    assert await releasing.begin_due(store, made.clock) == 0
    async with store.transaction():
        await store.people.remove(made.setting.people[0].id)
    made.clock.move(days=1)
    assert await releasing.begin_due(store, made.clock) == 1
    assert await releasing.begin_due(store, made.clock) == 0
    assert (await again(store, made)).number == 2


async def test_who_may_announce_no_more_has_nothing_begin(store: Store) -> None:
    made = await to_members(store, SetClock())
    await releasing.send(
        store, made.clock, by=made.by, announcement=made.id, version=made.announcement.version,
        when=When(Timing.AT, made.clock() + timedelta(days=1)),
    )  # fmt: skip
    async with store.transaction():
        await store.roles.revoke(made.by.id, Role.COORDINATOR)
    made.clock.move(days=1)
    assert await releasing.begin_due(store, made.clock) == 0
    assert (await again(store, made)).state is S.CANCELLED
    assert await kinds(store) == []


async def test_the_hour_comes_where_each_reader_lives(store: Store) -> None:
    clock = SetClock()
    chief = await holding(store, clock, Role.ADMINISTRATOR)
    for name, place in (("Dresden", DRESDEN), ("Lima", LIMA)):
        await side(store, clock, name, place)
    one = await draft(store, clock, chief, Audience(who=frozenset({"representatives"})))
    tomorrow = (clock() + timedelta(days=1)).replace(hour=9)
    await releasing.send(
        store, clock, by=chief, announcement=one.id, version=one.version,
        when=When(Timing.LOCAL, tomorrow),
    )  # fmt: skip
    clock.move(days=1)
    await releasing.begin_due(store, clock)
    due = [row.due_at for row in await rows(store) if row.kind == "AnnouncementMade"]
    # At noon in UTC it is past nine in Dresden, and will be nine in Lima two hours later.
    assert sorted(due) == [clock(), tomorrow.replace(hour=14)]


async def test_a_change_reaches_who_has_it_and_who_waits(store: Store) -> None:
    made = await sent(store, SetClock())
    async with store.transaction():
        (first,) = await store.outbox.claim(
            owner="one", due=made.clock(), until=made.clock() + timedelta(seconds=9), limit=1
        )
    assert isinstance(first.notice, AnnouncementProgress)
    await arrives(store, made.clock)
    html = "<b>Treffen</b> in Köln"
    for _ in range(2):
        await announced.edit(
            store, made.clock, by=made.by, announcement=made.id, language="de", html=html
        )
    assert (await kinds(store)).count("AnnouncementEdited") == 3
    changes = await letters(store, made.clock, "AnnouncementEdited")
    assert all(isinstance(one, Correction) for one in changes)
    assert isinstance(changes[0], Correction)
    assert html in changes[0].message.html


async def test_what_still_waits_is_told_in_its_new_words_alone(store: Store) -> None:
    made = await sent(store, SetClock())
    one, _ = await announced.edit(
        store, made.clock, by=made.by, announcement=made.id, language="de", html="Neu"
    )
    assert (await kinds(store)).count("AnnouncementEdited") == 0
    versions = [r.payload["version"] for r in await rows(store) if r.kind == "AnnouncementMade"]
    assert versions == [one.version] * 3
    (german, *_) = await letters(store, made.clock, "AnnouncementMade")
    assert isinstance(german, Letter)
    assert "Neu" in german.message.html


async def test_a_change_waits_for_what_is_just_being_sent(store: Store) -> None:
    made = await sent(store, SetClock(), languages=("de",))
    async with store.transaction():
        taken = await store.outbox.claim(
            owner="one", due=made.clock(), until=made.clock() + timedelta(seconds=9), limit=9
        )
    assert AnnouncementMade(made.id, made.announcement.version) in [one.notice for one in taken]
    await announced.edit(
        store, made.clock, by=made.by, announcement=made.id, language="de", html="Neu"
    )
    (change,) = await letters(store, made.clock, "AnnouncementEdited")
    assert isinstance(change, NotYet)


async def test_it_is_taken_away_within_two_days_and_reads_as_withdrawn_later(
    store: Store,
) -> None:
    made = await sent(store, SetClock())
    await arrives(store, made.clock)
    for _ in range(2):
        one = await announced.withdraw(store, made.clock, by=made.by, announcement=made.id)
    assert one.state is S.WITHDRAWN
    taken = await letters(store, made.clock, "AnnouncementWithdrawn")
    assert [type(each) for each in taken] == [Withdrawal] * 3
    made.clock.move(hours=48)
    late = await letters(store, made.clock, "AnnouncementWithdrawn")
    assert [type(each) for each in late] == [Correction] * 3


async def test_stopping_it_skips_who_waits_and_still_adds_up(store: Store) -> None:
    made = await sent(store, SetClock())
    for _ in range(2):
        one = await releasing.cancel(store, made.clock, by=made.by, announcement=made.id)
    assert one.state is S.CANCELLED
    _, report = await announced.report(store, by=made.by, announcement=made.id)
    assert [(p.state, p.reason, p.number) for p in report.parts] == [
        (DeliveryState.SKIPPED, "cancelled", 3)
    ]
    assert report.adds_up
    assert await letters(store, made.clock, "AnnouncementMade") == [Nothing("cancelled")] * 3


async def test_the_unknown_ones_are_sent_again_on_the_word_of_a_coordinator(store: Store) -> None:
    made = await sent(store, SetClock())
    await arrives(store, made.clock, *[DeliveryState.UNKNOWN] * 2)
    await announced.follow(store, made.clock)
    one, number = await announced.retry_unknown(store, made.clock, by=made.by, announcement=made.id)
    assert (one.state, number) == (S.SENDING, 1)
    again_asked = await announced.retry_unknown(store, made.clock, by=made.by, announcement=made.id)
    assert again_asked[1] == 0
    await arrives(store, made.clock)
    await announced.follow(store, made.clock)
    assert (await again(store, made)).state is S.SENT


async def test_an_exchange_as_a_whole_is_told_in_its_group_too(store: Store) -> None:
    made = await to_members(store, SetClock())
    async with store.transaction():
        group = await store.exchanges.add_group(-1001, "de", at=made.clock())
        await store.exchanges.change(made.setting.exchange.id, group_id=group.id)
    await releasing.send(
        store, made.clock, by=made.by, announcement=made.id, version=made.announcement.version
    )
    posts = [row for row in await rows(store) if row.group_id is not None]
    assert [(row.kind, row.recipient) for row in posts] == [("AnnouncementMade", None)]
    _, report = await announced.report(store, by=made.by, announcement=made.id)
    assert report.audience == 3
    assert report.adds_up


async def test_only_members_of_ones_own_exchanges_are_announced_to(store: Store) -> None:
    made = await to_members(store, SetClock())
    other = await holding(store, made.clock, Role.COORDINATOR)
    one = await announcing.begin(store, made.clock, by=other)
    with pytest.raises(NotYours):
        await announcing.aim(
            store, by=other, announcement=one.id,
            audience=Audience(exchange=made.setting.exchange.id),
        )  # fmt: skip
    await somebody(store, made.clock)
    await announcing.aim(store, by=other, announcement=one.id, audience=Audience())
    assert (await announcing.counted(store, by=other, announcement=one.id)).total == 0
    mine = await announcing.aim(store, by=made.by, announcement=made.id, audience=Audience())
    assert (await announcing.count(store, made.by, mine)).total == 3


async def test_a_saved_audience_is_ones_own(store: Store) -> None:
    made = await to_members(store, SetClock())
    other = await holding(store, made.clock, Role.ADMINISTRATOR)
    for _ in range(2):
        await announcing.save_audience(
            store, made.clock, by=made.by, announcement=made.id, name="Members"
        )
    (kept,) = await store.audiences.saved_by(made.by.id)
    assert kept.audience == made.announcement.audience
    with pytest.raises(NotYours):
        await announcing.use_audience(store, by=other, announcement=made.id, saved=kept.id)
    await announcing.forget_audience(store, by=other, saved=kept.id)
    assert await store.audiences.saved_by(made.by.id) == (kept,)
    await announcing.forget_audience(store, by=made.by, saved=kept.id)
    assert await store.audiences.saved_by(made.by.id) == ()


async def test_who_wishes_no_announcements_is_counted_and_told_nothing(store: Store) -> None:
    made = await sent(store, SetClock(), languages=("de",))
    async with store.transaction():
        await store.people.change(made.setting.people[0].id, told=frozenset())
    assert await letters(store, made.clock, "AnnouncementMade") == [Nothing("unwanted")]
