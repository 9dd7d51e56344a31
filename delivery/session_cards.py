"""A session as a card: what, when in the reader's zone, where."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button
from delivery.presses_of_exchanges import ReplyTo
from domain.exchanges import Exchange
from domain.sessions import Form, Reply, Session
from domain.texts import shown
from locales import moments
from locales.speech import Speech

MOST_DATES = 15
"""Dates of a series in one message."""


def session_card(
    say: Speech, session: Session, exchange: Exchange, zone: str, *, whole: bool = True
) -> Markup:
    """A session for a reader who lives by `zone`; `whole` with agenda and guests. The link is shown
    to whoever sees the card: give it to members only."""
    lines = [
        say("session-title", title=shown(session.title, say.language)),
        say("session-of", exchange=shown(exchange.title, say.language)),
        when_line(say, session, zone),
        *_where(say, session),
        *_languages(say, session),
    ]
    if whole and session.guests:
        lines.append(say("session-guests", guests=session.guests))
    if whole and (agenda := shown(session.agenda, say.language)):
        lines += [Markup(), say("session-agenda"), Markup("{}").format(agenda)]
    return NEWLINE.join(lines)


def when_line(say: Speech, session: Session, zone: str) -> Markup:
    """When it begins and ends in the reader's zone, and by the session's own clocks where these
    show another hour."""
    lines = [_span(say, "session-when", session, zone)]
    if _differ(session.starts_at, zone, session.zone):
        lines.append(_span(say, "session-when-there", session, session.zone))
    return NEWLINE.join(lines)


def _span(say: Speech, key: str, session: Session, zone: str) -> Markup:
    return say(
        key,
        moment=moments.moment(say, session.starts_at, zone),
        end=moments.clock_time(say, session.ends_at, zone),
    )


def _differ(moment: datetime, one: str, other: str) -> bool:
    return moments.offset_at(moment, one) != moments.offset_at(moment, other)


def _where(say: Speech, session: Session) -> list[Markup]:
    lines = [say(f"session-form-{session.form.value}")]
    if session.place and session.form is not Form.ONLINE:
        lines.append(say("session-place", place=session.place))
    if session.link and session.form is not Form.IN_PERSON:
        lines.append(say("session-link", link=session.link))
    return lines


def _languages(say: Speech, session: Session) -> list[Markup]:
    if session.language is None:
        return []
    spoken = say("session-language", language=say.language_name(session.language))
    if not session.interpreters:
        return [spoken]
    into = say.listing(say.language_name(one) for one in sorted(session.interpreters))
    return [spoken, say("session-interpreters", languages=into)]


def date_line(say: Speech, session: Session, zone: str) -> str:
    """When a session begins, in a few words without the zone, for lists and buttons."""
    return moments.short_moment(say, session.starts_at, zone)


def dates(say: Speech, several: Sequence[Session], zone: str) -> list[Markup]:
    """When several sessions begin, a line each; a long list is cut, and says so."""
    shown = several if len(several) <= MOST_DATES else several[: MOST_DATES - 1]
    lines = [say("session-date", date=date_line(say, one, zone)) for one in shown]
    left = len(several) - len(shown)
    return [*lines, say("session-dates-more", left)] if left else lines


def reply_row(say: Speech, session: int) -> tuple[Button, ...]:
    """The buttons by which members reply to a session."""
    return tuple(
        button(say, f"button-reply-{one.value}", ReplyTo(session, one.value))
        for one in (Reply.YES, Reply.MAYBE, Reply.NO)
    )
