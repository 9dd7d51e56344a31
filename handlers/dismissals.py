"""Dismissals: not for us (and why), later, undo, and the list of what was set aside."""

from aiogram import Router
from markupsafe import Markup

from actions import dismissals
from delivery.buttons import FindPartners, button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_partners import Dismiss, ShowDismissed, SuggestAgain
from domain.dismissals import NOT_FOR_US, Dismissal, Why
from domain.organisations import Organisation
from handlers import partners
from handlers.turn import Pressed, Turn
from locales import names
from locales.speech import Speech

router = Router(name="dismissals")

ON_ITS_CARD = -1
BACK = "back"
PER_PAGE = 8
_OFFERED = frozenset(one.value for one in (*NOT_FOR_US, Why.LATER))


@router.callback_query(Pressed(Dismiss))
async def dismiss(_: object, turn: Turn, press: Dismiss) -> None:
    """Ask why, or do it; the card becomes what was done about it."""
    if press.why == BACK:
        await show_card(turn, press.organisation)
        return
    _, other = await dismissals.known(turn.store, by=turn.who, organisation=press.organisation)
    if press.why in _OFFERED:
        said = await dismissals.dismiss(
            turn.store, turn.clock, by=turn.who, organisation=press.organisation, why=Why(press.why)
        )
        turn.show(_done(turn.say, said, other))
    else:
        turn.show(_why(turn.say, other))


@router.callback_query(Pressed(SuggestAgain))
async def suggest_again(_: object, turn: Turn, press: SuggestAgain) -> None:
    """Take it back."""
    await dismissals.undo(turn.store, by=turn.who, organisation=press.organisation)
    if press.page == ON_ITS_CARD:
        await show_card(turn, press.organisation)
    else:
        await _show_list(turn, press.page)


@router.callback_query(Pressed(ShowDismissed))
async def show_list(_: object, turn: Turn, press: ShowDismissed) -> None:
    """What was set aside, each to be taken back."""
    await _show_list(turn, press.page)


async def show_card(turn: Turn, organisation: int) -> None:
    """The card in place of what was asked about it."""
    message = await partners.card_of(turn, organisation)
    again = ((button(turn.say, "button-partners", FindPartners()),),)
    turn.show(message or Message(turn.say("refusal-partner-gone"), again))


def _why(say: Speech, other: Organisation) -> Message:
    reasons = tuple(
        (button(say, f"dismissal-{why.value}", Dismiss(other.id, why.value)),) for why in NOT_FOR_US
    )
    back = (button(say, "button-back", Dismiss(other.id, BACK)),)
    return Message(say("dismissal-question", name=names.organisation(say, other)), (*reasons, back))


def _done(say: Speech, said: Dismissal, other: Organisation | None) -> Message:
    undo = ((button(say, "button-undo", SuggestAgain(said.other, ON_ITS_CARD)),),)
    name = names.organisation(say, other)
    if said.until is not None:
        return Message(say("dismissed-until", name=name, date=say.date(said.until)), undo)
    why = say.plain(f"dismissal-{said.why.value}")
    return Message(say("dismissed", name=name, why=why), undo)


async def _show_list(turn: Turn, page: int) -> None:
    say = turn.say
    said = await dismissals.dismissed(turn.store, turn.clock, by=turn.who)
    partners_button = (button(say, "button-partners", FindPartners()),)
    if not said:
        turn.show(Message(say("dismissed-none"), (partners_button,)))
        return
    last = (len(said) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    here = said[page * PER_PAGE : (page + 1) * PER_PAGE]
    undo = tuple(
        (
            button(
                say, "button-undo-named", SuggestAgain(other.id, page), name=names.short(say, other)
            ),
        )
        for _, other in here
    )
    lines = [say("dismissed-title"), Markup(""), *(_line(say, *one) for one in here)]
    turn.show(Message(NEWLINE.join(lines), (*undo, *_turning(say, page, last), partners_button)))


def _line(say: Speech, said: Dismissal, other: Organisation) -> Markup:
    name = names.organisation(say, other)
    if said.until is not None:
        return say("dismissed-line-until", name=name, date=say.date(said.until))
    return say("dismissed-line", name=name, why=say.plain(f"dismissal-{said.why.value}"))


def _turning(say: Speech, page: int, last: int) -> tuple[tuple[Button, ...], ...]:
    row = []
    if page > 0:
        row.append(button(say, "button-page-before", ShowDismissed(page - 1)))
    if page < last:
        row.append(button(say, "button-page-after", ShowDismissed(page + 1)))
    return (tuple(row),) if row else ()
