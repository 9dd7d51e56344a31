"""Everything that is stored about a person, wherever it stands.

The tables themselves say where that may be: whatever refers to people is looked through, so that a
new table cannot be forgotten. Others are not named, and what others have written is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Table, false, or_, select

from domain.mydata import SOMEBODY, YOU, Tables
from storage.queries.base import Queries
from storage.tables import (
    announcements,
    concerns,
    enquiries,
    memberships,
    metadata,
    people,
    representatives,
)

# What is an organisation's is shown to those who speak for it.
_OF_ORGANISATION: Mapping[str, tuple[str, ...]] = {
    "organisations": ("id",),
    "organisation_topics": ("organisation_id",),
    "partnerships": ("organisation_id",),
    "outcomes": ("organisation_id",),
    "dismissals": ("organisation_id",),
    "introductions": ("asking", "asked"),
    "showings": ("shown_to",),
}
# Keys and leases say nothing about anybody.
_SECRET = {
    "codes": frozenset({"digest"}),
    "invitations": frozenset({"digest"}),
    "outbox": frozenset({"owner", "owned_until"}),
    "calendar_feeds": frozenset({"digest"}),
    "exchange_codes": frozenset({"digest"}),
    "group_codes": frozenset({"digest"}),
    "exchanges": frozenset({"contact_name", "contact_email", "contact_phone"}),
}


@dataclass(frozen=True, slots=True)
class Own:
    """Ids of a person, of the organisations for which they speak, and of their memberships."""

    person: int
    organisations: list[int]
    memberships: list[int]


class MyData(Queries):
    """What a person may have of what is stored."""

    async def of(self, person: int) -> Tables:
        """Rows by table, and values by column; only tables that hold anything."""
        mine = await self._all(
            select(representatives.c.organisation_id).where(representatives.c.person_id == person)
        )
        taking_part = await self._all(
            select(memberships.c.id).where(memberships.c.person_id == person)
        )
        own = Own(
            person=person,
            organisations=[row.organisation_id for row in mine],
            memberships=[row.id for row in taking_part],
        )
        found: dict[str, list[dict[str, object]]] = {}
        for table in metadata.sorted_tables:
            rows = await self._all(select(table).where(_about(table, own)))
            if rows:
                found[table.name] = [_told(table, row, person) for row in rows]
        return found


def of_people(table: Table) -> list[Column[Any]]:
    """The columns of a table that say who."""
    return [one for one in table.c if any(key.column is people.c.id for key in one.foreign_keys)]


def of_memberships(table: Table) -> list[Column[Any]]:
    """The columns of a table that say which member of an exchange."""
    return [
        one for one in table.c if any(key.column is memberships.c.id for key in one.foreign_keys)
    ]


def _about(table: Table, own: Own) -> ColumnElement[bool]:
    if table is people:
        return people.c.id == own.person
    conditions = [one == own.person for one in of_people(table)]
    columns = _OF_ORGANISATION.get(table.name, ())
    conditions += [table.c[one].in_(own.organisations) for one in columns]
    conditions += [one.in_(own.memberships) for one in of_memberships(table)]
    return or_(*conditions) if conditions else false()


def _told(table: Table, row: Row[Any], person: int) -> dict[str, object]:
    told = dict(row._mapping)
    for column in of_people(table):
        if told[column.name] is not None:
            told[column.name] = YOU if told[column.name] == person else SOMEBODY
    hidden = set(_SECRET.get(table.name, ()))
    # A coordinator has settled what somebody else has written, or entered somebody else.
    if table is concerns and told["by"] != YOU:
        hidden |= {"words", "about"}
    if table is announcements and told["author"] != YOU:
        hidden |= {"texts", "file_id", "file_name", "link_text", "link_url", "audience"}
    if table is memberships and told["person_id"] != YOU:
        hidden |= {"name", "email", "organisation", "note"}
    # Of a question and its answer each has their own words.
    if table is enquiries:
        hidden |= {"answer"} if told["asked_by"] == YOU else {"words"}
    return {name: told[name] for name in told if name not in hidden}
