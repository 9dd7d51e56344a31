"""Exchanges begun, changed, entrusted and ended; members without Telegram; what is listed."""

from datetime import datetime, timedelta

import pytest

from actions import exchange_lists, exchanges, joining, reminders, sessions
from actions.exchanges import Draft
from actions.understanding import Understanding
from domain.errors import NotYours, Refusal
from domain.exchanges import Contact, Entry
from domain.organisations import Sector
from domain.planning import MOST_SESSIONS, Plan
from domain.roles import Role
from domain.sessions import Form, Reply
from matching.places import Gazetteer
from storage.store import Store
from tests.support import outboxes
from tests.support.exchanges import exchange, member, session
from tests.support.gazetteer import gazetteer_folder
from tests.support.partners import SetClock, dresden, somebody
from tests.support.roles import holding
from tests.support.topics import by_letters

CONTACT = Contact("Anna Beispiel", "anna@example.org")
DRAFT = Draft({"de": "Klärschlamm"}, contact=CONTACT, zone="Europe/Berlin")


async def test_who_begins_an_exchange_runs_it_and_begins_it_once(store: Store) -> None:
    clock = SetClock()
    by = await holding(store, clock, Role.COORDINATOR)
    draft = Draft(
        {"de": "Klärschlamm"}, {"de": "Worum es geht"}, {"de": "Vertraulich"}, CONTACT,
        frozenset({Sector.WASTEWATER}), frozenset({"sludge"}), Entry.OPEN, "Europe/Berlin",
    )  # fmt: skip
    made = [await exchanges.begin(store, clock, by=by, draft=draft) for _ in range(2)]
    assert made[0] == made[1]
    stated = (made[0].title, made[0].description, made[0].rules, made[0].contact, made[0].sectors,
              made[0].topics, made[0].entry, made[0].zone)  # fmt: skip
    assert stated == (draft.title, draft.description, draft.rules, draft.contact, draft.sectors,
                      draft.topics, draft.entry, draft.zone)  # fmt: skip
    assert [one.id for one in await store.exchanges.coordinators(made[0].id)] == [by.id]


@pytest.mark.parametrize("lacks", ["title", "contact", "zone"])
async def test_an_exchange_needs_title_contact_and_zone(store: Store, lacks: str) -> None:
    clock = SetClock()
    by = await holding(store, clock, Role.COORDINATOR)
    stated = {"title": DRAFT.title, "contact": CONTACT, "zone": "UTC", lacks: None}
    with pytest.raises(Refusal, match="refusal-exchange-incomplete"):
        await exchanges.begin(store, clock, by=by, draft=Draft(**stated))


async def test_only_what_is_stated_changes(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, topics={"sludge"})
    draft = Draft(title={"uk": "Мул"}, topics=frozenset(), contact=Contact("Bo", "bo@example.org"))
    changed = await exchanges.change(
        store, by=there.coordinator, exchange=there.exchange.id, draft=draft
    )
    assert (changed.title, changed.topics, changed.contact) == (
        {**there.exchange.title, "uk": "Мул"}, frozenset(), draft.contact,
    )  # fmt: skip
    assert (changed.entry, changed.zone) == (there.exchange.entry, there.exchange.zone)


async def test_a_text_is_taken_away_by_language_and_an_exchange_keeps_a_title(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock)
    number, by = there.exchange.id, there.coordinator
    for left, language in ((("en",), "de"), (("en",), "fr")):
        changed = await exchanges.change(
            store, by=by, exchange=number, draft=Draft(title={language: ""})
        )
        assert tuple(changed.title) == left
    with pytest.raises(Refusal, match="refusal-exchange-incomplete"):
        await exchanges.change(store, by=by, exchange=number, draft=Draft(title={"en": ""}))


async def test_the_last_coordinator_stays_and_one_without_the_role_is_not_taken(
    store: Store,
) -> None:
    clock = SetClock()
    there, nobody = await exchange(store, clock), await somebody(store, clock)
    number, by = there.exchange.id, there.coordinator
    with pytest.raises(Refusal, match="refusal-no-holder"):
        await exchanges.entrust(store, clock, by=by, exchange=number, person=nobody.id)
    with pytest.raises(Refusal, match="refusal-last-coordinator"):
        await exchanges.relieve(store, by=by, exchange=number, person=by.id)
    second = await holding(store, clock, Role.COORDINATOR)
    done = [
        await exchanges.entrust(store, clock, by=by, exchange=number, person=second.id)
        for _ in range(2)
    ]
    assert done == [True, False]
    assert await exchanges.relieve(store, by=second, exchange=number, person=by.id)
    with pytest.raises(NotYours):
        await exchanges.change(store, by=by, exchange=number, draft=Draft(zone="UTC"))


