"""Replies against a plain model: whatever people do, in whichever order, nobody is given a seat
that is not there, no seat stays empty while somebody waits, and the line keeps its order."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions import erasure, rsvps
from domain.exchanges import MembershipState
from domain.sessions import Reply, Session
from storage.store import Store
from tests.support.exchanges import Setting, exchange, session
from tests.support.partners import SetClock

MEMBERS = 5
WHO = st.integers(min_value=0, max_value=MEMBERS - 1)
SAYS = st.sampled_from([Reply.YES] * 5 + [Reply.MAYBE, Reply.NO, Reply.NO])
CAPACITY = st.sampled_from([1, 0, 2, 3, 1, None])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("says"), WHO, SAYS),
        st.tuples(st.just("says"), WHO, SAYS),
        st.tuples(st.just("says"), WHO, SAYS),
        st.tuples(st.just("leaves"), WHO, st.none()),
        st.tuples(st.just("returns"), WHO, st.none()),
        st.tuples(st.just("is erased"), WHO, st.none()),
        st.tuples(st.just("seats"), CAPACITY, st.none()),
    ),
    min_size=15,
    max_size=30,
)


@dataclass
class Model:
    """Who has a seat and who waits, in order, and where the others stand."""

    capacity: int | None
    seats: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    others: dict[int, Reply] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def says(self, who: int, wish: Reply) -> None:
        if wish is Reply.YES and who in (*self.seats, *self.line):
            return
        self.forgets(who)
        if wish is Reply.YES:
            self.line.append(who)
        else:
            self.others[who] = wish
        self.fill()

    def forgets(self, who: int) -> None:
        self.seats = [one for one in self.seats if one != who]
        self.line = [one for one in self.line if one != who]
        self.others.pop(who, None)

    def leaves(self, who: int) -> None:
        self.forgets(who)
        self.fill()

    def fill(self) -> None:
        while self.line and (self.capacity is None or len(self.seats) < self.capacity):
            self.seats.append(self.line.pop(0))


async def do(
    store: Store, clock: SetClock, there: Setting, made: Session, model: Model, step: tuple
) -> None:
    """The same in the model and in the database."""
    what, who, wish = step
    if what == "seats":
        model.capacity = who
        model.fill()
        async with store.transaction():
            await store.sessions.change(made.id, capacity=who)
            await rsvps.fill(store, clock, made.id)
        return
    if who in model.gone or (who in model.away) is (what != "returns"):
        return
    person, member = there.people[who], there.members[who].id
    if what == "says":
        model.says(who, wish)
        await rsvps.reply(store, clock, by=person, session=made.id, reply=wish)
    elif what == "is erased":
        model.gone.add(who)
        model.leaves(who)
        await erasure.erase(store, clock, person)
    else:
        state = MembershipState.MEMBER if what == "returns" else MembershipState.LEFT
        async with store.transaction():
            await store.memberships.change(member, state=state.value)
            if what == "leaves":
                await rsvps.give_back(store, clock, member)
        model.away ^= {who}
        model.leaves(who)


# What fails is not made smaller: each try fills a database.
@settings(
    max_examples=24,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(capacity=CAPACITY, steps=STEPS, moving=st.booleans())
async def test_seats_and_the_line_are_as_in_the_model(
    store: Store, capacity: int | None, steps: list[tuple], moving: bool
) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",) * MEMBERS)
    made = await session(store, clock, there.exchange, capacity=capacity)
    at = {one.id: number for number, one in enumerate(there.members)}
    model = Model(capacity)
    for step in steps:
        clock.move(seconds=int(moving))
        await do(store, clock, there, made, model, step)
        replies = await store.rsvps.of(made.id)
        stands = {at[one.membership]: one.reply for one in replies}
        assert {who for who, reply in stands.items() if reply is Reply.YES} == set(model.seats)
        line = [at[one.membership] for one in await store.rsvps.waiting(made.id)]
        assert line == model.line
        assert {who: one for who, one in stands.items() if who in model.others} == model.others
        assert len(stands) == len(model.seats) + len(model.line) + len(model.others)
        if model.capacity is not None and model.line:
            assert len(model.seats) >= model.capacity, "a seat stays empty while somebody waits"
