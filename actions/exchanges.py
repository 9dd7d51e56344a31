"""Verbs about exchanges themselves: begin, change, entrust to coordinators, close; who takes part
without Telegram."""

from dataclasses import dataclass
from typing import Any

from actions import reminders, telling
from actions.contacts import contact_in
from actions.roles import require
from actions.running import require_running_alone, require_runs
from domain.clock import Clock
from domain.errors import Refusal
from domain.exchanges import NEW_FOR, Contact, Entry, Exchange, Membership, MembershipState
from domain.joining import WhyNot
from domain.notices import ExchangeClosed, ExchangeEntrusted, JoinDeclined
from domain.organisations import Sector
from domain.people import Person
from domain.roles import Role
from domain.rules.permissions import Verb
from domain.texts import Texts
from storage.store import Store

_TEXTS = frozenset({"title", "description", "rules"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What an exchange begins with, or what is changed of it (None stays as it is)."""

    title: Texts | None = None
    description: Texts | None = None
    rules: Texts | None = None
    contact: Contact | None = None
    sectors: frozenset[Sector] | None = None
    topics: frozenset[str] | None = None
    entry: Entry | None = None
    zone: str | None = None

    def columns(self) -> dict[str, Any]:
        """What is stated, as it is stored."""
        stated: dict[str, Any] = {
            name: dict(texts)
            for name in sorted(_TEXTS)
            if (texts := getattr(self, name)) is not None
        }
        plain = {"topics": self.topics, "zone": self.zone, "entry": self.entry}
        stated |= {name: one for name, one in plain.items() if one is not None}
        if self.sectors is not None:
            stated["sectors"] = frozenset(one.value for one in self.sectors)
        if self.contact is not None:
            stated |= {
                "contact_name": self.contact.name,
                "contact_email": self.contact.email,
                "contact_phone": self.contact.phone,
            }
        return stated


async def begin(store: Store, clock: Clock, *, by: Person, draft: Draft) -> Exchange:
    """Begin an exchange; who begins it runs it. One of the same title that they run already is
    returned as it is. Raises a refusal where title, contact or zone are missing."""
    async with store.transaction():
        await require(store, by, Verb.BEGIN_EXCHANGE)
        if not (draft.title and any(draft.title.values()) and draft.contact and draft.zone):
            raise Refusal("refusal-exchange-incomplete")
        for one in await store.exchanges.run_by(by.id):
            if one.running and dict(one.title) == dict(draft.title):
                return one
        more = draft.columns()
        more = {name: more[name] for name in more.keys() & _FURTHER}
        made = await store.exchanges.add(
            entry=draft.entry or Entry.ON_APPROVAL,
            title=draft.title,
            contact=draft.contact,
            zone=draft.zone,
            by=by.id,
            at=clock(),
            **more,
        )
        await store.exchanges.entrust(made.id, by.id, at=clock())
        return made


_FURTHER = frozenset({"description", "rules", "sectors", "topics"})


async def change(store: Store, *, by: Person, exchange: int, draft: Draft) -> Exchange:
    """Change what is stated in `draft`, of texts the languages that are stated ("" takes one away);
    an exchange keeps a title."""
    async with store.transaction():
        found = await require_running_alone(store, by, exchange)
        columns = draft.columns()
        for name in _TEXTS & columns.keys():
            columns[name] = _with(getattr(found, name), columns[name])
        if not columns.get("title", found.title):
            raise Refusal("refusal-exchange-incomplete")
        if columns:
            await store.exchanges.change(exchange, **columns)
        return await store.exchanges.by_id(exchange) or found


def _with(texts: Texts, stated: Texts) -> Texts:
    return {language: text for language, text in {**texts, **stated}.items() if text}


async def entrust(store: Store, clock: Clock, *, by: Person, exchange: int, person: int) -> bool:
    """Let another coordinator run it, too; they are told. False where they do already."""
    async with store.transaction():
        await require_running_alone(store, by, exchange)
        if Role.COORDINATOR not in await store.roles.of(person):
            raise Refusal("refusal-no-holder")
        if not await store.exchanges.entrust(exchange, person, at=clock()):
            return False
        if person != by.id:
            notice = ExchangeEntrusted(exchange, int(clock().timestamp()))
            await store.outbox.add(notice, [person], at=clock())
        return True


async def relieve(store: Store, *, by: Person, exchange: int, person: int) -> bool:
    """Somebody runs it no longer; the last one stays. False where they did not."""
    async with store.transaction():
        await require_running_alone(store, by, exchange)
        there = {one.id for one in await store.exchanges.coordinators(exchange)}
        if there == {person}:
            raise Refusal("refusal-last-coordinator")
        return await store.exchanges.relieve(exchange, person)


async def close(store: Store, clock: Clock, *, by: Person, exchange: int) -> Exchange:
    """End it: what was to come does not take place, members are told once, and so is who waits.
    Ending it again changes nothing."""
    async with store.transaction():
        found = await require_running_alone(store, by, exchange)
        if not found.running:
            return found
        await store.exchanges.change(exchange, closed_at=clock())
        await _cancel_sessions(store, clock, exchange)
        for one in await store.memberships.asked(exchange):
            await _turn_away(store, clock, one, by)
        await telling.tell_members(store, clock, ExchangeClosed(exchange), found)
        return await store.exchanges.by_id(exchange) or found


async def _cancel_sessions(store: Store, clock: Clock, exchange: int) -> None:
    """All of them: two series in weeks to come are more than are read at once."""
    now = clock()
    while several := await store.sessions.coming(exchange, since=now, drafts=True):
        for one in several:
            await store.sessions.change(one.id, cancelled_at=now, sequence=one.sequence + 1)
            cancelled = await store.sessions.by_id(one.id)
            if cancelled is not None:
                await reminders.follow(store, clock, cancelled)


async def _turn_away(store: Store, clock: Clock, one: Membership, by: Person) -> None:
    await store.memberships.settle(
        one.id, MembershipState.DECLINED, by=by.id, at=clock(), reason=WhyNot.CLOSED.value
    )
    if one.person is not None:
        notice = JoinDeclined(one.id, int(one.asked_at.timestamp()))
        await store.outbox.add(notice, [one.person], at=clock())


async def enter(
    store: Store,
    clock: Clock,
    *,
    by: Person,
    exchange: int,
    name: str,
    email: str,
    organisation: str | None = None,
) -> Membership:
    """Enter a member without Telegram, who has agreed to it, as `by` states. The same address twice
    is one member. Raises a refusal where it is no address."""
    async with store.transaction():
        found = await require_running_alone(store, by, exchange)
        contact = contact_in(email)
        if contact is None or contact.email is None or not found.running:
            raise Refusal("refusal-member-incomplete")
        for one in await members_without_telegram(store, found):
            if one.email == contact.email:
                return one
        made = await store.memberships.add(
            exchange=exchange, person=None, state=MembershipState.MEMBER, at=clock(), name=name,
            email=contact.email, organisation=organisation, settled_by=by.id, settled_at=clock(),
        )  # fmt: skip
        if made is None:
            raise RuntimeError("a member who was just entered is not there")
        return made


async def members_without_telegram(store: Store, exchange: Exchange) -> tuple[Membership, ...]:
    """Members who were entered by a coordinator, longest first."""
    members = await store.memberships.members(exchange.id)
    return tuple(one for one in members if one.person is None)


async def members(
    store: Store, *, by: Person, exchange: int, offset: int, limit: int
) -> tuple[int, tuple[Membership, ...]]:
    """How many members there are, and a page of them, longest first; for who runs it."""
    await require_runs(store, by, exchange)
    here = await store.memberships.members(exchange, offset=offset, limit=limit)
    return await store.memberships.number(exchange), here


async def newcomers(
    store: Store, clock: Clock, *, by: Person, exchange: int, limit: int | None = None
) -> tuple[Membership, ...]:
    """Who has come to take part lately, newest first; for who runs it. Where nobody admits them,
    nobody is told of each."""
    await require_runs(store, by, exchange)
    return await store.memberships.joined_since(exchange, clock() - NEW_FOR, limit=limit)


async def requests(store: Store, *, by: Person, exchange: int) -> tuple[Membership, ...]:
    """Who waits to be admitted, longest first; for who runs it."""
    await require_runs(store, by, exchange)
    return await store.memberships.asked(exchange)
