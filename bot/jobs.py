"""The jobs: what is due is done. Three lines each; the deciding is in the actions."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from actions import (
    admissions,
    announced,
    announcements,
    erasure,
    follow_ups,
    inactivity,
    introductions,
    joining,
    outcomes,
    releasing,
    reminders,
    rounds,
    session_feedback,
)
from actions import keeping as keep
from domain.clock import Clock
from domain.introductions import Patience
from domain.keeping import Keeping
from storage.store import UNAVAILABLE, Store

log = structlog.get_logger()


@contextmanager
def _later(event: str) -> Iterator[None]:
    """What cannot be done because the database is away is done at the next time."""
    try:
        yield
    except UNAVAILABLE as error:
        log.warning(f"{event}-later", error=error)


def _note(event: str, **numbers: int) -> None:
    """How much was done, where anything was."""
    if any(numbers.values()):
        log.info(event, **numbers)


async def look_after_introductions(store: Store, clock: Clock, patience: Patience) -> None:
    """Remind of unanswered introductions, and close those that waited too long."""
    with _later("introductions"):
        expired = await introductions.expire_due(store, clock, patience)
        reminded = await introductions.remind_due(store, clock, patience)
        _note("introductions", expired=expired, reminded=reminded)


async def look_after_outcomes(store: Store, clock: Clock, patience: Patience) -> None:
    """Ask what came of introductions, and those who had not met yet once more."""
    with _later("outcomes"):
        asked = await outcomes.ask_due(store, clock, patience)
        again = await outcomes.ask_again_due(store, clock, patience)
        _note("outcomes", asked=asked, again=again)


async def announce_new_partners(store: Store, clock: Clock) -> None:
    """Tell those who wish it of new organisations that fit."""
    with _later("announcements"):
        told = await announcements.announce_due(store, clock)
        _note("announcements", told=told)


async def begin_announcements(store: Store, clock: Clock) -> None:
    """Begin the announcements whose time has come."""
    with _later("announcements"):
        begun = await releasing.begin_due(store, clock)
        _note("announcements-begun", begun=begun)


async def follow_announcements(store: Store, clock: Clock) -> None:
    """End announcements that have been sent, and show how far others are."""
    with _later("announcements"):
        await announced.follow(store, clock)


async def look_after_admissions(store: Store, clock: Clock) -> None:
    """Remind of newcomers whom nobody has answered, and put them to the coordinators."""
    with _later("admissions"):
        told = await admissions.look_after(store, clock)
        _note("admissions", told=told)


async def look_after_join_requests(store: Store, clock: Clock) -> None:
    """Remind of requests to join that nobody has answered, and hand them on."""
    with _later("join-requests"):
        told = await joining.look_after(store, clock)
        _note("join-requests", told=told)


async def remind_of_sessions(store: Store, clock: Clock) -> None:
    """Remind members of the sessions that begin soon."""
    with _later("reminders"):
        told = await reminders.enqueue_due(store, clock)
        _note("reminders", told=told)


async def look_after_rounds(store: Store, clock: Clock) -> None:
    """Make the rounds that are due, and ask groups how it goes and how it went."""
    with _later("rounds"):
        made = await rounds.make_due(store, clock)
        told = await rounds.look_after(store, clock)
        _note("rounds", made=made, told=told)


async def look_after_sessions_past(store: Store, clock: Clock) -> None:
    """Ask who was there whether it helped, and remind of what was promised."""
    with _later("sessions-past"):
        asked = await session_feedback.ask_due(store, clock)
        reminded = await follow_ups.remind_due(store, clock)
        _note("sessions-past", asked=asked, reminded=reminded)


async def erase_those_who_wish(store: Store, clock: Clock) -> None:
    """Erase people whose wish has come true, and leave nothing of them in the files."""
    with _later("erasing"):
        erased = await erasure.erase_due(store, clock)
        await store.wipe()
        _note("erased", people=erased)


async def look_after_inactive(store: Store, clock: Clock, keeping: Keeping) -> None:
    """Warn people who are not here any more, and erase those who were warned in time."""
    with _later("inactive"):
        done = await inactivity.look_after(store, clock, keeping)
        _note("inactive", warned=done.warned, erased=done.erased)


async def forget_old(store: Store, clock: Clock, keeping: Keeping) -> None:
    """Forget what is over and has been kept for its time."""
    with _later("forgetting"):
        forgotten = await keep.forget_old(store, clock, keeping)
        _note("forgotten", **forgotten)
