"""Letters about rounds: to members, and to who runs the exchange."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from delivery.buttons import ShowProfile, button
from delivery.message import Button, Keyboard, Message, Nothing
from delivery.presses_of_rounds import ShowMyRounds, ShowRounds, TakePart, TellMet, TellRoundHelped
from delivery.round_cards import best_language, group_card, name_of, rhythm_line
from delivery.round_numbers import numbers_card
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange
from domain.notices import (
    AboutRoundGroup,
    AboutRounds,
    RoundAsked,
    RoundInvited,
    RoundMade,
    RoundOpened,
    RoundsPaused,
    RoundToForward,
    RoundUnplaced,
)
from domain.people import Person
from domain.round_programmes import (
    LEFT_OUT,
    HeldRound,
    Met,
    Programme,
    Seat,
    SeatedGroup,
    Sitter,
    WhyNot,
)
from domain.rules.exchanges import may_run
from domain.rules.rounds import numbers_of
from domain.texts import shown
from locales import moments
from locales.speech import Speech, speech, without_tags
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Seated:
    """A member's seat in a group, with all that is known of it."""

    programme: Programme
    exchange: Exchange
    held: HeldRound
    group: SeatedGroup
    seat: Seat
    own: Sitter
    others: tuple[Sitter, ...]


async def about_rounds(
    store: Store, person: Person, notice: AboutRounds | RoundsPaused
) -> Message | Nothing:
    """Rounds will begin, wait or end."""
    found = await _programme(store, notice.programme)
    if isinstance(found, Nothing):
        return found
    programme, exchange = found
    own = await store.memberships.between(exchange.id, person.id)
    if own is None or not own.takes_part:
        return Nothing("no-member")
    say = speech(person.language)
    title = shown(exchange.title, say.language)
    if not isinstance(notice, RoundInvited):
        paused = isinstance(notice, RoundsPaused)
        if programme.running is not paused or programme.paused is not paused:
            return Nothing("no-longer-true")
        return Message(say(notice.kind, title=title), (_my_rounds(say, exchange),))
    if not programme.running or programme.next_at is None:
        return Nothing("no-longer-true")
    if await store.rounds.part(programme.id, own.id) is not None:
        return Nothing("told-already")
    zone = await zone_of_reader(store, person, exchange.zone)
    begins = moments.moment(say, programme.next_at, zone)
    how = rhythm_line(say, programme)
    return Message(say(notice.kind, title=title, how=how, begins=begins), part_rows(say, programme))


def part_rows(say: Speech, programme: Programme) -> Keyboard:
    """The two answers to whether somebody takes part."""
    return (
        (button(say, "button-rounds-yes", TakePart(programme.id, 1)),),
        (button(say, "button-rounds-no", TakePart(programme.id, 0)),),
    )


async def about_round_group(
    store: Store, person: Person, notice: AboutRoundGroup
) -> Message | Nothing:
    """The group of the reader: with whom, how it goes, how it went, or that they are alone."""
    found = await seated(store, person, notice.group)
    if found is None:
        return Nothing("gone")
    say = speech(person.language)
    if isinstance(notice, RoundOpened):
        if not found.others:
            return Nothing("no-longer-true")
        words = await opened_words(store, person, found)
        return Message(words, met_rows(say, found.group.id))
    title = shown(found.exchange.title, say.language)
    names = say.listing(name_of(say, one) for one in found.others)
    if isinstance(notice, RoundAsked) and found.seat.met is Met.YES:
        if found.seat.helped is not None:
            return Nothing("told-already")
        return Message(
            say("round-helped-question"),
            helped_rows(say, found.group.id),
        )
    if found.seat.met in (Met.YES, Met.CANNOT):
        return Nothing("told-already")
    words = say(notice.kind, title=title, names=names)
    if found.others:
        return Message(words, met_rows(say, found.group.id))
    return Message(words, (_my_rounds(say, found.exchange),))


async def opened_words(store: Store, person: Person, found: Seated) -> Markup:
    """A group with its others, for one of its members."""
    say = speech(person.language)
    title = shown(found.exchange.title, say.language)
    card = group_card(
        say, found.own, found.others, found.group.reasons, found.group.against,
        title=found.exchange.title, zone=await zone_of_reader(store, person, found.exchange.zone),
        at=found.held.begins_at,
    )  # fmt: skip
    return say(
        RoundOpened.__name__,
        card=card,
        number=found.held.number,
        title=title,
        day=say.date(found.held.ends_at),
    )


async def seated(store: Store, person: Person, group: int) -> Seated | None:
    """The reader's seat in a group; None where they sit there no longer."""
    made = await store.rounds.group(group)
    held = await store.rounds.one(made.round) if made else None
    programme = await store.rounds.programme(held.programme) if held else None
    exchange = await store.exchanges.by_id(programme.exchange) if programme else None
    if made is None or held is None or programme is None or exchange is None:
        return None
    sitters = await store.rounds.in_group(group)
    own = next((one for one in sitters if one.membership.person == person.id), None)
    seat = await store.rounds.seat(held.id, own.id) if own else None
    if own is None or seat is None:
        return None
    others = tuple(one for one in sitters if one is not own)
    return Seated(programme, exchange, held, made, seat, own, others)


