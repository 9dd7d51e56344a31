"""Verbs about organisations that are registered twice: find, and merge."""

import asyncio

from actions.roles import require
from domain.admissions import AdmissionState
from domain.clock import Clock
from domain.errors import Refusal
from domain.notices import OrganisationsMerged
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.merging import may_fill
from domain.rules.permissions import Verb
from matching.organisations import similar
from storage.store import Store

MOST_ALIKE = 8
"""So many that may be the same are offered, at most."""

# Where the one that stays has stated nothing, what the other stated is taken over; but not that it
# is seen, which is for those to say who speak for the one that stays.
_STATED = (
    "kind", "sectors", "place", "languages", "regions", "forms", "size", "sdgs", "active",
    "regions_excluded", "full_until",
)  # fmt: skip
_SAID_BY_COORDINATORS = ("vku_member", "confirmed_at", "hidden_at")


async def like_this(store: Store, *, by: Person, organisation: int) -> tuple[Organisation, ...]:
    """Organisations that may be the same as this one, likeliest first."""
    await require(store, by, Verb.MERGE_ORGANISATIONS)
    found = await _found(store, organisation)
    everybody = await store.organisations.known_to_coordinators()
    known = [one for one in everybody if one.id != found.id]
    alike = await asyncio.to_thread(
        similar, found.name or "", known, place=found.place, limit=MOST_ALIKE
    )
    there = await store.organisations.several([one.organisation for one in alike])
    return tuple(there[one.organisation] for one in alike if one.organisation in there)


async def merge(store: Store, clock: Clock, *, by: Person, gone: int, stays: int) -> Organisation:
    """Make one of two: people, introductions, outcomes, partnerships, dismissals, admissions and
    topics of `gone` are of `stays` from now on, and its id leads there; nothing is shown by it that
    was not before. The people of both are told. Merging the same two again changes nothing."""
    async with store.transaction():
        await require(store, by, Verb.MERGE_ORGANISATIONS)
        # Whoever joins, leaves or is admitted in the same moment comes before it or after it.
        for side in sorted((gone, stays)):
            await store.organisations.lock(side)
        left, kept = await _found(store, gone), await _found(store, stays)
        if left.id == kept.id:
            if gone != stays and await store.organisations.merged_into(gone) == kept.id:
                return kept
            raise Refusal("refusal-merge-with-itself")
        people = {
            one.id for each in (left, kept) for one in await store.people.representing(each.id)
        }
        await store.merging.move(left.id, kept.id, at=clock())
        await store.organisations.change(kept.id, **_profile(left, kept))
        await store.organisations.change(left.id, merged_into=kept.id, published_at=None)
        for one in await store.admissions.open_at(kept.id):
            if one.person in people:
                admitted = AdmissionState.ADMITTED
                await store.admissions.settle(one.id, admitted, by=by.id, at=clock())
        await store.outbox.add(OrganisationsMerged(left.id, kept.id), people, at=clock())
        await store.roles.record(
            Verb.MERGE_ORGANISATIONS.value, f"organisation:{left.id}", by=by.id, at=clock()
        )
        return await _found(store, kept.id)


def _profile(left: Organisation, kept: Organisation) -> dict[str, object]:
    """What changes in the profile of the one that stays: gaps are filled, topics joined."""
    joined = may_fill(left, kept)
    changed: dict[str, object] = {
        one: getattr(left, one)
        for one in (*_SAID_BY_COORDINATORS, *(_STATED if joined else ()))
        if getattr(kept, one) is None and getattr(left, one) is not None
    }
    for topics in ("offers", "seeks") if joined else ():
        both = [one for side in (left, kept) if (one := getattr(side, topics)) is not None]
        if both:
            changed[topics] = frozenset().union(*both)
    return changed


async def _found(store: Store, organisation: int) -> Organisation:
    found = await store.organisations.by_id(organisation)
    if found is None or found.name is None:
        raise Refusal("refusal-organisation-unknown")
    return found
