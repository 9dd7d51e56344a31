"""Rounds within an exchange: made once when due, with others each time, and nobody left out
unsaid."""

import asyncio
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import round_programmes, rounds
from actions.placing import as_organisation
from actions.weighing import weigh
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.errors import NotYours, Refusal
from domain.exchanges import MembershipState
from domain.notices import notice
from domain.organisations import Organisation
from domain.outbox import Delivery
from domain.round_programmes import LEFT_OUT, Met, Programme, Seat, WhyNot
from domain.rounds import DoubtKind, Encounter
from domain.rules.rounds import numbers_of
from storage.store import Store
from tests.support import outboxes
from tests.support.exchanges import exchange, member
from tests.support.partners import DRESDEN, SetClock, somebody
from tests.support.rounds import FIRST, guest, plan, say_yes, started, taking_part

BEGINS = datetime(2026, 3, 9, 8, tzinfo=UTC)
"""Nine o'clock in Berlin."""


async def tick(store: Store, clock: SetClock, at: datetime | None = None) -> int:
    """What the job does, at that moment; how many rounds were made."""
    clock.now = at or clock.now
    made = await rounds.make_due(store, clock)
    await rounds.look_after(store, clock)
    return made


async def told(store: Store, *kinds: str) -> list[tuple[str, int | None]]:
    """Who was told what, in order."""
    return [
        (row.kind, row.recipient)
        for row in await outboxes.rows(store)
        if not kinds or row.kind in kinds
    ]


async def letters(store: Store, clock: SetClock, *kinds: str) -> list[Letter | Nothing]:
    """What the bot says of these kinds, as letters or why not."""
    renderer = Renderer(store, clock)
    said = []
    for row in await outboxes.rows(store):
        if row.kind in kinds:
            item = Delivery(row.id, notice(row.kind, row.payload), row.recipient, 0)
            letter = await renderer.letter(item)
            assert isinstance(letter, (Letter, Nothing))
            said.append(letter)
    return said


async def seats(store: Store, programme: Programme) -> tuple[Seat, ...]:
    """Everybody's seat in the latest round."""
    latest = await store.rounds.latest(programme.id)
    assert latest is not None
    return await store.rounds.seats(latest.id)


async def groups(store: Store, programme: Programme) -> set[frozenset[int]]:
    """Who sits with whom in the latest round."""
    found: dict[int, set[int]] = {}
    for one in await seats(store, programme):
        if one.group is not None:
            found.setdefault(one.group, set()).add(one.membership)
    return {frozenset(one) for one in found.values()}


async def test_a_round_is_made_when_it_is_due_and_once(store: Store) -> None:
    clock = SetClock()
    _, made, sides, _members = await taking_part(store, clock, *[("de", "en")] * 4)
    assert await tick(store, clock, BEGINS - timedelta(minutes=1)) == 0
    assert await tick(store, clock, BEGINS) == 1
    assert await tick(store, clock) == 0
    assert sorted(len(one) for one in await groups(store, made)) == [2, 2]
    opened = await told(store, "RoundOpened")
    assert sorted(opened) == sorted(("RoundOpened", one.person.id) for one in sides)
    latest = await store.rounds.latest(made.id)
    assert latest is not None
    assert (latest.number, latest.begins_at) == (1, BEGINS)
    assert latest.ends_at == datetime(2026, 3, 21, 8, tzinfo=UTC)


async def test_two_workers_make_it_once(store: Store) -> None:
    clock = SetClock()
    _, made, _, _ = await taking_part(store, clock, *[("de",)] * 2)
    clock.now = BEGINS
    both = await asyncio.gather(*(rounds.make_due(store, clock) for _ in range(2)))
    assert sorted(both) == [0, 1]
    assert len(await seats(store, made)) == 2


async def test_the_next_rounds_have_other_partners_until_the_last(store: Store) -> None:
    clock = SetClock()
    _, made, _, _ = await taking_part(store, clock, *[("de",)] * 4)
    met: Counter[frozenset[int]] = Counter()
    # Clocks change on 29 March: it stays nine o'clock in Berlin.
    for at in (BEGINS, BEGINS + timedelta(days=14), datetime(2026, 4, 6, 7, tzinfo=UTC)):
        assert await tick(store, clock, at) == 1
        met.update(await groups(store, made))
    assert set(met.values()) == {1}
    assert await tick(store, clock, datetime(2026, 4, 18, 7, tzinfo=UTC)) == 0
    now = await store.rounds.programme(made.id)
    assert now is not None
    assert not now.running
    assert len(await told(store, "RoundsStopped")) == 4


