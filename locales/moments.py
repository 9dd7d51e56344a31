"""Times of the day and the names of time zones."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_skeleton, format_time, get_day_names, get_timezone_location

from domain.rules.hours import known_zone
from domain.rules.zones_typed import offset_of
from locales.speech import Speech

_LAST_LATIN = ord("\u024f")


def clock_time(say: Speech, moment: datetime, zone: str) -> str:
    """A time of the day in a zone, as this language writes it."""
    return str(
        format_time(
            moment, format="short", tzinfo=ZoneInfo(zone), locale=Locale.parse(say.language)
        )
    )


def zone_city(say: Speech, zone: str) -> str:
    """The city that a zone is named after, in this language."""
    found = str(get_timezone_location(zone, Locale.parse(say.language), return_city=True))
    # Where Babel knows no city it gives the end of the zone's name, "Argentina/Buenos Aires".
    return _under_a_former_name(say.language, zone) or found.rpartition("/")[2]


@cache
def _under_a_former_name(language: str, zone: str) -> str | None:
    """CLDR files the city of a zone that was renamed under its former name (Kyiv under
    Europe/Kiev), where Babel does not look. For languages in other letters than Latin: those in
    Latin letters keep the new name."""
    there = Locale.parse(language).time_zones
    renamed = get_global("zone_aliases")
    former = [old for old, new in renamed.items() if new == renamed.get(zone, zone)]
    cities = (there[old].get("city", "") for old in former if old in there)
    return next((city for city in cities if city and ord(city[0]) > _LAST_LATIN), None)


def moment(say: Speech, when: datetime, zone: str | None) -> str:
    """A day and an hour in a zone, with the zone's city; in UTC where none is known."""
    local = known_zone(zone)
    if zone is None or local is None:
        return say.plain("moment-utc", day=say.date(when), time=clock_time(say, when, "UTC"))
    return say.plain(
        "moment",
        day=say.date(when.astimezone(local)),
        time=clock_time(say, when, zone),
        city=zone_name(say, zone),
    )


def short_moment(say: Speech, when: datetime, zone: str) -> str:
    """The same in a few words, without the zone: "Di., 8. Dez. 2026, 10:00"."""
    locale, local = Locale.parse(say.language), when.astimezone(ZoneInfo(zone))
    day = format_skeleton("yMMMEd", local, locale=locale)
    return f"{day}{say.separator}{format_time(local, format='short', locale=locale)}"


def month_name(say: Speech, month: date) -> str:
    """A month with its year: "Dezember 2026"."""
    return str(format_skeleton("yMMMM", month, locale=Locale.parse(say.language)))


def weekday_names(say: Speech) -> tuple[str, ...]:
    """The weekdays as calendars have them above their columns, Monday first."""
    locale = Locale.parse(say.language)
    names = get_day_names("short", "stand-alone", locale=locale)
    return tuple(str(names[day]) for day in range(7))


def weekday_name(say: Speech, day: date) -> str:
    """The name of a day's weekday."""
    return str(
        get_day_names("wide", "stand-alone", locale=Locale.parse(say.language))[day.weekday()]
    )


@cache
def first_weekday(zone: str) -> int:
    """With which weekday weeks begin where these clocks are; 0 is Monday. Countries differ in it,
    and not languages."""
    country = get_global("zone_territories").get(zone)
    try:
        return int(Locale.parse(f"und_{country}").first_week_day) if country else 0
    except (UnknownLocaleError, ValueError):
        return 0


def zone_name(say: Speech, zone: str) -> str:
    """A zone as this language says it: its city, or the offset that was chosen."""
    return offset_of(zone) or zone_city(say, zone)


def wall_time(say: Speech, minutes: int) -> str:
    """Minutes after midnight as this language writes them on a clock."""
    at = time(minutes // 60, minutes % 60)
    return str(format_time(at, format="short", locale=Locale.parse(say.language)))


@cache
def zones_of(country: str, capital: str) -> tuple[str, ...]:
    """The zones of a country, its capital's first, one for all that go alike in winter and in
    summer."""
    alike: dict[tuple[object, ...], str] = {}
    for zone in (capital, *_by_country().get(country, ())):
        local = known_zone(zone)
        if local is not None:
            offsets = (datetime(2026, month, 15, tzinfo=UTC).astimezone(local) for month in (1, 7))
            alike.setdefault(tuple(one.utcoffset() for one in offsets), zone)
    return tuple(alike.values())


# In Ukraine's list for an occupied territory only; a Ukrainian municipality goes by Kyiv.
_NOT_OFFERED = frozenset({"Europe/Simferopol"})


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    """The tz database's own list."""
    listed: dict[str, tuple[str, ...]] = {}
    text = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    for line in text.splitlines():
        country, _, zone = (*line.split("\t"), "", "")[:3]
        if zone and not line.startswith("#") and zone not in _NOT_OFFERED:
            listed[country] = (*listed.get(country, ()), zone)
    return listed


def offset_at(moment: datetime, zone: str) -> timedelta | None:
    """How far a zone's clocks are ahead of UTC at a moment."""
    return moment.astimezone(ZoneInfo(zone)).utcoffset()
