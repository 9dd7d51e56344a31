"""Calendar files, read back by another library than the one that wrote them."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from delivery.calendar import Entry, Method, feed, file, method_for
from domain.exchanges import Contact, Exchange
from domain.exchanges import Entry as Door
from domain.languages import LANGUAGES
from domain.people import Person
from domain.rules.local_times import local_moment
from domain.sessions import Form, Session
from locales.speech import speech
from tests.actions.test_recurring import OVER_CHANGES

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
READER = Person(1, 1, "de", NOW, name='Öl, "B"', email="reader@example.org")
EXCHANGE = Exchange(
    1, Door.OPEN, {"de": "Austausch; Wasser, Abwasser", "ar": "تبادل"},
    Contact('Anna; "Beispiel"', "anna@example.org"), "Europe/Berlin", NOW,
)  # fmt: skip
ZONES = (*sorted({zone for zone, _, _ in OVER_CHANGES}), "Asia/Kathmandu", "UTC", "Etc/GMT-3")


def session(**more: Any) -> Session:
    values: dict[str, Any] = {
        "id": 7, "exchange": 1, "uid": "abc@partnerlotse", "sequence": 3,
        "starts_at": NOW + timedelta(days=30), "ends_at": NOW + timedelta(days=30, hours=2),
        "zone": "Europe/Berlin", "form": Form.HYBRID,
        "title": {"de": "Wasser, Verluste; senken", "ar": "خفض فاقد المياه " * 6},
        "agenda": {"de": "1. Anfang\n2. Ende"}, "guests": "Dr. Muster", "place": "Rathaus, Saal 1",
        "link": "https://example.org/meet?a=1,2;b", **more,
    }  # fmt: skip
    return Session(**values)


def read(content: bytes) -> list[Any]:
    """The events, as vobject reads them; it would go by the zones of files read before."""
    vobject.icalendar.__tzidMap.clear()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = vobject.readOne(content.decode())
    assert calendar.version.value == "2.0"
    return list(calendar.vevent_list)


def written(*several: Session, method: Method = Method.PUBLISH, language: str = "de") -> bytes:
    entries = [Entry(one, EXCHANGE) for one in several]
    return file(speech(language), entries, method, READER, NOW).content


def test_a_file_says_what_the_card_says() -> None:
    (event,) = read(written(session()))
    assert event.uid.value == "abc@partnerlotse"
    assert event.sequence.value == "3"
    assert event.summary.value == "Wasser, Verluste; senken"
    assert event.location.value == "Rathaus, Saal 1"
    assert event.url.value == "https://example.org/meet?a=1,2;b"
    assert "1. Anfang\n2. Ende" in event.description.value
    assert "Dr. Muster" in event.description.value
    assert event.organizer.value == "mailto:anna@example.org"
    assert event.status.value == "CONFIRMED"
    assert event.dtstamp.value == NOW
    assert [one.trigger.value for one in event.valarm_list] == [
        timedelta(days=-1), timedelta(hours=-1)]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_in_the_language_of_its_reader(language: str) -> None:
    (event,) = read(written(session(), language=language))
    expected = session().title["ar" if language == "ar" else "de"]
    assert event.summary.value == expected.strip() or event.summary.value == expected


@pytest.mark.parametrize(
    ("form", "location", "url"),
    [(Form.ONLINE, "https://example.org/meet?a=1,2;b", True), (Form.IN_PERSON, None, False)],
)
def test_where_one_goes_depends_on_the_form(form: Form, location: str | None, url: bool) -> None:
    (event,) = read(written(session(form=form)))
    assert event.location.value == (location or "Rathaus, Saal 1")
    assert hasattr(event, "url") == url


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", range(0, 730, 13))
def test_every_reader_comes_to_the_same_moment(zone: str, day: int) -> None:
    """By the VTIMEZONE of the file itself, which vobject goes by."""
    starts = datetime(2026, 1, 4, 1, 30, tzinfo=UTC) + timedelta(days=day)
    ends = starts + timedelta(hours=5)
    (event,) = read(written(session(zone=zone, starts_at=starts, ends_at=ends)))
    assert event.dtstart.value.astimezone(UTC) == starts
    assert event.dtend.value.astimezone(UTC) == ends


@pytest.mark.parametrize(("zone", "first", "in_utc"), OVER_CHANGES)
def test_a_series_over_a_change_of_clocks_is_read_as_it_was_meant(
    zone: str, first: str, in_utc: list[str]
) -> None:
    walls = [datetime.fromisoformat(first) + timedelta(weeks=week) for week in range(2)]
    moments = [local_moment(wall, zone).moment for wall in walls]
    several = [
        session(id=at, uid=f"{at}@x", zone=zone, starts_at=one, ends_at=one + timedelta(hours=1))
        for at, one in enumerate(moments)
    ]
    events = read(written(*several))
    assert [one.dtstart.value.astimezone(UTC) for one in events] == moments
    assert [one.dtstart.value.astimezone(UTC).strftime("%H:%M") for one in events] == in_utc


def test_an_invitation_names_its_reader_and_a_cancellation_takes_it_out() -> None:
    invitation = vobject.readOne(written(session(), method=Method.REQUEST).decode())
    assert invitation.method.value == "REQUEST"
    assert invitation.vevent.attendee.value == "mailto:reader@example.org"
    assert invitation.vevent.attendee.params["RSVP"] == ["FALSE"]
    gone = session(cancelled_at=NOW, sequence=4)
    cancelled = vobject.readOne(written(gone, method=Method.CANCEL).decode())
    assert cancelled.method.value == "CANCEL"
    assert cancelled.vevent.status.value == "CANCELLED"
    assert cancelled.vevent.sequence.value == "4"
    assert cancelled.vevent.uid.value == invitation.vevent.uid.value
    assert not hasattr(cancelled.vevent, "valarm")
    plain = vobject.readOne(written(session()).decode())
    assert not hasattr(plain.vevent, "attendee")


def test_what_a_file_is_for() -> None:
    nobody = Person(1, 1, "de", NOW)
    gone = session(cancelled_at=NOW)
    assert method_for([session()], READER, invited=True) is Method.REQUEST
    assert method_for([session()], READER, invited=False) is Method.PUBLISH
    assert method_for([session()], nobody, invited=True) is Method.PUBLISH
    assert method_for([gone], READER, invited=True) is Method.CANCEL


def test_a_feed_is_the_same_as_long_as_its_sessions_are() -> None:
    entries = [Entry(session(announced_at=NOW), EXCHANGE)]
    once = feed(speech("de"), entries)
    assert once == feed(speech("de"), entries)
    assert len(read(once)) == 1
    assert read_empty(feed(speech("ar"), [])) == []


def read_empty(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    return list(chain(calendar.walk("VEVENT")))
