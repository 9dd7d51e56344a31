"""Everything that is stored about somebody, and nobody else's."""

import json
from datetime import UTC

import pytest
from sqlalchemy import insert

from actions import mydata, profiles
from delivery.mydata import MyData, json_file, text_file
from domain.audiences import Audience
from domain.errors import Refusal
from domain.languages import LANGUAGES
from domain.mydata import YOU
from domain.round_programmes import Seat, WhyNot
from domain.sessions import Reply
from locales import moments
from locales.speech import speech
from storage.queries.mydata import of_memberships, of_people
from storage.store import Store
from storage.tables import codes, metadata
from tests.actions.test_erasure import EMAIL, NAME, PHONE, WORDS, told_all
from tests.support.chat import read
from tests.support.exchanges import exchange, member, session
from tests.support.partners import SetClock, Side

OTHERS = "Somebody of"


async def data_of(store: Store, clock: SetClock, side: Side) -> MyData:
    tables = await mydata.export(store, clock, by=side.person)
    person = await store.people.by_id(side.person.id)
    profile = await profiles.profile_of(store, person)
    several = await store.introductions.of(side.id)
    others = await store.organisations.several(one.other(side.id) for one in several)
    return MyData(tables, profile, several, others, clock())


async def told_everywhere(store: Store, clock: SetClock) -> Side:
    """Somebody of whom something stands in every table that refers to people."""
    here, _, third = await told_all(store, clock)
    me = here.person.id
    async with store.transaction() as unit:
        connection = await unit.connection()
        await store.roles.record("verb", "organisation:1", by=me, at=clock())
        await connection.execute(
            insert(codes).values(
                digest="d" * 64, role="administrator", made_at=clock(), expires_at=clock(),
                redeemed_by=me, redeemed_at=clock(),
            )
        )  # fmt: skip
        await connection.execute(
            insert(metadata.tables["invitations"]).values(
                digest="e" * 64, organisation_id=here.id, made_by=me, expires_at=clock()
            )
        )
        await connection.execute(
            insert(metadata.tables["admissions"]).values(
                organisation_id=third.id, person_id=me, state="declined", asked_at=clock()
            )
        )
        await connection.execute(
            insert(metadata.tables["searches"]).values(person_id=me, filters={}, changed_at=clock())
        )
        await in_an_exchange(store, clock, me)
    return here


async def in_an_exchange(store: Store, clock: SetClock, me: int) -> None:
    """Somebody runs an exchange, and takes part in it."""
    there = await exchange(store, clock)
    await store.exchanges.change(there.exchange.id, created_by=me)
    await store.exchanges.entrust(there.exchange.id, me, at=clock())
    person = await store.people.by_id(me)
    assert person is not None
    own = await member(store, clock, there.exchange, person)
    made = await session(store, clock, there.exchange, created_by=me)
    await store.calendars.add(me, "e" * 64, at=clock())
    await store.rsvps.put(made.id, own.id, Reply.YES, since=clock())
    await in_a_round(store, clock, there.exchange.id, own.id, by=me)
    connection = (await store.unit_at_hand.connection()) if store.unit_at_hand else None
    assert connection is not None
    await connection.execute(
        insert(metadata.tables["exchange_codes"]).values(
            digest="f" * 64, exchange_id=there.exchange.id, made_by=me, made_at=clock(), used=0
        )
    )
    await _announces(store, clock, me, there.exchange.id, there.coordinator.id)
    await store.enquiries.add(own.id, "Somebody of whom?", by=there.coordinator.id, at=clock())
    await store.groups.add_code(
        "e" * 64, exchange=there.exchange.id, by=me, at=clock(), expires_at=clock()
    )
    await _afterwards(store, clock, there.exchange.id, made.id, own.id, me)
    await connection.execute(
        insert(metadata.tables["contributions"]).values(
            session_id=made.id, membership_id=own.id, words="A case", topics=frozenset(),
            at=clock(),
        )
    )  # fmt: skip


