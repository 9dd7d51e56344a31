"""Which doors lead from a session and an exchange to what comes after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from delivery.buttons import unpack
from delivery.message import Button
from domain.conversations import Conversation
from domain.exchanges import Membership
from domain.sessions import Session
from handlers import doors, routers
from handlers.turn import Services, Turn
from storage.store import Store
from tests.support.afterwards import over
from tests.support.partners import SetClock

assert routers, "the conversations register their doors as they are read"

MEMBERS = {"ShowFollowUps", "WritePractice"}
COORDINATORS = {"ShowAttendance", "ShowPapers", "ShowSessionFeedback", "ShowFollowUps"}
OURS = MEMBERS | COORDINATORS | {"ShowPromised", "ShowPractices"}


def kinds(rows: tuple[tuple[Button, ...], ...]) -> set[str]:
    presses = [type(unpack(one.data or "")).__name__ for row in rows for one in row]
    return set(presses) & OURS


@pytest.mark.parametrize(
    ("member", "runs", "changed", "expected"),
    [
        (True, False, {}, MEMBERS),
        (False, True, {}, COORDINATORS),
        (True, True, {}, MEMBERS | COORDINATORS),
        (False, False, {}, set()),
        (True, True, {"starts_at": timedelta(days=9)}, set()),
        (True, True, {"cancelled_at": timedelta(0)}, set()),
    ],
)
async def test_from_a_session(
    store: Store, services: Services, member: bool, runs: bool, changed: dict[str, timedelta],
    expected: set[str],
) -> None:  # fmt: skip
    clock = SetClock()
    there = await over(store, clock, None)
    moments = {name: clock() + ahead for name, ahead in changed.items()}
    session = replace(there.session, **moments)
    standing = doors.Standing(there.setting.exchange, _own(there.setting.members, member), runs)
    turn = _turn(services, store, clock, there.setting.people[0])
    assert kinds(await doors.rows_of_session(turn, standing, session)) == expected
    with_papers = await _with_papers(store, clock, session)
    more = {"ShowPapers"} if expected and member else set()
    assert kinds(await doors.rows_of_session(turn, standing, with_papers)) == expected | more


@pytest.mark.parametrize(
    ("member", "runs", "expected"),
    [
        (True, False, {"ShowPromised", "ShowPractices", "WritePractice"}),
        (False, True, {"ShowPractices"}),
        (False, False, set()),
    ],
)
async def test_from_an_exchange(
    store: Store, services: Services, member: bool, runs: bool, expected: set[str]
) -> None:
    clock = SetClock()
    there = await over(store, clock, None)
    standing = doors.Standing(there.setting.exchange, _own(there.setting.members, member), runs)
    who = there.setting.coordinator if runs else there.setting.people[0]
    turn = _turn(services, store, clock, who)
    assert kinds(await doors.rows_of_exchange(turn, standing)) == expected


def _own(members: tuple[Membership, ...], member: bool) -> Membership | None:
    return members[0] if member else None


def _turn(services: Services, store: Store, clock: SetClock, person: object) -> Turn:
    here = replace(services, store=store, clock=clock)
    return Turn(here, 1, "de", person, Conversation())  # type: ignore[arg-type]


async def _with_papers(store: Store, clock: SetClock, session: Session) -> Session:
    async with store.transaction():
        await store.papers.add(
            session=session.id, by=None, at=clock(), minutes=True, words="1. …"
        )  # fmt: skip
    return session
