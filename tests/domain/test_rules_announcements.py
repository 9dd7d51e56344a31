"""Announcements: which state follows which, who may do what, and when they leave."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.announcements import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    Announcement,
    AnnouncementState,
    Link,
    Part,
    ProposedChange,
    Report,
    Timing,
    When,
)
from domain.audiences import Audience, Trait, audience_of
from domain.outbox import DeliveryState
from domain.roles import Role
from domain.rules.announcements import (
    begins_at,
    due_in,
    is_unwritten,
    lacks,
    link_in,
    longest_text,
    may_become,
    may_handle,
    may_release,
    may_release_change,
    may_take_change_back,
    needs_release,
    shown_length,
)
from domain.uploads import Upload, UploadKind

S = AnnouncementState
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AUTHOR, OTHER, MINE = 1, 2, 7
ONE = Announcement(1, AUTHOR, S.DRAFT, 1, NOON, {"de": "Hallo"}, "de", Audience(exchange=MINE))

FOLLOWS = {
    S.DRAFT: {S.WAITING, S.SCHEDULED, S.SENDING},
    S.WAITING: {S.DRAFT, S.SCHEDULED, S.SENDING, S.CANCELLED},
    S.SCHEDULED: {S.DRAFT, S.SENDING, S.CANCELLED},
    S.SENDING: {S.SENT, S.CANCELLED, S.WITHDRAWN},
    S.SENT: {S.SENDING, S.WITHDRAWN},
    S.CANCELLED: {S.WITHDRAWN},
    S.WITHDRAWN: set(),
}


UNWRITTEN = replace(ONE, texts={}, first=None)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (UNWRITTEN, True),
        (replace(UNWRITTEN, audience=None), True),
        (ONE, False),
        (replace(UNWRITTEN, upload=Upload("x", "x.pdf", UploadKind.DOCUMENT, 9)), False),
        (replace(UNWRITTEN, link=Link("Read", "https://example.org")), False),
        (replace(UNWRITTEN, session=3), False),
    ],
)
def test_in_what_nothing_has_been_written(one: Announcement, expected: bool) -> None:
    assert is_unwritten(one) is expected


@pytest.mark.parametrize("state", S)
def test_which_states_follow(state: S) -> None:
    assert {other for other in S if may_become(replace(ONE, state=state), other)} == FOLLOWS[state]


@pytest.mark.parametrize(
    ("person", "runs", "roles", "expected"),
    [
        (AUTHOR, (), {Role.COORDINATOR}, True),
        (AUTHOR, (), (), False),  # the role has been taken from them
        (OTHER, (), {Role.COORDINATOR}, False),
        (OTHER, {MINE}, {Role.COORDINATOR}, True),
        (OTHER, {MINE}, (), False),
        (OTHER, {MINE + 1}, {Role.COORDINATOR}, False),
        (OTHER, (), {Role.ADMINISTRATOR}, True),
    ],
)
def test_who_may_handle_one(
    person: int, runs: Collection[int], roles: Collection[Role], expected: bool
) -> None:
    assert may_handle(ONE, person, runs, roles) is expected


def test_what_is_for_no_exchange_is_its_authors_whatever_others_run() -> None:
    for audience in (None, Audience()):
        one = replace(ONE, audience=audience)
        assert not may_handle(one, OTHER, {MINE}, {Role.COORDINATOR})


@pytest.mark.parametrize(
    ("author", "asked_by", "person", "expected"),
    [(1, 1, 1, False), (1, 1, 2, True), (1, 2, 1, False), (1, 2, 2, False), (1, 2, 3, True),
     (None, 2, 2, False), (None, None, 1, True)],
)  # fmt: skip
def test_the_second_pair_of_eyes_is_nobody_who_wrote_it_or_wants_it_sent(
    author: int | None, asked_by: int | None, person: int, expected: bool
) -> None:
    assert may_release(replace(ONE, author=author, asked_by=asked_by), person) is expected


@pytest.mark.parametrize(
    ("author", "asked_by", "proposed_by", "person", "releases", "takes_back"),
    [
        (1, 1, 1, 1, False, True),
        (1, 1, 1, 2, True, False),
        (1, 1, 2, 1, False, True),  # the author of the announcement, whoever proposes
        (1, 1, 2, 2, False, True),
        (1, 1, 2, 3, True, False),
        (1, 3, 2, 3, True, False),  # who wanted it sent has written neither
        (None, None, 2, 2, False, True),
        (None, None, 2, 1, True, False),
    ],
)
def test_a_change_is_released_by_nobody_who_proposes_it_or_wrote_the_announcement(
    author: int | None, asked_by: int | None, proposed_by: int, person: int, releases: bool,
    takes_back: bool,
) -> None:  # fmt: skip
    one = replace(ONE, author=author, asked_by=asked_by)
    change = ProposedChange(one.id, 1, "de", "Neu", proposed_by)
    assert may_release_change(one, change, person) is releases
    assert may_take_change_back(one, change, person) is takes_back


@pytest.mark.parametrize(
    ("number", "alone", "expected"), [(0, 0, False), (1, 0, True), (200, 200, False),
                                      (201, 200, True)],
)  # fmt: skip
def test_so_many_need_a_release(number: int, alone: int, expected: bool) -> None:
    assert needs_release(number, alone) is expected


@pytest.mark.parametrize(
    ("texts", "audience", "expected"),
    [
        ({}, None, ("text", "audience")),
        ({"de": ""}, Audience(), ("text",)),
        ({"de": "Hallo"}, None, ("audience",)),
        ({"de": "Hallo"}, Audience(), ()),
    ],
)
def test_what_is_missing(
    texts: dict[str, str], audience: Audience | None, expected: tuple[str, ...]
) -> None:
    assert lacks(replace(ONE, texts=texts, audience=audience)) == expected


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(), NOON),
        (When(Timing.AT, at(3, 9)), at(3, 9)),
        (When(Timing.AT, at(1, 9)), NOON),
        (When(Timing.LOCAL, at(4, 9)), at(3, 19)),
        (When(Timing.LOCAL, at(2, 20)), NOON),
    ],
)
def test_when_it_begins(when: When, expected: datetime) -> None:
    assert begins_at(when, NOON) == expected


@pytest.mark.parametrize(
    ("hour", "zone", "expected"),
    [
        (at(3, 9), "Europe/Berlin", at(3, 8)),
        (at(3, 9), "America/Lima", at(3, 14)),
        (at(3, 9), "Pacific/Kiritimati", at(2, 19)),
        (at(3, 9), "Nowhere/Atall", at(3, 9)),
        (at(2, 9), "Europe/Berlin", NOON),  # has passed there
        (at(29, 2, 30), "Europe/Berlin", at(29, 1, 30)),  # half past two is left out: past three
    ],
)
def test_the_hour_where_each_reader_lives(hour: datetime, zone: str, expected: datetime) -> None:
    assert due_in(When(Timing.LOCAL, hour), zone, NOON) == expected


@pytest.mark.parametrize("timing", [Timing.NOW, Timing.AT])
def test_other_times_are_the_same_everywhere(timing: Timing) -> None:
    assert due_in(When(timing, at(9, 9)), "America/Lima", NOON) == NOON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", True),
        (" https://example.org:8443/a?b=c#d ", True),
        ("https://wässer.example/Maße", True),
        ("http://example.org", False),
        ("https://ada@example.org", False),
        ("https://example.org\\@evil.example", False),
        ("javascript:alert(1)", False),
        ("https://localhost", False),
        ("https://example.org and more", False),
        ("https://example.org/" + "a" * 500, False),
    ],
)
def test_what_is_the_address_of_a_page(text: str, expected: bool) -> None:
    assert link_in(text) == (text.strip() if expected else None)


@pytest.mark.parametrize(
    ("html", "expected"), [("<b>Ja</b>", 2), ("a &lt; b &amp; c", 9), ("🌊", 2), ("", 0)]
)
def test_how_long_telegram_takes_it_for(html: str, expected: int) -> None:
    assert shown_length(html) == expected


def test_beside_a_file_there_is_less_room() -> None:
    with_file = replace(ONE, upload=Upload("f", "x.pdf", UploadKind.DOCUMENT, 1))
    assert (longest_text(ONE), longest_text(with_file)) == (LONGEST_TEXT, LONGEST_CAPTION)


@pytest.mark.parametrize(("gone", "expected"), [(1, True), (0, False), (2, False)])
def test_a_report_adds_up_where_nobody_is_missing_or_twice(gone: int, expected: bool) -> None:
    parts = (Part(DeliveryState.SENT, None, 3), Part(DeliveryState.BLOCKED, "blocked", 1))
    assert Report(5, parts, gone).adds_up is expected


def test_a_report_with_more_than_were_meant_does_not_add_up() -> None:
    assert not Report(2, (Part(DeliveryState.SENT, None, 3),), gone=-1).adds_up


@pytest.mark.parametrize(
    "audience",
    [
        Audience(),
        Audience(exchange=3),
        Audience(exchange=3, session=4, answered=frozenset({"nothing"})),
        Audience().having(Trait.LANGUAGES, {"de", "uk"}).having(Trait.TOPICS, {"sludge"}),
    ],
)
def test_an_audience_is_read_as_it_was_stored(audience: Audience) -> None:
    assert audience_of({**audience.as_json(), "forgotten": ["x"]}) == audience


def test_another_exchange_forgets_the_session() -> None:
    one = Audience(exchange=3, languages=frozenset({"de"})).about(4)
    assert one.answered == {"nothing"}
    assert one.within(3) == one
    assert one.within(5) == Audience(exchange=5, languages=frozenset({"de"}))
