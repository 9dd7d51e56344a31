"""The tables, one file a noun; migrations are written against these."""

from storage.tables.base import metadata
from storage.tables.calendars import calendar_feeds
from storage.tables.changes import organisation_changes
from storage.tables.conversations import conversations, handled_updates
from storage.tables.exchanges import (
    exchange_codes,
    exchange_coordinators,
    exchanges,
    groups,
    memberships,
)
from storage.tables.introductions import introductions, outcomes, searches, showings
from storage.tables.organisations import (
    admissions,
    dismissals,
    invitations,
    organisation_topics,
    organisations,
    partnerships,
    representatives,
)
from storage.tables.outbox import outbox
from storage.tables.people import people
from storage.tables.roles import codes, concerns, roles, trail
from storage.tables.sessions import contributions, reminders, rsvps, series, sessions

__all__ = [
    "admissions",
    "calendar_feeds",
    "codes",
    "concerns",
    "contributions",
    "conversations",
    "dismissals",
    "exchange_codes",
    "exchange_coordinators",
    "exchanges",
    "groups",
    "handled_updates",
    "introductions",
    "invitations",
    "memberships",
    "metadata",
    "organisation_changes",
    "organisation_topics",
    "organisations",
    "outbox",
    "outcomes",
    "partnerships",
    "people",
    "reminders",
    "representatives",
    "roles",
    "rsvps",
    "searches",
    "series",
    "sessions",
    "showings",
    "trail",
]
