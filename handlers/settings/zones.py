"""The zone: by the organisation's place, by a place in any script, by name or by offset."""

from aiogram import Router
from markupsafe import Markup

from actions import settings
from delivery.buttons import button
from delivery.message import Button
from delivery.presses_of_settings import LiveIn
from domain.places import Place, PlaceKind
from domain.rules.hours import known_zone
from domain.rules.zones_typed import zone_in
from handlers import asides
from handlers.leaving import Words
from handlers.settings.window import place_zone, show_all, show_one, zone_for, zone_line
from handlers.turn import Pressed, Turn
from locales import moments, names

router = Router(name="settings-zones")

STEP = "settings-zone"
MOST_OFFERED = 12

Offer = list[str]
"""A place's id ("" where the zone stands for itself) and a zone."""


async def ask(turn: Turn) -> None:
    """Ask for the zone, in place."""
    turn.conversation = turn.conversation.aside(STEP)
    await show(turn)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The zone that counts now, what may have been meant, and how to name another."""
    say, zone = turn.say, await zone_for(turn)
    rows = [
        (_offer(turn, place, one),) for place, one in turn.conversation.pending.get("offered", [])
    ]
    if zone.chosen and await place_zone(turn):
        rows.append((button(say, "button-zone-of-place", LiveIn("")),))
    text = Markup("\n\n").join([zone_line(turn, zone), say("settings-zone-question")])
    show_one(turn, text, tuple(rows), note, anew=anew)


asides.shows(STEP)(show)


def _offer(turn: Turn, place: str, zone: str) -> Button:
    say = turn.say
    found = turn.services.understanding.place(place) if place else None
    name = names.place(say, found) if found else moments.zone_name(say, zone)
    time = moments.clock_time(say, turn.clock(), zone)
    return Button(say.plain("button-zone-offer", name=name, time=time), data=LiveIn(zone).pack())


@router.callback_query(Pressed(LiveIn))
async def live_in(_: object, turn: Turn, press: LiveIn) -> None:
    """This zone from now on."""
    zone = press.zone or None
    turn.person = await settings.live_in(turn.store, turn.clock, by=turn.who, zone=zone)
    await show_all(turn, turn.say("settings-kept"))


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """A place, a zone's name or an offset; what is not certain becomes buttons."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"), anew=True)
        return
    offers = await understood(turn, turn.text)
    if len(offers) == 1 and offers[0][0] == "":
        turn.person = await settings.live_in(turn.store, turn.clock, by=turn.who, zone=offers[0][1])
        await show_all(turn, turn.say("settings-kept"), anew=True)
        return
    turn.conversation = turn.conversation.aside(STEP, offered=offers)
    key = "settings-zone-which" if offers else "misheard-zone"
    await show(turn, turn.say(key), anew=True)


async def understood(turn: Turn, text: str) -> list[Offer]:
    """What is meant: a single one without a place where there is nothing to ask."""
    named = zone_in(text)
    if named is not None:
        return [["", named]]
    found = await turn.services.understanding.places(text, turn.language)
    guesses = found.guesses[: 1 if found.certain else 5]
    places = [one.place for one in guesses if known_zone(one.place.timezone)]
    certain = found.certain or any(one.exact for one in guesses[:1])
    if places and len({one.country for one in places}) == 1:
        return _of_country(places[0]) or _of_places(places, certain=certain)
    return _of_places(places, certain=certain)


def _of_country(place: Place) -> list[Offer]:
    """The zones of a whole country; [] where the place is none."""
    if place.kind is not PlaceKind.COUNTRY or not place.country or not place.timezone:
        return []
    return [["", zone] for zone in moments.zones_of(place.country, place.timezone)[:MOST_OFFERED]]


def _of_places(places: list[Place], *, certain: bool) -> list[Offer]:
    """Namesakes in one zone need no question; in several, each is offered."""
    zones = {str(one.timezone) for one in places}
    if certain and len(zones) == 1:
        return [["", zones.pop()]]
    return [[one.id, str(one.timezone)] for one in places]
