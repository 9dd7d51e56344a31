"""Verbs about whether a session helped: ask, tell, and read what all have said."""

from actions.afterwards import require_after
from domain.clock import Clock
from domain.errors import NotYours, Refusal
from domain.notices import HelpedAsked
from domain.people import Person
from domain.session_feedback import (
    ASK_AFTER,
    ASK_WITHIN,
    CHOICES,
    LONGEST_WORDS,
    FeedbackNumbers,
    Helped,
    SessionFeedback,
    What,
)
from storage.store import Store


async def ask_due(store: Store, clock: Clock) -> int:
    """Ask who was at a session that is over for a while, once each; how many."""
    now = clock()
    async with store.transaction():
        due = await store.session_feedback.to_be_asked(
            since=now - ASK_WITHIN, until=now - ASK_AFTER
        )
        for one in due:
            await store.session_feedback.record_asked(one.session, one.membership, at=now)
            await store.outbox.add(HelpedAsked(one.session), [one.person], at=now)
        return len(due)


async def own(store: Store, *, by: Person, session: int) -> SessionFeedback:
    """What somebody has answered; raises NotYours where they were not asked."""
    found = await store.sessions.by_id(session)
    membership = await store.memberships.between(found.exchange, by.id) if found else None
    there = await store.session_feedback.between(session, membership.id) if membership else None
    if there is None:
        raise NotYours
    return there


async def tell(store: Store, *, by: Person, session: int, helped: Helped) -> SessionFeedback:
    """Store whether it helped, in place of an earlier answer; what was named for that one and does
    not belong to this one is forgotten."""
    async with store.transaction():
        there = await own(store, by=by, session=session)
        what = there.what if there.what in CHOICES[helped] else None
        if there.helped is not helped:
            await store.session_feedback.change(
                session, there.membership, helped=helped.value, what=what.value if what else None
            )
        return await own(store, by=by, session=session)


async def tell_what(store: Store, *, by: Person, session: int, what: What) -> SessionFeedback:
    """Store what helped, or what stood in the way."""
    async with store.transaction():
        there = await own(store, by=by, session=session)
        if there.helped is None or what not in CHOICES[there.helped]:
            raise NotYours
        await store.session_feedback.change(session, there.membership, what=what.value)
        return await own(store, by=by, session=session)


async def tell_words(store: Store, *, by: Person, session: int, words: str) -> SessionFeedback:
    """Store a sentence, in place of an earlier one."""
    async with store.transaction():
        there = await own(store, by=by, session=session)
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise Refusal("refusal-feedback-words")
        await store.session_feedback.change(session, there.membership, words=words)
        return await own(store, by=by, session=session)


async def numbers(store: Store, clock: Clock, *, by: Person, session: int) -> FeedbackNumbers:
    """What all have said, without names: for who runs the exchange."""
    await require_after(store, clock, by, session)
    return await store.session_feedback.numbers(session)
