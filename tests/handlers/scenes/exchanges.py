"""Exchanges: found, joined and left; begun, changed, run and ended; who asks and who answers."""

from datetime import timedelta

from actions import enquiries, entry_codes, exchanges, joining
from delivery.buttons import Begin
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_joining import (
    AdmitMember,
    AnswerEnquiry,
    AskNewcomer,
    AskToJoin,
    DeclineMember,
    JoinByCode,
    LeaveEnquiry,
    LeaveExchange,
    LeaveJoining,
    LeaveSearch,
    SearchExchanges,
    ShowExchanges,
    ShowRequest,
    ShowRequests,
    TakeRequestBack,
    WithoutNote,
)
from delivery.presses_of_running import (
    BeginExchange,
    ChangeExchange,
    CloseExchange,
    ConfirmExchange,
    EnterWithoutTelegram,
    Entrust,
    FieldBack,
    FieldDone,
    LeaveDraft,
    LeaveEntering,
    MakeInvitation,
    RemoveMember,
    RevokeInvitation,
    SendFlyer,
    SetField,
    ShowExchangeSettings,
    ShowInvitations,
    ShowMember,
    ShowMembers,
    ShowRunners,
    SkipField,
    ToggleOption,
)
from domain.exchanges import Entry
from domain.joining import OFFERED, WhyNot
from domain.roles import Role
from handlers.exchange_questions import FIELDS, PREVIEW
from tests.handlers.scenes import scene
from tests.support.exchanges import Setting, exchange, session
from tests.support.hall import Hall

BY_INVITATION = Entry.BY_INVITATION


async def _setting(hall: Hall, **more: object) -> Setting:
    title = {hall.language: "Internationale Partnerschaften", "en": "International partnerships"}
    made = await exchange(hall.store, hall.clock, title=title, **more)  # type: ignore[arg-type]
    async with hall.store.transaction():
        await hall.store.people.change(made.coordinator.id, language=hall.language)
    return made


@scene
async def of_finding_exchanges(hall: Hall) -> None:
    """None yet, several pages, words that mean one and words that mean none."""
    me = await hall.somebody()
    for one in await hall.store.exchanges.running():
        async with hall.store.transaction():
            await hall.store.exchanges.change(one.id, closed_at=hall.clock())
    await hall.says(me, "/exchanges")
    there = [(await _setting(hall, entry=Entry.OPEN)).exchange for _ in range(7)]
    await session(hall.store, hall.clock, there[-1])
    await hall.says(me, "/exchanges", "/exchanges Partnerschaften", "/exchanges xyzzy")
    await hall.presses(me, ShowExchanges(1, ""), SearchExchanges())
    await hall.shows(me)
    await hall.says(me, "...", "Partnerschaften")
    await hall.presses(me, SearchExchanges(), LeaveSearch(), ShowExchange(there[-1].id))
    await hall.presses(me, ShowExchange(987_654), AskToJoin(there[-1].id))


@scene
async def of_joining(hall: Hall) -> None:
    """By the window and by links, with and without a note; taken back, and left."""
    there = await _setting(hall, rules={hall.language: "1. Vertraulich"})
    number, by = there.exchange.id, there.coordinator
    me = await hall.somebody()
    await hall.presses(me, ShowExchange(number), AskToJoin(number), WithoutNote(number))
    await hall.shows(me)
    await hall.says(me, "Ada Lovelace", "Stadtwerke Muster", "x" * 900, "...", "/nonsense")
    await hall.presses(me, LeaveJoining(number), AskToJoin(number))
    await hall.says(me, "Ada Lovelace", "Stadtwerke Muster", "Danke <b>sehr</b>")
    await hall.says(me, "/exchanges", f"/start join_{number}")
    await hall.presses(me, ShowExchange(number), AskToJoin(number), TakeRequestBack(number))
    await hall.presses(me, AskToJoin(number), WithoutNote(number))
    request = await hall.store.memberships.between(number, me.id)
    assert request is not None
    await hall.presses(by, AdmitMember(request.id))
    await hall.presses(me, ShowExchange(number), AskToJoin(number), LeaveExchange(number))
    await hall.presses(by, AdmitMember(request.id), ShowRequest(request.id))
    await hall.presses(me, LeaveExchange(number))
    hidden = await _setting(hall, entry=BY_INVITATION)
    code, made = await entry_codes.make(
        hall.store, hall.clock, by=hidden.coordinator, exchange=hidden.exchange.id, days=30
    )
    await hall.says(me, "/start join_wrong", f"/start join_{code}")
    await hall.presses(me, JoinByCode("0" * 32), JoinByCode(code))
    await hall.presses(me, LeaveExchange(hidden.exchange.id))
    await entry_codes.revoke(hall.store, hall.clock, by=hidden.coordinator, code=made.id)
    await hall.says(await hall.somebody(), f"/start join_{code}")
    await hall.presses(await hall.somebody(), JoinByCode(code))
    new = await hall.somebody()
    await hall.says(new, f"/start join_{number}", "Grace Hopper", "Werke", "Hallo")
    await hall.presses(new, TakeRequestBack(number))
    asked = await hall.somebody()
    await hall.presses(asked, Begin())
    await hall.says(asked, f"/start join_{number}", "Mary Jackson", "Werke am Fluss", "Hallo")
    async with hall.store.transaction():
        await hall.store.exchanges.change(number, entry=BY_INVITATION.value)
    await hall.presses(new, TakeRequestBack(number))


