"""Verbs about notes of good practice: write, change, find, read, remove."""

from collections.abc import Collection, Iterable

from actions.afterwards import seat
from actions.running import runs
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.exchanges import Exchange, Membership, MembershipState
from domain.people import Person
from domain.practices import (
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_TOPICS,
    Practice,
    PracticePage,
)
from domain.rules.exchanges import is_listed
from domain.rules.practices import may_read, ordered
from domain.topics import load_topics
from storage.store import Store


async def require_member(
    store: Store, *, by: Person, exchange: int, session: int | None = None
) -> Membership:
    """The membership with which somebody may write a note, out of an exchange or one of its
    sessions; raises NotYours."""
    membership = await store.memberships.between(exchange, by.id)
    if membership is None or not membership.takes_part:
        raise NotYours
    if session is not None:
        there = await seat(store, by, session)
        if there.exchange.id != exchange:
            raise NotYours
    return membership


async def write(
    store: Store, clock: Clock, *, by: Person, exchange: int, session: int | None, title: str,
    words: str, topics: Collection[str], to_all: bool,
) -> Practice:  # fmt: skip
    """Write a note, in the language that its author speaks here; `to_all`: whoever has a published
    profile may read it. The same again is the same."""
    async with store.transaction():
        own = await require_member(store, by=by, exchange=exchange, session=session)
        _check(title, words, topics)
        before = await store.practices.same(own.id, title, words)
        if before is not None:
            return before
        return await store.practices.add(
            exchange=exchange, session=session, membership=own.id, at=clock(), title=title,
            words=words, language=by.language, topics=frozenset(topics), open=to_all,
        )  # fmt: skip


async def change(
    store: Store, *, by: Person, practice: int, title: str | None = None,
    words: str | None = None, topics: Collection[str] | None = None, to_all: bool | None = None,
) -> Practice:  # fmt: skip
    """Change one's own note; None: as it was. New words are in the language spoken now."""
    async with store.transaction():
        found = await one(store, by=by, practice=practice)
        withheld = to_all is False and (title, words, topics) == (None, None, None)
        may = is_author if withheld else may_change
        if not await may(store, by, found):
            raise NotYours
        wanted = frozenset(topics) if topics is not None else found.topics
        _check(title or found.title, words or found.words, wanted)
        await store.practices.change(
            found.id, title=title or found.title, words=words or found.words, topics=wanted,
            language=by.language if words else found.language,
            open=found.open if to_all is None else to_all,
        )  # fmt: skip
        return await one(store, by=by, practice=practice)


async def one(store: Store, *, by: Person, practice: int) -> Practice:
    """A note that somebody may read: also its author, wherever they have gone since."""
    found = await store.practices.by_id(practice)
    if found is None:
        raise NotYours
    if await is_author(store, by, found):
        return found
    exchanges = await _exchanges(store, by, (found.exchange,))
    if not may_read(found, exchanges, published=await _published(store, by)):
        raise NotYours
    return found


async def is_author(store: Store, person: Person, practice: Practice) -> bool:
    """Whether somebody has written it."""
    return await _as_author(store, person, practice) is not None


async def may_change(store: Store, person: Person, practice: Practice) -> bool:
    """Whether somebody may let it read otherwise, or let more people read it: its author, also who
    has left; not who was removed, and would go on speaking to those who stay."""
    membership = await _as_author(store, person, practice)
    return membership is not None and membership.state is not MembershipState.REMOVED


async def _as_author(store: Store, person: Person, practice: Practice) -> Membership | None:
    membership = await store.memberships.by_id(practice.membership)
    return membership if membership is not None and membership.person == person.id else None


async def exchange_shown(store: Store, person: Person, practice: Practice) -> Exchange | None:
    """The exchange that a note is out of, if the person is shown that it exists."""
    found = await store.exchanges.by_id(practice.exchange)
    if found is None:
        return None
    membership = await store.memberships.between(found.id, person.id)
    member = membership is not None and membership.takes_part
    running = await runs(store, person, found.id)
    return found if is_listed(found, runs=running, member=member, invited=False) else None


async def may_remove(store: Store, person: Person, practice: Practice) -> bool:
    """Whether somebody may: its author, and who runs the exchange."""
    return await is_author(store, person, practice) or await runs(store, person, practice.exchange)


async def remove(store: Store, *, by: Person, practice: int) -> bool:
    """Remove a note; False where it is gone already."""
    async with store.transaction():
        found = await store.practices.by_id(practice)
        if found is None:
            return False
        if not await may_remove(store, by, found):
            raise NotYours
        await store.practices.remove(practice)
        return True


async def find(
    store: Store, *, by: Person, topics: Iterable[str] = (), page: int = 0, most: int = 5
) -> PracticePage:
    """A page of what somebody may read on these topics, in any of which is most; of everything,
    the newest first, where none is named."""
    wanted = tuple(one for one in topics if one in load_topics())
    exchanges = await _exchanges(store, by, None)
    published = await _published(store, by)
    readable = await store.practices.readable(exchanges, open_ones=published)
    found = ordered(readable, wanted)
    last = max(0, (len(found) - 1) // most)
    at = min(max(page, 0), last)
    return PracticePage(wanted, at, last, len(found), found[at * most : (at + 1) * most])


async def _exchanges(store: Store, by: Person, among: tuple[int, ...] | None) -> frozenset[int]:
    """Those in which somebody takes part, or that they run."""
    taking_part = {
        one.exchange for one in await store.memberships.of_person(by.id) if one.takes_part
    }
    to_ask = among or tuple(one.id for one in await store.exchanges.run_by(by.id))
    run = {one for one in to_ask if await runs(store, by, one)}
    return frozenset(taking_part | run)


async def _published(store: Store, by: Person) -> bool:
    own = await store.organisations.of(by.id)
    return own is not None and own.published


def _check(title: str, words: str, topics: Collection[str]) -> None:
    if not title.strip() or not words.strip():
        raise Refusal("refusal-practice-words")
    if len(title) > LONGEST_TITLE or len(words) > LONGEST_WORDS:
        raise Refusal("refusal-practice-words")
    if len(topics) > MOST_TOPICS or not set(topics) <= set(load_topics()):
        raise NotYours
