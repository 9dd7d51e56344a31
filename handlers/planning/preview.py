"""What a draft comes to: the card as members will see it, and the dates of a series."""

from datetime import timedelta

from markupsafe import Markup

from actions import sessions
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Keyboard, Message
from delivery.presses_of_sessions import Keep
from delivery.session_cards import dates, session_card
from delivery.zones import zone_of_reader
from domain.errors import NotYours
from domain.exchanges import Exchange
from domain.planning import Draft
from domain.sessions import Session
from handlers.planning.changes import details_in, moves
from handlers.planning.times import rule_in
from handlers.turn import Turn
from locales.speech import Speech


async def preview(turn: Turn, draft: Draft, note: Markup | None, leaving: Keyboard) -> Message:
    """The card and what can be done with it. Refuses what a verb would refuse."""
    say = turn.say
    exchange = await turn.store.exchanges.by_id(draft.exchange)
    several = await _sketched(turn, draft)
    if exchange is None or not several:
        raise NotYours
    zone = await zone_of_reader(turn.store, turn.who, exchange.zone)
    there = await turn.store.sessions.by_id(draft.session) if draft.session else None
    text = [
        *([note, Markup()] if note else []),
        say("question-plan-preview" if there is None else "question-change-preview"),
        Markup(),
        *_card(say, several, exchange, zone),
    ]
    return Message(NEWLINE.join(text), (*await _keeping(turn, there), *leaving))


def _card(say: Speech, several: tuple[Session, ...], exchange: Exchange, zone: str) -> list[Markup]:
    """The first of them, with its seats, which members see once they reply; and all dates, where it
    is the first of several."""
    first = several[0]
    lines = [session_card(say, first, exchange, zone)]
    if first.capacity is not None:
        lines.append(say("preview-seats", seats=first.capacity))
    if len(several) > 1:
        above = say("change-dates") if first.id else say("plan-dates", len(several))
        lines += [Markup(), above, *dates(say, several, first.zone)]
    return lines


async def _sketched(turn: Turn, draft: Draft) -> tuple[Session, ...]:
    if draft.session is not None:
        there = await turn.store.sessions.by_id(draft.session)
        if there is None:
            return ()
        if not moves(draft):
            return (sessions.otherwise(there, details_in(draft, there, turn.language)),)
        if draft.starts is None or draft.lasts is None:
            return ()
        lasts = timedelta(minutes=draft.lasts)
        return await sessions.moved(turn.store, turn.clock, there, draft.starts, lasts)
    plan = draft.plan(turn.language)
    return sessions.sketch(draft.exchange, plan, rule_in(draft)) if plan else ()


async def _keeping(turn: Turn, there: Session | None) -> Keyboard:
    say = turn.say
    if there is None:
        return (
            (button(say, "button-plan-announce", Keep(1)),),
            (button(say, "button-plan-draft", Keep(0)),),
        )
    key = "button-change-tell" if there.announced else "button-change-keep"
    rows = [(button(say, key, Keep(1)),)]
    if await sessions.goes_on(turn.store, turn.clock, there):
        rows.append((button(say, "button-change-onwards", Keep(2)),))
    return tuple(rows)
