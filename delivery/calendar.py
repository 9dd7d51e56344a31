"""Calendar files and feeds: sessions as events of RFC 5545, and RFC 5546 where others are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from delivery.calendar_zones import zones_of
from delivery.message import Attachment
from domain.exchanges import Exchange
from domain.people import Person
from domain.sessions import Form, Session
from domain.texts import shown
from locales.speech import Speech

PRODUCT = "-//Partnerlotse//Partnerlotse//EN"
ALARMS = (timedelta(days=1), timedelta(hours=1))
AGAIN = timedelta(hours=1)
"""How often a program that subscribes is asked to look."""


class Method(StrEnum):
    """What a calendar program is to do with a file (RFC 5546)."""

    PUBLISH = "PUBLISH"
    """Show the event."""
    REQUEST = "REQUEST"
    """Take it up, or its new version, as one to which its reader is invited."""
    CANCEL = "CANCEL"
    """Take it out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session with its exchange."""

    session: Session
    exchange: Exchange


def method_for(several: Sequence[Session], reader: Person, *, invited: bool) -> Method:
    """What a file is for: a cancelled session is taken out; an invitation names its reader's
    address as RFC 5546 asks, and is only shown to whoever has stated none."""
    if all(one.cancelled for one in several):
        return Method.CANCEL
    return Method.REQUEST if invited and reader.email else Method.PUBLISH


def file(
    say: Speech, entries: Sequence[Entry], method: Method, reader: Person, now: datetime
) -> Attachment:
    """Sessions as a file in the reader's language."""
    calendar = _calendar(say, entries, method, now, invited=reader)
    stem = say.plain("calendar-filename")
    name = f"{stem}-{entries[0].session.id}.ics"
    return Attachment(name, calendar.to_ical())


def feed(say: Speech, entries: Sequence[Entry]) -> bytes:
    """Sessions as a calendar to subscribe to. It is the same as long as they are, so that programs
    need not load it again: each event is stamped with what is known of its age."""
    calendar = _calendar(say, entries, Method.PUBLISH, None)
    name = say.plain("calendar-name")
    calendar.add("X-WR-CALNAME", name)
    calendar.add("NAME", name)
    calendar.add("REFRESH-INTERVAL", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return bytes(calendar.to_ical())


def _calendar(
    say: Speech,
    entries: Sequence[Entry],
    method: Method,
    now: datetime | None,
    *,
    invited: Person | None = None,
) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    for zone in zones_of([one.session for one in entries]):
        calendar.add_component(zone)
    for one in entries:
        calendar.add_component(_event(say, one, method, now, invited))
    return calendar


def _event(
    say: Speech, entry: Entry, method: Method, now: datetime | None, invited: Person | None
) -> Event:
    session, exchange, zone = entry.session, entry.exchange, ZoneInfo(entry.session.zone)
    event = Event()
    event.add("UID", session.uid)
    event.add("SEQUENCE", session.sequence)
    stamp = now or session.announced_at or session.created_at or session.starts_at
    event.add("DTSTAMP", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", session.starts_at.astimezone(zone))
    event.add("DTEND", session.ends_at.astimezone(zone))
    event.add("SUMMARY", shown(session.title, say.language))
    event.add("DESCRIPTION", _description(say, session, exchange))
    event.add("STATUS", "CANCELLED" if session.cancelled else "CONFIRMED")
    event["ORGANIZER"] = _address(exchange.contact.email, exchange.contact.name)
    place = session.place if session.form is not Form.ONLINE else None
    link = session.link if session.form is not Form.IN_PERSON else None
    if place or link:
        event.add("LOCATION", place or link)
    if link:
        event.add("URL", link)
    if method is Method.REQUEST and invited is not None and invited.email:
        event.add("ATTENDEE", _attendee(invited.email, invited.name))
    if not session.cancelled:
        for before in ALARMS:
            event.add_component(_alarm(say, session, before))
    return event


def _description(say: Speech, session: Session, exchange: Exchange) -> str:
    """What stands on the card beneath title, time and place."""
    lines = [shown(exchange.title, say.language)]
    if session.link and session.form is not Form.IN_PERSON:
        lines.append(session.link)
    if session.guests:
        lines.append(session.guests)
    if agenda := shown(session.agenda, say.language):
        lines += ["", agenda]
    return "\n".join(lines)


def _alarm(say: Speech, session: Session, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", shown(session.title, say.language))
    alarm.add("TRIGGER", -before)
    return alarm


def _address(email: str, name: str | None) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = vText(name)
    return address


def _attendee(email: str, name: str | None) -> vCalAddress:
    """The reader; whether they come they tell us, and not the organiser by e-mail."""
    address = _address(email, name)
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address