def met_rows(say: Speech, group: int) -> Keyboard:
    """Whether a group has met."""
    return tuple(
        (button(say, f"button-round-met-{one.value}", TellMet(group, one.value)),) for one in Met
    )


def helped_rows(say: Speech, group: int) -> Keyboard:
    """Whether it helped."""
    return (
        (
            button(say, "button-round-helped-yes", TellRoundHelped(group, 1)),
            button(say, "button-round-helped-no", TellRoundHelped(group, 0)),
        ),
    )


async def round_unplaced(store: Store, person: Person, notice: RoundUnplaced) -> Message | Nothing:
    """Why the reader has no group this time, and what helps."""
    found = await _round(store, notice.round)
    if isinstance(found, Nothing):
        return found
    held, _, exchange = found
    own = await store.memberships.between(exchange.id, person.id)
    seat = await store.rounds.seat(held.id, own.id) if own and own.takes_part else None
    if seat is None or seat.why is None or seat.why not in LEFT_OUT:
        return Nothing("no-longer-true")
    say = speech(person.language)
    words = unplaced_words(say, exchange, seat.why)
    profile = (button(say, "button-profile", ShowProfile()),)
    return Message(words, (profile, _my_rounds(say, exchange)))


def unplaced_words(say: Speech, exchange: Exchange, why: WhyNot) -> Markup:
    """Why somebody who takes part has no group, and what helps."""
    return say(
        RoundUnplaced.__name__,
        title=shown(exchange.title, say.language),
        why=say(f"round-without-{why.value}"),
        help=say(f"round-help-{why.value}"),
    )


async def round_made(store: Store, person: Person, notice: RoundMade) -> Message | Nothing:
    """How a round has begun, to who runs the exchange."""
    found = await _round(store, notice.round)
    if isinstance(found, Nothing):
        return found
    held, _, exchange = found
    if not await _runs(store, person, exchange):
        return Nothing("not-theirs")
    say = speech(person.language)
    seats = await store.rounds.seats(held.id)
    there = {one.id: one for one in await store.rounds.sitters(exchange.id)}
    card = numbers_card(say, held, numbers_of(seats), seats, there)
    words = say(notice.kind, title=shown(exchange.title, say.language), card=card)
    return Message(words, ((button(say, "button-rounds-run", ShowRounds(exchange.id)),),))


async def round_to_forward(
    store: Store, person: Person, notice: RoundToForward
) -> Message | Nothing:
    """The opening for a member without Telegram, as plain text to be passed on by e-mail."""
    made = await store.rounds.group(notice.group)
    found = await _round(store, made.round) if made else Nothing("gone")
    if made is None or isinstance(found, Nothing):
        return Nothing("gone")
    held, _, exchange = found
    if not await _runs(store, person, exchange):
        return Nothing("not-theirs")
    sitters = await store.rounds.in_group(notice.group)
    own = next((one for one in sitters if one.id == notice.membership), None)
    others = tuple(one for one in sitters if one is not own)
    if own is None or not others:
        return Nothing("no-longer-true")
    say = speech(person.language)
    text = _plain_opening(speech(best_language(own, others, fallback=say.language)),
                          exchange, held, made, own, others)  # fmt: skip
    to = own.membership.email or say.plain("not-stated")
    words = say(
        notice.kind, name=name_of(say, own), email=to, title=shown(exchange.title, say.language)
    )
    return Message(Markup("{}\n\n<pre>{}</pre>").format(words, text))


def _plain_opening(
    say: Speech,
    exchange: Exchange,
    held: HeldRound,
    made: SeatedGroup,
    own: Sitter,
    others: Sequence[Sitter],
) -> str:
    title = shown(exchange.title, say.language)
    card = group_card(
        say, own, others, made.reasons, made.against,
        title=exchange.title, zone=exchange.zone, at=held.begins_at,
    )  # fmt: skip
    letter = say(
        RoundOpened.__name__, card=card, number=held.number, title=title,
        day=say.date(held.ends_at),
    )  # fmt: skip
    greeting = say("round-forward-greeting", name=own.membership.name or name_of(say, own))
    lines = Markup("\n\n").join([greeting, letter])
    return "\n".join(without_tags(one) for one in lines.split("\n"))


async def _programme(store: Store, programme: int) -> tuple[Programme, Exchange] | Nothing:
    found = await store.rounds.programme(programme)
    exchange = await store.exchanges.by_id(found.exchange) if found else None
    if found is None or exchange is None:
        return Nothing("gone")
    return found, exchange


async def _round(store: Store, number: int) -> tuple[HeldRound, Programme, Exchange] | Nothing:
    held = await store.rounds.one(number)
    found = await _programme(store, held.programme) if held else Nothing("gone")
    if held is None or isinstance(found, Nothing):
        return Nothing("gone")
    return held, *found


async def _runs(store: Store, person: Person, exchange: Exchange) -> bool:
    coordinators = [one.id for one in await store.exchanges.coordinators(exchange.id)]
    return may_run(person.id, coordinators, await store.roles.of(person.id))


def _my_rounds(say: Speech, exchange: Exchange) -> tuple[Button, ...]:
    return (button(say, "button-rounds-mine", ShowMyRounds(exchange.id)),)
