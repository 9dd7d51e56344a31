"""Speaking for an organisation: invited, in a part, handing over, leaving; what stays of it."""

import pytest

from actions import dismissals, erasure, introductions, profiles, representing
from actions.organisations import forget_with
from delivery.message import Letter
from delivery.render import Renderer
from domain.dismissals import Why
from domain.errors import NoLongerOpen, NotYours, Refusal
from domain.introductions import IntroductionState
from domain.notices import IntroductionAccepted
from domain.organisations import Part
from domain.outbox import Delivery
from domain.people import Detail, Person
from domain.profiles import Answer
from domain.representatives import INVITATION_LASTS, MOST_INVITATIONS
from domain.roles import Role
from storage.store import Store
from tests.support.outboxes import rows
from tests.support.partners import SetClock, Side, amman, dresden, introduced, lviv, somebody
from tests.support.roles import holding


async def told(store: Store) -> list[tuple[str, int]]:
    return [(row.kind, row.recipient) for row in await rows(store)]


async def joined(store: Store, clock: SetClock, there: Side) -> Person:
    clock.move(minutes=1)
    person = await somebody(store, clock)
    code = await representing.invite(store, clock, by=there.person)
    await representing.redeem(store, clock, by=person, code=code)
    return person


async def parts(store: Store, there: Side) -> dict[int, Part]:
    return {one.person.id: one.part for one in await store.representatives.of(there.id)}


