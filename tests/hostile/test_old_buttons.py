"""A button of an older message, pressed once the thing is settled: it is said so, kindly, and
nothing is done that it did not mean. One row a kind of window."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from actions import admissions, concerns, introductions, partnerships, reported, representing, roles
from delivery.buttons import Accept, Decline, Press, Withdraw
from delivery.presses_of_concerns import AnswerConcern, LeaveFeedback, SettleConcern
from delivery.presses_of_contributions import Bring, TakeOutContribution
from delivery.presses_of_exchanges import ReplyTo
from delivery.presses_of_groups import MakeGroupLink, UnlinkGroup
from delivery.presses_of_hiding import HideOrganisation, ShowAgain
from delivery.presses_of_organisations import (
    Admit,
    GivePart,
    Join,
    Leave,
    NoneOfThese,
    TakeBack,
    TakeOut,
    TurnAway,
)
from delivery.presses_of_privacy import KeepData
from delivery.presses_of_profiles import RemovePartnership
from delivery.presses_of_replies import LetSee, WhoComes
from delivery.presses_of_roles import Appoint, Remove, ShowHolders, WithdrawInvitations
from delivery.presses_of_sentence import LeaveSentence, TakeOver
from delivery.presses_of_settings import PauseUntil
from domain.exchanges import MembershipState
from domain.organisations import Part
from domain.partnerships import Told
from domain.people import Person
from domain.profiles import Profile
from domain.roles import Role
from domain.sessions import Session
from locales.speech import speech, without_tags
from storage.tables import metadata
from tests.hostile.inputs import Tapped
from tests.hostile.line import SAYING
from tests.hostile.test_every_step import Front, check_answered, front, runner
from tests.support import exchanges
from tests.support.chat import says

__all__ = ["front", "runner"]

LANGUAGE = "fr"
SORRY = str(speech(LANGUAGE)("sorry"))
# What every update changes.
ALWAYS = {"handled_updates", "conversations"}


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who presses, somebody else, and a colleague of who presses."""

    front: Front
    me: Profile
    other: Profile
    colleague: Profile

    @property
    def own(self) -> int:
        assert self.me.organisation is not None
        return self.me.organisation.id

    @property
    def theirs(self) -> int:
        assert self.other.organisation is not None
        return self.other.organisation.id


async def make(front: Front) -> Here:
    me, other, colleague = [await front.settle(LANGUAGE) for _ in range(3)]
    here = Here(front, me, other, colleague)
    await _leave(here, colleague)
    await _join(here, colleague.person, me.person)
    return here


async def _leave(here: Here, who: Profile) -> None:
    assert who.organisation is not None
    await representing.leave(
        here.front.store, here.front.clock, by=who.person, organisation=who.organisation.id
    )


async def _join(here: Here, who: Person, by: Person) -> None:
    code = await representing.invite(here.front.store, here.front.clock, by=by)
    await representing.redeem(here.front.store, here.front.clock, by=who, code=code)


async def _role(here: Here, role: Role | None) -> None:
    async with here.front.store.transaction():
        for one in Role:
            await here.front.store.roles.revoke(here.me.person.id, one)
        if role is not None:
            await here.front.store.roles.grant(here.me.person.id, role, by=None, at=here.front.now)


async def handed_over(here: Here) -> Press:
    store, clock = here.front.store, here.front.clock
    person = here.colleague.person.id
    await representing.change_part(store, clock, by=here.me.person, person=person, part=Part.LEAD)
    return GivePart(person, Part.MEMBER.value, 0)


async def colleague_gone(here: Here) -> Press:
    person = here.colleague.person.id
    await representing.take_out(
        here.front.store, here.front.clock, by=here.me.person, person=person
    )
    return TakeOut(person, 1)


async def left_for_another(here: Here) -> Press:
    await _leave(here, here.me)
    await _join(here, here.me.person, here.other.person)
    return Leave(here.own, 1)


async def newcomer_gone(here: Here, press: Callable[[int], Press]) -> Press:
    store, clock = here.front.store, here.front.clock
    person = here.colleague.person
    await representing.take_out(store, clock, by=here.me.person, person=person.id)
    made = await admissions.ask(store, clock, by=person, organisation=here.own)
    await admissions.withdraw(store, clock, by=person, admission=made.id)
    return press(made.id)


