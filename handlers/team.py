"""My organisation: who speaks for it in which part, inviting, handing over, leaving."""

from aiogram import Bot, Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import representing
from delivery.buttons import Change, ShowProfile, button
from delivery.cards import NEWLINE
from delivery.letters.admissions import newcomer_card, newcomer_question
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_organisations import (
    GivePart,
    InviteColleague,
    Leave,
    ShowColleague,
    ShowNewcomer,
    ShowTeam,
    TakeBack,
    TakeOut,
)
from domain.errors import NotYours
from domain.organisations import Organisation, Part
from domain.profiles import Answer
from domain.representatives import INVITATION_LASTS, Representative
from handlers import links
from handlers.menu import menu
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="team")

LINK = "join"
MOST_SHOWN = 20
"""Colleagues and newcomers with a button of their own."""


@router.message(Command("organisation"))
async def show_by_command(_: object, turn: Turn) -> None:
    """The organisation; a question that waits goes on waiting."""
    turn.conversation = turn.conversation.over()
    turn.send(await _window(turn))


@router.callback_query(Pressed(ShowTeam))
async def show(_: object, turn: Turn) -> None:
    """The same in place."""
    turn.show(await _window(turn))


@router.callback_query(Pressed(InviteColleague))
async def invite(_: object, turn: Turn, press: InviteColleague, bot: Bot) -> None:
    """A link, in a message of its own that can be passed on."""
    code = await representing.invite(turn.store, turn.clock, by=turn.who)
    own = await turn.store.organisations.of(turn.who.id)
    address = await links.address(bot, f"{LINK}-{code}")
    turn.send(turn.say("colleague-invited", INVITATION_LASTS.days))
    name = names.organisation(turn.say, own)
    turn.send(turn.say("colleague-invitation", name=name, address=address))


@links.follows(LINK)
async def redeem(turn: Turn, code: str) -> None:
    """Join by such a link."""
    there = await representing.redeem(turn.store, turn.clock, by=turn.who, code=code)
    # Questions about an organisation that is there already need not be answered.
    turn.conversation = turn.conversation.over().at(None)
    name = names.organisation(turn.say, there)
    turn.send(Message(turn.say("joined-by-link", name=name), _after_joining(turn)))


@router.callback_query(Pressed(ShowColleague))
async def show_colleague(_: object, turn: Turn, press: ShowColleague) -> None:
    """One of them."""
    turn.show(await _colleague(turn, press.person))


@router.callback_query(Pressed(GivePart))
async def give_part(_: object, turn: Turn, press: GivePart) -> None:
    """Another part; to hand the lead over wants a second look."""
    part = next((one for one in Part if one.value == press.part), None)
    if part is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    if part is Part.LEAD and press.sure != 1:
        _, one = await _member(turn, press.person)
        turn.show(_handing_over(turn, one))
        return
    await representing.change_part(
        turn.store, turn.clock, by=turn.who, person=press.person, part=part
    )
    turn.show(await _window(turn, turn.say("part-changed")))


@router.callback_query(Pressed(TakeOut))
async def take_out(_: object, turn: Turn, press: TakeOut) -> None:
    """Let a colleague go, after a second look."""
    own, one = await _member(turn, press.person)
    say, name = turn.say, _name(turn, one)
    if press.sure == 1:
        await representing.take_out(turn.store, turn.clock, by=turn.who, person=press.person)
        turn.show(await _window(turn, say("colleague-taken-out", person=name)))
        return
    yes = button(say, "button-take-out-sure", TakeOut(press.person, 1))
    no = button(say, "button-back-to-team", ShowTeam())
    text = say("take-out-question", person=name, name=names.organisation(say, own))
    turn.show(Message(text, ((yes,), (no,))))


@router.callback_query(Pressed(Leave))
async def leave(_: object, turn: Turn, press: Leave) -> None:
    """Leave, after a second look."""
    say = turn.say
    found = await representing.team(turn.store, turn.who)
    if found is None or found[0].id != press.organisation:
        turn.show(await _window(turn, say("stale")))
        return
    own, there = found
    if press.sure == 1:
        own, handed_over = await representing.leave(
            turn.store, turn.clock, by=turn.who, organisation=press.organisation
        )
        key = "left-and-handed-over" if handed_over else "left-organisation"
        turn.conversation = turn.conversation.over().at(None)
        turn.show(Message(say(key, name=names.organisation(say, own)), menu(say)))
        return
    key = "leave-question" if len(there) > 1 else "leave-question-last"
    yes = button(say, "button-leave-sure", Leave(own.id, 1))
    no = button(say, "button-back-to-team", ShowTeam())
    turn.show(Message(say(key, name=names.organisation(say, own)), ((yes,), (no,))))


