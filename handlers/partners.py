"""Partners: five at a time, a card each, with reasons and with what is missing."""

from aiogram import Router
from aiogram.filters import Command

from actions import announcements, matchmaking
from actions.matchmaking import BEST, Suggestions
from delivery import cards, search_cards
from delivery.buttons import Accept, Change, Decline, FindPartners, Introduce, Withdraw, button
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_partners import (
    AskReport,
    ClearFilters,
    Dismiss,
    MorePartners,
    ShowDismissed,
    ShowFilters,
    ShowPartner,
    TellOfFits,
)
from domain.dismissals import Why
from domain.introductions import Introduction
from domain.matches import Match
from domain.profiles import Answer
from domain.reports import AboutWhat
from domain.rules.wishes import wishes
from domain.searches import Facet
from domain.told import Told
from handlers.links import follows
from handlers.turn import Pressed, Turn
from locales.speech import Speech

router = Router(name="partners")


@router.message(Command("partners"))
@router.callback_query(Pressed(FindPartners))
async def suggest(_: object, turn: Turn) -> None:
    """Show the best partners."""
    turn.conversation = turn.conversation.over()
    await show_page(turn, await matchmaking.suggest(turn.store, turn.clock, to=turn.who))


@follows("partners")
async def suggest_by_link(turn: Turn, _: str) -> None:
    """The same."""
    await suggest(None, turn)


@router.callback_query(Pressed(MorePartners))
async def more(_: object, turn: Turn, press: MorePartners) -> None:
    """The next partners; the message that offered them becomes their heading."""
    turn.conversation = turn.conversation.over()
    page = await matchmaking.suggest(turn.store, turn.clock, to=turn.who, page=press.page)
    if page.just_shown:
        turn.toast(turn.say.plain("look-below"))
        return
    await show_page(turn, page)


@router.callback_query(Pressed(ClearFilters))
async def clear(_: object, turn: Turn, press: ClearFilters) -> None:
    """Clear one filter or all of them, and show who fits now."""
    turn.conversation = turn.conversation.over()
    if press.facet in {one.value for one in Facet}:
        await matchmaking.narrow(
            turn.store, turn.clock, by=turn.who, facet=Facet(press.facet), options=frozenset()
        )
    else:
        await matchmaking.clear_filters(turn.store, by=turn.who)
    await show_page(turn, await matchmaking.suggest(turn.store, turn.clock, to=turn.who))


@router.callback_query(Pressed(ShowPartner))
async def one(_: object, turn: Turn, press: ShowPartner) -> None:
    """One card, of an organisation that was named elsewhere."""
    message = await card_of(turn, press.organisation)
    turn.send(message or Message(turn.say("refusal-partner-gone"), _again(turn.say)))


@router.callback_query(Pressed(TellOfFits))
async def tell_of_fits(_: object, turn: Turn, press: TellOfFits) -> None:
    """Tell me when somebody new fits, or no longer."""
    wished = press.wished == 1
    turn.person = await announcements.tell_of_fits(turn.store, turn.clock, turn.who, wished=wished)
    say = turn.say
    said = say("fits-on") if wished else say("fits-off")
    turn.send(Message(said, (_fits_button(say, wished=wished), *_again(say))))


async def show_page(turn: Turn, page: Suggestions) -> None:
    """A heading, a card each, and below them what more there is."""
    if not page.matches:
        turn.send(_nobody(turn, page))
        return
    if page.number:
        turn.show(_heading(turn, page))
    else:
        turn.send(_heading(turn, page))
    for match in page.matches:
        turn.send(partner_message(turn.say, match, await _asked(turn, match.organisation.id)))
    if page.left:
        turn.send(_more(turn.say, page))


async def card_of(turn: Turn, organisation: int) -> Message | None:
    """The card of one organisation as it would be suggested; None where it would not."""
    match = await matchmaking.match_with(
        turn.store, turn.clock, to=turn.who, organisation=organisation
    )
    if match is None:
        return None
    return partner_message(turn.say, match, await _asked(turn, organisation))