@scene
async def of_answering_requests(hall: Hall) -> None:
    """Admitted, declined for each reason, asked and answered, settled by others, and removed."""
    there = await _setting(hall)
    by, number = there.coordinator, there.exchange.id
    second = await hall.somebody(Role.COORDINATOR)
    await exchanges.entrust(hall.store, hall.clock, by=by, exchange=number, person=second.id)
    people = [await hall.somebody() for _ in range(6)]
    made = [
        await joining.ask(hall.store, hall.clock, by=one, exchange=number, note="Hallo")
        for one in people
    ]
    await session(hall.store, hall.clock, there.exchange)
    await hall.letters()
    await hall.presses(by, ShowExchange(number), ShowRequests(number), ShowRequest(made[0].id))
    await hall.presses(by, AskNewcomer(made[0].id))
    await hall.shows(by)
    await hall.says(by, "/nonsense")
    await hall.presses(by, LeaveEnquiry(), LeaveEnquiry(), AskNewcomer(made[0].id))
    await hall.says(by, "Seit wann?")
    (asked,) = await hall.store.enquiries.about(made[0].id)
    await hall.presses(people[0], AnswerEnquiry(asked.id))
    await hall.says(people[0], "...", "Seit 2019")
    await hall.presses(people[0], AnswerEnquiry(asked.id))
    await enquiries.ask(hall.store, hall.clock, by=by, membership=made[1].id, words="Warum?")
    await hall.letters()
    for request, why in zip(made, OFFERED, strict=False):
        await hall.presses(by, DeclineMember(request.id, ""), DeclineMember(request.id, why.value))
    await hall.presses(second, ShowRequest(made[0].id), AskNewcomer(made[0].id))
    await hall.presses(second, DeclineMember(made[0].id, ""))
    await hall.presses(by, AdmitMember(made[4].id))
    await hall.presses(second, AdmitMember(made[4].id))
    hall.front.now += timedelta(days=8)
    other = await hall.somebody(Role.COORDINATOR)
    await joining.look_after(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(people[5], TakeRequestBack(number))
    await hall.presses(other, AdmitMember(made[5].id))
    await joining.remove(hall.store, hall.clock, by=by, membership=made[4].id)
    await hall.presses(second, ShowRequest(made[4].id))
    waiting = await hall.somebody()
    await joining.ask(hall.store, hall.clock, by=waiting, exchange=number)
    await exchanges.close(hall.store, hall.clock, by=by, exchange=number)
    await hall.letters()
    assert {one.reason for one in await hall.store.memberships.of_person(waiting.id)} == {
        WhyNot.CLOSED.value
    }


@scene
async def of_beginning_an_exchange(hall: Hall) -> None:
    """Question by question, back and forth, refused and confirmed."""
    me = await hall.somebody(Role.COORDINATOR)
    async with hall.store.transaction():
        await hall.store.people.change(me.id, name="Ada", email="ada@example.org")
    await hall.presses(me, BeginExchange(), LeaveDraft(), LeaveDraft(), BeginExchange())
    await hall.presses(me, SetField("title", "x"), SkipField("title"), FieldDone("title"))
    await hall.presses(me, ToggleOption("title", "x"), FieldDone("zone"))
    await hall.shows(me)
    await hall.says(me, "x" * 500, "/nonsense", "Abwasser", "Worum es geht")
    await hall.presses(me, FieldBack("contact"), SkipField("description"))
    await hall.presses(me, ToggleOption("contact", "x"))
    await hall.says(me, "ohne Adresse")
    await hall.presses(me, SetField("contact", "me"), ToggleOption("sectors", "wastewater"))
    await hall.says(me, "xyzzy")
    await hall.presses(me, FieldDone("sectors"))
    await hall.says(me, "xyzzy", "Klärschlamm")
    await hall.presses(me, FieldDone("topics"))
    await hall.says(me, "offen")
    await hall.presses(me, SetField("entry", "open"))
    await hall.says(me, "Vertraulich", "xyzzyplugh")
    await hall.presses(me, SetField("zone", "Europe/Berlin"), FieldBack(PREVIEW))
    await hall.says(me, "Berlin", "Europe/Berlin")
    await hall.presses(me, ConfirmExchange(), ConfirmExchange())
    await hall.says(me, "/exchanges")


@scene
async def of_running_an_exchange(hall: Hall) -> None:
    """Every field changed, coordinators, members, invitations, and its end."""
    there = await _setting(hall, languages=(hall.language,) * 12)
    me, number = there.coordinator, there.exchange.id
    second = await hall.somebody(Role.COORDINATOR)
    await hall.presses(me, ShowExchange(number), ShowExchangeSettings(number))
    await hall.presses(me, ChangeExchange(number, "x", ""), ChangeExchange(number, "rules", ""))
    for field in FIELDS:
        await hall.presses(me, ChangeExchange(number, field, "fr"))
    await hall.presses(me, LeaveDraft(), ChangeExchange(number, "rules", "fr"))
    await hall.says(me, "1. …")
    await hall.presses(me, ChangeExchange(number, "rules", "fr"), SkipField("rules"))
    await hall.presses(me, ShowRunners(number), Entrust(number, second.id, 1))
    await hall.letters()
    await hall.presses(me, Entrust(number, second.id, 0), Entrust(number, me.id, 0))
    await hall.presses(me, Entrust(number, second.id, 1), Entrust(number, me.id, 0))
    me = second
    await hall.presses(
        me, ShowMembers(number, 0), ShowMembers(number, 9), EnterWithoutTelegram(number)
    )
    await hall.shows(me)
    await hall.says(me, "niemand", "/nonsense")
    await hall.presses(me, LeaveEntering(number), EnterWithoutTelegram(number))
    await hall.says(me, "Jan Muster, jan@example.org, Stadtwerke Muster")
    entered = (await hall.store.memberships.members(number))[-1]
    await hall.presses(me, ShowMembers(number, 1), ShowMember(entered.id), ShowMember(987_654))
    await hall.presses(me, *(RemoveMember(entered.id, sure) for sure in range(2)))
    await hall.presses(me, *(RemoveMember(there.members[0].id, sure) for sure in range(2)))
    await hall.presses(me, ShowInvitations(number), MakeInvitation(number, 30))
    await hall.presses(me, MakeInvitation(number, 0), MakeInvitation(number, 365))
    code = (await hall.store.entry_codes.of(number))[0]
    await hall.presses(me, RevokeInvitation(code.id), SendFlyer(number))
    hall.front.now += timedelta(days=40)
    await hall.presses(me, ShowInvitations(number), CloseExchange(number, 0))
    async with hall.store.transaction():
        group = await hall.store.exchanges.add_group(-78, hall.language, at=hall.clock())
        await hall.store.exchanges.change(number, group_id=group.id)
        (one,) = [(await hall.store.memberships.members(number))[0]]
        assert one.person is not None
        await hall.store.people.change(one.person, language=hall.language)
    for one in await hall.store.memberships.people_of(number):
        async with hall.store.transaction():
            await hall.store.people.change(one.id, language=hall.language)
    await hall.presses(me, CloseExchange(number, 1), ShowExchangeSettings(number))
    await hall.letters()
