"""Rounds within an exchange, written down as they are needed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from actions import round_programmes, rounds
from domain.exchanges import Membership, MembershipState
from domain.people import Person
from domain.round_programmes import Plan, Programme
from storage.store import Store
from tests.support.exchanges import Setting, exchange, member
from tests.support.partners import DRESDEN, SetClock, Side, side

FIRST = date(2026, 3, 9)
"""The Monday after tests begin."""


def plan(**more: Any) -> Plan:
    """Pairs every two weeks, three times."""
    usual = Plan(size=2, every_days=14, first_on=FIRST, until=FIRST + timedelta(days=28))
    return replace(usual, **more)


async def taking_part(
    store: Store, clock: SetClock, *languages: tuple[str, ...], size: int = 2, **more: Any
) -> tuple[Setting, Programme, list[Side], list[Membership]]:
    """An exchange with rounds, and a member for each set of languages who takes part."""
    setting = await exchange(store, clock)
    sides, members = [], []
    for number, one in enumerate(languages):
        there = await side(
            store, clock, f"Stadtwerke {number}", DRESDEN,
            language=one[0], languages=frozenset(one),
        )  # fmt: skip
        sides.append(there)
        members.append(await member(store, clock, setting.exchange, there.person))
    made = await started(store, clock, setting, plan(size=size, **more))
    for there in sides:
        await say_yes(store, clock, made, there.person)
    return setting, made, sides, members


async def started(
    store: Store, clock: SetClock, setting: Setting, planned: Plan | None = None
) -> Programme:
    """Rounds begin in an exchange."""
    return await round_programmes.start(
        store, clock, by=setting.coordinator, exchange=setting.exchange.id, plan=planned or plan()
    )


async def say_yes(store: Store, clock: SetClock, programme: Programme, person: Person) -> None:
    """Somebody takes part."""
    await round_programmes.take_part(store, clock, by=person, programme=programme.id, yes=True)


async def guest(store: Store, clock: SetClock, setting: Setting, name: str) -> Membership:
    """A member without Telegram."""
    async with store.transaction():
        made = await store.memberships.add(
            exchange=setting.exchange.id, person=None, state=MembershipState.MEMBER, at=clock(),
            name=name, email="guest@example.org", organisation="Stadtwerke Gast",
        )  # fmt: skip
    assert made is not None
    return made


@dataclass(frozen=True, slots=True)
class Seated:
    """An exchange with rounds in which two sit together, and a guest."""

    exchange: int
    programme: int
    group: int
    guest: int
    plan: Plan


async def seated(store: Store, clock: SetClock, by: Person, *people: Person) -> Seated:
    """A round that began today."""
    setting = replace(await exchange(store, clock), coordinator=by)
    async with store.transaction():
        await store.exchanges.entrust(setting.exchange.id, by.id, at=clock())
    for one in people:
        await member(store, clock, setting.exchange, one)
    today = clock().date()
    planned = plan(first_on=today, until=today + timedelta(days=28))
    made = await started(store, clock, setting, planned)
    for one in people:
        await say_yes(store, clock, made, one)
    await rounds.make_due(store, clock)
    latest = await store.rounds.latest(made.id)
    assert latest is not None
    (group,) = await store.rounds.groups(latest.id)
    theirs = await guest(store, clock, setting, "Guest")
    return Seated(setting.exchange.id, made.id, group.id, theirs.id, planned)
