"""From the window of an exchange: members choose for themselves, who runs it for all."""

from dataclasses import replace

import pytest

from delivery.presses_of_reminders import ShowMyReminders, ShowRemindersOf
from domain.conversations import Conversation
from handlers.doors import Standing
from handlers.reminders import door_of_members, door_of_who_runs_it
from handlers.turn import Services, Turn
from storage.store import Store
from tests.support.exchanges import exchange
from tests.support.partners import SetClock


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("runs", [True, False])
async def test_whoever_may_choose_has_a_door(
    store: Store, services: Services, member: bool, runs: bool
) -> None:
    clock = SetClock()
    there = await exchange(store, clock, languages=("fr",))
    (me,), (own,) = there.people, there.members
    turn = Turn(
        replace(services, store=store, clock=clock), me.telegram_id, "fr", me, Conversation()
    )
    standing = Standing(there.exchange, own if member else None, runs=runs)
    mine = [one.data for one in await door_of_members(turn, standing)]
    of_all = [one.data for one in await door_of_who_runs_it(turn, standing)]
    assert mine == ([ShowMyReminders(there.exchange.id).pack()] if member else [])
    assert of_all == ([ShowRemindersOf(there.exchange.id).pack()] if runs else [])