async def test_an_odd_one_joins_and_is_named(store: Store) -> None:
    clock = SetClock()
    _, made, _, members = await taking_part(store, clock, *[("de",)] * 3)
    await tick(store, clock, BEGINS)
    assert await groups(store, made) == {frozenset(one.id for one in members)}
    latest = await store.rounds.latest(made.id)
    assert latest is not None
    (group,) = await store.rounds.groups(latest.id)
    assert DoubtKind.ODD_ONE in {one.kind for one in group.against}


async def test_who_shares_no_language_is_told_why(store: Store) -> None:
    clock = SetClock()
    _, made, sides, members = await taking_part(store, clock, ("de",), ("de",), ("ar",))
    await tick(store, clock, BEGINS)
    alone = next(one for one in await seats(store, made) if one.group is None)
    assert (alone.membership, alone.why) == (members[2].id, WhyNot.NO_LANGUAGE)
    assert await told(store, "RoundUnplaced") == [("RoundUnplaced", sides[2].person.id)]
    (letter,) = await letters(store, clock, "RoundUnplaced")
    assert isinstance(letter, Letter)
    assert "لا توجد لغة مشتركة" in letter.message.html


async def test_who_has_not_answered_declines_or_pauses_is_counted_as_such(store: Store) -> None:
    clock = SetClock()
    setting, made, sides, members = await taking_part(store, clock, *[("de",)] * 4)
    silent = await member(store, clock, setting.exchange, await somebody(store, clock))
    await round_programmes.take_part(store, clock, by=sides[2].person, programme=made.id, yes=False)
    await round_programmes.pause_until(
        store, clock, by=sides[3].person, programme=made.id, day=FIRST + timedelta(days=3)
    )
    await tick(store, clock, BEGINS)
    why = {one.membership: one.why for one in await seats(store, made)}
    assert why == {
        members[0].id: None, members[1].id: None, members[2].id: WhyNot.DECLINED,
        members[3].id: WhyNot.PAUSED, silent.id: WhyNot.NOT_ANSWERED,
    }  # fmt: skip
    assert await told(store, "RoundUnplaced") == []
    await tick(store, clock, BEGINS + timedelta(days=14))
    assert (await seats(store, made))[3].group is not None, "a pause ends by itself"


async def test_asked_at_half_time_and_at_the_end_and_counted(store: Store) -> None:
    clock = SetClock()
    _, made, sides, _ = await taking_part(store, clock, *[("de",)] * 4)
    await tick(store, clock, BEGINS)
    await tick(store, clock, BEGINS + timedelta(days=5))
    assert await told(store, "RoundHalfTime", "RoundAsked") == []
    await tick(store, clock, BEGINS + timedelta(days=6))
    await tick(store, clock)
    assert len(await told(store, "RoundHalfTime")) == 4
    first = next(one.group for one in await seats(store, made) if one.group)
    theirs = [one.person for one in await store.rounds.in_group(first)]
    assert theirs[0] is not None
    await rounds.tell_met(store, clock, by=theirs[0], group=first, met=Met.YES)
    await rounds.tell_helped(store, by=theirs[0], group=first, helped=True)
    await tick(store, clock, BEGINS + timedelta(days=12))
    await tick(store, clock)
    assert len(await told(store, "RoundAsked")) == 3
    numbers = numbers_of(await seats(store, made))
    assert (numbers.placed, numbers.groups, numbers.met) == (4, 2, 1)
    assert (numbers.unanswered, numbers.helped) == (1, 1)
    outsider = next(one.person for one in sides if one.person.id not in {x.id for x in theirs if x})
    with pytest.raises(NotYours):
        await rounds.tell_met(store, clock, by=outsider, group=first, met=Met.YES)


@pytest.mark.parametrize("how", ["leaves", "is erased", "cannot"])
async def test_who_is_left_alone_is_told_once(store: Store, how: str) -> None:
    clock = SetClock()
    _, made, sides, members = await taking_part(store, clock, *[("de",)] * 2)
    await tick(store, clock, BEGINS)
    group = (await seats(store, made))[0].group
    assert group is not None
    if how == "cannot":
        await rounds.tell_met(store, clock, by=sides[0].person, group=group, met=Met.CANNOT)
    else:
        async with store.transaction():
            if how == "leaves":
                left = MembershipState.LEFT.value
                await store.memberships.change(members[0].id, state=left)
            else:
                await store.people.remove(sides[0].person.id)
    for _ in range(2):
        await tick(store, clock)
    assert await told(store, "RoundBroken") == [("RoundBroken", sides[1].person.id)]
    (letter,) = await letters(store, clock, "RoundBroken")
    assert isinstance(letter, Letter)


