"""Who comes to a session: seats, the line of who waits, and who may see it."""

import asyncio
from datetime import timedelta

import pytest

from actions import erasure, rsvps
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.errors import NotYours, Refusal
from domain.exchanges import MembershipState
from domain.languages import LANGUAGES
from domain.notices import MovedUp, MovedUpToForward
from domain.outbox import Delivery
from domain.people import Person
from domain.roles import Role
from domain.sessions import Reply, Session
from domain.texts import shown
from locales.speech import speech, without_tags
from storage.store import Store
from tests.support.exchanges import Setting, exchange, session
from tests.support.judged import faults_in
from tests.support.outboxes import rows
from tests.support.partners import SetClock, somebody
from tests.support.roles import holding
from tests.support.rounds import guest

YES, WAITING, MAYBE, NO = Reply.YES, Reply.WAITING, Reply.MAYBE, Reply.NO
THREE = ("de", "ar", "uk")


async def says(store: Store, clock: SetClock, made: Session, who: Person, wish: Reply) -> Reply:
    """What has become of what somebody says, a minute later."""
    clock.move(minutes=1)
    said = await rsvps.reply(store, clock, by=who, session=made.id, reply=wish)
    return said.reply


async def stands(store: Store, made: Session, there: Setting) -> list[Reply | None]:
    """How each member's reply stands."""
    found = [await store.rsvps.between(made.id, one.id) for one in there.members]
    return [one.reply if one else None for one in found]


async def moved_up(store: Store) -> list[int | None]:
    """Who was told that they have a seat, in order."""
    return [one.recipient for one in await rows(store) if one.kind == MovedUp.__name__]


async def told_to_forward(store: Store) -> list[tuple[int | None, int]]:
    """Who was told that a member without Telegram has a seat, and which member, in order."""
    found = [one for one in await rows(store) if one.kind == MovedUpToForward.__name__]
    return [(one.recipient, one.payload["membership"]) for one in found]


async def full(store: Store, clock: SetClock) -> tuple[Setting, Session]:
    """One seat: the first member has it, the others wait."""
    there = await exchange(store, clock, languages=THREE)
    made = await session(store, clock, there.exchange, capacity=1)
    said = [await says(store, clock, made, one, YES) for one in there.people]
    assert said == [YES, WAITING, WAITING]
    return there, made


