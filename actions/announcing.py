"""Verbs of writing an announcement: its texts, for whom it is, and what stands beside them."""

from dataclasses import dataclass, replace

from actions.roles import require
from actions.running import require_runs
from domain.announcements import Announcement, AnnouncementState, Link
from domain.audiences import Audience, Reach
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.languages import LANGUAGES
from domain.people import Person
from domain.roles import Role
from domain.rules.announcements import is_unwritten, longest_text, may_handle, shown_length
from domain.rules.permissions import Verb
from domain.sessions import Session
from domain.texts import language_for
from domain.uploads import Upload
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are meant, by the language in which they are shown it: their own, or, where
    there is no text in theirs, another. `unreached` are members who have no Telegram."""

    readers: dict[str, int]
    shown: dict[str, int]
    unreached: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.readers.values())


async def reach_of(store: Store, person: Person) -> Reach:
    """Whom somebody may announce to now."""
    if Role.ADMINISTRATOR in await store.roles.of(person.id):
        return Reach(everybody=True)
    return Reach(exchanges=await _run_by(store, person))


async def _run_by(store: Store, person: Person) -> frozenset[int]:
    return frozenset(one.id for one in await store.exchanges.run_by(person.id))


async def handled(store: Store, by: Person, announcement: int) -> Announcement:
    """The announcement, which nobody else changes until the transaction ends, if the person may
    handle it now; raises NotYours otherwise, also where there is none."""
    await require(store, by, Verb.ANNOUNCE)
    await store.announcements.lock(announcement)
    found = await store.announcements.by_id(announcement)
    if found is None or not await handles(store, by, found):
        raise NotYours
    return found


async def looked_at(store: Store, *, by: Person, announcement: int) -> Announcement:
    """The announcement, to be read by who may handle it, and, while it or a change of it waits for
    a release, by every coordinator."""
    await require(store, by, Verb.ANNOUNCE)
    found = await store.announcements.by_id(announcement)
    if found is None:
        raise NotYours
    if await handles(store, by, found) or await store.proposed_changes.of(found.id) is not None:
        return found
    raise NotYours


async def handles(store: Store, person: Person, one: Announcement) -> bool:
    """Whether a coordinator may handle an announcement now: one that waits for a release every
    coordinator may hand back. A change that waits opens nothing but the reading."""
    if one.state is AnnouncementState.WAITING:
        return True
    return may_handle(one, person.id, await _run_by(store, person), await store.roles.of(person.id))


async def may_tell(store: Store, person: Person, one: Announcement) -> bool:
    """Whether somebody who handles it may also have its readers told anything more now: not who
    wrote it and runs the exchange no longer for which it is. They may stop it and take it back."""
    if not await handles(store, person, one):
        return False
    try:
        await require_reach(store, person, one.audience)
    except NotYours:
        return False
    return True


async def listed(
    store: Store, *, by: Person, offset: int, limit: int
) -> tuple[tuple[Announcement, ...], int]:
    """A page of what somebody may handle, the newest first, and how many there are."""
    await require(store, by, Verb.ANNOUNCE)
    every = Role.ADMINISTRATOR in await store.roles.of(by.id)
    runs = await _run_by(store, by)
    return await store.announcements.page(by.id, runs, every=every, offset=offset, limit=limit)


async def begin(store: Store, clock: Clock, *, by: Person) -> Announcement:
    """A draft; one in which nothing has been written yet is gone on with."""
    async with store.transaction():
        await require(store, by, Verb.ANNOUNCE)
        empty = await store.announcements.empty_draft_of(by.id)
        return empty or await store.announcements.add(by.id, at=clock())


async def begin_for_members(
    store: Store, clock: Clock, *, by: Person, exchange: int
) -> Announcement:
    """A draft for all members of an exchange that the person runs; one in which nothing else has
    been written yet is gone on with."""
    async with store.transaction():
        await require(store, by, Verb.ANNOUNCE)
        await require_runs(store, by, exchange)
        members = Audience(exchange=exchange)
        for one in await store.announcements.drafts_for(by.id, exchange):
            if one.audience == members and is_unwritten(one):
                return one
        one = await begin(store, clock, by=by)
        return await aim(store, by=by, announcement=one.id, audience=members)


async def write(
    store: Store, *, by: Person, announcement: int, language: str, html: str
) -> Announcement:
    """Let a draft read so in one language. The first language that is written stands in for those
    that are missing."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        if language not in LANGUAGES:
            raise Refusal("refusal-announcement-language")
        require_length(one, html)
        texts = {**one.texts, language: html}
        return await _changed(store, one, texts=texts, first=one.first or language)


async def drop_text(store: Store, *, by: Person, announcement: int, language: str) -> Announcement:
    """Do without a language."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        texts = {name: html for name, html in one.texts.items() if name != language}
        first = one.first if one.first in texts else next(iter(texts), None)
        return await _changed(store, one, texts=texts, first=first)


async def fall_back_on(
    store: Store, *, by: Person, announcement: int, language: str
) -> Announcement:
    """Let this language stand in for those that are missing."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        return one if language not in one.texts else await _changed(store, one, first=language)