async def test_two_of_one_organisation_sit_apart_unless_nobody_else_is_there(store: Store) -> None:
    clock = SetClock()
    setting, made, sides, members = await taking_part(store, clock, *[("de",)] * 3)
    colleague = await somebody(store, clock, "de")
    async with store.transaction():
        await store.people.represent(colleague.id, sides[0].id, since=clock())
    theirs = await member(store, clock, setting.exchange, colleague)
    await say_yes(store, clock, made, colleague)
    together = frozenset({members[0].id, theirs.id})
    for weeks in (0, 2):
        await tick(store, clock, BEGINS + timedelta(weeks=weeks))
        assert together not in await groups(store, made)
    for one in sides[1:]:
        await round_programmes.take_part(store, clock, by=one.person, programme=made.id, yes=False)
    await tick(store, clock, datetime(2026, 4, 6, 7, tzinfo=UTC))
    assert await groups(store, made) == {together}
    latest = await store.rounds.latest(made.id)
    assert latest is not None
    (group,) = await store.rounds.groups(latest.id)
    kinds = {one.kind for one in group.against}
    assert DoubtKind.SAME_ORGANISATION in kinds
    assert DoubtKind.MET_BEFORE not in kinds


async def test_a_guest_counts_and_the_text_goes_to_who_runs_it(store: Store) -> None:
    clock = SetClock()
    setting, made, _, members = await taking_part(store, clock, ("fr",))
    theirs = await guest(store, clock, setting, "Gerda <Gast>")
    for _ in range(2):
        await round_programmes.enter(
            store, clock, by=setting.coordinator, programme=made.id, membership=theirs.id, yes=True
        )
    await tick(store, clock, BEGINS)
    assert await groups(store, made) == {frozenset({members[0].id, theirs.id})}
    forwarded = await told(store, "RoundToForward")
    assert forwarded == [("RoundToForward", setting.coordinator.id)]
    (letter,) = await letters(store, clock, "RoundToForward")
    assert isinstance(letter, Letter)
    assert "guest@example.org" in letter.message.html
    assert "Gerda &lt;Gast&gt;" in letter.message.html
    (opened,) = await letters(store, clock, "RoundOpened")
    assert isinstance(opened, Letter)
    assert "guest@example.org" in opened.message.html
    with pytest.raises(NotYours):
        await round_programmes.enter(
            store, clock, by=setting.coordinator, programme=made.id,
            membership=members[0].id, yes=False,
        )  # fmt: skip


async def test_begun_once_paused_resumed_and_stopped(store: Store) -> None:
    clock = SetClock()
    setting, made, sides, _ = await taking_part(store, clock, *[("de",)] * 2)
    by = setting.coordinator
    assert await started(store, clock, setting) == made
    with pytest.raises(Refusal, match="refusal-rounds-run-already"):
        await started(store, clock, setting, plan(size=3))
    for _ in range(2):
        await round_programmes.pause(store, clock, by=by, programme=made.id)
    assert len(await told(store, "RoundsPaused")) == 2
    assert await tick(store, clock, BEGINS + timedelta(days=1)) == 0
    resumed = await round_programmes.resume(store, clock, by=by, programme=made.id)
    assert resumed.next_at == BEGINS + timedelta(days=14)
    for _ in range(2):
        await round_programmes.stop(store, clock, by=by, programme=made.id)
    assert len(await told(store, "RoundsStopped")) == 2
    assert await tick(store, clock, BEGINS + timedelta(days=14)) == 0
    with pytest.raises(Refusal, match="refusal-rounds-over"):
        await say_yes(store, clock, made, sides[0].person)


async def test_members_are_invited_once_and_later_ones_with_the_next_round(store: Store) -> None:
    clock = SetClock()
    setting, _made, _sides, _ = await taking_part(store, clock, *[("de",)] * 2)
    assert len(await told(store, "RoundInvited")) == 2
    late = await somebody(store, clock, "uk")
    await member(store, clock, setting.exchange, late)
    await tick(store, clock, BEGINS)
    assert [who for _, who in await told(store, "RoundInvited")][2:] == [late.id]
    said = await letters(store, clock, "RoundInvited")
    assert said[:2] == [Nothing("told-already")] * 2
    assert isinstance(said[2], Letter)


async def test_a_preview_comes_true_where_nothing_changes(store: Store) -> None:
    clock = SetClock()
    setting, made, _, _ = await taking_part(store, clock, *[("de",)] * 6)
    shown = await round_programmes.preview(
        store, clock, by=setting.coordinator, exchange=setting.exchange.id, size=2, on=FIRST
    )
    await tick(store, clock, BEGINS)
    assert {frozenset(one.members) for one in shown.made.groups} == await groups(store, made)


