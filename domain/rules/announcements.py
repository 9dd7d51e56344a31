"""Who may do what with an announcement, what it lacks, and when it leaves."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from domain.announcements import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    MAY_BECOME,
    Announcement,
    AnnouncementState,
    ProposedChange,
    Timing,
    When,
)
from domain.roles import Role
from domain.rules.holding import WHERE_UNKNOWN
from domain.rules.hours import known_zone

EARLIEST = timedelta(hours=14)
"""So far ahead of UTC are the clocks that show an hour first."""
_URL = re.compile(r"https://[^\s/?#@\\]+\.[^\s/?#@\\.]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
LONGEST_URL = 500


def may_handle(
    one: Announcement, person: int, runs: Collection[int], roles: Collection[Role]
) -> bool:
    """Whether somebody may read and change an announcement: who wrote it, who runs the exchange
    that it is for (`runs`: their exchanges), and administrators."""
    if Role.ADMINISTRATOR in roles:
        return True
    if Role.COORDINATOR not in roles:
        return False
    exchange = one.audience.exchange if one.audience else None
    return one.author == person or (exchange is not None and exchange in runs)


def may_release(one: Announcement, person: int) -> bool:
    """Whether somebody is a second pair of eyes: neither who wrote it nor who wants it sent."""
    return person not in (one.author, one.asked_by)


def needs_release(number: int, alone_up_to: int) -> bool:
    """Whether so many people are too many for one pair of eyes."""
    return number > alone_up_to


def may_release_change(one: Announcement, change: ProposedChange, person: int) -> bool:
    """Whether somebody is a second pair of eyes for a change: neither who wrote the announcement
    nor who proposes the change."""
    return person not in (one.author, change.proposed_by)


def may_take_change_back(one: Announcement, change: ProposedChange, person: int) -> bool:
    """Whether somebody may take a proposed change back: who proposes it, or who wrote the
    announcement."""
    return person in (one.author, change.proposed_by)


def may_become(one: Announcement, state: AnnouncementState) -> bool:
    """Whether it may pass into another state."""
    return state in MAY_BECOME[one.state]


def lacks(one: Announcement) -> tuple[str, ...]:
    """What is missing before it can be sent, in words of ours."""
    missing = {"text": not any(one.texts.values()), "audience": one.audience is None}
    return tuple(name for name, is_missing in missing.items() if is_missing)


def is_unwritten(one: Announcement) -> bool:
    """Whether at most its audience has been said."""
    return not (one.texts or one.upload or one.link or one.session)


def begins_at(when: When, now: datetime) -> datetime:
    """When its deliveries are written: for an hour where each reader lives, once it is that hour
    anywhere on earth."""
    if when.timing is Timing.NOW or when.at is None:
        return now
    at = when.at - EARLIEST if when.timing is Timing.LOCAL else when.at
    return max(at, now)


def due_in(when: When, zone: str, now: datetime) -> datetime:
    """When it leaves for somebody in this zone; at once where the hour has passed there. An hour
    that the clocks leave out comes when they have gone past it."""
    if when.timing is not Timing.LOCAL or when.at is None:
        return now
    there = ZoneInfo(zone if known_zone(zone) else WHERE_UNKNOWN)
    return max(when.at.replace(tzinfo=there).astimezone(UTC), now)


def link_in(text: str) -> str | None:
    """The address of a page, if the text is one: https only, without a user's name in it."""
    found = text.strip()
    return found if len(found) <= LONGEST_URL and _URL.fullmatch(found) else None


def longest_text(one: Announcement) -> int:
    """How many characters it may have."""
    return LONGEST_TEXT if one.upload is None else LONGEST_CAPTION


def shown_length(html: str) -> int:
    """How many characters of a text Telegram counts: without its tags, in halves of UTF-16."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2
