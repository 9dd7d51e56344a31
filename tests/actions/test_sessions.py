"""Sessions: planned, announced, moved, changed and cancelled; each told once."""

from datetime import UTC, datetime, timedelta

import pytest

from actions import running, sessions
from domain.errors import NotYours, Refusal
from domain.planning import Details, Plan
from domain.rules.local_times import wall_time
from domain.sessions import Form, Reply, Session
from storage.store import Store
from storage.tables import memberships, people
from tests.support import exchanges, outboxes
from tests.support.exchanges import Setting
from tests.support.partners import SetClock, somebody

TWO_HOURS = timedelta(hours=2)
# The clock stands on 2 March 2026; clocks in Berlin go forward on 29 March.
FIRST = datetime(2026, 3, 10, 10)


def plan_of(**more: object) -> Plan:
    values = {"starts": FIRST, "lasts": TWO_HOURS, "zone": "Europe/Berlin", "form": Form.ONLINE,
              "title": {"de": "Wasserverluste"}, "link": "https://example.org/meet"}  # fmt: skip
    return Plan(**{**values, **more})  # type: ignore[arg-type]


async def there_is(store: Store, clock: SetClock) -> Setting:
    return await exchanges.exchange(store, clock, languages=("uk", "ar"))


async def planned(
    store: Store, clock: SetClock, at: Setting, rule: str | None = None, *, tell: bool = True
) -> tuple[Session, ...]:
    """A session, or a series, of which members know."""
    by = at.coordinator
    made = await sessions.plan(
        store, clock, by=by, exchange=at.exchange.id, plan=plan_of(), rule=rule
    )
    if tell:
        await sessions.announce(store, clock, by=by, session=made[0].id, onwards=True)
    several = await store.sessions.several(one.id for one in made)
    return tuple(several[one.id] for one in made)


async def told(store: Store) -> list[tuple[str, int | None]]:
    """What members were told, and whom."""
    rows = await outboxes.rows(store)
    return [(row.kind, row.recipient) for row in rows if row.kind.startswith(("Session", "Series"))]


async def kinds(store: Store) -> list[str]:
    return [kind for kind, _ in await told(store)]


