"""The report of an announcement adds up, its file is harmless, and the database itself queues."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event, insert, select

from actions import announced, erasure, releasing
from delivery.message import Nothing, NotYet
from delivery.render import Renderer
from delivery.report_file import report_file
from domain.announcements import Announcement, AnnouncementState, Line, Report, Timing, When
from domain.audiences import Audience
from domain.notices import AnnouncementMade
from domain.outbox import DeliveryState, Outcome
from domain.roles import Role
from locales.speech import speech
from storage.store import Store
from storage.tables import people as people_table
from tests.support.announcements import Announcing, draft, sent
from tests.support.outboxes import NOON, rows
from tests.support.partners import SetClock
from tests.support.roles import holding

LANGUAGES = ("de", "uk", "ar", "fr", "es", "pt", "en")
BLOCKED = Outcome(DeliveryState.BLOCKED, "blocked")


async def work(store: Store, clock: SetClock, blocked_by: int) -> None:
    """What a worker does with what is due, where Telegram refuses one reader."""
    renderer = Renderer(store, clock)
    async with store.transaction():
        taken = await store.outbox.claim(
            owner="one", due=clock(), until=clock() + timedelta(hours=1), limit=100
        )
        for message, one in enumerate(taken, 70):
            mail = await renderer.letter(one)
            outcome = Outcome(DeliveryState.SENT, message_id=message)
            if isinstance(mail, NotYet):
                await store.outbox.give_back(
                    one.id, owner="one", due=mail.until, reason=mail.reason, counted=False
                )
                continue
            if isinstance(mail, Nothing):
                outcome = Outcome(DeliveryState.SKIPPED, mail.reason)
            elif one.recipient == blocked_by:
                outcome = BLOCKED
            await store.outbox.settle(one.id, outcome, owner="one", at=clock())


async def reported(store: Store, made: Announcing) -> Report:
    """The report, which adds up to what the outbox holds and who has been erased."""
    _, report = await announced.report(store, by=made.by, announcement=made.id)
    there = [one for one in await rows(store) if one.kind == AnnouncementMade.__name__]
    assert Counter(one.state for one in there) == Counter(
        {state: number for state in DeliveryState if (number := report.of(state))}
    )
    assert report.adds_up
    return report


def said(report: Report) -> dict[tuple[DeliveryState, str | None], int]:
    return {(part.state, part.reason): part.number for part in report.parts}


async def test_it_adds_up_whoever_pauses_blocks_is_unwilling_or_is_erased(store: Store) -> None:
    made = await sent(store, SetClock(), languages=LANGUAGES)
    paused, blocked, unwilling, unreachable, before, after, _ = made.setting.people
    tomorrow = made.clock() + timedelta(days=1)
    async with store.transaction():
        await store.people.change(paused.id, paused_until=tomorrow)
        await store.people.change(unwilling.id, told=frozenset())
        await store.people.change(unreachable.id, reachable=False)
    await erasure.erase(store, made.clock, before)
    await work(store, made.clock, blocked.id)
    skipped, on_its_way = DeliveryState.SKIPPED, (DeliveryState.QUEUED, "paused")
    settled = {
        (DeliveryState.SENT, None): 2,
        (DeliveryState.BLOCKED, "blocked"): 1,
        (skipped, "unwanted"): 1,
        (skipped, "unreachable"): 1,
    }
    first = await reported(store, made)
    assert said(first) == {**settled, on_its_way: 1}
    assert (first.audience, first.gone, first.waiting) == (7, 1, 1)
    await erasure.erase(store, made.clock, after)
    made.clock.move(days=1)
    await work(store, made.clock, blocked.id)
    await announced.follow(store, made.clock)
    last = await reported(store, made)
    assert said(last) == settled
    assert (last.gone, last.waiting) == (2, 0)
    over = await store.announcements.by_id(made.id)
    assert over is not None
    assert over.state is AnnouncementState.SENT
    lines = await announced.lines(store, by=made.by, announcement=made.id)
    assert len(lines) == last.audience - last.gone


ANYTHING = st.none() | st.text(max_size=30)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u2068=1\u2069", "＝1")
LINES = st.lists(
    st.builds(
        Line,
        ANYTHING | st.sampled_from(FORMULAS),
        ANYTHING | st.sampled_from(FORMULAS),
        st.sampled_from(DeliveryState),
        st.none() | st.sampled_from(["blocked", "paused", "unwanted", "never heard of"]),
    ),
    max_size=4,
)


@given(lines=LINES)
@example(lines=[Line(one, f"x;{one}", DeliveryState.SENT, None) for one in FORMULAS])
async def test_no_cell_of_the_file_is_a_formula(lines: list[Line]) -> None:
    file = (await report_file(speech("de"), lines)).decode("utf-8-sig")
    head, *table = csv.reader(io.StringIO(file, newline=""))
    assert len(table) == len(lines)
    assert {len(cells) for cells in (head, *table)} == {4}
    # In some countries spreadsheets take semicolons or tabs for the end of a cell.
    for ends in ",;\t":
        table = list(csv.reader(io.StringIO(file, newline=""), delimiter=ends))
        begins = {cell.lstrip(' \u2068\u2069"')[:1] for cells in table for cell in cells}
        assert begins.isdisjoint("=+-@\t\r\n＝＋－＠")


@contextmanager
def counted(store: Store) -> Iterator[list[int]]:
    """How many values each statement takes with it that is written meanwhile."""
    statements: list[int] = []

    def note(_c: object, _k: object, _s: str, values: object, _x: object, many: bool) -> None:
        several = values if many else [values]
        statements.append(sum(len(each) for each in several))  # type: ignore[attr-defined]

    engine = store.writing.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def crowd(store: Store, number: int) -> None:
    """So many more who have consented."""
    async with store.transaction() as unit:
        connection = await unit.connection()
        there = len((await connection.execute(select(people_table.c.id))).all())
        rows_of_people = [
            {"telegram_id": 10_000 + there + at, "language": "en", "consented_at": NOON,
             "reachable": True, "example": False}
            for at in range(number)
        ]  # fmt: skip
        await connection.execute(insert(people_table), rows_of_people)


async def queued(store: Store, one: Announcement) -> int:
    found = await rows(store)
    mine = [row for row in found if row.subject == one.subject]
    return sum(row.kind == AnnouncementMade.__name__ for row in mine)


@pytest.mark.parametrize("timing", [Timing.NOW, Timing.LOCAL])
async def test_the_database_itself_queues_however_many_they_are(
    store: Store, timing: Timing
) -> None:
    clock = SetClock()
    by = await holding(store, clock, Role.ADMINISTRATOR)
    taken = []
    for number in (10, 2_000):
        await crowd(store, number)
        one = await draft(store, clock, by, Audience(languages=frozenset({"en"})))
        at = None if timing is Timing.NOW else clock() + timedelta(days=1)
        with counted(store) as statements:
            await releasing.send(
                store, clock, by=by, announcement=one.id, version=one.version,
                when=When(timing, at), alone_up_to=10_000,
            )  # fmt: skip
            clock.move(days=1)
            await releasing.begin_due(store, clock)
        # Everybody so far, and who has written it.
        assert await queued(store, one) == (11 if number == 10 else 2_011)
        taken.append(statements)
    small, large = taken
    assert large == small
