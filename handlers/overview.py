"""All my introductions in one place, and what can be done with each."""

from aiogram import Router
from aiogram.filters import Command
from markupsafe import Markup

from delivery import cards
from delivery.buttons import Accept, Decline, FindPartners, Introduce, Withdraw, button
from delivery.letters.introductions import Sides, accepted_letter, sides_of
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_partners import (
    AskOutcome,
    ShowContacts,
    ShowDismissed,
    ShowIntroduction,
    ShowIntroductions,
)
from domain.dismissals import Why
from domain.errors import NotYours, ProfileIncomplete
from domain.introductions import Introduction, IntroductionState
from domain.organisations import Organisation
from domain.outcomes import Question, SideOfOutcome
from domain.rules.standing import Standing, latest_each, named, standing
from handlers.links import follows
from handlers.turn import Pressed, Turn
from locales import names
from locales.speech import Speech

router = Router(name="overview")

PER_PAGE = 6


@router.message(Command("introductions"))
async def show_all(_: object, turn: Turn) -> None:
    """The first page."""
    turn.conversation = turn.conversation.over()
    turn.send(await _page(turn, 0))


@follows("introductions")
async def show_all_by_link(turn: Turn, _: str) -> None:
    """The same."""
    await show_all(None, turn)


@router.callback_query(Pressed(ShowIntroductions))
async def show_page(_: object, turn: Turn, press: ShowIntroductions) -> None:
    """A page, in place."""
    turn.show(await _page(turn, press.page))


@router.callback_query(Pressed(ShowIntroduction))
async def show_one(_: object, turn: Turn, press: ShowIntroduction) -> None:
    """One of them, in place of the list."""
    turn.show(await _one(turn, await _sides(turn, press.introduction)))


@router.callback_query(Pressed(ShowContacts))
async def show_contacts(_: object, turn: Turn, press: ShowContacts) -> None:
    """The contacts once more, as far as they are still shared."""
    sides = await _sides(turn, press.introduction)
    if sides.introduction.state is not IntroductionState.ACCEPTED:
        raise NotYours
    if await _reported(turn, sides):
        turn.send(turn.say("contacts-no-longer"))
        return
    turn.send(await accepted_letter(turn.store, turn.who, sides, turn.clock()))


async def _sides(turn: Turn, introduction: int) -> Sides:
    sides = await sides_of(turn.store, introduction, turn.who)
    if sides is None:
        raise NotYours
    return sides


async def _reported(turn: Turn, sides: Sides) -> bool:
    """Whether either has reported the other: then contacts are shown no longer."""
    one, other = sides.own.id, sides.other.id
    said = [
        await turn.store.dismissals.between(one, other),
        await turn.store.dismissals.between(other, one),
    ]
    return any(each is not None and each.why is Why.REPORTED for each in said)


async def _page(turn: Turn, page: int) -> Message:
    say = turn.say
    own = await turn.store.organisations.of(turn.who.id)
    if own is None:
        raise ProfileIncomplete
    several = latest_each(await turn.store.introductions.of(own.id), own.id)
    below: Keyboard = (
        (button(say, "button-partners", FindPartners()),),
        (button(say, "button-dismissed", ShowDismissed(0)),),
    )
    if not several:
        return Message(say("introductions-none"), below)
    last = (len(several) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    here = several[page * PER_PAGE : (page + 1) * PER_PAGE]
    others = await turn.store.organisations.several(one.other(own.id) for one in here)
    lines = [say("introductions-title", n=len(several))]
    lines += _listed(say, own, here, others)
    open_each = tuple((_open(say, own, one, others.get(one.other(own.id))),) for one in here)
    return Message(cards.NEWLINE.join(lines), (*open_each, *_turning(say, page, last), *below))


def _listed(
    say: Speech,
    own: Organisation,
    several: tuple[Introduction, ...],
    others: dict[int, Organisation],
) -> list[Markup]:
    """A line each, under the heading of where it stands."""
    lines: list[Markup] = []
    heading: Standing | None = None
    for one in several:
        stands = standing(one, own.id)
        if stands is not heading:
            heading = stands
            lines += [Markup(""), say(f"introductions-{stands.value}")]
        name = _name(say, own, one, others.get(one.other(own.id)))
        since = say.date(one.settled_at or one.asked_at)
        lines.append(say(f"introduction-line-{one.state.value}", name=name, date=since))
    return lines


def _name(say: Speech, own: Organisation, one: Introduction, other: Organisation | None) -> str:
    """The other side's name where it may be read; else the country that the request names, too."""
    if named(one, own.id):
        return names.organisation(say, other)
    country = names.country_of(say, other) if other else None
    if country is None:
        return say.plain("introduction-unnamed")
    return say.plain("introduction-unnamed-from", country=country)


def _open(say: Speech, own: Organisation, one: Introduction, other: Organisation | None) -> Button:
    name = _name(say, own, one, other)
    if named(one, own.id):
        name = names.short(say, other)
    key = "button-answer-request" if standing(one, own.id) is Standing.FOR_US else "button-open"
    return button(say, key, ShowIntroduction(one.id), name=name)


async def _one(turn: Turn, sides: Sides) -> Message:
    say, one = turn.say, sides.introduction
    back = (button(say, "button-all-introductions", ShowIntroductions(0)),)
    stands = standing(one, sides.own.id)
    head = say(
        f"introduction-line-{one.state.value}",
        name=_name(say, sides.own, one, sides.other),
        date=say.date(one.settled_at or one.asked_at),
    )
    if stands is Standing.FOR_US:
        card = cards.anonymous_card(say, sides.own, sides.other)
        answers = (
            (button(say, "button-accept", Accept(one.id)),),
            (button(say, "button-decline", Decline(one.id)),),
        )
        return Message(say("IntroductionAsked", card=card), (*answers, back))
    if stands is Standing.FOR_THEM:
        return Message(head, ((button(say, "button-withdraw", Withdraw(one.id)),), back))
    if stands is Standing.ENDED:
        return Message(head, (*_once_more(say, sides), back))
    told = await turn.store.outcomes.of(one.id, sides.own.id)
    lines = [head, *_told(say, told)]
    contacts = (button(say, "button-contacts", ShowContacts(one.id)),)
    how = "button-tell-outcome" if told.met is None else "button-change-outcome"
    return Message(
        cards.NEWLINE.join(lines), (contacts, (button(say, how, AskOutcome(one.id)),), back)
    )


def _once_more(say: Speech, sides: Sides) -> Keyboard:
    """Asking again, where we asked and were not declined, or the other side was asked by us."""
    one = sides.introduction
    if one.asking != sides.own.id or one.declined_by(sides.other.id):
        return ()
    if not sides.other.published:
        return ()
    return ((button(say, "button-introduce", Introduce(sides.other.id)),),)


def _told(say: Speech, told: SideOfOutcome) -> list[Markup]:
    """What we have told of it."""
    answered = [(one, told.answer(one)) for one in Question if told.answer(one)]
    lines = [
        say(
            f"outcome-told-{question.value}",
            answer=say.plain(f"outcome-{question.value}-{answer}"),
        )
        for question, answer in answered
    ]
    return [Markup(""), *lines] if lines else []


def _turning(say: Speech, page: int, last: int) -> Keyboard:
    row = []
    if page > 0:
        row.append(button(say, "button-page-before", ShowIntroductions(page - 1)))
    if page < last:
        row.append(button(say, "button-page-after", ShowIntroductions(page + 1)))
    return (tuple(row),) if row else ()
