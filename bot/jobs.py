"""The jobs: what is due is done. Three lines each; the deciding is in the actions."""

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


async def look_after_introductions(store: Store, clock: Clock, patience: Patience) -> None:
    """Remind of unanswered introductions, and close those that waited too long."""
    try:
        expired = await introductions.expire_due(store, clock, patience)
        reminded = await introductions.remind_due(store, clock, patience)
    except UNAVAILABLE as error:
        log.warning("introductions-later", error=error)
        return
    if expired or reminded:
        log.info("introductions", expired=expired, reminded=reminded)


async def look_after_outcomes(store: Store, clock: Clock, patience: Patience) -> None:
    """Ask what came of introductions, and those who had not met yet once more."""
    try:
        asked = await outcomes.ask_due(store, clock, patience)
        again = await outcomes.ask_again_due(store, clock, patience)
    except UNAVAILABLE as error:
        log.warning("outcomes-later", error=error)
        return
    if asked or again:
        log.info("outcomes", asked=asked, again=again)


async def announce_new_partners(store: Store, clock: Clock) -> None:
    """Tell those who wish it of new organisations that fit."""
    try:
        told = await announcements.announce_due(store, clock)
    except UNAVAILABLE as error:
        log.warning("announcements-later", error=error)
        return
    if told:
        log.info("announcements", told=told)


async def begin_announcements(store: Store, clock: Clock) -> None:
    """Begin the announcements whose time has come."""
    try:
        begun = await releasing.begin_due(store, clock)
    except UNAVAILABLE as error:
        log.warning("announcements-later", error=error)
        return
    if begun:
        log.info("announcements-begun", begun=begun)


async def follow_announcements(store: Store, clock: Clock) -> None:
    """End announcements that have been sent, and show how far others are."""
    try:
        await announced.follow(store, clock)
    except UNAVAILABLE as error:
        log.warning("announcements-later", error=error)


async def look_after_admissions(store: Store, clock: Clock) -> None:
    """Remind of newcomers whom nobody has answered, and put them to the coordinators."""
    try:
        told = await admissions.look_after(store, clock)
    except UNAVAILABLE as error:
        log.warning("admissions-later", error=error)
        return
    if told:
        log.info("admissions", told=told)


async def look_after_join_requests(store: Store, clock: Clock) -> None:
    """Remind of requests to join that nobody has answered, and hand them on."""
    try:
        told = await joining.look_after(store, clock)
    except UNAVAILABLE as error:
        log.warning("join-requests-later", error=error)
        return
    if told:
        log.info("join-requests", told=told)


async def remind_of_sessions(store: Store, clock: Clock) -> None:
    """Remind members of the sessions that begin soon."""
    try:
        told = await reminders.enqueue_due(store, clock)
    except UNAVAILABLE as error:
        log.warning("reminders-later", error=error)
        return
    if told:
        log.info("reminders", told=told)


async def look_after_rounds(store: Store, clock: Clock) -> None:
    """Make the rounds that are due, and ask groups how it goes and how it went."""
    try:
        made = await rounds.make_due(store, clock)
        told = await rounds.look_after(store, clock)
    except UNAVAILABLE as error:
        log.warning("rounds-later", error=error)
        return
    if made or told:
        log.info("rounds", made=made, told=told)


async def look_after_sessions_past(store: Store, clock: Clock) -> None:
    """Ask who was there whether it helped, and remind of what was promised."""
    try:
        asked = await session_feedback.ask_due(store, clock)
        reminded = await follow_ups.remind_due(store, clock)
    except UNAVAILABLE as error:
        log.warning("sessions-past-later", error=error)
        return
    if asked or reminded:
        log.info("sessions-past", asked=asked, reminded=reminded)


async def erase_those_who_wish(store: Store, clock: Clock) -> None:
    """Erase people whose wish has come true, and leave nothing of them in the files."""
    try:
        erased = await erasure.erase_due(store, clock)
        await store.wipe()
    except UNAVAILABLE as error:
        log.warning("erasing-later", error=error)
        return
    if erased:
        log.info("erased", people=erased)


async def look_after_inactive(store: Store, clock: Clock, keeping: Keeping) -> None:
    """Warn people who are not here any more, and erase those who were warned in time."""
    try:
        done = await inactivity.look_after(store, clock, keeping)
    except UNAVAILABLE as error:
        log.warning("inactive-later", error=error)
        return
    if done.warned or done.erased:
        log.info("inactive", warned=done.warned, erased=done.erased)


async def forget_old(store: Store, clock: Clock, keeping: Keeping) -> None:
    """Forget what is over and has been kept for its time."""
    try:
        forgotten = await keep.forget_old(store, clock, keeping)
    except UNAVAILABLE as error:
        log.warning("forgetting-later", error=error)
        return
    if forgotten:
        log.info("forgotten", **forgotten)
