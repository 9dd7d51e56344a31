"""All organisations, for coordinators: confirm, say why not, VKU membership, merge duplicates."""

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from actions import confirming, merging
from delivery import cards
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_coordination import (
    Confirm,
    Merge,
    NotConfirmed,
    PickSecond,
    SayMember,
    ShowOrganisation,
    ShowOrganisations,
)
from delivery.presses_of_hiding import hide_or_show
from domain.confirming import WhyNot
from domain.organisations import Organisation
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="confirming")

PER_PAGE = 8


@router.message(Command("organisations"))
async def show_by_command(_: object, turn: Turn) -> None:
    """The first page."""
    message = await _page(turn, 0)
    turn.conversation = turn.conversation.over()
    turn.send(message)


@router.callback_query(Pressed(ShowOrganisations))
async def show_page(_: object, turn: Turn, press: ShowOrganisations) -> None:
    """Another page, in place."""
    turn.show(await _page(turn, press.page))


@router.callback_query(Pressed(ShowOrganisation))
async def show_one(_: object, turn: Turn, press: ShowOrganisation) -> None:
    """One of them, and what can be said of it."""
    found = await confirming.looked_at(turn.store, by=turn.who, organisation=press.organisation)
    turn.show(await _card(turn, found))


@router.callback_query(Pressed(Confirm))
async def confirm(_: object, turn: Turn, press: Confirm) -> None:
    """It is what it says."""
    found = await confirming.confirm(
        turn.store, turn.clock, by=turn.who, organisation=press.organisation
    )
    turn.show(await _card(turn, found))


@router.callback_query(Pressed(NotConfirmed))
async def not_confirmed(_: object, turn: Turn, press: NotConfirmed) -> None:
    """Ask why, or tell its people."""
    why = next((one for one in WhyNot if one.value == press.why), None)
    say = turn.say
    if why is None:
        found = await confirming.looked_at(turn.store, by=turn.who, organisation=press.organisation)
        rows = [
            (button(say, f"button-why-not-{one.name.lower()}", NotConfirmed(found.id, one.value)),)
            for one in WhyNot
        ]
        rows.append((button(say, "button-back-to-card", ShowOrganisation(found.id)),))
        name = names.organisation(say, found)
        turn.show(Message(say("why-not-question", name=name), tuple(rows)))
        return
    found = await confirming.take_back(
        turn.store, turn.clock, by=turn.who, organisation=press.organisation, why=why
    )
    turn.show(await _card(turn, found))


@router.callback_query(Pressed(SayMember))
async def say_member(_: object, turn: Turn, press: SayMember) -> None:
    """A member of VKU, or not."""
    found = await confirming.say_member(
        turn.store,
        turn.clock,
        by=turn.who,
        organisation=press.organisation,
        member=press.member == 1,
    )
    turn.show(await _card(turn, found))


@router.callback_query(Pressed(PickSecond))
async def pick_second(_: object, turn: Turn, press: PickSecond) -> None:
    """Which other one is the same? Those that are alike come first, then all, page by page."""
    say = turn.say
    first = await confirming.looked_at(turn.store, by=turn.who, organisation=press.first)
    alike = await merging.like_this(turn.store, by=turn.who, organisation=first.id)
    page, total = await confirming.listed(
        turn.store, by=turn.who, offset=max(press.page, 0) * PER_PAGE, limit=PER_PAGE
    )
    offered = alike if press.page < 0 else page
    rows = [
        (Button(_short(turn, one), data=Merge(first.id, one.id, 0).pack()),)
        for one in offered
        if one.id != first.id
    ]
    if (press.page + 1) * PER_PAGE < total:
        rows.append((button(say, "button-others", PickSecond(first.id, press.page + 1)),))
    rows.append((button(say, "button-back-to-card", ShowOrganisation(first.id)),))
    key = "merge-alike" if press.page < 0 else "merge-all"
    turn.show(Message(say(key, name=names.organisation(say, first)), tuple(rows)))