async def test_who_declines_gives_the_seat_to_who_waits_longest(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    first, second, third = there.people
    waits = await store.rsvps.between(made.id, there.members[2].id)
    assert waits is not None
    assert await rsvps.place(store, waits) == 2
    assert await says(store, clock, made, first, NO) is NO
    assert await stands(store, made, there) == [NO, YES, WAITING]
    assert await moved_up(store) == [second.id]
    assert await rsvps.place(store, waits) == 1
    assert await says(store, clock, made, first, YES) is WAITING
    assert await says(store, clock, made, second, MAYBE) is MAYBE
    assert await stands(store, made, there) == [WAITING, MAYBE, YES]
    assert await moved_up(store) == [second.id, third.id]


async def test_who_moves_up_twice_is_told_twice(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    first, second, third = there.people
    await says(store, clock, made, third, NO)
    for _ in range(2):
        await says(store, clock, made, first, NO)
        await says(store, clock, made, first, YES)
        await says(store, clock, made, second, NO)
        await says(store, clock, made, second, YES)
    assert await moved_up(store) == [second.id, first.id, second.id, first.id]


@pytest.mark.parametrize("wish", [YES, MAYBE, NO])
async def test_saying_it_again_changes_nothing(store: Store, wish: Reply) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    said = [
        await rsvps.reply(store, clock, by=there.people[1], session=made.id, reply=wish)
        for _ in range(2)
    ]
    clock.move(hours=1)
    said.append(await rsvps.reply(store, clock, by=there.people[1], session=made.id, reply=wish))
    assert said == [said[0]] * 3
    assert await moved_up(store) == []


async def test_a_larger_capacity_lets_who_waits_move_up(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    async with store.transaction():
        await store.sessions.change(made.id, capacity=2)
        moved = await rsvps.fill(store, clock, made.id)
        assert await rsvps.fill(store, clock, made.id) == ()
    assert moved == (there.members[1].id,)
    async with store.transaction():
        await store.sessions.change(made.id, capacity=None)
        assert await rsvps.fill(store, clock, made.id) == (there.members[2].id,)


async def test_a_smaller_capacity_takes_no_seat_and_gives_none(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=THREE)
    made = await session(store, clock, there.exchange, capacity=2)
    first, second, third = there.people
    for one in there.people:
        await says(store, clock, made, one, YES)
    async with store.transaction():
        await store.sessions.change(made.id, capacity=1)
        assert await rsvps.fill(store, clock, made.id) == ()
    assert await stands(store, made, there) == [YES, YES, WAITING]
    await says(store, clock, made, first, NO)
    assert await stands(store, made, there) == [NO, YES, WAITING], "there is room for one"
    await says(store, clock, made, second, NO)
    assert await stands(store, made, there) == [NO, NO, YES]
    assert await moved_up(store) == [third.id]


async def test_the_seat_of_who_is_erased_is_given_on(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    await erasure.erase(store, clock, there.people[0])
    assert await stands(store, made, there) == [None, YES, WAITING]
    assert await moved_up(store) == [there.people[1].id]


async def test_the_seat_of_who_leaves_is_given_on_and_not_kept_for_them(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    for _ in range(2):
        async with store.transaction():
            await store.memberships.change(there.members[0].id, state=MembershipState.LEFT.value)
            await rsvps.give_back(store, clock, there.members[0].id)
    assert await stands(store, made, there) == [None, YES, WAITING]
    assert await moved_up(store) == [there.people[1].id]
    async with store.transaction():
        await store.memberships.change(there.members[0].id, state=MembershipState.MEMBER.value)
    assert await says(store, clock, made, there.people[0], YES) is WAITING


async def test_a_reply_counts_as_long_as_its_member_takes_part(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    async with store.transaction():
        await store.memberships.change(there.members[0].id, state=MembershipState.REMOVED.value)
    assert await store.rsvps.numbers(made.id) == {WAITING: 2}
    assert len(await store.rsvps.of(made.id)) == 2


@pytest.mark.parametrize(
    ("after", "cancelled", "key"),
    [
        (timedelta(days=10), False, "refusal-reply-begun"),
        (timedelta(days=11), False, "refusal-reply-over"),
        (timedelta(), True, "refusal-reply-cancelled"),
    ],
)
async def test_nobody_replies_too_late_and_nobody_moves_up(
    store: Store, after: timedelta, cancelled: bool, key: str
) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    clock.now += after
    async with store.transaction():
        if cancelled:
            await store.sessions.change(made.id, cancelled_at=clock())
        await store.sessions.change(made.id, capacity=9)
    with pytest.raises(Refusal) as refused:
        await rsvps.reply(store, clock, by=there.people[0], session=made.id, reply=NO)
    assert refused.value.key == key
    async with store.transaction():
        assert await rsvps.fill(store, clock, made.id) == ()


async def test_two_at_once_never_take_the_same_seat(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de", "ar", "uk", "fr", "es", "pt"))
    for capacity in (1, 2, 4):
        made = await session(store, clock, there.exchange, capacity=capacity)
        await asyncio.gather(
            *(rsvps.reply(store, clock, by=one, session=made.id, reply=YES) for one in there.people)
        )
        assert (await store.rsvps.numbers(made.id))[YES] == capacity
        # Who has a seat gives it back, and who waits gives up, all in one moment.
        wishes = dict(zip(there.people, (NO, YES, NO, YES, MAYBE, YES), strict=True))
        await asyncio.gather(
            *(
                rsvps.reply(store, clock, by=one, session=made.id, reply=wish)
                for one, wish in wishes.items()
            )
        )
        numbers = await store.rsvps.numbers(made.id)
        assert numbers[YES] == min(capacity, 3)
        assert numbers.get(WAITING, 0) == 3 - numbers[YES]


async def test_names_are_shown_to_members_who_were_let_and_to_who_runs_it(store: Store) -> None:
    clock = SetClock()
    there, made = await full(store, clock)
    first, second, third = there.people
    for one, shows in ((second, True), (third, True), (third, False)):
        await rsvps.show_coming(store, clock, by=one, exchange=there.exchange.id, shows=shows)
    seen = await rsvps.who_comes(store, by=first, session=made.id)
    assert seen.numbers == {YES: 1, WAITING: 2}
    assert [(one.person, one.reply) for one in seen.seen] == [(second.id, WAITING)]
    every = await rsvps.who_comes(store, by=there.coordinator, session=made.id)
    assert [one.person for one in every.seen] == [first.id, second.id, third.id]
    await says(store, clock, made, second, NO)
    assert (await rsvps.who_comes(store, by=first, session=made.id)).seen == ()
    every = await rsvps.who_comes(store, by=there.coordinator, session=made.id)
    assert [one.person for one in every.of(NO)] == [second.id]
    with pytest.raises(NotYours):
        await rsvps.who_comes(store, by=await somebody(store, clock), session=made.id)


async def test_whether_one_has_said_who_sees_it_is_known(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",))
    assert not there.members[0].showing_said
    said = [
        await rsvps.show_coming(
            store, clock, by=there.people[0], exchange=there.exchange.id, shows=shows
        )
        for shows in (False, True)
    ]
    assert [(one.showing_said, one.shows_coming) for one in said] == [(True, False), (True, True)]


async def test_who_runs_it_writes_down_replies_of_members_without_telegram(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",))
    made = await session(store, clock, there.exchange, capacity=1)
    async with store.transaction():
        added = [
            await store.memberships.add(
                exchange=there.exchange.id, person=None, state=MembershipState.MEMBER,
                at=clock(), name=name, email="x@example.org", organisation="Stadtwerke",
            )
            for name in ("Berta", "Anton")
        ]  # fmt: skip
    berta, anton = [one.id for one in added if one is not None]
    for who, became in ((berta, YES), (berta, YES), (anton, WAITING)):
        clock.move(minutes=1)
        said = await rsvps.record_for(
            store, clock, by=there.coordinator, session=made.id, membership=who, reply=YES
        )
        assert said.reply is became
    assert await says(store, clock, made, there.people[0], YES) is WAITING
    _, listed = await rsvps.without_telegram(store, by=there.coordinator, session=made.id)
    assert [(one.name, one.organisation, one.reply) for one in listed] == [
        ("Anton", "Stadtwerke", WAITING),
        ("Berta", "Stadtwerke", YES),
    ]
    await rsvps.record_for(
        store, clock, by=there.coordinator, session=made.id, membership=berta, reply=NO
    )
    assert await store.rsvps.numbers(made.id) == {YES: 1, WAITING: 1, NO: 1}
    assert await moved_up(store) == [], "nobody can be told who is not on Telegram"
    assert await told_to_forward(store) == [(there.coordinator.id, anton)]
    with pytest.raises(Refusal) as refused:
        await rsvps.record_for(
            store, clock, by=there.coordinator, session=made.id,
            membership=there.members[0].id, reply=NO,
        )  # fmt: skip
    assert refused.value.key == "refusal-replies-themselves"


async def line_of_a_guest(
    store: Store, clock: SetClock, language: str = "de"
) -> tuple[Setting, Session, int]:
    """One seat that a member has, and a member without Telegram who waits for it."""
    there = await exchange(store, clock, languages=("ar",))
    async with store.transaction():
        await store.people.change(there.coordinator.id, language=language)
    made = await session(store, clock, there.exchange, capacity=1)
    theirs = await guest(store, clock, there, "Gerda <Gast>")
    assert await says(store, clock, made, there.people[0], YES) is YES
    waits = await rsvps.record_for(
        store, clock, by=there.coordinator, session=made.id, membership=theirs.id, reply=YES
    )
    assert waits.reply is WAITING
    return there, made, theirs.id


async def letter_to_forward(store: Store, clock: SetClock, reader: Person) -> Letter | Nothing:
    """What is said of the newest one who moved up and has no Telegram, to this reader."""
    newest = [one for one in await rows(store) if one.kind == MovedUpToForward.__name__][-1]
    delivery = Delivery(newest.id, MovedUpToForward(**newest.payload), reader.id, 0)
    said = await Renderer(store, clock).letter(delivery)
    assert isinstance(said, Letter | Nothing)
    return said


@pytest.mark.parametrize("language", LANGUAGES)
async def test_coordinators_pass_on_that_a_member_without_telegram_moved_up(
    store: Store, language: str
) -> None:
    clock = SetClock()
    there, made, theirs = await line_of_a_guest(store, clock, language)
    second = await holding(store, clock, Role.COORDINATOR, language=language)
    async with store.transaction():
        await store.exchanges.entrust(there.exchange.id, second.id, at=clock())
    for _ in range(2):
        await says(store, clock, made, there.people[0], NO)
    expected = {(there.coordinator.id, theirs), (second.id, theirs)}
    assert len(await told_to_forward(store)) == 2, "each of them once"
    assert set(await told_to_forward(store)) == expected
    assert await moved_up(store) == []
    said = await letter_to_forward(store, clock, second)
    assert isinstance(said, Letter)
    assert faults_in(said.message) == []
    above, text = str(said.message.html).split("<pre>")
    for piece in ("Gerda &lt;Gast&gt;", "guest@example.org", shown(made.title, language), "2026"):
        assert piece in above, piece
    assert "https://example.org/meet" in text, "its link is whole"
    assert without_tags(str(speech(language)("MovedUp"))).split(".")[0] in text


async def test_what_is_passed_on_is_no_longer_said_once_it_is_not_true(store: Store) -> None:
    clock = SetClock()
    there, made, theirs = await line_of_a_guest(store, clock)
    by = there.coordinator
    await says(store, clock, made, there.people[0], NO)
    stranger = await holding(store, clock, Role.COORDINATOR)
    assert await letter_to_forward(store, clock, stranger) == Nothing("not-theirs")
    await rsvps.record_for(store, clock, by=by, session=made.id, membership=theirs, reply=MAYBE)
    assert await letter_to_forward(store, clock, by) == Nothing("no-longer-true")
    clock.move(minutes=1)
    await rsvps.record_for(store, clock, by=by, session=made.id, membership=theirs, reply=YES)
    assert await letter_to_forward(store, clock, by) == Nothing("no-longer-true")
    async with store.transaction():
        await store.memberships.remove(theirs)
    assert await letter_to_forward(store, clock, by) == Nothing("gone")


async def test_leaving_and_being_erased_in_the_moment_of_replies(store: Store) -> None:
    clock = SetClock()
    for _ in range(4):
        there = await exchange(store, clock, languages=("de", "ar", "uk", "fr", "es"))
        several = [await session(store, clock, there.exchange, capacity=2) for _ in range(2)]
        for made in several:
            for one in there.people[:4]:
                await says(store, clock, made, one, YES)

        async def leaves(there: Setting = there) -> None:
            member = there.members[0].id
            async with store.transaction():
                await store.memberships.change(member, state=MembershipState.LEFT.value)
                await rsvps.give_back(store, clock, member)

        late = [
            rsvps.reply(store, clock, by=there.people[number], session=made.id, reply=wish)
            for made in several
            for number, wish in ((0, MAYBE), (1, YES), (2, NO), (4, YES))
        ]
        gone = erasure.erase(store, clock, there.people[1])
        for one in await asyncio.gather(leaves(), gone, *late, return_exceptions=True):
            assert one is None or not isinstance(one, BaseException) or isinstance(one, Refusal)
        for made in several:
            who = {one.membership for one in await store.rsvps.of(made.id) if one.reply is YES}
            assert who == {there.members[3].id, there.members[4].id}
            assert (await store.rsvps.numbers(made.id)).get(WAITING, 0) == 0
