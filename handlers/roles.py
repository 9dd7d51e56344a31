"""Roles: taking one up by a code, who holds one, inviting, appointing and removing."""

from datetime import timedelta

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from markupsafe import Markup

from actions import roles
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_roles import (
    Appoint,
    AskRemoval,
    Invite,
    Remove,
    ShowHolder,
    ShowHolders,
    WithdrawInvitations,
)
from domain.roles import INVITATION_LASTS, Holder, Outcome, Role
from domain.rules.permissions import APPOINTING, REMOVING, may
from handlers import links
from handlers.start import consent_question
from handlers.turn import Pressed, Stranger, Turn
from locales import names
from locales.speech import Speech

router = Router(name="roles")
strangers = Router(name="roles-strangers")
"""Asked before strangers are asked for their consent: their code must outlive the question."""

LINK = "redeem"
PER_PAGE = 8


@strangers.message(Stranger(), Command("redeem"))
async def keep_code(_: object, turn: Turn, command: CommandObject) -> None:
    """A stranger's code: first the question of consent, whose buttons keep it."""
    code = _stated(command)
    link = f"{LINK}-{code}"
    if code and links.known(link):
        turn.link = link
    unfit = code and not links.known(link)
    note = turn.say("redeem-wrong") if unfit else None
    turn.send(consent_question(turn.say, turn.link, note))


@router.message(Command("redeem"))
async def redeem_by_command(_: object, turn: Turn, command: CommandObject) -> None:
    """Take up the role that a code gives."""
    code = _stated(command)
    if code:
        await redeem(turn, code)
        return
    example = "/redeem " + turn.say.plain("redeem-example")
    turn.send(turn.say("redeem-usage", command=example))


@links.follows(LINK)
async def redeem(turn: Turn, code: str) -> None:
    """The same by a link."""
    done = await roles.redeem(turn.store, turn.clock, by=turn.who, code=code)
    if done.role is None:
        turn.send(turn.say("redeem-wrong"))
        return
    say, role = turn.say, turn.say.plain(f"role-{done.role.value}")
    if done.outcome is Outcome.HELD:
        turn.send(say("redeem-held", role=role))
        return
    turn.renew_menu()
    duties = say(f"role-duties-{done.role.value}")
    everybody = ((button(say, "button-all-holders", ShowHolders(0)),),)
    turn.send(Message(say("redeem-done", role=role, duties=duties), everybody))


@router.message(Command("coordinators"))
async def show_all(_: object, turn: Turn) -> None:
    """Everybody who holds a role, and what can be changed."""
    window = await _everybody(turn, 0)
    turn.conversation = turn.conversation.over()
    turn.send(window)


@router.callback_query(Pressed(ShowHolders))
async def show_page(_: object, turn: Turn, press: ShowHolders) -> None:
    """A page of them, in place."""
    turn.show(await _everybody(turn, press.page))


@router.callback_query(Pressed(ShowHolder))
async def show_one(_: object, turn: Turn, press: ShowHolder) -> None:
    """One of them, in place of the list."""
    turn.show(await _page_of(turn, press.person))


@router.callback_query(Pressed(Invite))
async def invite(_: object, turn: Turn, press: Invite, bot: Bot) -> None:
    """An invitation, in a message of its own that can be forwarded."""
    role = _role(press.role)
    if role is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    made = await roles.invite(turn.store, turn.clock, by=turn.who, role=role)
    days = INVITATION_LASTS // timedelta(days=1)
    turn.send(turn.say(f"invitation-made-{role.value}", days))
    address = await links.address(bot, f"{LINK}-{made.code}")
    command = f"/redeem {made.code}"
    turn.send(turn.say(f"invitation-{role.value}", address=address, command=command))


@router.callback_query(Pressed(WithdrawInvitations))
async def withdraw(_: object, turn: Turn) -> None:
    """Open invitations end."""
    await roles.withdraw_invitations(turn.store, turn.clock, by=turn.who)
    turn.show(await _everybody(turn, 0, turn.say("invitations-withdrawn")))


@router.callback_query(Pressed(Appoint))
async def appoint(_: object, turn: Turn, press: Appoint) -> None:
    """Give a further role to one of them."""
    role = _role(press.role)
    if role is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    given = await roles.appoint(turn.store, turn.clock, by=turn.who, person=press.person, role=role)
    if given is not None:
        turn.renew_menu(given.person)
    turn.show(await _page_of(turn, press.person, _given(turn.say, given, role)))


@router.callback_query(Pressed(AskRemoval))
async def ask_removal(_: object, turn: Turn, press: AskRemoval) -> None:
    """Ask before a role is taken, or given up."""
    holder = await roles.holder(turn.store, by=turn.who, person=press.person)
    role = _role(press.role)
    if role is None or role not in holder.roles:
        turn.show(await _page_of(turn, press.person, turn.say("refusal-no-holder")))
        return
    say, named = turn.say, turn.say.plain(f"role-{role.value}")
    if press.person == turn.who.id:
        question = say("laying-down-question", role=named)
    else:
        question = say("removal-question", name=await _named(turn, holder), role=named)
    sure = (button(say, "button-removal-sure", Remove(press.person, role.value)),)
    turn.show(
        Message(question, (sure, (button(say, "button-keep-role", ShowHolder(press.person)),)))
    )