@router.callback_query(Pressed(Merge))
async def merge(_: object, turn: Turn, press: Merge) -> None:
    """Both side by side and which one stays; then, after a second look, merge them."""
    say = turn.say
    if press.sure == 2:
        kept = await merging.merge(
            turn.store, turn.clock, by=turn.who, gone=press.first, stays=press.second
        )
        turn.show(await _card(turn, kept, say("merged", name=names.organisation(say, kept))))
        return
    first, second = [
        await confirming.looked_at(turn.store, by=turn.who, organisation=one)
        for one in (press.first, press.second)
    ]
    back = (button(say, "button-back-to-card", ShowOrganisation(first.id)),)
    if press.sure == 1:
        sure = (button(say, "button-merge-sure", Merge(first.id, second.id, 2)),)
        text = say(
            "merge-question",
            gone=names.organisation(say, first),
            stays=names.organisation(say, second),
        )
        turn.show(Message(text, (sure, back)))
        return
    both = Markup("\n\n").join([await _about(turn, first), await _about(turn, second)])
    rows = [
        (button(say, "button-stays-first", Merge(second.id, first.id, 1)),),
        (button(say, "button-stays-second", Merge(first.id, second.id, 1)),),
        back,
    ]
    turn.show(Message(Markup("\n\n").join([both, say("merge-which")]), tuple(rows)))


async def _page(turn: Turn, page: int) -> Message:
    say, at = turn.say, max(page, 0)
    found, total = await confirming.listed(
        turn.store, by=turn.who, offset=at * PER_PAGE, limit=PER_PAGE
    )
    if not found:
        return Message(say("organisations-none"))
    lines = [await _line(turn, one) for one in found]
    rows: list[tuple[Button, ...]] = [
        (Button(_short(turn, one), data=ShowOrganisation(one.id).pack()),) for one in found
    ]
    moves = []
    if at > 0:
        moves.append(button(say, "button-page-before", ShowOrganisations(at - 1)))
    if (at + 1) * PER_PAGE < total:
        moves.append(button(say, "button-page-after", ShowOrganisations(at + 1)))
    if moves:
        rows.append(tuple(moves))
    title = say("organisations-title", total)
    return Message(Markup("\n\n").join([title, NEWLINE.join(lines)]), tuple(rows))


async def _line(turn: Turn, one: Organisation) -> Markup:
    say = turn.say
    where = names.place(say, one.place) if one.place else say.plain("not-stated")
    return say(
        "organisations-line",
        name=names.organisation(say, one),
        place=where,
        state=say.plain(await _state(turn, one)),
    )


async def _state(turn: Turn, one: Organisation) -> str:
    if not await turn.store.people.representing(one.id):
        return "state-unrepresented"
    return "state-confirmed" if one.confirmed_at else "state-unconfirmed"


def _short(turn: Turn, one: Organisation) -> str:
    where = f", {one.place.name}" if one.place else ""
    return f"{names.short(turn.say, one, 40)}{where}"[:60]


async def _about(turn: Turn, one: Organisation) -> Markup:
    """An organisation as coordinators see it: its facts, who speaks for it, its state."""
    say = turn.say
    people = await turn.store.people.representing(one.id)
    spoken = [each.name or say.plain("not-stated") for each in people[:PER_PAGE]]
    lines = [
        cards.organisation_facts(say, one),
        say("organisation-state", state=say.plain(await _state(turn, one))),
        say(f"vku-{ {True: 'yes', False: 'no', None: 'unknown'}[one.vku_member] }"),
    ]
    if spoken:
        lines.append(say("organisation-people", people=say.listing(spoken)))
    return NEWLINE.join(lines)


async def _card(turn: Turn, one: Organisation, note: Markup | None = None) -> Message:
    say = turn.say
    rows = [
        (button(say, "button-confirm", Confirm(one.id)),) if not one.confirmed_at else (),
        (button(say, "button-not-confirmed", NotConfirmed(one.id, 0)),),
        (button(say, "button-vku-yes", SayMember(one.id, 1)),)
        if one.vku_member is not True
        else (),
        (button(say, "button-vku-no", SayMember(one.id, 0)),)
        if one.vku_member is not False
        else (),
        (hide_or_show(say, one),),
        (button(say, "button-merge", PickSecond(one.id, -1)),),
        (button(say, "button-all-organisations", ShowOrganisations(0)),),
    ]
    text = [note, await _about(turn, one)]
    return Message(
        Markup("\n\n").join(part for part in text if part), tuple(row for row in rows if row)
    )
