"""Times of the day and the names of time zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time, get_timezone_location

from domain.rules.hours import known_zone
from locales.speech import Speech


def clock_time(say: Speech, moment: datetime, zone: str) -> str:
    """A time of the day in a zone, as this language writes it."""
    return str(
        format_time(
            moment, format="short", tzinfo=ZoneInfo(zone), locale=Locale.parse(say.language)
        )
    )


def zone_city(say: Speech, zone: str) -> str:
    """The city that a zone is named after, in this language."""
    return str(get_timezone_location(zone, Locale.parse(say.language), return_city=True))


def moment(say: Speech, when: datetime, zone: str | None) -> str:
    """A day and an hour in a zone, with the zone's city; in UTC where none is known."""
    local = known_zone(zone)
    if zone is None or local is None:
        return say.plain("moment-utc", day=say.date(when), time=clock_time(say, when, "UTC"))
    return say.plain(
        "moment",
        day=say.date(when.astimezone(local)),
        time=clock_time(say, when, zone),
        city=zone_city(say, zone),
    )