async def test_a_plan_is_a_draft_until_it_is_announced_once(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (draft,) = await planned(store, clock, at, tell=False)
    assert (draft.announced, await told(store)) == (False, [])
    assert await store.reminders.of(draft.id) == ()
    assert draft.starts_at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert draft.lasts == TWO_HOURS
    for _ in range(2):
        await sessions.announce(store, clock, by=at.coordinator, session=draft.id)
    assert sorted(await told(store)) == [
        ("SessionAnnounced", one.id) for one in sorted(at.people, key=lambda one: one.id)
    ]
    assert len(await store.reminders.of(draft.id)) == 3


async def test_planning_the_same_twice_returns_what_is_there(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    rule = "FREQ=WEEKLY;COUNT=3"
    once = await planned(store, clock, at, rule, tell=False)
    again = await planned(store, clock, at, rule, tell=False)
    assert [one.id for one in again] == [one.id for one in once]


async def test_a_series_keeps_its_time_on_the_wall_and_is_told_in_one_message(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    several = await planned(store, clock, at, "FREQ=WEEKLY;COUNT=5")
    assert [wall_time(one.starts_at, one.zone) for one in several] == [
        FIRST + timedelta(weeks=week) for week in range(5)
    ]
    assert {one.starts_at.hour for one in several} == {8, 9}
    assert await kinds(store) == ["SeriesAnnounced"] * 2
    assert len({one.uid for one in several}) == 5


async def test_one_occurrence_is_moved_alone(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    several = await planned(store, clock, at, "FREQ=WEEKLY;COUNT=3")
    async with store.transaction():
        await store.rsvps.put(several[1].id, at.members[0].id, Reply.YES, since=clock())
    to = FIRST + timedelta(days=8)
    for _ in range(2):
        await sessions.reschedule(
            store, clock, by=at.coordinator, session=several[1].id, starts=to, lasts=TWO_HOURS
        )
    now = await store.sessions.of_series(several[0].series or 0)
    assert [one.sequence for one in now] == [0, 1, 0]
    assert wall_time(now[1].starts_at, now[1].zone) == to
    assert (await kinds(store))[2:] == ["SessionChanged"] * 2
    assert await store.rsvps.numbers(several[1].id) == {Reply.YES: 1}
    due = [one.due_at for one in await store.reminders.of(several[1].id)]
    assert due[-1] == now[1].starts_at - timedelta(hours=1)


async def test_a_series_is_moved_from_there_on_by_as_much_on_the_wall(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    several = await planned(store, clock, at, "FREQ=WEEKLY;COUNT=5")
    to = FIRST + timedelta(weeks=1, days=1, hours=4)
    for _ in range(2):
        await sessions.reschedule(
            store, clock, by=at.coordinator, session=several[1].id, starts=to,
            lasts=timedelta(hours=1), onwards=True,
        )  # fmt: skip
    now = await store.sessions.of_series(several[0].series or 0)
    shift = timedelta(days=1, hours=4)
    assert [wall_time(one.starts_at, one.zone) for one in now] == [
        FIRST, *(FIRST + timedelta(weeks=week) + shift for week in range(1, 5))
    ]  # fmt: skip
    assert [one.lasts for one in now] == [TWO_HOURS, *[timedelta(hours=1)] * 4]
    assert (await kinds(store))[2:] == ["SeriesChanged"] * 2


async def test_a_change_is_told_once_and_more_seats_let_those_who_wait_move_up(
    store: Store,
) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at)
    by = at.coordinator
    await sessions.change(store, clock, by=by, session=one.id, details=Details(capacity=1))
    async with store.transaction():
        await store.rsvps.put(one.id, at.members[0].id, Reply.YES, since=clock())
        await store.rsvps.put(one.id, at.members[1].id, Reply.WAITING, since=clock())
    for _ in range(2):
        await sessions.change(store, clock, by=by, session=one.id, details=Details(capacity=2))
    assert await store.rsvps.numbers(one.id) == {Reply.YES: 2}
    assert (await kinds(store))[2:] == ["SessionChanged"] * 4
    now = await store.sessions.by_id(one.id)
    assert now is not None
    assert now.sequence == 2


async def test_what_is_cancelled_is_told_once_and_reminds_of_nothing(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    several = await planned(store, clock, at, "FREQ=WEEKLY;COUNT=4")
    by = at.coordinator
    for _ in range(2):
        await sessions.cancel(store, clock, by=by, session=several[1].id)
    assert (await kinds(store))[2:] == ["SessionCancelled"] * 2
    for _ in range(2):
        await sessions.cancel(store, clock, by=by, session=several[0].id, onwards=True)
    assert (await kinds(store))[4:] == ["SeriesCancelled"] * 2
    now = await store.sessions.of_series(several[0].series or 0)
    assert [one.cancelled for one in now] == [True] * 4
    assert [one.sequence for one in now] == [1] * 4
    assert await store.reminders.of(several[3].id) == ()
    assert await store.sessions.of_person(at.people[0].id, since=clock()) == ()


async def test_who_runs_an_exchange_finds_its_sessions_among_their_own(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at)
    await sessions.plan(
        store, clock, by=at.coordinator, exchange=at.exchange.id,
        plan=plan_of(starts=FIRST + timedelta(days=2)),
    )  # fmt: skip
    mine = await running.coming_to(store, clock, at.coordinator)
    assert [session.id for session in mine] == [one.id]
    assert await running.coming_to(store, clock, at.people[0]) == mine
    await exchanges.member(store, clock, at.exchange, at.coordinator)
    async with store.transaction():
        await store.rsvps.put(one.id, at.members[0].id, Reply.NO, since=clock())
    assert await running.coming_to(store, clock, at.people[0]) == ()
    assert await running.coming_to(store, clock, at.coordinator) == mine
    assert await running.coming_to(store, clock, await somebody(store, clock, "fr")) == ()


async def test_drafts_are_changed_and_dropped_in_silence(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at, tell=False)
    by = at.coordinator
    await sessions.change(store, clock, by=by, session=one.id, details=Details(guests="Anna"))
    await sessions.cancel(store, clock, by=by, session=one.id)
    now = await store.sessions.by_id(one.id)
    assert now is not None
    assert (now.sequence, now.guests, now.cancelled) == (0, "Anna", True)
    assert await told(store) == []


async def test_a_series_is_read_in_one_more_language_and_nobody_is_disturbed(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    several = await planned(store, clock, at, "FREQ=WEEKLY;COUNT=4")
    by, before = at.coordinator, await told(store)
    own = Details(title={"de": "Abschluss"})
    await sessions.change(store, clock, by=by, session=several[3].id, details=own)
    after = await told(store)
    for _twice in range(2):
        await sessions.translate(
            store, clock, by=by, session=several[1].id, language="uk", title="Втрати води"
        )
    now = await store.sessions.several(one.id for one in several)
    assert [now[one.id].title.get("uk") for one in several] == [
        None, "Втрати води", "Втрати води", None,
    ]  # fmt: skip
    assert [now[one.id].sequence for one in several] == [0, 0, 0, 1]
    assert (len(after) > len(before), await told(store)) == (True, after)


@pytest.mark.parametrize(
    ("language", "said", "refused"),
    [
        ("xx", {"title": "Water"}, "refusal-session-language"),
        ("uk", {"title": "…"}, "refusal-session-title"),
        ("uk", {"title": "x" * 500}, "refusal-session-text-too-long"),
        ("uk", {"agenda": "x" * 5_000}, "refusal-session-text-too-long"),
    ],
)
async def test_what_it_cannot_be_called(
    store: Store, language: str, said: dict[str, str], refused: str
) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at)
    with pytest.raises(Refusal) as refusal:
        await sessions.translate(
            store, clock, by=at.coordinator, session=one.id, language=language, **said
        )
    assert refusal.value.key == refused


@pytest.mark.parametrize(
    ("more", "rule", "refused"),
    [
        ({"starts": datetime(2026, 3, 1, 10)}, None, "refusal-session-past"),
        ({"starts": datetime(2020, 3, 1, 10)}, None, "refusal-session-past"),
        ({"starts": datetime(2032, 3, 1, 10)}, None, "refusal-session-far"),
        ({"starts": datetime(9999, 12, 31, 23)}, None, "refusal-session-far"),
        ({"lasts": timedelta(0)}, None, "refusal-session-end-first"),
        ({"lasts": timedelta(hours=-1)}, None, "refusal-session-end-first"),
        ({"lasts": timedelta(days=8)}, None, "refusal-session-too-long"),
        ({"zone": "Europe/Nowhere"}, None, "refusal-session-zone"),
        ({"starts": datetime(2026, 3, 29, 2, 30)}, None, "refusal-time-left-out"),
        ({"title": {"de": " "}}, None, "refusal-session-title"),
        ({"link": "javascript:x"}, None, "refusal-session-link"),
        ({"capacity": 0}, None, "refusal-session-capacity"),
        ({"language": "xx"}, None, "refusal-session-language"),
        ({}, "FREQ=WEEKLY", "refusal-series-without-end"),
        ({}, "FREQ=WEEKLY;COUNT=61", "refusal-series-too-long"),
    ],
)
async def test_what_cannot_be_planned(
    store: Store, more: dict[str, object], rule: str | None, refused: str
) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    with pytest.raises(Refusal) as refusal:
        await sessions.plan(
            store, clock, by=at.coordinator, exchange=at.exchange.id, plan=plan_of(**more),
            rule=rule,
        )  # fmt: skip
    assert refusal.value.key == refused


async def test_what_has_begun_stays_as_it_was(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at)
    clock.move(days=9)
    for call in (
        sessions.cancel(store, clock, by=at.coordinator, session=one.id),
        sessions.change(store, clock, by=at.coordinator, session=one.id, details=Details()),
        sessions.announce(store, clock, by=at.coordinator, session=one.id),
    ):
        with pytest.raises(Refusal) as refusal:
            await call
        assert refusal.value.key == "refusal-session-begun"


async def test_only_members_and_who_runs_it_see_a_session(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at, tell=False)
    with pytest.raises(NotYours):
        await sessions.seen(store, by=at.people[0], session=one.id)
    await sessions.announce(store, clock, by=at.coordinator, session=one.id)
    assert (await sessions.seen(store, by=at.people[0], session=one.id))[0].id == one.id
    with pytest.raises(NotYours):
        await sessions.seen(store, by=await somebody(store, clock), session=one.id)


async def test_a_move_is_told_to_each_of_ten_thousand_members(store: Store) -> None:
    clock = SetClock()
    at = await there_is(store, clock)
    (one,) = await planned(store, clock, at)
    await crowd(store, clock, at.exchange.id, 10_000)
    await sessions.reschedule(
        store, clock, by=at.coordinator, session=one.id, starts=FIRST + timedelta(days=1),
        lasts=TWO_HOURS,
    )  # fmt: skip
    rows = [kind for kind in await kinds(store) if kind == "SessionChanged"]
    assert len(rows) == 10_002


async def crowd(store: Store, clock: SetClock, exchange: int, number: int) -> None:
    """So many members more."""
    crowded = [
        {"id": 100_000 + at, "telegram_id": 9_000_000 + at, "language": "de",
         "consented_at": clock()}
        for at in range(number)
    ]  # fmt: skip
    members = [
        {"exchange_id": exchange, "person_id": one["id"], "state": "member", "asked_at": clock(),
         "shows_coming": False}
        for one in crowded
    ]  # fmt: skip
    async with store.transaction() as unit:
        connection = await unit.connection()
        await connection.execute(people.insert(), crowded)
        await connection.execute(memberships.insert(), members)
