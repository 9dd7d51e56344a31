"""Verbs about minutes and files of a session: add, read, get, remove."""

from actions import telling
from actions.afterwards import require_after, seat
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.notices import MinutesAdded
from domain.papers import LONGEST_MINUTES, MOST_PAPERS, Paper
from domain.people import Person
from domain.rules.plain_text import cleaned
from domain.uploads import Upload
from storage.store import Store

_LONGEST_ID, _LONGEST_NAME = 300, 120


async def of(store: Store, *, by: Person, session: int) -> tuple[Paper, ...]:
    """A session's papers, oldest first: for members and who runs the exchange."""
    return await store.papers.of((await seat(store, by, session)).session.id)


async def one(store: Store, *, by: Person, paper: int) -> Paper:
    """One of them."""
    found = await store.papers.by_id(paper)
    if found is None:
        raise NotYours
    await seat(store, by, found.session)
    return found


async def add_words(store: Store, clock: Clock, *, by: Person, session: int, words: str) -> Paper:
    """Add minutes that were written as a message. The same words again are the same minutes."""
    async with store.transaction():
        await require_after(store, clock, by, session)
        if not words.strip() or len(words) > LONGEST_MINUTES:
            raise Refusal("refusal-minutes")
        for before in await store.papers.of(session):
            if before.words == words:
                return before
        return await _added(store, clock, by, session, minutes=True, words=words)


async def add_file(
    store: Store, clock: Clock, *, by: Person, session: int, upload: Upload, minutes: bool
) -> Paper:
    """Add a file, as minutes or beside them. The same file again is the same paper."""
    async with store.transaction():
        await require_after(store, clock, by, session)
        if len(upload.file_id) > _LONGEST_ID:
            raise Refusal("refusal-minutes")
        for before in await store.papers.of(session):
            if before.file_id == upload.file_id:
                return before
        name = cleaned(upload.file_name or "")[:_LONGEST_NAME] or None
        return await _added(
            store, clock, by, session, minutes=minutes, file_id=upload.file_id, file_name=name,
            file_kind=upload.kind.value,
        )  # fmt: skip


async def _added(
    store: Store, clock: Clock, by: Person, session: int, *, minutes: bool, **values: str | None
) -> Paper:
    if len(await store.papers.of(session)) >= MOST_PAPERS:
        raise Refusal("refusal-too-many-papers", limit=MOST_PAPERS)
    paper = await store.papers.add(session=session, by=by.id, at=clock(), minutes=minutes, **values)
    if minutes:
        found = await store.sessions.by_id(session)
        exchange = await store.exchanges.by_id(found.exchange) if found else None
        if exchange is not None:
            # Not in the group: others may be there, too.
            await telling.tell_members(store, clock, MinutesAdded(session), exchange, group=False)
    return paper


async def remove(store: Store, clock: Clock, *, by: Person, paper: int) -> int | None:
    """Remove a paper; the session it was of, None where it is gone already."""
    async with store.transaction():
        found = await store.papers.by_id(paper)
        if found is None:
            return None
        await require_after(store, clock, by, found.session)
        await store.papers.remove(paper)
        return found.session


async def may_add(store: Store, clock: Clock, *, by: Person, session: int) -> None:
    """Raises what adding a paper would raise, before the person takes the trouble."""
    await require_after(store, clock, by, session)


async def adds(store: Store, clock: Clock, person: Person, session: int) -> bool:
    """Whether the person may add papers now: for showing buttons, or not."""
    try:
        await require_after(store, clock, person, session)
    except Refusal:
        return False
    return True