async def admitted(here: Here) -> Press:
    store, clock = here.front.store, here.front.clock
    await _leave(here, here.me)
    made = await admissions.ask(store, clock, by=here.me.person, organisation=here.theirs)
    await admissions.admit(store, clock, by=here.other.person, admission=made.id)
    return TakeBack(made.id)


async def request(here: Here, end: str, press: Callable[[int], Press], *, ours: bool) -> Press:
    """A request between the two that has ended so, by the one who may."""
    store, clock = here.front.store, here.front.clock
    asking, asked = (here.me, here.other) if ours else (here.other, here.me)
    assert asked.organisation is not None
    made = await introductions.ask(
        store, clock, by=asking.person, organisation=asked.organisation.id
    )
    by = asking if end == "withdraw" else asked
    await getattr(introductions, end)(store, clock, by=by.person, introduction=made.id)
    return press(made.id)


async def role_lost(here: Here, press: Callable[[Here], Press]) -> Press:
    await _role(here, Role.ADMINISTRATOR)
    await _role(here, None)
    return press(here)


async def concern_settled(here: Here) -> Press:
    await _role(here, Role.COORDINATOR)
    passed = await concerns.give_feedback(
        here.front.store, here.front.clock, by=here.other.person, words=f"Bonjour {here.front.now}"
    )
    number = passed.concern.id
    await concerns.settle(here.front.store, here.front.clock, by=here.me.person, concern=number)
    return SettleConcern(number)


async def hidden_already(here: Here) -> Press:
    await _role(here, Role.COORDINATOR)
    await reported.hide(
        here.front.store, here.front.clock, by=here.me.person, organisation=here.theirs
    )
    return HideOrganisation(here.theirs, 0, 0)


async def role_gone_already(here: Here) -> Press:
    store, clock = here.front.store, here.front.clock
    await _role(here, Role.ADMINISTRATOR)
    async with store.transaction():
        await store.roles.grant(here.other.person.id, Role.COORDINATOR, by=None, at=here.front.now)
    await roles.remove(
        store, clock, by=here.me.person, person=here.other.person.id, role=Role.COORDINATOR
    )
    return Remove(here.other.person.id, Role.COORDINATOR.value)


async def nothing(here: Here, press: Press) -> Press:
    return press


async def anothers_partnership(here: Here) -> Press:
    store, clock = here.front.store, here.front.clock
    (one,) = await partnerships.tell(store, clock, by=here.other.person, several=[Told("Masasi")])
    return RemovePartnership(one.id)


async def a_session(here: Here, **more: Any) -> Session:
    """Of an exchange in which somebody takes part whom the press is by; `more` was changed."""
    clock: Any = here.front.clock
    there = (await exchanges.exchange(here.front.store, clock)).exchange
    await exchanges.member(here.front.store, clock, there, here.me.person)
    made = await exchanges.session(here.front.store, clock, there)
    async with here.front.store.transaction():
        await here.front.store.sessions.change(made.id, **more)
    return made


async def reply_too_late(here: Here) -> Press:
    made = await a_session(here, cancelled_at=here.front.now)
    return ReplyTo(made.id, "yes")


async def left_the_exchange(here: Here, press: Callable[[Session], Press]) -> Press:
    store = here.front.store
    made = await a_session(here, sequence=0)
    own = await store.memberships.between(made.exchange, here.me.person.id)
    assert own is not None
    async with store.transaction():
        await store.memberships.change(own.id, state=MembershipState.LEFT.value)
    return press(made)


async def unlinked(here: Here) -> Press:
    clock: Any = here.front.clock
    await _role(here, Role.COORDINATOR)
    there = (await exchanges.exchange(here.front.store, clock)).exchange
    async with here.front.store.transaction():
        await here.front.store.exchanges.entrust(there.id, here.me.person.id, at=here.front.now)
    return UnlinkGroup(there.id, 1)


