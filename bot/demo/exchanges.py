"""Settles the example exchanges and the coordinator who runs them, through the same actions as
people would. Safe to repeat: what is there stays as it is."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from actions import exchanges, joining, people, roles, sessions
from actions.exchanges import Draft
from domain.clock import Clock
from domain.exchanges import Contact, Entry, Exchange
from domain.organisations import Sector
from domain.people import Person
from domain.planning import Plan
from domain.roles import Role
from domain.sessions import Form
from storage.store import Store

SOURCE = Path(__file__).with_name("exchanges.toml")


async def settle_exchanges(
    store: Store, clock: Clock, coordinator: int, telegram_ids: dict[str, int]
) -> bool:
    """Put every example exchange in its place. `coordinator` is the Telegram id of who runs them,
    `telegram_ids` those of the other examples by user name. Whether the coordinator is new."""
    if await store.people.by_telegram(coordinator) is not None:
        return False
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["exchange"]
    async with store.transaction():
        by = await _coordinator(store, clock, coordinator)
        for entry in entries:
            made = await exchanges.begin(store, clock, by=by, draft=_draft(entry))
            await _people(store, clock, by, made, entry, telegram_ids)
            await _session(store, clock, by, made, entry["session"])
    return True


async def close_exchanges(store: Store, clock: Clock, by: Person) -> None:
    """An example who goes leaves no exchange behind that nobody runs."""
    for one in await store.exchanges.run_by(by.id):
        await exchanges.close(store, clock, by=by, exchange=one.id)


async def _coordinator(store: Store, clock: Clock, telegram_id: int) -> Person:
    """Whoever tries the bot answers for them. Roles begin with an administrator's code, and the
    last administrator stays one."""
    person = await people.consent(
        store, clock, telegram_id=telegram_id, language="de", example=True
    )
    invitation = await roles.code_for_administrator(store, clock)
    await roles.redeem(store, clock, by=person, code=invitation.code)
    await roles.appoint(store, clock, by=person, person=person.id, role=Role.COORDINATOR)
    return person


def _draft(entry: dict[str, Any]) -> Draft:
    return Draft(
        title=entry["title"],
        description=entry.get("description"),
        rules=entry.get("rules"),
        contact=Contact(**entry["contact"]),
        sectors=frozenset(map(Sector, entry["sectors"])),
        topics=frozenset(entry["topics"]),
        entry=Entry(entry["entry"]),
        zone=entry["zone"],
    )


async def _people(
    store: Store,
    clock: Clock,
    by: Person,
    made: Exchange,
    entry: dict[str, Any],
    telegram_ids: dict[str, int],
) -> None:
    """Who takes part, and who waits, with a note."""
    waiting = entry.get("waiting")
    for name in (*entry["members"], *([waiting] if waiting else [])):
        person = await store.people.by_telegram(telegram_ids.get(name, 0))
        if person is None:
            continue
        note = entry.get("note") if name == waiting else None
        asked = await joining.ask(store, clock, by=person, exchange=made.id, note=note)
        if name != waiting:
            await joining.admit(store, clock, by=by, membership=asked.id)


async def _session(
    store: Store, clock: Clock, by: Person, made: Exchange, entry: dict[str, Any]
) -> None:
    """Their next session, so many days after they were begun."""
    day = (clock() + timedelta(days=entry["in_days"])).date()
    plan = Plan(
        starts=datetime.combine(day, time(entry["hour"])),
        lasts=timedelta(minutes=entry["minutes"]),
        zone=made.zone,
        form=Form(entry["form"]),
        title=entry["title"],
        link=entry.get("link"),
        place=entry.get("place"),
        capacity=entry.get("capacity"),
        language=entry["language"],
        interpreters=frozenset(entry.get("interpreters", ())),
    )
    for one in await sessions.plan(store, clock, by=by, exchange=made.id, plan=plan):
        await sessions.announce(store, clock, by=by, session=one.id)