async def test_rounds_end_with_their_exchange(store: Store) -> None:
    clock = SetClock()
    setting, _made, _, _ = await taking_part(store, clock, *[("de",)] * 2)
    async with store.transaction():
        await store.exchanges.change(setting.exchange.id, closed_at=clock())
    assert await tick(store, clock, BEGINS) == 0
    assert await store.rounds.running_in(setting.exchange.id) is None
    with pytest.raises(Refusal, match="refusal-rounds-closed"):
        await started(store, clock, setting)


async def test_a_pause_ends_in_the_future_and_a_plan_begins_there(store: Store) -> None:
    clock = SetClock()
    _setting, made, sides, _ = await taking_part(store, clock, ("de",))
    with pytest.raises(Refusal, match="refusal-rounds-day-over"):
        await round_programmes.pause_until(
            store, clock, by=sides[0].person, programme=made.id, day=clock().date()
        )
    other = await exchange(store, clock)
    with pytest.raises(Refusal, match="refusal-rounds-plan"):
        await started(store, clock, other, plan(first_on=date(2026, 3, 1)))


async def test_a_member_without_a_profile_takes_part(store: Store) -> None:
    clock = SetClock()
    setting, made, _, members = await taking_part(store, clock, ("de",))
    plain = await somebody(store, clock, "uk")
    theirs = await member(store, clock, setting.exchange, plain)
    await say_yes(store, clock, made, plain)
    await tick(store, clock, BEGINS)
    assert await groups(store, made) == {frozenset({members[0].id, theirs.id})}
    sitters = {one.id: one for one in await store.rounds.sitters(setting.exchange.id)}
    assert as_organisation(sitters[theirs.id]).languages is None
    said = await letters(store, clock, "RoundOpened")
    assert all(isinstance(one, Letter) for one in said)


async def test_a_large_round_is_weighed_in_a_process_of_its_own_and_comes_out_the_same() -> None:
    people = [
        Organisation(one, name="Жовква", languages=frozenset({"de", "uk"}), place=DRESDEN)
        for one in range(1, 8)
    ]
    met = (Encounter(1, 2, FIRST),)
    here, there = [
        await weigh(people, 2, seed=7, earlier=met, on=FIRST, in_a_thread=most) for most in (9, 0)
    ]
    assert here == there
    assert sorted(len(one.members) for one in here.groups) == [2, 2, 3]


LANGUAGES = st.frozensets(st.sampled_from(("de", "uk", "fr", "ar")), min_size=1, max_size=2)
MEMBERS = st.lists(st.tuples(LANGUAGES, st.sampled_from(("yes", "no", "silent"))), max_size=7)


@pytest.mark.parametrize("size", [2, 3])
def test_every_member_sits_in_one_group_or_is_told_why(
    size: int, sqlite_template: Path, tmp_path: Path
) -> None:
    path = shutil.copy(sqlite_template, tmp_path / "rounds.db")
    with asyncio.Runner() as runner:
        store = Store(f"sqlite:///{path}")

        @settings(max_examples=15)
        @given(MEMBERS)
        def check(members: list[tuple[frozenset[str], str]]) -> None:
            runner.run(_all_are_accounted_for(store, members, size))

        check()
        runner.run(store.close())


async def _all_are_accounted_for(
    store: Store, members: list[tuple[frozenset[str], str]], size: int
) -> None:
    clock = SetClock()
    setting = await exchange(store, clock)
    made = await started(store, clock, setting, plan(size=size))
    answers = {}
    for languages, said in members:
        person = await somebody(store, clock, min(languages))
        async with store.transaction():
            own = await store.organisations.add(created_at=clock(), example=False)
            await store.organisations.change(own, languages=languages)
            await store.people.represent(person.id, own, since=clock())
        one = await member(store, clock, setting.exchange, person)
        answers[one.id] = (said, person.id)
        if said != "silent":
            await round_programmes.take_part(
                store, clock, by=person, programme=made.id, yes=said == "yes"
            )
    await tick(store, clock, BEGINS)
    found = {one.membership: one for one in await seats(store, made)}
    assert found.keys() == answers.keys()
    reasons = {"no": WhyNot.DECLINED, "silent": WhyNot.NOT_ANSWERED}
    heard = Counter(await told(store, "RoundOpened", "RoundUnplaced"))
    for number, (said, person_id) in answers.items():
        seat = found[number]
        assert (seat.group is None) is (seat.why is not None)
        if said != "yes":
            assert seat.why is reasons[said]
        elif seat.group is None:
            assert seat.why in LEFT_OUT
            assert heard["RoundUnplaced", person_id] == 1
        else:
            assert heard["RoundOpened", person_id] == 1
    assert all(len(one) >= 2 for one in await groups(store, made))