@router.callback_query(Pressed(ShowNewcomer))
async def show_newcomer(_: object, turn: Turn, press: ShowNewcomer) -> None:
    """Somebody who asks to be admitted: their card with the two answers."""
    own = await turn.store.organisations.of(turn.who.id)
    found = await turn.store.admissions.by_id(press.admission)
    if own is None or found is None or found.organisation != own.id:
        raise NotYours
    message = await newcomer_question(turn.store, turn.say, found, own)
    turn.show(message or await _window(turn))


async def _window(turn: Turn, note: Markup | None = None) -> Message:
    found = await representing.team(turn.store, turn.who)
    if found is None:
        return await _without(turn, note)
    own, there = found
    say = turn.say
    listed = NEWLINE.join(_line(turn, one) for one in there[:MOST_SHOWN])
    parts = (note, say("team-title", name=names.organisation(say, own)), listed, _state(turn, own))
    asking = await turn.store.admissions.open_at(own.id)
    newcomers = [
        (Button(say.plain("button-see-newcomer", number=number), data=ShowNewcomer(one.id).pack()),)
        for number, one in enumerate(asking[:MOST_SHOWN], 1)
    ]
    text = Markup("\n\n").join(part for part in parts if part)
    return Message(text, (*newcomers, *_colleagues(turn, there), *_doing(turn, own)))


async def _without(turn: Turn, note: Markup | None) -> Message:
    """Somebody who speaks for none; a request of theirs may wait."""
    say = turn.say
    waiting = await turn.store.admissions.open_of(turn.who.id)
    lines = [note] if note else []
    rows: list[tuple[Button, ...]] = []
    for one in waiting:
        there = await turn.store.organisations.by_id(one.organisation)
        lines.append(say("join-sent", name=names.organisation(say, there)))
        rows.append((button(say, "button-take-back", TakeBack(one.id)),))
    lines.append(say("team-none"))
    rows.append((button(say, "button-name-organisation", Change(Answer.ORGANISATION.value)),))
    return Message(Markup("\n\n").join(lines), tuple(rows))


def _state(turn: Turn, own: Organisation) -> Markup:
    return turn.say("team-confirmed" if own.confirmed_at else "team-unconfirmed")


def _line(turn: Turn, one: Representative) -> Markup:
    key = "team-line-you" if one.person.id == turn.who.id else "team-line"
    return turn.say(key, person=_name(turn, one), part=turn.say.plain(f"part-{one.part.value}"))


def _name(turn: Turn, one: Representative) -> str:
    return one.person.name or turn.say.plain("not-stated")


def _colleagues(turn: Turn, there: tuple[Representative, ...]) -> Keyboard:
    others = [one for one in there if one.person.id != turn.who.id][:MOST_SHOWN]
    return tuple(
        (Button(_name(turn, one)[:50], data=ShowColleague(one.person.id).pack()),) for one in others
    )


def _doing(turn: Turn, own: Organisation) -> Keyboard:
    say = turn.say
    invite = ((button(say, "button-invite-colleague", InviteColleague()),),) if own.name else ()
    return (
        *invite,
        (button(say, "button-profile", ShowProfile()),),
        (button(say, "button-leave-organisation", Leave(own.id, 0)),),
    )


def _after_joining(turn: Turn) -> Keyboard:
    return ((button(turn.say, "button-team", ShowTeam()),), *menu(turn.say))


async def _member(turn: Turn, person: int) -> tuple[Organisation, Representative]:
    """A colleague of the own organisation; nobody else is shown."""
    own, there = await representing.team(turn.store, turn.who) or (None, ())
    one = next((one for one in there if one.person.id == person), None)
    if own is None or one is None:
        raise NotYours
    return own, one


async def _colleague(turn: Turn, person: int) -> Message:
    own, one = await _member(turn, person)
    say = turn.say
    leads = any(
        each.person.id == turn.who.id and each.part is Part.LEAD
        for each in await turn.store.representatives.of(own.id)
    )
    rows: list[tuple[Button, ...]] = []
    if leads and person != turn.who.id:
        rows += [
            (button(say, f"button-make-{part.value}", GivePart(person, part.value, 0)),)
            for part in Part
            if part is not one.part
        ]
        rows.append((button(say, "button-take-out", TakeOut(person, 0)),))
    rows.append((button(say, "button-back-to-team", ShowTeam()),))
    text = (newcomer_card(say, one.person), _line(turn, one))
    return Message(Markup("\n\n").join(text), tuple(rows))


def _handing_over(turn: Turn, one: Representative) -> Message:
    say = turn.say
    yes = button(say, "button-make-lead-sure", GivePart(one.person.id, Part.LEAD.value, 1))
    no = button(say, "button-back-to-team", ShowTeam())
    return Message(say("hand-over-question", person=_name(turn, one)), ((yes,), (no,)))
