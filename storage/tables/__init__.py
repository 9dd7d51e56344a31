"""The tables, one file a noun; migrations are written against these."""

from storage.tables.base import metadata
from storage.tables.changes import organisation_changes
from storage.tables.conversations import conversations, handled_updates
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

__all__ = [
    "admissions",
    "codes",
    "concerns",
    "conversations",
    "dismissals",
    "handled_updates",
    "introductions",
    "invitations",
    "metadata",
    "organisation_changes",
    "organisation_topics",
    "organisations",
    "outbox",
    "outcomes",
    "partnerships",
    "people",
    "representatives",
    "roles",
    "searches",
    "showings",
    "trail",
]
