"""The window of all settings, and what the windows of single ones share."""

from dataclasses import dataclass

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_settings import ShowSetting, ShowSettings
from domain.people import Person
from domain.rules.holding import zone_of
from domain.rules.hours import known_zone
from domain.rules.wishes import wishes
from domain.told import Told
from handlers.leaving import interrupts
from handlers.turn import Turn
from locales import moments
from locales.speech import Speech, own_name

STEPS = ("settings-zone", "settings-quiet", "settings-pause")
"""The questions in between that wait for words."""

SETTINGS = ("language", "zone", "quiet", "pause", "told")


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone that counts for a person. `of_place`: it is that of their organisation's place;
    `chosen`: they chose it; neither where none is known and UTC stands in."""

    name: str
    chosen: bool
    of_place: bool


async def zone_for(turn: Turn) -> Zone:
    """The zone in which this person's times are told."""
    person = turn.who
    place = await place_zone(turn)
    chosen = known_zone(person.zone) is not None
    return Zone(zone_of(person, place), chosen, not chosen and place is not None)


async def place_zone(turn: Turn) -> str | None:
    """The zone of the place of the person's organisation, where it is stated."""
    own = await turn.store.organisations.of(turn.who.id)
    zone = own.place.timezone if own and own.place else None
    return zone if known_zone(zone) else None


async def show_all(turn: Turn, note: Markup | None = None, *, anew: bool = False) -> None:
    """All settings: in place of the pressed message, or in a new one."""
    if turn.conversation.step in STEPS:
        turn.conversation = turn.conversation.over()
        if turn.conversation.step in STEPS:
            turn.conversation = turn.conversation.at(None)
    say, zone = turn.say, await zone_for(turn)
    lines = [note, Markup("")] if note else []
    lines += [say("settings-title"), Markup(""), *_lines(turn, say, turn.who, zone)]
    rows = tuple(
        (button(say, f"button-setting-{which}", ShowSetting(which)),) for which in SETTINGS
    )
    message = Message(NEWLINE.join(lines), rows)
    if anew:
        turn.send(message)
    else:
        turn.show(message)


def show_one(
    turn: Turn,
    text: Markup,
    rows: tuple[tuple[Button, ...], ...],
    note: Markup | None = None,
    *,
    anew: bool = False,
) -> None:
    """One setting, with the way back to all."""
    back = ((button(turn.say, "button-all-settings", ShowSettings()),),)
    message = Message(Markup("\n\n").join([*([note] if note else []), text]), (*rows, *back))
    # A waiting question of the profile keeps its buttons: it is gone on with afterwards.
    question = turn.conversation.step in STEPS and not interrupts(turn)
    if anew:
        turn.send(message, question=question)
    else:
        turn.show(message, question=question)


def _lines(turn: Turn, say: Speech, person: Person, zone: Zone) -> list[Markup]:
    return [
        say("settings-language", language=own_name(turn.language)),
        zone_line(turn, zone),
        quiet_line(say, person),
        pause_line(turn, zone),
        told_line(say, person),
    ]


def zone_line(turn: Turn, zone: Zone) -> Markup:
    """The zone, and what time it is there."""
    say = turn.say
    key = "settings-zone" if zone.chosen else "settings-zone-unknown"
    if zone.of_place:
        key = "settings-zone-of-place"
    time = moments.clock_time(say, turn.clock(), zone.name)
    return say(key, zone=moments.zone_name(say, zone.name), time=time)


def quiet_line(say: Speech, person: Person) -> Markup:
    """The quiet hours."""
    if person.quiet is None:
        return say("settings-quiet-none")
    start, end = (moments.wall_time(say, one) for one in (person.quiet.start, person.quiet.end))
    return say("settings-quiet", start=start, end=end)


def paused(turn: Turn) -> bool:
    """Whether a pause is under way."""
    until = turn.who.paused_until
    return until is not None and until > turn.clock()


def pause_line(turn: Turn, zone: Zone) -> Markup:
    """The pause, while there is one."""
    until = turn.who.paused_until
    if until is None or not paused(turn):
        return turn.say("settings-pause-none")
    return turn.say("settings-pause", until=moments.moment(turn.say, until, zone.name))


def told_line(say: Speech, person: Person) -> Markup:
    """What they are told of, beside what is always told."""
    chosen = [say.plain(f"told-{one.value}") for one in Told if one in wishes(person)]
    if not chosen:
        return say("settings-told-none")
    return say("settings-told", subjects=say.listing(chosen))
