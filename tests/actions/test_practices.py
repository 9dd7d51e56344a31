"""Notes of good practice: written, found by whoever may read them, changed, removed."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import joining, practices
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange
from domain.people import Person
from domain.practices import Practice
from domain.rules.practices import may_read
from storage.store import Store
from tests.support.afterwards import over
from tests.support.exchanges import exchange, member
from tests.support.partners import DRESDEN, SetClock, side, somebody


async def written(store: Store, clock: SetClock, by: Person, of: Exchange, **more: Any) -> Practice:
    values: dict[str, Any] = {
        "session": None,
        "title": "Weniger Wasserverluste",
        "words": "Wir messen nachts.",
        "topics": {"non_revenue_water"},
        "to_all": False,
        **more,
    }
    return await practices.write(store, clock, by=by, exchange=of.id, **values)


async def test_a_note_is_written_once_and_found_by_its_topics(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None, None)
    author, reader = there.setting.people
    of = there.setting.exchange
    made = await written(store, clock, author, of, session=there.session.id)
    assert await written(store, clock, author, of, session=there.session.id) == made
    assert (made.language, made.session) == ("es", there.session.id)
    solar = await written(store, clock, author, of, words="Dächer", topics={"solar"})
    found = await practices.find(store, by=reader, topics=["leak_detection", "nonsense"])
    assert (found.practices, found.topics) == ((made,), ("leak_detection",))
    assert (await practices.find(store, by=reader)).practices == (solar, made)
    last = await practices.find(store, by=there.by, page=9, most=1)
    assert (last.practices, last.page, last.total) == ((made,), 1, 2)


async def test_others_read_it_only_if_its_author_said_so(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None)
    (author,), of = there.setting.people, there.setting.exchange
    made = await written(store, clock, author, of)
    published = (await side(store, clock, "Dresden", DRESDEN)).person
    hidden = await somebody(store, clock)
    for person in (published, hidden):
        with pytest.raises(NotYours):
            await practices.one(store, by=person, practice=made.id)
    await practices.change(store, by=author, practice=made.id, to_all=True)
    assert (await practices.find(store, by=published)).total == 1
    assert (await practices.find(store, by=hidden)).total == 0
    with pytest.raises(NotYours):
        await practices.one(store, by=hidden, practice=made.id)


async def test_an_exchange_by_invitation_is_not_named_to_others(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None)
    (author,), of = there.setting.people, there.setting.exchange
    made = await written(store, clock, author, of, to_all=True)
    reader = (await side(store, clock, "Dresden", DRESDEN)).person
    assert await practices.exchange_shown(store, reader, made) == of
    async with store.transaction():
        await store.exchanges.change(of.id, entry="by-invitation")
    assert await practices.exchange_shown(store, reader, made) is None
    for person in (author, there.by):
        assert await practices.exchange_shown(store, person, made) is not None


async def test_only_its_author_changes_it_and_who_runs_the_exchange_removes_it(
    store: Store,
) -> None:
    clock = SetClock()
    there = await over(store, clock, None, None)
    author, reader = there.setting.people
    made = await written(store, clock, author, there.setting.exchange)
    for by in (reader, there.by):
        with pytest.raises(NotYours):
            await practices.change(store, by=by, practice=made.id, title="Anders")
    with pytest.raises(NotYours):
        await practices.remove(store, by=reader, practice=made.id)
    async with store.transaction():
        await store.memberships.change(there.setting.members[0].id, state="left")
        await store.people.change(author.id, language="pt")
    gone = await store.people.by_id(author.id)
    assert gone is not None
    changed = await practices.change(
        store, by=gone, practice=made.id, words="Medimos à noite.", topics={"solar"}
    )
    assert (changed.title, changed.language, changed.topics) == (made.title, "pt", {"solar"})
    assert await practices.remove(store, by=there.by, practice=made.id)
    assert not await practices.remove(store, by=there.by, practice=made.id)


async def test_who_was_removed_says_nothing_more_to_those_who_stay(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None, None)
    (author, reader), of = there.setting.people, there.setting.exchange
    inner = await written(store, clock, author, of)
    open_to_all = await written(store, clock, author, of, words="Für alle", to_all=True)
    await joining.remove(store, clock, by=there.by, membership=there.setting.members[0].id)
    for one in (inner, open_to_all):
        for more in ({"title": "!"}, {"words": "!"}, {"topics": {"solar"}}, {"to_all": True}):
            with pytest.raises(NotYours):
                await practices.change(store, by=author, practice=one.id, **more)
    assert await practices.one(store, by=reader, practice=inner.id) == inner
    closed = await practices.change(store, by=author, practice=open_to_all.id, to_all=False)
    assert not closed.open
    assert await practices.remove(store, by=author, practice=inner.id)


async def test_it_goes_with_its_author(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None)
    (author,) = there.setting.people
    made = await written(store, clock, author, there.setting.exchange)
    async with store.transaction():
        await store.people.remove(author.id)
    assert await store.practices.by_id(made.id) is None


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"title": " "}, Refusal),
        ({"title": "x" * 121}, Refusal),
        ({"words": "x" * 2_501}, Refusal),
        ({"topics": {"no such topic"}}, NotYours),
        ({"session": 987_654}, NotYours),
    ],
)
async def test_what_is_no_note(
    store: Store, more: dict[str, Any], refusal: type[Exception]
) -> None:
    clock = SetClock()
    there = await over(store, clock, None)
    with pytest.raises(refusal):
        await written(store, clock, there.setting.people[0], there.setting.exchange, **more)


NOTES = st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=NOTES, joined=st.sets(st.integers(0, 2)), published=st.booleans())
async def test_the_query_finds_what_the_rule_allows(
    store: Store, notes: list[tuple[int, bool]], joined: set[int], published: bool
) -> None:
    clock = SetClock()
    settings_of = [await exchange(store, clock, languages=("es",)) for _ in range(3)]
    me = (await side(store, clock, "Dresden", DRESDEN)).person
    if not published:
        me = await somebody(store, clock)
    for number in joined:
        await member(store, clock, settings_of[number].exchange, me)
    made = [
        await written(
            store, clock, settings_of[of].people[0], settings_of[of].exchange,
            words=f"{number}", to_all=to_all,
        )
        for number, (of, to_all) in enumerate(notes)
    ]  # fmt: skip
    mine = {settings_of[number].exchange.id for number in joined}
    allowed = {one.id for one in made if may_read(one, mine, published=published)}
    found = await practices.find(store, by=me, most=100)
    assert {one.id for one in found.practices} & {one.id for one in made} == allowed
