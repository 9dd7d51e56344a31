"""Reminders of sessions, and when they come."""

from datetime import timedelta

from actions import reminders, settings
from delivery.presses_of_reminders import (
    RemindMe,
    RemindMeAlike,
    RemindMembers,
    RemindMembersAlike,
    ShowMyReminders,
    ShowRemindersOf,
)
from domain.exchanges import DAY, HOUR, USUAL_REMINDERS
from domain.roles import Role
from domain.sessions import Form, Reply
from domain.told import Told
from tests.handlers.scenes import scene
from tests.support.exchanges import exchange, member, session
from tests.support.hall import Hall


@scene
async def of_reminders(hall: Hall) -> None:
    """At each distance, with each reply."""
    me = await hall.somebody()
    there = (await exchange(hall.store, hall.clock)).exchange
    own = await member(hall.store, hall.clock, there, me)
    made = await session(
        hall.store, hall.clock, there, starts_at=hall.clock() + timedelta(days=9),
        form=Form.HYBRID.value, place="Rathaus",
    )  # fmt: skip
    async with hall.store.transaction():
        await hall.store.exchanges.change(there.id, reminders=[*USUAL_REMINDERS, 2 * DAY])
        await reminders.follow(hall.store, hall.clock, made)
    replies = {7 * DAY: None, 2 * DAY: Reply.MAYBE, DAY: Reply.WAITING, HOUR: Reply.YES}
    for minutes, reply in replies.items():
        async with hall.store.transaction():
            if reply is not None:
                await hall.store.rsvps.put(made.id, own.id, reply, since=hall.clock())
        hall.front.now = made.starts_at - timedelta(minutes=minutes)
        await reminders.enqueue_due(hall.store, hall.clock)
        await hall.letters()


@scene
async def of_when_reminders_come(hall: Hall) -> None:
    """For oneself and for all, and for who may not."""
    me, stranger = await hall.somebody(), await hall.somebody()
    runs = await hall.somebody(Role.ADMINISTRATOR)
    there = (await exchange(hall.store, hall.clock)).exchange
    await member(hall.store, hall.clock, there, me)
    for which in (ShowMyReminders(there.id), ShowRemindersOf(there.id), RemindMe(987, DAY, 1)):
        await hall.presses(stranger, which)
    await hall.presses(me, ShowMyReminders(there.id), RemindMe(there.id, 15, 1))
    await hall.presses(me, RemindMe(there.id, 15, 0), RemindMe(there.id, 17, 1))
    await hall.presses(me, RemindMeAlike(there.id, 0), RemindMeAlike(there.id, 1))
    await settings.tell_of(hall.store, hall.clock, by=me, what=Told.REMINDERS, wished=False)
    await hall.presses(me, ShowMyReminders(there.id), RemindMembers(there.id, DAY, 1))
    await hall.presses(runs, ShowRemindersOf(there.id), RemindMembers(there.id, 2 * DAY, 1))
    await hall.presses(runs, RemindMembers(there.id, 17, 1), RemindMembersAlike(there.id, 0))
    await hall.presses(runs, RemindMembersAlike(there.id, 1))
