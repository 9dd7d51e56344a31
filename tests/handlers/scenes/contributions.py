"""What members bring to a session."""

from delivery.presses_of_contributions import (
    Bring,
    LeaveBringing,
    NotAbout,
    SayOtherwise,
    ShowBrought,
    ShowOwn,
    TakeOutContribution,
)
from domain.roles import Role
from domain.rules.contributions import LONGEST, MOST
from tests.handlers.scenes import scene
from tests.support.exchanges import exchange, member, session
from tests.support.hall import Hall


@scene
async def of_what_is_brought(hall: Hall) -> None:
    """Asked for, said, changed, taken out; a page and more of it."""
    me, other = [await hall.somebody() for _ in range(2)]
    chief = await hall.somebody(Role.COORDINATOR)
    there = (await exchange(hall.store, hall.clock)).exchange
    own, _ = [await member(hall.store, hall.clock, there, one) for one in (me, other)]
    made = await session(hall.store, hall.clock, there)
    async with hall.store.transaction():
        await hall.store.exchanges.entrust(there.id, chief.id, at=hall.clock())
        await hall.store.memberships.change(own.id, shows_coming=True)
        await hall.store.people.change(me.id, name="<Anna> & Söhne " * 9)
    await hall.presses(me, ShowBrought(made.id, 0), Bring(made.id), LeaveBringing(made.id))
    await hall.presses(me, LeaveBringing(made.id), Bring(made.id))
    await hall.shows(me)
    await hall.says(me, "x" * (LONGEST + 1), "...", "/nonsense", "Solar & <Klärschlamm>")
    (first,) = await hall.store.contributions.of(made.id)
    await hall.presses(me, ShowOwn(first.id), *(NotAbout(first.id, one) for one in first.topics))
    await hall.presses(me, NotAbout(first.id, "tourism"), SayOtherwise(first.id))
    await hall.says(me, "xyzzy")
    for who in (me, other):
        for number in range(MOST):
            await hall.presses(who, Bring(made.id))
            await hall.says(who, f"{number} <&> Solarenergie " * 9)
    await hall.presses(me, ShowBrought(made.id, 0), ShowBrought(made.id, 1), Bring(987_654))
    await hall.presses(other, ShowOwn(first.id), TakeOutContribution(first.id))
    await hall.presses(chief, ShowBrought(made.id, 0), ShowBrought(made.id, 9))
    await hall.presses(chief, *[TakeOutContribution(first.id)] * 2)
    await hall.stands(me, "name")
    await hall.presses(me, Bring(made.id), LeaveBringing(made.id))
