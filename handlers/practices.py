"""Good practice: notes found by topic, read, shared and removed."""

from collections.abc import Iterable

from aiogram import Router
from aiogram.filters import Command, CommandObject
from markupsafe import Markup

from actions import practices
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_practices import (
    ChangePractice,
    RemovePractice,
    SharePractice,
    ShowPractice,
    ShowPractices,
    WritePractice,
)
from domain.practices import Practice, PracticePage
from domain.rules.afterwards import took_place
from domain.sessions import Session
from domain.texts import shown
from handlers import doors
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="practices")

PER_PAGE = 5
MOST_SOUGHT = 3
"""So many topics of what was typed are looked for."""
LONGEST_PRESS = 40
"""Characters of the topics in a button that turns the page."""
CHANGES = ("title", "words", "topics")


@doors.of_session(85)
async def door(turn: Turn, standing: doors.Standing, session: Session) -> tuple[Button, ...]:
    """Write one out of a session that has begun."""
    if not standing.member or not took_place(session, turn.clock()):
        return ()
    press = WritePractice(session.exchange, session.id)
    return (button(turn.say, "button-practice-write", press),)


@doors.of_exchange(74)
async def door_of_exchange(turn: Turn, standing: doors.Standing) -> tuple[Button, ...]:
    """Read them; members also write them."""
    if not (standing.member or standing.runs):
        return ()
    read = button(turn.say, "button-practices", ShowPractices(0, ""))
    if not standing.member:
        return (read,)
    return (read, button(turn.say, "button-practice-write", WritePractice(standing.exchange.id, 0)))


@router.message(Command("practices"))
async def find(_: object, turn: Turn, command: CommandObject) -> None:
    """All that the person may read, or those on what stands behind the command."""
    turn.conversation = turn.conversation.over()
    if not command.args:
        turn.send(await window(turn, 0, ()))
        return
    found = await turn.services.understanding.topics(command.args, turn.language)
    topics = tuple(dict.fromkeys(one.guesses[0].topic for one in found))[:MOST_SOUGHT]
    note = None if topics else turn.say("practices-misheard")
    turn.send(await window(turn, 0, topics, note))


@router.callback_query(Pressed(ShowPractices))
async def show_page(_: object, turn: Turn, press: ShowPractices) -> None:
    """A page, in place."""
    turn.show(await window(turn, press.page, press.topics.split(",")))


@router.callback_query(Pressed(ShowPractice))
async def show_one(_: object, turn: Turn, press: ShowPractice) -> None:
    """One of them whole, beneath the list."""
    found = await practices.one(turn.store, by=turn.who, practice=press.practice)
    turn.send(await card(turn, found))


@router.callback_query(Pressed(SharePractice))
async def share(_: object, turn: Turn, press: SharePractice) -> None:
    """From now on for everybody with a profile, or for the exchange alone."""
    changed = await practices.change(
        turn.store, by=turn.who, practice=press.practice, to_all=press.to_all == 1
    )
    turn.show(await card(turn, changed, turn.say("practice-changed")))


@router.callback_query(Pressed(RemovePractice))
async def remove(_: object, turn: Turn, press: RemovePractice) -> None:
    """After a second look."""
    say = turn.say
    if press.sure != 1:
        found = await practices.one(turn.store, by=turn.who, practice=press.practice)
        text = say("practice-remove-question", title=found.title)
        sure = button(say, "button-practice-remove-sure", RemovePractice(found.id, 1))
        keep = button(say, "button-practices", ShowPractices(0, ""))
        turn.show(Message(text, ((sure,), (keep,))))
        return
    removed = await practices.remove(turn.store, by=turn.who, practice=press.practice)
    text = say("practice-removed" if removed else "practice-gone")
    turn.show(Message(text, ((button(say, "button-practices", ShowPractices(0, "")),),)))