async def _announces(store: Store, clock: SetClock, me: int, exchange_id: int, other: int) -> None:
    """Somebody has written an announcement, kept for whom, and released one of another's."""
    theirs = await store.announcements.add(other, at=clock())
    await store.announcements.set(
        theirs.id, texts={"en": "Somebody of others"}, link_text="Somebody of others",
        file_name="Somebody of others", released_by=me,
    )  # fmt: skip
    mine = await store.announcements.add(me, at=clock())
    await store.announcements.set(mine.id, texts={"en": "A meeting"})
    await store.proposed_changes.put(theirs.id, language="en", html="Another", by=me, at=clock())
    await store.proposed_changes.put(
        mine.id, language="en", html="Somebody of others", by=other, at=clock()
    )
    await store.audiences.save(me, "Members", Audience(exchange=exchange_id), at=clock())


async def in_a_round(
    store: Store, clock: SetClock, exchange_id: int, membership: int, *, by: int
) -> None:
    """Somebody has begun rounds, and sits in one."""
    programme = await store.rounds.start(
        exchange_id, by=by, at=clock(), size=2, every_days=14, until=clock().date()
    )
    assert programme is not None
    await store.rounds.put_part(programme, membership, takes_part=True, since=clock())
    held = await store.rounds.add(programme, number=1, begins_at=clock(), ends_at=clock(), seed=1)
    assert held is not None
    await store.rounds.add_seats([Seat(held, membership, why=WhyNot.ALONE)])


async def _afterwards(
    store: Store, clock: SetClock, exchange_id: int, session_id: int, own: int, me: int
) -> None:
    """What comes after a session."""
    await store.attendances.put(session_id, [own], present=True, by=me, at=clock())
    await store.papers.add(session=session_id, by=me, at=clock(), minutes=True, words="Minutes")
    await store.session_feedback.record_asked(session_id, own, at=clock())
    await store.follow_ups.add(
        session=session_id, membership=own, words="A table", due_on=clock().date(), by=me,
        at=clock(),
    )  # fmt: skip
    await store.practices.add(
        exchange=exchange_id, session=session_id, membership=own, at=clock(), title="T",
        words="W", language="de", topics=frozenset(), open=False,
    )  # fmt: skip


async def test_every_table_that_refers_to_people_is_in_it(store: Store) -> None:
    clock = SetClock()
    here = await told_everywhere(store, clock)
    tables = await mydata.export(store, clock, by=here.person)
    referring = {
        name for name, table in metadata.tables.items() if of_people(table) or of_memberships(table)
    }
    assert sorted(referring - tables.keys()) == []
    assert {"people", "organisations", "introductions", "outcomes"} <= tables.keys()
    assert {row["person_id"] for row in tables["representatives"]} == {YOU}


async def test_nobody_elses_data_are_in_it(store: Store) -> None:
    clock = SetClock()
    here = await told_everywhere(store, clock)
    async with store.transaction():
        for report in (1, 2):
            await store.reports.settle(report, by=here.person.id, at=clock())
    data = await data_of(store, clock, here)
    whole = json_file(data).content.decode() + text_file(speech("en"), data, "now").content.decode()
    assert OTHERS not in whole.replace(f"{OTHERS} Dresden", "")
    assert whole.count(WORDS) == 2, "one's own report once in each file, the other's never"
    assert "d" * 64 not in whole
    assert "e" * 64 not in whole


async def test_machines_read_utc_and_people_their_own_language(store: Store) -> None:
    clock = SetClock()
    here = await told_everywhere(store, clock)
    data = await data_of(store, clock, here)
    read_again = json.loads(json_file(data).content)
    assert read_again["tables"]["people"][0]["email"] == EMAIL
    assert read_again["tables"]["people"][0]["consented_at"].endswith("Z")
    assert read_again["made_at"] == clock().astimezone(UTC).isoformat().replace("+00:00", "Z")
    for language in LANGUAGES:
        say = speech(language)
        when = moments.moment(say, clock(), "Europe/Berlin")
        text = read(text_file(say, data, when).content.decode("utf-8-sig"))
        assert all(one in text for one in (NAME, EMAIL, PHONE, WORDS)), language
        assert read(say.plain("mydata-of-introductions")).upper() in text
        assert "mydata-" not in text


async def test_at_most_once_a_minute(store: Store) -> None:
    clock = SetClock()
    here, _, _ = await told_all(store, clock)
    await mydata.export(store, clock, by=here.person)
    clock.move(seconds=59)
    with pytest.raises(Refusal, match="refusal-mydata-soon"):
        await mydata.export(store, clock, by=here.person)
    clock.move(seconds=1)
    assert await mydata.export(store, clock, by=here.person)
