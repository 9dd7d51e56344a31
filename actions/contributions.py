"""Verbs about what members bring to a session: a case or a practice, in a sentence."""

from dataclasses import dataclass

from actions.rsvps import NO_MEMBER
from actions.running import runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.people import Person
from domain.rules.contributions import LONGEST, MOST, Theme, by_theme
from domain.rules.plain_text import cleaned
from domain.rules.replies import may_reply
from domain.sessions import Contribution, Session
from domain.topics import load_topics
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Brought:
    """What is brought to a session, by theme; `own` are those of who reads, `authors` the names
    that they may see, by membership; `whole`: who reads runs the exchange."""

    session: Session
    themes: tuple[Theme, ...]
    own: frozenset[int]
    authors: dict[int, str]
    whole: bool


async def bring(
    store: Store, clock: Clock, *, by: Person, session: int, words: str, topics: frozenset[str]
) -> Contribution:
    """Bring a case or a practice. The same words once more are the contribution that there is.
    Raises a refusal for who is no member, once the session is over, and after MOST of them."""
    said = cleaned(words)[:LONGEST]
    async with store.transaction():
        there, member = await _membership(store, by, session)
        _require_open(there, clock)
        await store.memberships.lock(member)
        same = await store.contributions.same(session, member, said)
        if same is not None:
            return same
        if await store.contributions.number(session, member) >= MOST:
            raise Refusal("refusal-brings-enough", limit=MOST)
        return await store.contributions.add(
            session=session, membership=member, words=said, topics=topics, at=clock()
        )


async def change(
    store: Store, clock: Clock, *, by: Person, contribution: int, words: str,
    topics: frozenset[str],
) -> Contribution:  # fmt: skip
    """Say it otherwise; its author may."""
    async with store.transaction():
        found, there = await _own(store, by, contribution)
        _require_open(there, clock)
        await store.contributions.change(found.id, words=cleaned(words)[:LONGEST], topics=topics)
        return await store.contributions.by_id(found.id) or found


async def leave_out(store: Store, *, by: Person, contribution: int, topic: str) -> Contribution:
    """It is not about this topic; its author may say so."""
    async with store.transaction():
        found, _ = await _own(store, by, contribution)
        await store.contributions.change(found.id, topics=found.topics - {topic})
        return await store.contributions.by_id(found.id) or found


async def remove(store: Store, *, by: Person, contribution: int) -> int | None:
    """Not after all; its author may, and who runs the exchange. The session; None where it was
    gone already, which is as good."""
    async with store.transaction():
        found = await store.contributions.by_id(contribution)
        if found is None:
            return None
        there = await store.sessions.by_id(found.session)
        if there is None or not await runs(store, by, there.exchange):
            await _own(store, by, contribution)
        await store.contributions.remove(contribution)
        return found.session


async def one(store: Store, *, by: Person, contribution: int) -> Contribution:
    """One's own contribution."""
    found, _ = await _own(store, by, contribution)
    return found


async def brought(store: Store, *, by: Person, session: int) -> Brought:
    """What is brought to a session, for its members and for who runs the exchange."""
    there = await store.sessions.by_id(session)
    if there is None:
        raise NotYours
    member = await store.memberships.between(there.exchange, by.id)
    whole = await runs(store, by, there.exchange)
    if not whole and not may_reply(there, member):
        raise NotYours
    every = await store.contributions.of(session)
    mine = frozenset(one.id for one in every if member and one.membership == member.id)
    authors = await _authors(store, there, whole)
    return Brought(there, by_theme(every, load_topics()), mine, authors, whole)


async def _authors(store: Store, there: Session, whole: bool) -> dict[int, str]:
    """Who brings what, as far as it may be seen: as who comes."""
    every = await store.contributions.authors(there.id)
    return {one.membership: one.name for one in every if one.name and (whole or one.shows)}


async def _membership(store: Store, by: Person, session: int) -> tuple[Session, int]:
    there = await store.sessions.by_id(session)
    member = await store.memberships.between(there.exchange, by.id) if there else None
    if there is None or member is None or not may_reply(there, member):
        raise Refusal(NO_MEMBER)
    return there, member.id


async def _own(store: Store, by: Person, contribution: int) -> tuple[Contribution, Session]:
    found = await store.contributions.by_id(contribution)
    member = await store.memberships.by_id(found.membership) if found else None
    there = await store.sessions.by_id(found.session) if found else None
    if found is None or there is None or member is None or member.person != by.id:
        raise NotYours
    return found, there


def _require_open(session: Session, clock: Clock) -> None:
    if session.cancelled:
        raise Refusal("refusal-reply-cancelled")
    if session.ends_at <= clock():
        raise Refusal("refusal-reply-over")
