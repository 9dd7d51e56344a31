"""Which exchanges come first, and which of them words mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.exchanges import Contact, Entry, Exchange
from domain.organisations import Sector
from domain.topics import load_topics
from matching.exchanges import meant, ranked

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOPICS = sorted(load_topics())
FINER = next(one for one in load_topics().values() if one.parent is not None)


def an_exchange(number: int, title: str = "Runde", **more: object) -> Exchange:
    contact = Contact("Ada", "ada@example.org")
    values: dict[str, object] = {"title": {"de": title}, **more}
    return Exchange(number, Entry.OPEN, contact=contact, zone="UTC", created_at=NOW, **values)  # type: ignore[arg-type]


def test_the_same_topic_comes_before_a_wider_one_and_a_sector_before_none() -> None:
    same = an_exchange(1, topics=frozenset({FINER.id}))
    wider = an_exchange(2, topics=frozenset({str(FINER.parent)}))
    sector = an_exchange(3, sectors=frozenset({Sector.WASTE}))
    neither = an_exchange(4)
    found = ranked([neither, sector, wider, same], {FINER.id}, {Sector.WASTE})
    assert [one.id for one in found] == [1, 2, 3, 4]


topics = st.frozensets(st.sampled_from(TOPICS[:20]), max_size=3)


@given(several=st.lists(topics, max_size=6), wanted=topics)
def test_nobody_is_left_out_and_what_fits_alike_keeps_its_order(
    several: list[frozenset[str]], wanted: frozenset[str]
) -> None:
    there = [an_exchange(number, topics=one) for number, one in enumerate(several)]
    found = ranked(there, wanted)
    assert sorted(one.id for one in found) == list(range(len(several)))
    assert ranked(found, wanted) == found


TITLES = {
    1: "Abwasserreinigung im Dialog",
    2: "Retail and markets",
    3: "Міжнародні партнерства",
    4: "شراكات المياه الدولية",
    5: "Reducción de pérdidas de agua",
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Abwasser", [1]),
        ("abwasserreinigng", [1]),
        ("AI", []),
        ("партнерства", [3]),
        ("партнерств", [3]),
        ("شراكات", [4]),
        ("perdidas agua", [5]),
        ("Schule", []),
        ("", []),
        ("…", []),
    ],
)
def test_words_are_found_in_titles_of_any_language(words: str, expected: list[int]) -> None:
    there = [an_exchange(number, title) for number, title in TITLES.items()]
    assert [one.id for one in meant(there, words, ())] == expected


def test_a_description_counts_less_than_a_title_and_topics_are_meant_too() -> None:
    title = an_exchange(1, "Deponien")
    told = an_exchange(2, description={"de": "Auch um Deponien geht es"})
    topic = an_exchange(3, topics=frozenset({FINER.id}))
    found = meant([told, title, topic], "Deponien", ())
    assert [one.id for one in found] == [1, 2]
    assert [one.id for one in meant([told, topic], "xyzzy", {FINER.id})] == [3]