@router.callback_query(Pressed(Remove))
async def remove(_: object, turn: Turn, press: Remove) -> None:
    """Take a role from one of them, or lay down one's own."""
    role = _role(press.role)
    if role is None:
        turn.toast(turn.say.plain("stale-toast"))
        return
    taken = await roles.remove(turn.store, turn.clock, by=turn.who, person=press.person, role=role)
    turn.renew_menu(taken)
    say, named = turn.say, turn.say.plain(f"role-{role.value}")
    if taken.id == turn.who.id:
        turn.show(say("laying-down-done", role=named))
        return
    done = say("removal-done", name=names.person_alone(say, taken), role=named)
    turn.show(await _everybody(turn, 0, done))


async def _everybody(turn: Turn, page: int, note: Markup | None = None) -> Message:
    say = turn.say
    everybody = await roles.holders(turn.store, by=turn.who)
    last = (len(everybody) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    here = everybody[page * PER_PAGE : (page + 1) * PER_PAGE]
    waiting = await turn.store.codes.number_open(turn.who.id, at=turn.clock())
    lines = [note, Markup("")] if note else []
    lines += [say("holders-title"), Markup("")]
    lines += [await _line(turn, one) for one in here]
    if waiting:
        lines += [Markup(""), say("holders-invitations", waiting)]
    keyboard = (
        *((_open(say, one),) for one in here),
        *_turning(say, page, last),
        *_inviting(say, await turn.store.roles.of(turn.who.id), waiting),
    )
    return Message(NEWLINE.join(lines), keyboard)


def _inviting(say: Speech, held: frozenset[Role], waiting: int) -> Keyboard:
    """What those may do who appoint."""
    rows = [
        (button(say, f"button-invite-{role.value}", Invite(role.value)),)
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR)
        if may(APPOINTING[role], held)
    ]
    if rows and waiting:
        rows.append((button(say, "button-withdraw-invitations", WithdrawInvitations()),))
    return tuple(rows)


async def _page_of(turn: Turn, person: int, note: Markup | None = None) -> Message:
    say = turn.say
    holder = await roles.holder(turn.store, by=turn.who, person=person)
    held = await turn.store.roles.of(turn.who.id)
    lines = [note, Markup("")] if note else []
    keyboard = (
        *_appointing(turn, holder, held),
        *(
            (button(say, f"button-remove-{role.value}", AskRemoval(person, role.value)),)
            for role in sorted(holder.roles)
            if person == turn.who.id or may(REMOVING[role], held)
        ),
        (button(say, "button-all-holders", ShowHolders(0)),),
    )
    return Message(NEWLINE.join([*lines, await _line(turn, holder)]), keyboard)


def _appointing(turn: Turn, holder: Holder, held: frozenset[Role]) -> Keyboard:
    """Roles that somebody does not have yet, where the reader may give them."""
    how = "take-up" if holder.person.id == turn.who.id else "appoint"
    return tuple(
        (button(turn.say, f"button-{how}-{one.value}", Appoint(holder.person.id, one.value)),)
        for one in Role
        if one not in holder.roles and may(APPOINTING[one], held)
    )


async def _line(turn: Turn, holder: Holder) -> Markup:
    say = turn.say
    held = [say.plain(f"role-{one.value}") for one in sorted(holder.roles)]
    return say(
        "holder-line",
        name=await _named(turn, holder),
        roles=say.listing(held),
        date=say.date(holder.since),
    )


async def _named(turn: Turn, holder: Holder) -> str:
    organisation = await turn.store.organisations.of(holder.person.id)
    return names.person(turn.say, holder.person, organisation)


def _given(say: Speech, given: Holder | None, role: Role) -> Markup | None:
    if given is None:
        return None
    name = names.person_alone(say, given.person)
    return say("appoint-done", name=name, role=say.plain(f"role-{role.value}"))


def _open(say: Speech, holder: Holder) -> Button:
    name = names.cut(names.person_alone(say, holder.person))
    return button(say, "button-holder", ShowHolder(holder.person.id), name=name)


def _turning(say: Speech, page: int, last: int) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(say, "button-page-before", ShowHolders(page - 1)))
    if page < last:
        row.append(button(say, "button-page-after", ShowHolders(page + 1)))
    return (tuple(row),) if row else ()


def _stated(command: CommandObject) -> str:
    """The code that was written after the command; whoever copies the whole link is understood."""
    return (command.args or "").strip().rpartition(f"{LINK}-")[2]


def _role(name: str) -> Role | None:
    return next((one for one in Role if one.value == name), None)