async def test_what_ends_is_told_once_and_nothing_of_it_comes_any_more(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de", "uk"))
    number, by, waits = there.exchange.id, there.coordinator, await somebody(store, clock)
    await joining.ask(store, clock, by=waits, exchange=number)
    coming = await session(store, clock, there.exchange)
    for _ in range(2):
        closed = await exchanges.close(store, clock, by=by, exchange=number)
        assert not closed.running
    rows = [(one.kind, one.recipient) for one in await outboxes.rows(store)]
    assert sorted(one for one in rows if one[0] in ("ExchangeClosed", "JoinDeclined")) == sorted(
        [*(("ExchangeClosed", one.id) for one in there.people), ("JoinDeclined", waits.id)]
    )
    cancelled = await store.sessions.by_id(coming.id)
    assert cancelled is not None
    assert cancelled.cancelled
    with pytest.raises(Refusal, match="refusal-exchange-gone"):
        await joining.ask(store, clock, by=await somebody(store, clock), exchange=number)


async def test_however_many_sessions_were_to_come_none_takes_place(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",))
    number, by = there.exchange.id, there.coordinator
    for weekday in ("MO", "WE"):
        plan = Plan(
            title={"de": weekday}, starts=datetime(2026, 3, 9, 10), lasts=timedelta(hours=1),
            zone="Europe/Berlin", form=Form.ONLINE,
        )  # fmt: skip
        rule = f"FREQ=WEEKLY;BYDAY={weekday};COUNT={MOST_SESSIONS}"
        planned = await sessions.plan(store, clock, by=by, exchange=number, plan=plan, rule=rule)
        await sessions.announce(store, clock, by=by, session=planned[0].id, onwards=True)
    await exchanges.close(store, clock, by=by, exchange=number)
    assert await store.sessions.coming(number, since=clock(), drafts=True) == ()
    assert await store.sessions.of_person(there.people[0].id, since=clock()) == ()
    clock.move(days=2 * 366)
    assert await reminders.enqueue_due(store, clock) == 0


async def test_members_without_telegram_count_alike_and_are_forgotten(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",))
    number, by = there.exchange.id, there.coordinator
    entered = [
        await exchanges.enter(
            store, clock, by=by, exchange=number, name="Jan", email=email, organisation="SW Gera"
        )
        for email in ("jan@example.org", "Jan@EXAMPLE.org", "jan@example.org")
    ]
    assert entered[0] == entered[2]
    with pytest.raises(Refusal, match="refusal-member-incomplete"):
        await exchanges.enter(store, clock, by=by, exchange=number, name="Jan", email="no address")
    total, here = await exchanges.members(store, by=by, exchange=number, offset=1, limit=1)
    assert (total, [one.id for one in here]) == (3, [entered[0].id])
    found = await exchanges.members_without_telegram(store, there.exchange)
    assert [one.email for one in found] == ["jan@example.org", "Jan@example.org"]
    seat, waits = entered[0], there.members[0]
    coming = await session(store, clock, there.exchange, capacity=1)
    async with store.transaction():
        await store.rsvps.put(coming.id, seat.id, Reply.YES, since=clock())
        await store.rsvps.put(coming.id, waits.id, Reply.WAITING, since=clock())
    await joining.remove(store, clock, by=by, membership=seat.id)
    assert await store.memberships.by_id(seat.id) is None
    replies = {one.membership: one.reply for one in await store.rsvps.of(coming.id)}
    assert replies == {waits.id: Reply.YES}


async def test_own_exchanges_come_first_and_hidden_ones_are_not_listed(store: Store) -> None:
    clock = SetClock()
    understanding = Understanding(by_letters(), Gazetteer.open(gazetteer_folder()))
    me = (await dresden(store, clock)).person
    own = await store.organisations.of(me.id)
    assert own is not None
    fits = (await exchange(store, clock, topics=own.offers, title={"de": "Passt"})).exchange
    other = (await exchange(store, clock, title={"de": "Anderes"})).exchange
    mine = (await exchange(store, clock, title={"de": "Meines"})).exchange
    hidden = await exchange(store, clock, entry=Entry.BY_INVITATION, title={"de": "Geheim"})
    await member(store, clock, mine, me)
    soon = await session(store, clock, mine, starts_at=clock() + timedelta(days=1))
    page = await exchange_lists.listing(store, clock, understanding, to=me)
    assert [one.exchange.id for one in page.here] == [mine.id, fits.id, other.id]
    assert [one.coming for one in page.here] == [soon, None, None]
    runner = await exchange_lists.listing(store, clock, understanding, to=hidden.coordinator)
    assert runner.here[0].runs
    for words, expected in (("Anderes", [other.id]), ("Geheim", []), ("xyzzy", [])):
        found = await exchange_lists.listing(store, clock, understanding, to=me, words=words)
        assert [one.exchange.id for one in found.here] == expected
    assert await exchange_lists.seen(store, clock, to=me, exchange=hidden.exchange.id) is None


async def test_who_has_come_lately_is_shown_for_seven_days_however_they_came(store: Store) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("de",), entry=Entry.OPEN)
    by, number = there.coordinator, there.exchange.id

    async def new() -> list[int]:
        found = await exchanges.newcomers(store, clock, by=by, exchange=number)
        return [one.id for one in found]

    first = there.members[0].id
    clock.move(days=6)
    joined = await joining.ask(store, clock, by=await somebody(store, clock), exchange=number)
    await exchanges.change(store, by=by, exchange=number, draft=Draft(entry=Entry.ON_APPROVAL))
    asked = await joining.ask(store, clock, by=await somebody(store, clock), exchange=number)
    assert await new() == [joined.id, first], "who waits is no member yet"
    clock.move(days=3)
    await joining.admit(store, clock, by=by, membership=asked.id)
    clock.move(minutes=1)
    entered = await exchanges.enter(
        store, clock, by=by, exchange=number, name="Jan", email="jan@example.org"
    )
    assert await new() == [entered.id, asked.id, joined.id]
    clock.move(days=5)
    assert await new() == [entered.id, asked.id]
    await joining.remove(store, clock, by=by, membership=asked.id)
    assert await new() == [entered.id]
    kinds = [one.kind for one in await outboxes.rows(store)]
    assert kinds == ["JoinAsked", "JoinAdmitted", "MemberRemoved"], "nobody is told of who joined"
