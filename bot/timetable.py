"""The timetable: which job runs when. Reminders are rows, not jobs: a tick looks what is due."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import jobs
from domain.clock import Clock
from domain.introductions import Patience
from domain.keeping import Keeping
from storage.store import Store

FOLLOWED = 4.0
"""Seconds between two looks at how far announcements are."""


def timetable(
    store: Store, clock: Clock, patience: Patience, keeping: Keeping, *, tick: float
) -> AsyncIOScheduler:
    """A scheduler in memory; `tick` is in seconds. A job never overlaps with itself, and one
    that is late runs once, however late."""
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )
    scheduler.add_job(
        jobs.look_after_introductions, "interval", (store, clock, patience), seconds=tick
    )
    scheduler.add_job(jobs.look_after_outcomes, "interval", (store, clock, patience), seconds=tick)
    scheduler.add_job(jobs.look_after_admissions, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.look_after_join_requests, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.remind_of_sessions, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.look_after_rounds, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.look_after_sessions_past, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.erase_those_who_wish, "interval", (store, clock), seconds=tick)
    scheduler.add_job(jobs.begin_announcements, "interval", (store, clock), seconds=tick)
    # Whoever has sent one watches how far it is, without being flooded.
    scheduler.add_job(
        jobs.follow_announcements, "interval", (store, clock), seconds=min(tick, FOLLOWED)
    )
    # Nobody waits for news of organisations, and they take a ranking for everybody who wishes them.
    scheduler.add_job(jobs.announce_new_partners, "interval", (store, clock), seconds=10 * tick)
    scheduler.add_job(
        jobs.look_after_inactive, "interval", (store, clock, keeping), seconds=10 * tick
    )
    scheduler.add_job(jobs.forget_old, "interval", (store, clock, keeping), hours=6)
    return scheduler
