"""The tables, one file a noun; migrations are written against these."""

from storage.tables.afterwards import (
    attendances,
    follow_ups,
    papers,
    practices,
    session_feedback,
)
from storage.tables.announcements import announcements, proposed_changes, saved_audiences
from storage.tables.base import metadata
from storage.tables.calendars import calendar_feeds
from storage.tables.changes import organisation_changes
from storage.tables.conversations import conversations, handled_updates
from storage.tables.exchanges import (
    exchange_codes,
    exchange_coordinators,
    exchanges,
    group_codes,
    groups,
    memberships,
)
from storage.tables.introductions import introductions, outcomes, searches, showings
from storage.tables.joining import enquiries
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
from storage.tables.rounds import (
    round_groups,
    round_parts,
    round_programmes,
    round_seats,
    rounds,
)
from storage.tables.sessions import contributions, reminders, rsvps, series, sessions

__all__ = [
    "admissions",
    "announcements",
    "attendances",
    "calendar_feeds",
    "codes",
    "concerns",
    "contributions",
    "conversations",
    "dismissals",
    "enquiries",
    "exchange_codes",
    "exchange_coordinators",
    "exchanges",
    "follow_ups",
    "group_codes",
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
    "papers",
    "partnerships",
    "people",
    "practices",
    "proposed_changes",
    "reminders",
    "representatives",
    "roles",
    "round_groups",
    "round_parts",
    "round_programmes",
    "round_seats",
    "rounds",
    "rsvps",
    "saved_audiences",
    "searches",
    "series",
    "session_feedback",
    "sessions",
    "showings",
    "trail",
]
