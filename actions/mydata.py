"""Verbs about one's own data: have everything that is stored about oneself."""

from domain.clock import Clock
from domain.errors import Refusal
from domain.mydata import PAUSE, Tables
from domain.people import Person
from storage.store import Store

_VERB = "export-data"


async def export(store: Store, clock: Clock, *, by: Person) -> Tables:
    """Everything that is stored about a person; at most once a minute."""
    async with store.transaction():
        subject = f"person:{by.id}"
        before = await store.roles.last_time(_VERB, subject, by=by.id)
        if before is not None and clock() - before < PAUSE:
            raise Refusal("refusal-mydata-soon")
        await store.roles.record(_VERB, subject, by=by.id, at=clock())
        return await store.mydata.of(by.id)
