"""What a session must be like to be planned, moved or changed. A flaw is the key of the sentence
that says how to put it right."""

import re
from datetime import datetime, timedelta

from domain.languages import LANGUAGES
from domain.planning import (
    FURTHEST,
    LONGEST_AGENDA,
    LONGEST_LINE,
    LONGEST_SESSION,
    LONGEST_TITLE,
    MOST_SEATS,
    Details,
)
from domain.rules.hours import known_zone
from domain.rules.local_times import local_moment
from domain.rules.plain_text import says_something
from domain.sessions import Session

_LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether it is an address of the web."""
    return len(text) <= LONGEST_LINE and _LINK.fullmatch(text) is not None


def flaw_in_time(starts: datetime, lasts: timedelta, zone: str, now: datetime) -> str | None:
    """What is wrong with when a session begins (by clocks of the zone) and how long it lasts; None
    where all is well."""
    if known_zone(zone) is None:
        return "refusal-session-zone"
    if lasts <= timedelta(0):
        return "refusal-session-end-first"
    if lasts > LONGEST_SESSION:
        return "refusal-session-too-long"
    if not now.year - 1 < starts.year < now.year + 10:
        return "refusal-session-past" if starts.year < now.year else "refusal-session-far"
    begins = local_moment(starts, zone)
    if not begins.exists:
        return "refusal-time-left-out"
    if begins.moment <= now:
        return "refusal-session-past"
    return "refusal-session-far" if begins.moment > now + FURTHEST else None


def flaw_in_details(said: Details) -> str | None:
    """What is wrong with what is said of a session; None where all is well."""
    titles = said.get("title")
    if titles is not None and not any(says_something(one) for one in titles.values()):
        return "refusal-session-title"
    if any(len(one) > LONGEST_TITLE for one in (titles or {}).values()):
        return "refusal-session-text-too-long"
    if any(len(one) > LONGEST_AGENDA for one in said.get("agenda", {}).values()):
        return "refusal-session-text-too-long"
    lines = (said.get("guests"), said.get("place"))
    if any(one is not None and len(one) > LONGEST_LINE for one in lines):
        return "refusal-session-text-too-long"
    link, capacity = said.get("link"), said.get("capacity")
    if link is not None and not is_link(link):
        return "refusal-session-link"
    if capacity is not None and not 1 <= capacity <= MOST_SEATS:
        return "refusal-session-capacity"
    languages = {said.get("language"), *said.get("interpreters", ())} - {None}
    return None if languages <= set(LANGUAGES) else "refusal-session-language"


def flaw_in_changing(session: Session, now: datetime) -> str | None:
    """Why a session cannot be moved, changed or announced any more; None where it can."""
    if session.cancelled:
        return "refusal-session-cancelled"
    return "refusal-session-begun" if session.starts_at <= now else None