async def _asked(turn: Turn, organisation: int) -> Introduction | None:
    """The request that is open between the two."""
    own = await turn.store.organisations.of(turn.who.id)
    between = await turn.store.introductions.between(own.id, organisation) if own else None
    return between if between and between.open else None


def partner_message(say: Speech, match: Match, asked: Introduction | None) -> Message:
    """A card with what can be done about it."""
    card = cards.partner_card(say, match)
    other = match.organisation.id
    report = button(say, "button-report", AskReport(AboutWhat.ORGANISATION.value, other, ""))
    if asked is None:
        return Message(card, (*_choices(say, other), (report,)))
    if asked.asked == other:
        waiting = say("introduction-waits")
        withdraw = button(say, "button-withdraw", Withdraw(asked.id))
        return Message(cards.NEWLINE.join([card, waiting]), ((withdraw,), (report,)))
    answers = (
        (button(say, "button-accept", Accept(asked.id)),),
        (button(say, "button-decline", Decline(asked.id)),),
        (report,),
    )
    return Message(cards.NEWLINE.join([card, say("introduction-asks-you")]), answers)


def _choices(say: Speech, organisation: int) -> Keyboard:
    return (
        (button(say, "button-introduce", Introduce(organisation)),),
        (
            button(say, "button-not-for-us", Dismiss(organisation, "")),
            button(say, "button-later", Dismiss(organisation, Why.LATER.value)),
        ),
    )


def _heading(turn: Turn, page: Suggestions) -> Message:
    say, shown = turn.say, len(page.matches)
    if page.number:
        first, last = page.before + 1, page.before + shown
        return Message(say("partners-page", first=first, last=last, total=page.total))
    lines = [say("partners-intro", n=shown), *search_cards.filters_line(say, page.filters)]
    return Message(cards.NEWLINE.join(lines), _above(turn, page))


def _above(turn: Turn, page: Suggestions) -> Keyboard:
    """What can be done about the search itself."""
    say = turn.say
    filters = [button(say, "button-filters", ShowFilters())]
    if page.filters.narrowed:
        filters.append(button(say, "button-clear-filters", ClearFilters("")))
    return (tuple(filters), _fits_button(say, wished=_wishes(turn)))


def _more(say: Speech, page: Suggestions) -> Message:
    following = button(
        say, "button-more-partners", MorePartners(page.number + 1), count=min(BEST, page.left)
    )
    return Message(say("partners-more", n=page.left), ((following,),))


def _nobody(turn: Turn, page: Suggestions) -> Message:
    """Why there is nobody (more), and what would change that."""
    say = turn.say
    if page.number:
        return Message(say("partners-no-more"), _again(say))
    fits = _fits_button(say, wished=_wishes(turn))
    if not page.filters.narrowed or not page.unfiltered:
        aside = (button(say, "button-dismissed", ShowDismissed(0)),)
        return Message(say("partners-none"), (*_widen(say), fits, aside))
    rows = tuple(
        (button(say, f"button-loosen-{facet.value}", ClearFilters(facet.value), count=number),)
        for facet, number in page.loosening
    )
    everything = button(say, "button-clear-filters", ClearFilters(""))
    change = button(say, "button-filters", ShowFilters())
    text = search_cards.nobody_passes(say, page.filters, page.unfiltered, page.loosening)
    return Message(text, (*rows, (everything, change), fits))


def _wishes(turn: Turn) -> bool:
    return Told.FITTING in wishes(turn.who)


def _fits_button(say: Speech, *, wished: bool) -> tuple[Button, ...]:
    return (
        button(say, "button-fits-off" if wished else "button-fits-on", TellOfFits(int(not wished))),
    )


def _again(say: Speech) -> Keyboard:
    return ((button(say, "button-partners", FindPartners()),),)


def _widen(say: Speech) -> Keyboard:
    """What most often finds more partners: more topics, more regions."""
    return tuple(
        (button(say, f"button-change-{which.value}", Change(which.value)),)
        for which in (Answer.OFFERS, Answer.SEEKS, Answer.REGIONS, Answer.LANGUAGES)
    )
