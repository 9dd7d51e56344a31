"""Verbs about roles: who may do what for everybody, where a role comes from and how it ends."""

import secrets
from datetime import timedelta
from hashlib import sha256

from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.notices import Notice, RoleGiven, RoleRedeemed, RoleTaken
from domain.people import Person
from domain.roles import (
    CODE_BYTES,
    CODE_LASTS,
    INVITATION_LASTS,
    MOST_OPEN,
    MOST_WRONG,
    WRONG_WITHIN,
    Holder,
    Invitation,
    Outcome,
    Redemption,
    Role,
    StoredCode,
)
from domain.rules.permissions import APPOINTING, REMOVING, Verb, may
from storage.store import Store

REDEEM = "redeem-{}"
REDEEM_WRONG = "redeem-wrong-code"
INVITE = "invite-{}"
WITHDRAW = "withdraw-invitations"


async def allowed(store: Store, person: Person, verb: Verb) -> bool:
    """Whether a person may do this now: for showing a button, or not."""
    return may(verb, await store.roles.of(person.id))


async def require(store: Store, person: Person, verb: Verb) -> None:
    """Raise NotYours unless the person may do this now. Inside the verb's transaction, so that
    nobody acts upon a role that is being taken from them."""
    if not await allowed(store, person, verb):
        raise NotYours


async def concerned(store: Store, verb: Verb) -> tuple[Person, ...]:
    """Whom to tell that there is something to do: coordinators who may, or, as long as there is
    none, the administrators who may."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        holding = await store.roles.holding(role)
        if holding and may(verb, {role}):
            return holding
    return ()


async def code_for_administrator(store: Store, clock: Clock) -> Invitation:
    """A one-time code for whoever may use this machine's command line: it asks for no role."""
    async with store.transaction():
        return await _make(store, clock, Role.ADMINISTRATOR, by=None, lasts=CODE_LASTS)


async def invite(store: Store, clock: Clock, *, by: Person, role: Role) -> Invitation:
    """A one-time code that whoever redeems it holds the role. Raises NotYours, and a refusal where
    too many wait already."""
    async with store.transaction():
        await require(store, by, APPOINTING[role])
        if await store.codes.number_open(by.id, at=clock()) >= MOST_OPEN:
            raise Refusal("refusal-invitations-open", limit=MOST_OPEN)
        return await _make(store, clock, role, by=by.id, lasts=INVITATION_LASTS)


async def withdraw_invitations(store: Store, clock: Clock, *, by: Person) -> int:
    """Let all one's open invitations end; how many there were."""
    async with store.transaction():
        await require(store, by, Verb.APPOINT_COORDINATOR)
        number = await store.codes.withdraw(by.id, at=clock())
        if number:
            await store.roles.record(WITHDRAW, f"person:{by.id}", by=by.id, at=clock())
        return number


async def redeem(store: Store, clock: Clock, *, by: Person, code: str) -> Redemption:
    """Take up the role that a code gives, once. A wrong code is an outcome and no refusal: it is
    remembered, so that after MOST_WRONG of them further ones are refused."""
    digest = _digest(code)
    async with store.transaction():
        since = clock() - WRONG_WITHIN
        if await store.roles.times(REDEEM_WRONG, by=by.id, since=since) >= MOST_WRONG:
            raise Refusal("refusal-codes-an-hour")
        found = await store.codes.by_digest(digest)
        if found is not None and await _gives(store, found, by):
            if found.role in await store.roles.of(by.id):
                return Redemption(Outcome.HELD, found.role)
            if await store.codes.redeem(digest, by=by.id, at=clock()):
                await _take_up(store, clock, found, by)
                return Redemption(Outcome.GRANTED, found.role)
        await store.roles.record(REDEEM_WRONG, f"person:{by.id}", by=by.id, at=clock())
        return Redemption(Outcome.WRONG)


async def appoint(
    store: Store, clock: Clock, *, by: Person, person: int, role: Role
) -> Holder | None:
    """Give a further role to somebody who holds one: everybody else is asked by an invitation.
    None where they held it already."""
    async with store.transaction():
        await require(store, by, APPOINTING[role])
        holder = await _holder(store, person)
        if role in holder.roles:
            return None
        await store.roles.grant(person, role, by=by.id, at=clock())
        entry = await store.roles.record(APPOINTING[role], f"person:{person}", by=by.id, at=clock())
        await _tell(store, clock, RoleGiven(entry), {person} - {by.id})
        return await _holder(store, person)


async def remove(store: Store, clock: Clock, *, by: Person, person: int, role: Role) -> Person:
    """Take a role from somebody, or lay down one's own. The last administrator stays. Taking it
    again changes nothing. Their open invitations are worth nothing from then on."""
    async with store.transaction():
        holding = await store.roles.locked(role)
        if by.id != person:
            await require(store, by, REMOVING[role])
        if person not in holding:
            raise Refusal("refusal-no-holder")
        if role is Role.ADMINISTRATOR and holding == {person}:
            raise Refusal("refusal-last-administrator")
        taken = (await _holder(store, person)).person
        await store.roles.revoke(person, role)
        entry = await store.roles.record(REMOVING[role], f"person:{person}", by=by.id, at=clock())
        await _tell(store, clock, RoleTaken(entry), {person} - {by.id})
        return taken


async def holders(store: Store, *, by: Person) -> tuple[Holder, ...]:
    """Everybody who holds a role, longest first."""
    await require(store, by, Verb.READ_ROLES)
    return await store.roles.holders()


async def holder(store: Store, *, by: Person, person: int) -> Holder:
    """One of them; raises a refusal where there is none."""
    await require(store, by, Verb.READ_ROLES)
    return await _holder(store, person)


async def _holder(store: Store, person: int) -> Holder:
    held = {one.person.id: one for one in await store.roles.holders()}
    if person not in held:
        raise Refusal("refusal-no-holder")
    return held[person]


async def _make(
    store: Store, clock: Clock, role: Role, *, by: int | None, lasts: timedelta
) -> Invitation:
    made = Invitation(secrets.token_hex(CODE_BYTES), role, clock() + lasts)
    digest = _digest(made.code)
    await store.codes.add(digest, role, made_by=by, at=clock(), expires_at=made.expires_at)
    await store.roles.record(INVITE.format(role), f"code:{digest[:12]}", by=by, at=clock())
    return made


async def _gives(store: Store, code: StoredCode, by: Person) -> bool:
    """Whether a code means anything to somebody. An invitation is worth what its maker may now; a
    used one speaks only to whoever used it, and only as long as they hold what it gave."""
    if code.redeemed_at is not None:
        return code.redeemed_by == by.id and code.role in await store.roles.of(by.id)
    if code.made_by is None:
        return True
    return may(APPOINTING[code.role], await store.roles.of(code.made_by))


async def _take_up(store: Store, clock: Clock, code: StoredCode, by: Person) -> None:
    await store.roles.grant(by.id, code.role, by=code.made_by, at=clock())
    verb, subject = REDEEM.format(code.role), f"code:{code.digest[:12]}"
    entry = await store.roles.record(verb, subject, by=by.id, at=clock())
    others = await store.roles.holding(Role.ADMINISTRATOR)
    await _tell(store, clock, RoleRedeemed(entry), {one.id for one in others} - {by.id})


async def _tell(store: Store, clock: Clock, notice: Notice, recipients: set[int]) -> None:
    await store.outbox.add(notice, sorted(recipients), at=clock())


def _digest(code: str) -> str:
    # Phones begin what is typed with a capital letter.
    return sha256(code.strip().lower().encode()).hexdigest()