async def window(
    turn: Turn, number: int, topics: Iterable[str], note: Markup | None = None
) -> Message:
    """A page of notes on topics; of all, where none is named."""
    page = await practices.find(turn.store, by=turn.who, topics=topics, page=number, most=PER_PAGE)
    say = turn.say
    lines = [*([note, Markup()] if note else []), say("practices-title")]
    if page.topics:
        lines.append(say("practices-on", topics=_topics(turn, page.topics)))
    lines.append(say("practices-number", page.total) if page.total else say("practices-none"))
    rows: list[tuple[Button, ...]] = []
    for at, one in enumerate(page.practices, page.page * PER_PAGE + 1):
        topics_of = _topics(turn, sorted(one.topics))
        lines += [Markup(), say("practices-line", number=at, title=one.title)]
        lines += [say("practice-topics", topics=topics_of)] if one.topics else []
        rows.append((button(say, "button-practice-read", ShowPractice(one.id), number=at),))
    rows += _turning(turn, page)
    if page.topics:
        rows.append((button(say, "button-practices-all", ShowPractices(0, "")),))
    lines += [Markup(), say("practices-hint")]
    return Message(NEWLINE.join(lines), tuple(rows))


def _turning(turn: Turn, page: PracticePage) -> Keyboard:
    row, topics = [], _packed(page.topics)
    if page.page > 0:
        row.append(button(turn.say, "button-page-before", ShowPractices(page.page - 1, topics)))
    if page.page < page.last:
        row.append(button(turn.say, "button-page-after", ShowPractices(page.page + 1, topics)))
    return (tuple(row),) if row else ()


def _packed(topics: tuple[str, ...]) -> str:
    """As many topics as a button can hold."""
    packed = ",".join(topics)
    return packed if len(packed) <= LONGEST_PRESS else _packed(topics[:-1])


def _topics(turn: Turn, topics: Iterable[str]) -> Markup:
    return turn.say.listing(names.topic(turn.language, one) for one in topics)


async def card(turn: Turn, one: Practice, note: Markup | None = None) -> Message:
    """A note whole, and what the person may do with it."""
    say = turn.say
    exchange = await practices.exchange_shown(turn.store, turn.who, one)
    lines = [*([note, Markup()] if note else []), say("practice-title", title=one.title)]
    lines.append(say("practice-by", name=await _author(turn, one)))
    if exchange is not None:
        lines.append(say("practice-of", exchange=shown(exchange.title, say.language)))
    if one.topics:
        lines.append(say("practice-topics", topics=_topics(turn, sorted(one.topics))))
    if one.language != turn.language:
        lines.append(say("practice-language", language=say.language_name(one.language)))
    lines += [Markup(), Markup("{}").format(one.words)]
    rows = await _to_do(turn, one)
    if exchange is not None:
        rows = (*rows, (button(say, "button-afterwards-exchange", ShowExchange(exchange.id)),))
    return Message(NEWLINE.join(lines), rows)


async def _author(turn: Turn, one: Practice) -> str:
    """Their organisation; a person's name is for those in the same exchange, where there is
    none."""
    say = turn.say
    membership = await turn.store.memberships.by_id(one.membership)
    if membership is None or membership.person is None:
        return say.plain("not-stated")
    own = await turn.store.organisations.of(membership.person)
    if own is not None and own.name:
        return own.name
    person = await turn.store.people.by_id(membership.person)
    mine = await turn.store.memberships.between(one.exchange, turn.who.id)
    if person is None or mine is None or not mine.takes_part:
        return say.plain("not-stated")
    return names.person_alone(say, person)


async def _to_do(turn: Turn, one: Practice) -> Keyboard:
    say = turn.say
    rows: list[tuple[Button, ...]] = []
    changes = await practices.may_change(turn.store, turn.who, one)
    if changes:
        rows += [
            (button(say, f"button-practice-change-{what}", ChangePractice(one.id, what)),)
            for what in CHANGES
        ]
    if changes or (one.open and await practices.is_author(turn.store, turn.who, one)):
        key = "button-practice-share-not" if one.open else "button-practice-share"
        rows.append((button(say, key, SharePractice(one.id, int(not one.open))),))
    if await practices.may_remove(turn.store, turn.who, one):
        rows.append((button(say, "button-practice-remove", RemovePractice(one.id, 0)),))
    rows.append((button(say, "button-practices", ShowPractices(0, "")),))
    return tuple(rows)
