"""Rounds within an exchange."""

from datetime import timedelta

from actions import round_programmes, rounds
from delivery.presses_of_rounds import (
    AnswerPlan,
    AskRoundPause,
    ChangeRounds,
    EnterIntoRounds,
    PauseRoundsUntil,
    PlanRounds,
    PreviewPlan,
    PreviewRound,
    ShowMyRounds,
    ShowRoundGuests,
    ShowRounds,
    StartRounds,
    TakePart,
    TellMet,
    TellRoundHelped,
)
from domain.exchanges import MembershipState
from domain.people import Person
from domain.roles import Role
from domain.round_programmes import Plan, Programme
from tests.handlers.scenes import scene
from tests.support.exchanges import Setting, exchange, member
from tests.support.hall import Hall
from tests.support.partners import AMMAN, DRESDEN, LIMA, LVIV
from tests.support.rounds import guest


async def _run_here(hall: Hall, setting: Setting) -> Person:
    """Somebody of the hall's language who runs the exchange."""
    chief = await hall.somebody(Role.COORDINATOR)
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(setting.exchange.id, chief.id, at=hall.clock())
        await hall.store.exchanges.relieve(setting.exchange.id, setting.coordinator.id)
    return chief


async def _tick(hall: Hall, **by: float) -> None:
    hall.front.now += timedelta(**by)
    await rounds.make_due(hall.store, hall.clock)
    await rounds.look_after(hall.store, hall.clock)
    await hall.letters()


async def _group_of(hall: Hall, programme: Programme, who: Person) -> int:
    latest = await hall.store.rounds.latest(programme.id)
    own = await hall.store.memberships.between(programme.exchange, who.id)
    assert latest is not None
    assert own is not None
    seat = await hall.store.rounds.seat(latest.id, own.id)
    assert seat is not None
    assert seat.group is not None
    return seat.group


@scene
async def of_planning_rounds(hall: Hall) -> None:
    """One question after the other, changed, dropped, previewed and begun."""
    setting = await exchange(hall.store, hall.clock)
    there = setting.exchange.id
    chief = await _run_here(hall, setting)
    await hall.presses(chief, ShowRounds(there), PlanRounds(there))
    await hall.says(chief, "zwei", "/nonsense")
    await hall.shows(chief)
    await hall.presses(chief, PreviewPlan(), StartRounds(), AnswerPlan("x", "y"))
    await hall.presses(chief, AnswerPlan("every", "14"), AnswerPlan("size", "7"))
    await hall.presses(chief, AnswerPlan("size", "3"), AnswerPlan("every", "28"))
    await hall.says(chief, "xyzzy", "01.01.2020", "/nonsense")
    await hall.shows(chief)
    first = hall.clock().date() + timedelta(days=7)
    await hall.says(chief, first.isoformat(), "01.01.2020")
    await hall.presses(chief, AnswerPlan("first", "x"), AnswerPlan("until", "2099-01-01"))
    await hall.presses(chief, StartRounds(), PreviewPlan())
    await hall.presses(chief, AnswerPlan("size", ""), ShowRounds(there))
    await hall.presses(chief, PreviewPlan(), StartRounds(), AnswerPlan("size", "2"))
    await _planned(hall, chief, there)
    await hall.presses(chief, StartRounds(), PreviewRound(there), PlanRounds(there))
    for size in ("4", "5"):
        await hall.presses(chief, AnswerPlan("size", size), AnswerPlan("every", "91"))
        await hall.presses(chief, AnswerPlan("first", first.isoformat()))
        await hall.presses(chief, AnswerPlan("until", first.isoformat()))
    await hall.presses(chief, StartRounds())
    await hall.says(chief, "/cancel")
    await _refused_when_closed(hall, chief)


async def _planned(hall: Hall, chief: Person, exchange_: int) -> None:
    first = (hall.clock().date() + timedelta(days=7)).isoformat()
    await hall.presses(chief, PlanRounds(exchange_), AnswerPlan("size", "2"))
    await hall.presses(chief, AnswerPlan("every", "56"), AnswerPlan("first", first))
    await hall.presses(chief, AnswerPlan("until", first))


async def _refused_when_closed(hall: Hall, chief: Person) -> None:
    closed = await exchange(hall.store, hall.clock)
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(closed.exchange.id, chief.id, at=hall.clock())
        await hall.store.exchanges.change(closed.exchange.id, closed_at=hall.clock())
    await _planned(hall, chief, closed.exchange.id)
    await hall.presses(chief, StartRounds())