async def test_an_invitation_lets_one_person_in_once(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    code = await representing.invite(store, clock, by=there.person)
    first, second = await somebody(store, clock), await somebody(store, clock)
    await profiles.answer(store, clock, first, Answer.ORGANISATION, "A draft")
    for _ in range(2):
        assert (await representing.redeem(store, clock, by=first, code=code)).id == there.id
    with pytest.raises(Refusal, match="refusal-invitation"):
        await representing.redeem(store, clock, by=second, code=code)
    assert await told(store) == [("ColleagueJoined", there.person.id)]
    assert await parts(store, there) == {there.person.id: Part.LEAD, first.id: Part.MEMBER}


async def test_invitations_that_do_not_hold(store: Store) -> None:
    clock = SetClock()
    there, elsewhere = await dresden(store, clock), await lviv(store, clock)
    newcomer = await somebody(store, clock)
    old = await representing.invite(store, clock, by=there.person)
    clock.now += INVITATION_LASTS
    orphaned = await representing.invite(store, clock, by=await joined(store, clock, there))
    inviter = (await store.people.representing(there.id))[-1]
    await representing.take_out(store, clock, by=there.person, person=inviter.id)
    for code in (old, orphaned, "", "wrong", "x" * 500):
        with pytest.raises(Refusal, match="refusal-invitation"):
            await representing.redeem(store, clock, by=newcomer, code=code)
    good = await representing.invite(store, clock, by=there.person)
    with pytest.raises(Refusal, match="refusal-speaks-already"):
        await representing.redeem(store, clock, by=elsewhere.person, code=good)
    await representing.redeem(store, clock, by=newcomer, code=good)


async def test_no_more_than_ten_invitations_wait(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    for _ in range(MOST_INVITATIONS):
        await representing.invite(store, clock, by=there.person)
    with pytest.raises(Refusal, match="refusal-many-invitations"):
        await representing.invite(store, clock, by=there.person)


async def test_only_the_lead_gives_parts_and_hands_over(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    second = await joined(store, clock, there)
    for _ in range(2):
        await representing.change_part(
            store, clock, by=there.person, person=second.id, part=Part.DEPUTY
        )
    for by, person in ((second, there.person), (there.person, there.person)):
        with pytest.raises(NotYours):
            await representing.change_part(store, clock, by=by, person=person.id, part=Part.MEMBER)
    await representing.change_part(store, clock, by=there.person, person=second.id, part=Part.LEAD)
    assert await parts(store, there) == {there.person.id: Part.DEPUTY, second.id: Part.LEAD}
    outside = await lviv(store, clock)
    with pytest.raises(NotYours):
        await representing.take_out(store, clock, by=outside.person, person=second.id)
    with pytest.raises(NotYours):
        await representing.take_out(store, clock, by=there.person, person=second.id)


async def test_who_is_taken_out_is_told(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    second = await joined(store, clock, there)
    await representing.take_out(store, clock, by=there.person, person=second.id)
    assert ("RepresentationEnded", second.id) in await told(store)
    assert await store.organisations.of(second.id) is None


async def test_a_second_representative_answers_and_sees_the_same(store: Store) -> None:
    clock = SetClock()
    there, other = await dresden(store, clock), await lviv(store, clock)
    second = await joined(store, clock, there)
    made = await introductions.ask(store, clock, by=other.person, organisation=there.id)
    assert ("IntroductionAsked", second.id) in await told(store)
    done = await introductions.accept(store, clock, by=second, introduction=made.id)
    assert done.state is IntroductionState.ACCEPTED
    for one in (there.person, second):
        assert ("IntroductionAccepted", one.id) in await told(store)
    await dismissals.dismiss(store, clock, by=second, organisation=other.id, why=Why.LATER)
    assert await dismissals.dismissed(store, clock, by=there.person) == (
        await dismissals.dismissed(store, clock, by=second)
    )


async def test_the_lead_who_leaves_is_followed(store: Store) -> None:
    clock = SetClock()
    there = await dresden(store, clock)
    second, third = await joined(store, clock, there), await joined(store, clock, there)
    await representing.change_part(store, clock, by=there.person, person=third.id, part=Part.DEPUTY)
    own, handed_over = await representing.leave(
        store, clock, by=there.person, organisation=there.id
    )
    assert (own.id, handed_over) == (there.id, False)
    assert await parts(store, there) == {second.id: Part.MEMBER, third.id: Part.LEAD}
    still = await store.organisations.by_id(there.id)
    assert still is not None
    assert still.published


async def test_an_old_button_to_leave_does_not_mean_the_next_organisation(store: Store) -> None:
    clock = SetClock()
    there, elsewhere = await dresden(store, clock), await lviv(store, clock)
    second = await joined(store, clock, there)
    await representing.leave(store, clock, by=second, organisation=there.id)
    code = await representing.invite(store, clock, by=elsewhere.person)
    await representing.redeem(store, clock, by=second, code=code)
    with pytest.raises(NotYours):
        await representing.leave(store, clock, by=second, organisation=there.id)
    assert second.id in await parts(store, elsewhere)


async def test_the_last_one_hands_it_to_the_coordinators(store: Store) -> None:
    clock = SetClock()
    there, met = await dresden(store, clock), await lviv(store, clock)
    chief = await holding(store, clock, Role.COORDINATOR)
    made = await introduced(store, clock, there, met)
    waits = await amman(store, clock)
    asked = await introductions.ask(store, clock, by=waits.person, organisation=there.id)
    _, handed_over = await representing.leave(store, clock, by=there.person, organisation=there.id)
    assert handed_over
    left = await store.organisations.by_id(there.id)
    assert left is not None
    assert not left.published
    assert (await store.introductions.by_id(made)).asked_by == there.person.id
    assert (await store.introductions.by_id(asked.id)).state is IntroductionState.EXPIRED
    assert ("IntroductionExpired", waits.person.id) in await told(store)
    assert ("OrganisationLeft", chief.id) in await told(store)
    with pytest.raises(Refusal):
        await representing.leave(store, clock, by=there.person, organisation=there.id)
    with pytest.raises(NoLongerOpen):
        await introductions.withdraw(store, clock, by=waits.person, introduction=asked.id)


async def test_what_goes_with_a_person_and_what_stays(store: Store) -> None:
    clock = SetClock()
    there, met = await dresden(store, clock), await lviv(store, clock)
    made = await introduced(store, clock, there, met)
    drafting = await somebody(store, clock)
    await profiles.answer(store, clock, drafting, Answer.ORGANISATION, "A draft")
    draft = await store.organisations.of(drafting.id)
    for person in (there.person, drafting):
        await erasure.erase(store, clock, person)
        assert await forget_with(store, clock, person) is None
    assert await store.organisations.by_id(draft.id) is None
    stays = await store.organisations.by_id(there.id)
    assert stays is not None
    assert stays.name == there.organisation.name
    kept = await store.introductions.by_id(made)
    assert kept is not None
    assert kept.asked_by is None


async def test_who_has_left_is_nobodys_contact_any_more(store: Store) -> None:
    clock = SetClock()
    there, met = await dresden(store, clock), await lviv(store, clock)
    second = await joined(store, clock, there)
    second_details = {Answer.NAME: "Second", Answer.SHARES: frozenset({Detail.NAME})}
    for which, value in second_details.items():
        await profiles.answer(store, clock, second, which, value)
    made = await introduced(store, clock, there, met)

    async def contacts() -> str:
        letter = await Renderer(store, clock).letter(
            Delivery(1, IntroductionAccepted(made), met.person.id, 0)
        )
        assert isinstance(letter, Letter)
        return letter.message.html

    assert str(there.person.email) in await contacts()
    await representing.leave(store, clock, by=there.person, organisation=there.id)
    said = await contacts()
    assert str(there.person.email) not in said
    assert "Second" in said