async def aim(
    store: Store, *, by: Person, announcement: int, audience: Audience | None
) -> Announcement:
    """Let it be meant for these; members of an exchange only where the person runs it."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        await require_reach(store, by, audience)
        exchange = audience.exchange if audience else None
        stored = None if audience is None else audience.as_json()
        return await _changed(store, one, audience=stored, exchange_id=exchange)


async def require_reach(store: Store, by: Person, audience: Audience | None) -> None:
    """Raise NotYours where an audience is of an exchange that the person does not run, or asks who
    has answered to a session of another one."""
    if audience is None:
        return
    reach = await reach_of(store, by)
    if audience.exchange is not None:
        found = await store.exchanges.by_id(audience.exchange)
        if found is None or not (reach.everybody or found.id in reach.exchanges):
            raise NotYours
    if audience.session is not None:
        session = await store.sessions.by_id(audience.session)
        if session is None or session.exchange != audience.exchange:
            raise NotYours


async def attach(
    store: Store, *, by: Person, announcement: int, upload: Upload | None
) -> Announcement:
    """Put a picture or a file beside the words, or none."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        for html in one.texts.values():
            require_length(replace(one, upload=upload), html)
        return await _changed(
            store,
            one,
            file_id=upload.file_id if upload else None,
            file_name=upload.file_name if upload else None,
            file_kind=upload.kind.value if upload else None,
            file_size=upload.size if upload else None,
        )


def require_length(one: Announcement, html: str) -> None:
    """Refuse a text that would not go into a message, or stand beside its file."""
    limit = longest_text(one)
    if shown_length(html) > limit:
        raise Refusal("refusal-announcement-too-long", limit=limit)


async def link(store: Store, *, by: Person, announcement: int, link: Link | None) -> Announcement:
    """Put a button beneath it that opens a page, or none."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        return await _changed(
            store, one, link_text=link.text if link else None, link_url=link.url if link else None
        )


async def ask_replies(
    store: Store, clock: Clock, *, by: Person, announcement: int, session: int | None
) -> Announcement:
    """Put the buttons beneath it by which members reply to a session, or none."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        if session is not None and session not in {
            each.id for each in await sessions_for(store, clock, by)
        }:
            raise NotYours
        return await _changed(store, one, session_id=session)


async def sessions_for(store: Store, clock: Clock, person: Person) -> tuple[Session, ...]:
    """Coming sessions of the exchanges that somebody runs, soonest first."""
    reach = await reach_of(store, person)
    exchanges = (
        [one.id for one in await store.exchanges.running()] if reach.everybody else reach.exchanges
    )
    found = [one for each in exchanges for one in await store.sessions.coming(each, since=clock())]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.id)))


async def throw_away(store: Store, *, by: Person, announcement: int) -> None:
    """Throw a draft away."""
    async with store.transaction():
        one = await _draft(store, by, announcement)
        await store.announcements.remove(one.id)


async def counted(store: Store, *, by: Person, announcement: int) -> Count:
    """How many are meant now."""
    one = await looked_at(store, by=by, announcement=announcement)
    return await count(store, by, one)


async def count(store: Store, by: Person, one: Announcement) -> Count:
    """The same of one that has been looked at."""
    if one.audience is None:
        return Count({}, {})
    reach = await _reach_for(store, one, by)
    readers = dict(await store.audiences.by_language(one.audience, reach))
    shown: dict[str, int] = {}
    for language, number in readers.items():
        taken = language_for(one.texts, language, one.fallback) or language
        shown[taken] = shown.get(taken, 0) + number
    exchange = one.audience.exchange
    unreached = await store.audiences.without_telegram(exchange) if exchange else 0
    return Count(readers, shown, unreached)


async def _reach_for(store: Store, one: Announcement, by: Person) -> Reach:
    """Whom it may reach: as who wants it sent may announce, while another looks at it."""
    asked = None if one.asked_by in (None, by.id) else await store.people.by_id(one.asked_by or 0)
    return await reach_of(store, asked or by)


async def save_audience(
    store: Store, clock: Clock, *, by: Person, announcement: int, name: str
) -> None:
    """Keep for whom an announcement is, under a name."""
    async with store.transaction():
        one = await handled(store, by, announcement)
        if one.audience is not None:
            await store.audiences.save(by.id, name, one.audience, at=clock())


async def use_audience(store: Store, *, by: Person, announcement: int, saved: int) -> Announcement:
    """Let it be meant for an audience that was kept."""
    async with store.transaction():
        kept = {one.id: one.audience for one in await store.audiences.saved_by(by.id)}
        if saved not in kept:
            raise NotYours
        return await aim(store, by=by, announcement=announcement, audience=kept[saved])


async def forget_audience(store: Store, *, by: Person, saved: int) -> None:
    """Keep an audience no longer."""
    async with store.transaction():
        await require(store, by, Verb.ANNOUNCE)
        await store.audiences.forget(by.id, saved)


async def _draft(store: Store, by: Person, announcement: int) -> Announcement:
    one = await handled(store, by, announcement)
    if not one.changeable:
        raise Refusal("refusal-announcement-no-draft")
    return one


async def _changed(store: Store, one: Announcement, **values: object) -> Announcement:
    await store.announcements.change(one.id, **values)
    found = await store.announcements.by_id(one.id)
    if found is None:
        raise NotYours
    return found