@scene
async def of_sitting_together(hall: Hall) -> None:
    """Invited, seated, asked, alone; and what who runs it sees of that."""
    setting = await exchange(hall.store, hall.clock)
    there = setting.exchange
    chief = await _run_here(hall, setting)
    language = hall.language
    spoken = frozenset({language, "en"})
    sides = [
        await hall.side(f"Stadtwerke <{one}>", place, languages=spoken, **more)
        for one, (place, more) in enumerate(
            [
                (DRESDEN, {"sectors": frozenset({"water_supply"})}),
                (LVIV, {"offers": {"solar"}, "seeks": {"sludge"}}),
                (AMMAN, {"sectors": frozenset({"water_supply"})}),
                (LIMA, {"offers": {"sewer"}, "seeks": {"tourism"}}),
            ]
        )
    ]
    plain, me = await hall.somebody(), sides[0].person
    people = [one.person for one in sides]
    await hall.presses(plain, ShowMyRounds(there.id))
    for one in (*people, plain):
        await member(hall.store, hall.clock, there, one)
    theirs = await guest(hall.store, hall.clock, setting, "Gerda <Gast>")
    await hall.presses(me, ShowMyRounds(there.id), TakePart(987_654, 1))
    await hall.presses(me, AskRoundPause(there.id))
    await hall.says(me, "2099-01-01", "/cancel")
    plan = Plan(2, 14, hall.clock().date() + timedelta(days=3),
                hall.clock().date() + timedelta(days=31))  # fmt: skip
    made = await round_programmes.start(
        hall.store, hall.clock, by=chief, exchange=there.id, plan=plan
    )
    await hall.letters()
    await hall.presses(me, ShowMyRounds(there.id), TakePart(made.id, 0), TakePart(made.id, 1))
    await _pauses(hall, me, made)
    for one in (*people, plain):
        await hall.presses(one, TakePart(made.id, 1))
    await _from_one_round_to_the_next(hall, chief, made, people, theirs.id)


async def _pauses(hall: Hall, me: Person, made: Programme) -> None:
    await hall.presses(me, AskRoundPause(made.exchange))
    await hall.says(me, "xyzzy", "01.01.2020", "/nonsense")
    await hall.shows(me)
    await hall.says(me, "2099-01-01")
    for day in ("x", "2020-01-01", "2099-01-01", ""):
        await hall.presses(me, PauseRoundsUntil(made.id, day))
    await hall.presses(me, AskRoundPause(made.exchange), ShowMyRounds(made.exchange))
    await hall.stands(me, "name")
    await hall.presses(me, AskRoundPause(made.exchange))
    await hall.says(me, "2099-01-01")
    await hall.presses(me, PauseRoundsUntil(made.id, ""))


async def _from_one_round_to_the_next(
    hall: Hall, chief: Person, made: Programme, people: list[Person], guest_: int
) -> None:
    there = made.exchange
    await hall.presses(chief, ShowRoundGuests(there), EnterIntoRounds(made.id, guest_, 1))
    await hall.presses(
        chief, EnterIntoRounds(made.id, people[0].id + 987_654, 1), PreviewRound(there)
    )
    await hall.presses(chief, EnterIntoRounds(987_654, guest_, 1), PreviewRound(987_654))
    await _tick(hall, days=4)
    await hall.presses(chief, ShowRounds(there))
    await hall.presses(people[0], ShowMyRounds(there))
    group = await _group_of(hall, made, people[1])
    await _tick(hall, days=6)
    await hall.presses(people[1], TellMet(group, "x"), TellMet(987_654, "yes"))
    await hall.presses(people[1], *(TellMet(group, one) for one in ("not-yet", "cannot", "yes")))
    await _tick(hall, days=5)
    await hall.presses(people[1], ShowMyRounds(there), TellRoundHelped(group, 1))
    await hall.presses(people[1], TellRoundHelped(987_654, 1), ShowMyRounds(there))
    await _tick(hall, days=3)
    own = await hall.store.memberships.between(there, people[2].id)
    group = await _group_of(hall, made, people[2])
    async with hall.store.transaction():
        for one in await hall.store.rounds.in_group(group):
            if own is not None and one.id != own.id:
                left = MembershipState.LEFT.value
                await hall.store.memberships.change(one.id, state=left)
    await _tick(hall, days=0)
    await hall.presses(people[2], ShowMyRounds(there))
    await _ended(hall, chief, made, people[2])


async def _ended(hall: Hall, chief: Person, made: Programme, me: Person) -> None:
    there = made.exchange
    await hall.presses(chief, ChangeRounds(made.id, "x", 0), ChangeRounds(made.id, "pause", 1))
    await hall.letters()
    await hall.presses(me, ShowMyRounds(there))
    await hall.presses(chief, ChangeRounds(made.id, "resume", 1))
    await _tick(hall, days=14)
    await hall.presses(me, ShowMyRounds(there))
    await hall.presses(chief, ChangeRounds(987_654, "stop", 0), ChangeRounds(made.id, "stop", 0))
    await hall.presses(chief, ChangeRounds(made.id, "stop", 1))
    await hall.letters()
    await hall.presses(me, ShowMyRounds(there), TakePart(made.id, 0))
    await hall.presses(me, AskRoundPause(there))
    await hall.says(me, "2099-01-01", "/cancel")


@scene
async def of_sitting_alone(hall: Hall) -> None:
    """Nobody else takes part."""
    setting = await exchange(hall.store, hall.clock)
    chief, me = await _run_here(hall, setting), await hall.somebody()
    await member(hall.store, hall.clock, setting.exchange, me)
    day = hall.clock().date() + timedelta(days=1)
    made = await round_programmes.start(
        hall.store, hall.clock, by=chief, exchange=setting.exchange.id,
        plan=Plan(2, 14, day, day),
    )  # fmt: skip
    await hall.presses(me, TakePart(made.id, 1))
    await _tick(hall, days=2)
    await hall.presses(me, ShowMyRounds(setting.exchange.id))
    await hall.presses(chief, PreviewRound(setting.exchange.id))
