"""An audience is one thing: the rule and SQL mean the same people."""

from dataclasses import dataclass, replace
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.audiences import Answered, Audience, Facts, Reach, Who
from domain.exchanges import MembershipState
from domain.organisations import Kind, Organisation
from domain.roles import Role
from domain.rules.audience import belongs
from domain.sessions import Reply
from storage.queries.audiences import chosen
from storage.store import Store
from tests.support.drawn import LANGUAGES, REGIONS, TOPICS, whole
from tests.support.exchanges import exchange, session
from tests.support.partners import SetClock
from tests.support.profiles import NOON

STATED = ("offers", "seeks", "regions", "sectors", "kind", "place", "published_at", "hidden_at")
SECTORS = ("water_supply", "wastewater", "waste")
NUMBERS = count(50_000)
EXCHANGES = (0, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody: by place in lists, for which organisations they speak, and how they stand to
    exchanges; what they have answered counts where they stand to the exchange at all."""

    language: str
    coordinator: bool
    speaks_for: frozenset[int]
    standing: dict[int, MembershipState]
    replies: dict[int, Reply]
    attended: dict[int, bool]


def some(options: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(options), max_size=2)


def mostly(
    narrowed: st.SearchStrategy[frozenset[str]],
) -> st.SearchStrategy[frozenset[str]]:
    """Narrowed seldom: by everything at once nobody is meant."""
    return st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), narrowed)


WHOLE, SOME_KIND = whole(), st.none() | st.sampled_from(Kind)
VISIBLE = st.sampled_from([(NOON, None), (NOON, None), (None, None), (NOON, NOON)])
STATES = st.sampled_from([*MembershipState, *[MembershipState.MEMBER] * 6])
PEOPLE = st.builds(
    Drawn,
    language=st.sampled_from(LANGUAGES),
    coordinator=st.booleans(),
    speaks_for=st.frozensets(st.integers(0, 2), max_size=2),
    standing=st.dictionaries(st.sampled_from(EXCHANGES), STATES),
    replies=st.dictionaries(st.sampled_from(EXCHANGES), st.sampled_from(Reply)),
    attended=st.dictionaries(st.sampled_from(EXCHANGES), st.booleans()),
)
AUDIENCES = st.builds(
    Audience,
    exchange=st.none() | st.sampled_from(EXCHANGES),
    session=st.none() | st.sampled_from(EXCHANGES),
    answered=some(tuple(Answered)),
    who=mostly(some(tuple(Who))),
    sectors=mostly(some(SECTORS)),
    kinds=mostly(some(tuple(Kind))),
    topics=mostly(some(TOPICS)),
    regions=mostly(some(REGIONS)),
    languages=mostly(some(LANGUAGES)),
)
REACHES = st.builds(
    Reach, everybody=st.booleans(), exchanges=st.frozensets(st.sampled_from(EXCHANGES))
)


@st.composite
def stored(draw: st.DrawFn) -> Organisation:
    published_at, hidden_at = draw(VISIBLE)
    one = replace(draw(WHOLE), published_at=published_at, hidden_at=hidden_at)
    return replace(one, kind=draw(SOME_KIND))


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in the database: what of each person decides, and the ids of what was drawn."""

    facts: dict[int, Facts]
    exchanges: tuple[int, ...]
    sessions: tuple[int, ...]

    def audience(self, drawn: Audience) -> Audience:
        return replace(
            drawn,
            exchange=None if drawn.exchange is None else self.exchanges[drawn.exchange],
            session=None if drawn.session is None else self.sessions[drawn.session],
        )

    def reach(self, drawn: Reach) -> Reach:
        return replace(drawn, exchanges=frozenset(self.exchanges[at] for at in drawn.exchanges))


async def written(store: Store, several: list[Organisation], people: list[Drawn]) -> Written:
    clock = SetClock()
    async with store.transaction():
        there = [(await exchange(store, clock)).exchange for _ in EXCHANGES]
        held = [await session(store, clock, one) for one in there]
        made = []
        for one in several:
            number = await store.organisations.add(created_at=NOON, example=False)
            values = {name: getattr(one, name) for name in STATED}
            await store.organisations.change(number, **values)
            made.append(replace(one, id=number))
        known = Written({}, tuple(one.id for one in there), tuple(one.id for one in held))
        for each in people:
            person, facts = await put(store, each, made, known)
            known.facts[person] = facts
        return known


async def put(
    store: Store, each: Drawn, several: list[Organisation], known: Written
) -> tuple[int, Facts]:
    """Write somebody down; their id, and what the rule is to know of them."""
    person = await store.people.add(
        telegram_id=next(NUMBERS), language=each.language, consented_at=NOON, example=False
    )
    if each.coordinator:
        await store.roles.grant(person.id, Role.COORDINATOR, by=None, at=NOON)
    theirs = tuple(several[at] for at in sorted(each.speaks_for))
    for one in theirs:
        await store.people.represent(person.id, one.id, since=NOON)
    replies, member_of, attended = dict[int, Reply](), set[int](), set[int]()
    for at, state in each.standing.items():
        own = await store.memberships.add(
            exchange=known.exchanges[at], person=person.id, state=state, at=NOON
        )
        assert own is not None
        if at in each.replies:
            await store.rsvps.put(known.sessions[at], own.id, each.replies[at], since=NOON)
        if at in each.attended:
            was_there = each.attended[at]
            await store.attendances.put(
                known.sessions[at], [own.id], present=was_there, by=person.id, at=NOON
            )
        if state is MembershipState.MEMBER:
            if each.attended.get(at):
                attended.add(known.sessions[at])
            member_of.add(known.exchanges[at])
            if at in each.replies:
                replies[known.sessions[at]] = each.replies[at]
    facts = Facts(
        each.language, each.coordinator, theirs, frozenset(member_of), replies, frozenset(attended)
    )
    return person.id, facts


async def people_of(store: Store, audience: Audience, reach: Reach) -> set[int]:
    async with store.reading.connect() as connection:
        return set((await connection.execute(chosen(audience, reach))).scalars())


# What fails is not made smaller: each try fills a database.
@settings(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(
    several=st.lists(stored(), min_size=3, max_size=3),
    people=st.lists(PEOPLE, min_size=6, max_size=12),
    asked=st.lists(st.tuples(AUDIENCES, REACHES), min_size=10, max_size=20),
)
async def test_rule_and_sql_mean_the_same_people(
    store: Store,
    several: list[Organisation],
    people: list[Drawn],
    asked: list[tuple[Audience, Reach]],
) -> None:
    known = await written(store, several, people)
    for drawn, whom in asked:
        audience, reach = known.audience(drawn), known.reach(whom)
        by_rule = {one for one, facts in known.facts.items() if belongs(audience, reach, facts)}
        by_sql = await people_of(store, audience, reach)
        # Those of earlier tries are there still.
        assert by_sql & known.facts.keys() == by_rule
        counted = await store.audiences.by_language(audience, reach)
        assert sum(counted.values()) == len(by_sql)