Case = Callable[[Here], Awaitable[Press]]
CASES: dict[str, Case] = {
    "partnerships: somebody else's": anothers_partnership,
    "partnerships: removed already": lambda h: nothing(h, RemovePartnership(987_654)),
    "settings: a pause until a day that is over": lambda h: nothing(h, PauseUntil("2026-01-01")),
    "roles: taken already": role_gone_already,
    "roles: to appoint, once one may not": lambda h: role_lost(
        h, lambda h: Appoint(h.other.person.id, Role.COORDINATOR.value)
    ),
    "roles: to read": lambda h: role_lost(h, lambda _: ShowHolders(0)),
    "roles: to withdraw": lambda h: role_lost(h, lambda _: WithdrawInvitations()),
    "organisation: handed over": handed_over,
    "organisation: a colleague who has gone": colleague_gone,
    "organisation: left for another": left_for_another,
    "admissions: admit who took it back": lambda h: newcomer_gone(h, Admit),
    "admissions: decline who took it back": lambda h: newcomer_gone(h, TurnAway),
    "admissions: take back once admitted": admitted,
    "admissions: join what is not offered": lambda h: nothing(h, Join(h.theirs)),
    "admissions: none of these": lambda h: nothing(h, NoneOfThese()),
    "sentence: an earlier draft": lambda h: nothing(h, TakeOver(7)),
    "sentence: left already": lambda h: nothing(h, LeaveSentence()),
    "concerns: settled already": concern_settled,
    "concerns: to answer, once one may not": lambda h: role_lost(h, lambda _: AnswerConcern(1)),
    "feedback: left already": lambda h: nothing(h, LeaveFeedback()),
    "erasure: kept already": lambda h: nothing(h, KeepData()),
    "hiding: hidden already": hidden_already,
    "hiding: once one may not": lambda h: role_lost(h, lambda h: HideOrganisation(h.theirs, 0, 1)),
    "hiding: to show, once one may not": lambda h: role_lost(h, lambda h: ShowAgain(h.theirs, 0)),
    "replies: to what was cancelled": reply_too_late,
    "replies: once one has left": lambda h: left_the_exchange(h, lambda s: ReplyTo(s.id, "no")),
    "replies: who comes, once one has left": lambda h: left_the_exchange(
        h, lambda s: WhoComes(s.id, 0)
    ),
    "replies: who sees it, once one has left": lambda h: left_the_exchange(
        h, lambda s: LetSee(s.exchange, 1, s.id)
    ),
    "contributions: to bring, once one has left": lambda h: left_the_exchange(
        h, lambda s: Bring(s.id)
    ),
    "contributions: taken out already": lambda h: nothing(h, TakeOutContribution(987_654)),
    "groups: unlinked already": unlinked,
    "groups: once one may not": lambda h: role_lost(h, lambda _: MakeGroupLink(987_654)),
    "introductions: accept what was withdrawn": lambda h: request(
        h, "withdraw", Accept, ours=False
    ),
    "introductions: decline what was accepted": lambda h: request(h, "accept", Decline, ours=False),
    "introductions: withdraw what was accepted": lambda h: request(
        h, "accept", Withdraw, ours=True
    ),
}


async def stored(front: Front) -> dict[str, set[str]]:
    """Everything, as text."""
    async with front.store.reading.connect() as connection:
        return {
            name: {str(row) for row in await connection.execute(select(table))}
            for name, table in metadata.tables.items()
            if name not in ALWAYS
        }


@pytest.mark.parametrize("case", CASES)
def test_it_says_so_and_does_nothing(runner: asyncio.Runner, front: Front, case: str) -> None:
    async def presses() -> None:
        here = await make(front)
        press = await CASES[case](here)
        # The first press of a day is noted with the person, whatever it does.
        await front.hear(here.me.person.telegram_id, Tapped("?"), 1, LANGUAGE)
        before = await stored(front)
        one = Tapped(press.pack())
        said: list[Any] = await front.hear(here.me.person.telegram_id, one, 1, LANGUAGE)
        check_answered(said, one, SORRY)
        texts = [without_tags(str(call.text)) for call in said if isinstance(call, SAYING)]
        assert any(texts), "only above the chat, if at all"
        assert not any(says(LANGUAGE, "partnerships-removed", text) for text in texts)
        assert await stored(front) == before

    runner.run(presses())
