"""Verbs about questions between coordinators and people who would like to join an exchange."""

from actions import joining
from actions.running import runners
from domain.clock import Clock
from domain.errors import NoLongerOpen, NotYours
from domain.joining import Enquiry
from domain.notices import EnquiryAnswered, EnquiryMade
from domain.people import Person
from storage.store import Store


async def ask(store: Store, clock: Clock, *, by: Person, membership: int, words: str) -> Enquiry:
    """Ask somebody who would like to join something; the same twice is one question. Refuses where
    the request does not wait any more."""
    async with store.transaction():
        found = await joining.answerable(store, clock, by=by, membership=membership)
        if not found.open or found.person is None:
            raise NoLongerOpen
        for one in await store.enquiries.about(membership):
            if one.asked_by == by.id and one.words == words and one.answer is None:
                return one
        made = await store.enquiries.add(membership, words, by=by.id, at=clock())
        await store.outbox.add(EnquiryMade(made.id), [found.person], at=clock())
        return made


async def to_answer(store: Store, *, by: Person, enquiry: int) -> Enquiry:
    """A question that this person was asked; raises NotYours for any other."""
    found = await store.enquiries.by_id(enquiry)
    about = await store.memberships.by_id(found.membership) if found else None
    if found is None or about is None or about.person != by.id:
        raise NotYours
    return found


async def answer(store: Store, clock: Clock, *, by: Person, enquiry: int, words: str) -> Enquiry:
    """Answer it, once: whoever asked and those who run the exchange are told."""
    async with store.transaction():
        found = await to_answer(store, by=by, enquiry=enquiry)
        about = await store.memberships.by_id(found.membership)
        if about is not None and await store.enquiries.answer(found.id, words, at=clock()):
            running = [one.id for one in await runners(store, about.exchange)]
            readers = {found.asked_by, *running}
            await store.outbox.add(EnquiryAnswered(found.id), readers, at=clock())
        return await store.enquiries.by_id(found.id) or found
