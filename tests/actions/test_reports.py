"""Reports: who may, how often, what follows, and who settles them."""

import pytest

from actions import dismissals, introductions, matchmaking, reports
from domain.dismissals import Why
from domain.errors import NotYours, Refusal
from domain.introductions import IntroductionState
from domain.people import Person
from domain.reports import MOST_A_DAY, AboutWhat, Cause, Report
from domain.roles import Role
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import (
    LVIV,
    SetClock,
    Side,
    amman,
    dresden,
    introduced,
    lviv,
    side,
    somebody,
)


async def coordinator(store: Store, clock: SetClock) -> Person:
    person = await somebody(store, clock)
    async with store.transaction():
        await store.roles.grant(person.id, Role.COORDINATOR, by=None, at=clock())
    return person


async def report(
    store: Store, clock: SetClock, by: Person, subject: int, about: AboutWhat, words: str | None
) -> Report:
    return await reports.report(
        store, clock, by=by, about=about, subject=subject, cause=Cause.SPAM, words=words
    )


async def of_organisation(store: Store, clock: SetClock, by: Person, other: Side) -> Report:
    return await report(store, clock, by, other.id, AboutWhat.ORGANISATION, " advertising\u202e ")


async def test_a_report_is_kept_told_and_hides(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    told = await coordinator(store, clock)
    first = await of_organisation(store, clock, own.person, there)
    assert first == await of_organisation(store, clock, own.person, there)
    assert (first.words, first.about, first.subject) == (
        "advertising",
        AboutWhat.ORGANISATION,
        there.id,
    )
    assert [(row.kind, row.recipient) for row in await rows(store)] == [("ReportMade", told.id)]
    for one in (own, there):
        assert (await matchmaking.suggest(store, clock, to=one.person)).matches == ()


async def test_a_report_ends_what_is_open_and_bars_requests(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    asked = await introductions.ask(store, clock, by=there.person, organisation=own.id)
    await of_organisation(store, clock, own.person, there)
    ended = await store.introductions.by_id(asked.id)
    assert ended is not None
    assert ended.state is IntroductionState.DECLINED
    for by, other in ((there, own), (own, there)):
        with pytest.raises(Refusal):
            await introductions.ask(store, clock, by=by.person, organisation=other.id)


async def test_another_reason_does_not_replace_a_report_but_undo_does(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    await of_organisation(store, clock, own.person, there)
    await dismissals.dismiss(store, clock, by=own.person, organisation=there.id, why=Why.LATER)
    ((said, _),) = await dismissals.dismissed(store, clock, by=own.person)
    assert said.why is Why.REPORTED
    await dismissals.undo(store, by=own.person, organisation=there.id)
    assert len((await matchmaking.suggest(store, clock, to=own.person)).matches) == 1


async def test_no_more_than_five_a_day(store: Store) -> None:
    clock = SetClock()
    own = await dresden(store, clock)
    others = [
        await side(store, clock, f"Partner {number}", LVIV, offers={"solar"}, seeks={"sludge"})
        for number in range(MOST_A_DAY + 1)
    ]
    for other in others[:MOST_A_DAY]:
        await of_organisation(store, clock, own.person, other)
    with pytest.raises(Refusal) as refused:
        await of_organisation(store, clock, own.person, others[-1])
    assert refused.value.key == "refusal-reports-a-day"
    clock.move(days=1)
    await of_organisation(store, clock, own.person, others[-1])


async def test_who_may_report_whom(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    elsewhere, nobody = await amman(store, clock), await somebody(store, clock)
    await introduced(store, clock, own, elsewhere)
    refused = (
        (nobody, AboutWhat.ORGANISATION, there.id),
        (own.person, AboutWhat.ORGANISATION, own.id),
        (own.person, AboutWhat.ORGANISATION, 987_654),
        (own.person, AboutWhat.PERSON, there.person.id),  # never introduced
        (own.person, AboutWhat.PERSON, own.person.id),
        (own.person, AboutWhat.PERSON, nobody.id),
    )
    for by, about, subject in refused:
        with pytest.raises(NotYours):
            await report(store, clock, by, subject, about, None)
    made = await report(store, clock, own.person, elsewhere.person.id, AboutWhat.PERSON, None)
    assert (made.about, made.words) == (AboutWhat.PERSON, None)


async def test_only_coordinators_settle(store: Store) -> None:
    clock = SetClock()
    own, there = await dresden(store, clock), await lviv(store, clock)
    told = await coordinator(store, clock)
    made = await of_organisation(store, clock, own.person, there)
    for by in (own.person, there.person, await somebody(store, clock)):
        with pytest.raises(NotYours):
            await reports.settle(store, clock, by=by, report=made.id)
    settled = [await reports.settle(store, clock, by=told, report=made.id) for _ in range(2)]
    assert [one.settled_by for one in settled] == [told.id, told.id]
    with pytest.raises(NotYours):
        await reports.settle(store, clock, by=told, report=987_654)
