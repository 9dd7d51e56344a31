"""Existing partnerships: told in free words, confirmed by a button, removed one by one."""

from collections.abc import Iterable
from typing import Any

from aiogram import Router
from markupsafe import Markup

from actions import partnerships
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Keyboard, Message
from delivery.partnership_words import partnership_words
from delivery.presses_of_profiles import (
    AddPartnerships,
    DropPartnerships,
    LeavePartnerships,
    RemovePartnership,
    ShowPartnerships,
)
from domain.partnerships import Partnership, PartnershipKind, Told
from domain.profiles import FURTHER
from domain.rules.partnerships_typed import ImpossibleYear, partnerships_in
from handlers import asides
from handlers.leaving import Words, interrupts
from handlers.profile import card
from handlers.turn import Pressed, Turn
from locales import names
from locales.speech import Speech

router = Router(name="partnerships")

STEP = "partnerships"
LONGEST_ON_A_BUTTON = 24


@router.callback_query(Pressed(ShowPartnerships))
async def open_list(_: object, turn: Turn) -> None:
    """Show the list, and ask for more."""
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn, anew=True)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Read what was typed, and ask whether it was understood."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"), anew=True)
        return
    kinds = names.partnerships_in_all_languages()
    try:
        told = partnerships_in(turn.text, kinds, turn.clock().date())
    except ImpossibleYear as impossible:
        note = turn.say("misheard-partnership-year", year=impossible.year)
        await show(turn, note, anew=True)
        return
    if not told:
        await show(turn, turn.say("misheard-partnerships"), anew=True)
        return
    turn.conversation = turn.conversation.aside(STEP, read=[_packed(one) for one in told])
    await show(turn, anew=True)


@router.callback_query(asides.Aside(STEP), Pressed(AddPartnerships))
async def add(_: object, turn: Turn) -> None:
    """Enter what was read; a second tap finds nothing more to enter."""
    told = _read(turn)
    if not told:
        turn.toast(turn.say.plain("stale-toast"))
        return
    await partnerships.tell(turn.store, turn.clock, by=turn.who, several=told)
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn, turn.say("partnerships-added"))


@router.callback_query(asides.Aside(STEP), Pressed(DropPartnerships))
async def drop(_: object, turn: Turn) -> None:
    """It was understood wrongly: ask anew."""
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn)


@router.callback_query(Pressed(RemovePartnership))
async def remove(_: object, turn: Turn, press: RemovePartnership) -> None:
    """Remove an entry; where it is no entry of theirs, or no longer, the list as it is."""
    removed = await partnerships.remove(turn.store, by=turn.who, partnership=press.partnership)
    turn.conversation = turn.conversation.aside(STEP)
    if not removed:
        turn.toast(turn.say.plain("stale-toast"))
    await show(turn, turn.say("partnerships-removed") if removed else None)


@router.callback_query(Pressed(LeavePartnerships))
async def leave(_: object, turn: Turn) -> None:
    """Back to the card; a question that waits beneath goes on waiting."""
    if turn.conversation.step == STEP:
        turn.conversation = turn.conversation.over()
        if turn.conversation.step == STEP:
            turn.conversation = turn.conversation.at(None)
    await card.show(turn, part=FURTHER)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The list with what was read last, in place or in a new message."""
    say, told = turn.say, _read(turn)
    lines = [note, Markup("")] if note else []
    if told:
        lines += [say("partnerships-read"), *_bullets(say, told)]
        keyboard: Keyboard = (
            (button(say, "button-partnerships-add", AddPartnerships()),),
            (button(say, "button-partnerships-drop", DropPartnerships()),),
        )
    else:
        there = await partnerships.of(turn.store, turn.who)
        lines += [say("question-partnerships"), Markup(""), *_listed(say, there)]
        keyboard = _removals(say, there)
    leaving = (button(say, "button-partnerships-leave", LeavePartnerships()),)
    message = Message(NEWLINE.join(lines), (*keyboard, leaving))
    question = not interrupts(turn)
    if anew:
        turn.send(message, question=question)
    else:
        turn.show(message, question=question)


asides.shows(STEP)(show)


def _listed(say: Speech, there: Iterable[Partnership]) -> list[Markup]:
    bullets = [
        Markup("• {}").format(partnership_words(say, one.told, known=one.partner_id is not None))
        for one in there
    ]
    return bullets or [say("partnerships-none")]


def _bullets(say: Speech, several: Iterable[Told]) -> list[Markup]:
    return [Markup("• {}").format(partnership_words(say, one)) for one in several]


def _removals(say: Speech, there: Iterable[Partnership]) -> Keyboard:
    return tuple(
        (
            button(
                say,
                "button-partnership-remove",
                RemovePartnership(one.id),
                name=_short(one.told.partner),
            ),
        )
        for one in there
    )


def _short(name: str) -> str:
    most = LONGEST_ON_A_BUTTON
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _packed(one: Told) -> list[Any]:
    return [one.partner, one.kind.value if one.kind else None, one.since]


def _read(turn: Turn) -> tuple[Told, ...]:
    """What was read last, as it lies in the conversation."""
    if turn.conversation.step != STEP:
        return ()
    return tuple(
        Told(partner, PartnershipKind(kind) if kind else None, since)
        for partner, kind, since in turn.conversation.pending.get("read", [])
    )
