"""A person's filters are one thing: rule, mask of matching and SQL let the same pass."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.organisations import Organisation
from domain.rules.filters import passes
from domain.searches import Filters
from matching.columns import Columns
from matching.criteria.eligibility import passing
from matching.kinship import kinship
from storage.store import Store
from tests.support.drawn import filters, whole
from tests.support.profiles import NOON

STATED = ("offers", "seeks", "languages", "regions", "sectors", "forms", "place")
WHOLE = whole()
VISIBLE = st.sampled_from([(NOON, None), (NOON, None), (None, None), (NOON, NOON)])


@st.composite
def stored(draw: st.DrawFn) -> Organisation:
    published_at, hidden_at = draw(VISIBLE)
    return replace(draw(WHOLE), published_at=published_at, hidden_at=hidden_at)


async def written(store: Store, several: list[Organisation]) -> list[Organisation]:
    """The organisations as they lie in the database, which holds nobody else."""
    async with store.transaction():
        for one in await store.organisations.passing(Filters()):
            await store.organisations.remove(one)
        made = []
        for one in several:
            number = await store.organisations.add(created_at=NOON, example=False)
            values = {name: getattr(one, name) for name in STATED}
            times = {"published_at": one.published_at, "hidden_at": one.hidden_at}
            await store.organisations.change(number, **values, **times)
            made.append(replace(one, id=number))
        return made


def by_mask(chosen: Filters, several: list[Organisation]) -> set[int]:
    columns = Columns(kinship())
    for at, one in enumerate(several):
        columns.write(at, one)
    mask = passing(chosen, columns, np.arange(len(several)))
    return {one.id for one, there in zip(several, mask, strict=True) if there}


# What fails is not made smaller: each try fills a database.
@settings(
    max_examples=15,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(
    several=st.lists(stored(), min_size=10, max_size=20),
    chosen=st.lists(filters(), min_size=3, max_size=8),
)
async def test_rule_mask_and_sql_let_the_same_pass(
    store: Store, several: list[Organisation], chosen: list[Filters]
) -> None:
    there = [one for one in await written(store, several) if one.published]
    known = {one.id for one in there}
    for each in chosen:
        by_rule = {one.id for one in there if passes(each, one)}
        assert by_mask(each, there) == by_rule
        assert known & await store.organisations.passing(each) == by_rule


async def test_only_new_ones_pass_where_only_they_are_asked_for(store: Store) -> None:
    async with store.transaction():
        for days in (1, 40):
            number = await store.organisations.add(created_at=NOON, example=False)
            await store.organisations.change(number, published_at=NOON - timedelta(days=days))
    assert await store.organisations.passing(Filters()) == {1, 2}
    assert await store.organisations.passing(Filters(), since=NOON - timedelta(days=28)) == {1}
