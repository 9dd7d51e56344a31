"""Replies to sessions, who comes, and who sees it."""

from delivery.presses_of_exchanges import ReplyTo
from delivery.presses_of_replies import (
    AskRecord,
    AskSeeing,
    LetSee,
    PickAbsent,
    RecordReply,
    WhoComes,
)
from domain.exchanges import MembershipState
from domain.notices import Replied
from domain.roles import Role
from domain.rules.replies import counted
from domain.sessions import Reply
from tests.handlers.scenes import scene
from tests.support.exchanges import exchange, member, session
from tests.support.hall import Hall

LONGEST = "Stadtwerke <Muster> & Söhne " * 7


@scene
async def of_replies_of_members(hall: Hall) -> None:
    """Each of them, with a seat and without, and from who is no member."""
    first, second, nobody = [await hall.somebody() for _ in range(3)]
    there = (await exchange(hall.store, hall.clock)).exchange
    own, _ = [await member(hall.store, hall.clock, there, one) for one in (first, second)]
    made = await session(hall.store, hall.clock, there, capacity=1)
    for one in (first, second, nobody):
        await hall.presses(one, *(ReplyTo(made.id, word) for word in ("yes", "yes", "x")))
    await hall.presses(second, LetSee(there.id, 1, made.id), WhoComes(made.id, 0))
    await hall.presses(first, LetSee(there.id, 0, made.id), ReplyTo(made.id, "no"))
    await hall.presses(first, ReplyTo(made.id, "maybe"), WhoComes(made.id, 7))
    await hall.presses(nobody, WhoComes(made.id, 0), AskSeeing(there.id), LetSee(there.id, 1, 0))
    await hall.presses(first, AskSeeing(there.id), LetSee(there.id, 1, 0), LetSee(there.id, 0, 0))
    said = await hall.store.rsvps.between(made.id, own.id)
    assert said is not None
    async with hall.store.transaction():
        notice = Replied(made.id, own.id, counted(said.since))
        await hall.store.outbox.add(notice, [first.id], at=hall.clock())
    await hall.letters()


@scene
async def of_who_comes_for_coordinators(hall: Hall) -> None:
    """More than a page of long names, and members without Telegram."""
    chief = await hall.somebody(Role.COORDINATOR)
    there = (await exchange(hall.store, hall.clock)).exchange
    made = await session(hall.store, hall.clock, there, capacity=20)
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(there.id, chief.id, at=hall.clock())
    await hall.presses(chief, WhoComes(made.id, 0), AskRecord(made.id, 0))
    async with hall.store.transaction():
        added = [
            await hall.store.memberships.add(
                exchange=there.id, person=None, state=MembershipState.MEMBER, at=hall.clock(),
                name=LONGEST[:200], email="x@example.org", organisation=LONGEST,
            )
            for _ in range(30)
        ]  # fmt: skip
    ids = [one.id for one in added if one is not None]
    for at, one in enumerate(ids):
        word = Reply.MAYBE if at == 1 else Reply.NO if at == 2 else Reply.YES
        await hall.presses(chief, RecordReply(made.id, one, word.value))
    await hall.presses(chief, PickAbsent(made.id, ids[0]), PickAbsent(made.id, 987_654))
    # Who gives a seat back lets one move up who has no Telegram, which is told to be passed on.
    await hall.presses(chief, RecordReply(made.id, ids[3], "no"))
    await hall.presses(
        chief, RecordReply(made.id, ids[0], "x"), RecordReply(made.id, 987_654, "no")
    )
    await hall.presses(chief, AskRecord(made.id, 0), AskRecord(made.id, 2), AskRecord(made.id, 99))
    await hall.presses(chief, WhoComes(made.id, 0), WhoComes(made.id, 1))
