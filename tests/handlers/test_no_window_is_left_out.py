"""Every place at which the bot says something is reached in every language, and what it says there
fits, is taken by Telegram, and is in its reader's language. Where a window is new, this fails until
a scene here shows it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from actions import (
    admissions,
    announcements,
    inactivity,
    introductions,
    outcomes,
    people,
    reports,
    representing,
    roles,
)
from delivery.buttons import (
    Accept,
    Back,
    Begin,
    Cancel,
    Change,
    Choose,
    Consent,
    Decline,
    Done,
    FindPartners,
    Introduce,
    Languages,
    Page,
    Publish,
    ShowFiner,
    ShowProfile,
    Skip,
    Speak,
    Withdraw,
)
from delivery.presses_of_concerns import (
    AnswerConcern,
    GiveFeedback,
    LeaveAnswer,
    LeaveFeedback,
    SettleConcern,
    ShowConcern,
    ShowConcerns,
)
from delivery.presses_of_coordination import (
    Confirm,
    Merge,
    NotConfirmed,
    PickSecond,
    SayMember,
    ShowOrganisation,
    ShowOrganisations,
)
from delivery.presses_of_hiding import HideOrganisation, ShowAgain
from delivery.presses_of_organisations import (
    Admit,
    GivePart,
    InviteColleague,
    Join,
    Leave,
    NoneOfThese,
    ShowColleague,
    ShowNewcomer,
    ShowTeam,
    TakeBack,
    TakeOut,
    TurnAway,
)
from delivery.presses_of_partners import (
    AskOutcome,
    AskReport,
    ClearFilters,
    Dismiss,
    KeepReport,
    MorePartners,
    SendReport,
    SettleReport,
    ShowContacts,
    ShowDismissed,
    ShowFacet,
    ShowFilters,
    ShowIntroduction,
    ShowIntroductions,
    ShowPartner,
    ShowTheme,
    SuggestAgain,
    TakeOption,
    TellOfFits,
    TellOutcome,
)
from delivery.presses_of_privacy import (
    AllowPiece,
    AskErasure,
    EraseAtOnce,
    GetMyData,
    KeepData,
    ShowConsents,
    WishErasure,
    WithholdPiece,
)
from delivery.presses_of_profiles import (
    AddPartnerships,
    AskFurther,
    DropPartnerships,
    LeavePartnerships,
    RemovePartnership,
    ShareIn,
    ShareProfile,
    ShowPart,
    ShowPartnerships,
)
from delivery.presses_of_roles import (
    Appoint,
    AskRemoval,
    Invite,
    Remove,
    ShowHolder,
    ShowHolders,
    WithdrawInvitations,
)
from delivery.presses_of_sentence import (
    AskSentence,
    LeaveSentence,
    NoSentence,
    TakeOver,
)
from delivery.presses_of_settings import (
    KeepQuiet,
    LiveIn,
    PauseUntil,
    SeeNewcomer,
    ShowSetting,
    ShowSettings,
    SpeakToMe,
    TellMeOf,
)
from delivery.presses_of_strangers import ConsentAndFollow
from domain.confirming import WhyNot
from domain.consents import Piece
from domain.introductions import Patience
from domain.keeping import WARNING, Keeping
from domain.languages import LANGUAGES
from domain.notices import NOTICES
from domain.people import Person
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from domain.searches import Facet
from locales.speech import own_name
from tests.handlers.scenes import every_scene, scene
from tests.hostile.test_every_step import opened, runner
from tests.support.hall import Hall
from tests.support.partners import AMMAN, DRESDEN, LIMA, LVIV
from tests.support.windows import places, watched

__all__ = ["runner"]

SENTENCE = "Wir sind die Stadtwerke Musterstadt, bieten Solarenergie und suchen Klärschlamm"
NAME = "Anna Vogt von den Stadtwerken Musterstadt, wir suchen Klärschlamm in Jordanien"
MATCHING = {"offers": {"solar"}, "seeks": {"sludge"}}


@scene
async def of_strangers(hall: Hall) -> None:
    """Nothing is stored of them, and they may come by a link."""
    one, language = hall.stranger(), hall.language
    await hall.says(one, "/start", "/start no such link", "/help", "/language", "hello", "/privacy")
    await hall.says(one, "/redeem 123", "/redeem ( )", "/mydata", "/deletemydata")
    await hall.presses(one, Languages(), Speak(language), Speak("xx"), ShowConsents(), KeepData())
    await hall.presses(one, AskErasure(), WishErasure(), EraseAtOnce(1), WithholdPiece("contact"))
    await hall.presses(one, Consent(0, language), FindPartners(), Consent(1, language))
    for link in ("join-x", "redeem-x", "profile", "partners", "introductions", "settings"):
        await hall.presses(hall.stranger(), ConsentAndFollow(1, language, link))
    await hall.says(hall.stranger(), own_name(language))
    await hall.too_fast(hall.stranger())


@scene
async def of_the_beginning(hall: Hall) -> None:
    """Somebody who is known, with a question that waits, and without one."""
    me, language = await hall.somebody(), hall.language
    await hall.presses(me, Consent(1, language), Begin())
    for _ in range(2):
        await hall.says(me, "/start", "/start no such link", "/start profile", "/help", "/language")
        await hall.says(me, own_name(language))
        await hall.presses(me, Languages(), Speak(language))
        await hall.too_fast(me)
        await hall.says(me, "/nonsense", "/cancel")
    await hall.says(me, "hello", "/cancel", "/partners", "/introductions")
    await hall.shows(me)


@scene
async def of_the_questions(hall: Hall) -> None:
    """Each way to go through them."""
    me = await hall.somebody()
    await hall.presses(me, Begin())
    await hall.says(me, "Anna Vogt", "Leiterin")
    await hall.shows(me)
    await hall.presses(me, Back(0), Skip(0), Back(0), Cancel(0), Cancel(0), Back(-7))
    await hall.presses(me, Change("offers"), Choose(0, "solar"), Page(0, 1))
    await hall.presses(me, ShowFiner(0, "wastewater"), ShowFiner(0, "nonsense"), Done(0), Done(0))
    await hall.presses(me, Change("nonsense"), Change("kind"), Choose(0, "nonsense"), Cancel(0))
    await hall.presses(me, Change("languages"), Done(0), Change("place"))
    await hall.says(me, "Dresden", "xyzzy", "/nonsense")
    await hall.presses(me, AskFurther(), Skip(0), Cancel(0), ShowProfile(), ShowPart(1))
    await hall.presses(me, Back(3), ShowPart(0))


@scene
async def of_the_card(hall: Hall) -> None:
    """Shown, hidden, shared, with partnerships and in one sentence."""
    me = (await hall.side("Stadtwerke <Muster> & Söhne", DRESDEN)).person
    nobody = await hall.somebody()
    await hall.says(me, "/profile", "/start profile")
    await hall.presses(me, Publish(0), Publish(1), ShareProfile(), ShareIn(hall.language))
    await hall.presses(me, ShareIn("xx"))
    await hall.presses(nobody, ShareProfile(), Publish(1))
    await hall.presses(me, ShowPartnerships())
    await hall.shows(me)
    await hall.says(me, "Lviv 2999", "...", "Lviv, 2019")
    await hall.presses(me, DropPartnerships())
    await hall.says(me, "Lviv, 2019")
    await hall.presses(me, AddPartnerships(), AddPartnerships())
    own = await hall.store.organisations.of(me.id)
    assert own is not None
    (there,) = await hall.store.partnerships.of(own.id)
    await hall.presses(me, *[RemovePartnership(there.id)] * 2, LeavePartnerships())


@scene
async def of_one_sentence(hall: Hall) -> None:
    """Asked for, unasked, and in place of a name."""
    me = await hall.somebody()
    await hall.presses(me, LeaveSentence(), AskSentence(), LeaveSentence(), AskSentence())
    await hall.shows(me)
    await hall.says(me, "xyzzy", "/nonsense", SENTENCE)
    number = await hall.draft_of(me)
    await hall.presses(me, TakeOver(number - 1), TakeOver(number))
    other = await hall.somebody()
    await hall.presses(other, Begin())
    await hall.says(other, NAME)
    await hall.presses(other, NoSentence(await hall.draft_of(other)))
    await hall.says(other, "/cancel", SENTENCE)
    await hall.presses(other, LeaveSentence(), TakeOver(7))
    await hall.presses(other, Begin(), AskSentence(), LeaveSentence())


@scene
async def of_partners(hall: Hall) -> None:
    """Suggested, filtered, set aside, and none at all."""
    alone = (await hall.side("Alone", DRESDEN, offers={"tourism"}, seeks={"tourism"})).person
    await hall.says(alone, "/partners")
    me = (await hall.side("Dresden Entwässerung", DRESDEN)).person
    others = [await hall.side(f"Other {one}", LVIV, **MATCHING) for one in range(9)]
    await hall.says(me, "/partners", "/start partners")
    await hall.presses(me, MorePartners(1))
    # A double tap: within the minute that passes with each press.
    hall.front.now -= timedelta(minutes=1)
    await hall.presses(me, MorePartners(1), MorePartners(99))
    await hall.presses(me, ShowPartner(others[0].id), ShowPartner(987_654))
    await hall.presses(me, TellOfFits(1), TellOfFits(0), ShowFilters())
    await hall.presses(me, *(ShowFacet(0, facet.value) for facet in Facet), ShowFacet(0, ""))
    await hall.presses(me, ShowTheme("solar"), ShowTheme("nonsense"), ShowFacet(0, ""))
    await hall.presses(me, TakeOption(0, "x", "y"), TakeOption(0, "topics", "tourism"))
    await hall.presses(me, FindPartners(), ClearFilters("topics"), ShowFilters())
    await hall.shows(me)
    await hall.says(me, "xyzzy", "solar", "/nonsense", "/cancel")
    await hall.presses(me, ClearFilters(""), ShowDismissed(0), Dismiss(others[0].id, ""))
    await hall.presses(me, Dismiss(others[0].id, "topic"), Dismiss(others[1].id, "later"))
    await hall.presses(me, ShowDismissed(0), SuggestAgain(others[0].id, 0))
    await hall.presses(me, SuggestAgain(others[1].id, -1), SuggestAgain(987_654, -1))
    await hall.presses(me, Dismiss(987_654, ""))
    await hall.stands(me, "name")
    await hall.presses(me, ShowFilters())
    await hall.says(me, "/cancel")


@scene
async def of_introductions(hall: Hall) -> None:
    """From the request to what came of it."""
    mine = await hall.side("Dresden Entwässerung", DRESDEN)
    theirs = await hall.side("Львівводоканал", LVIV, **MATCHING)
    third = await hall.side("Third", LIMA, **MATCHING)
    fourth = await hall.side("Fourth", AMMAN, **MATCHING)
    me, them = mine.person, theirs.person
    await hall.says(me, "/introductions", "/start introductions")
    await hall.presses(me, Introduce(theirs.id), ShowPartner(theirs.id), ShowIntroductions(0))
    made = await hall.store.introductions.between(mine.id, theirs.id)
    assert made is not None
    await hall.presses(me, ShowIntroduction(made.id), Withdraw(made.id), ShowIntroduction(made.id))
    await hall.presses(me, Introduce(theirs.id))
    made = await hall.store.introductions.between(mine.id, theirs.id)
    assert made is not None
    await hall.presses(them, ShowPartner(mine.id), ShowIntroduction(made.id), ShowIntroductions(0))
    await hall.presses(them, Accept(made.id), Introduce(mine.id), ShowIntroduction(made.id))
    await hall.presses(them, ShowContacts(made.id), AskOutcome(made.id))
    await hall.presses(them, TellOutcome(made.id, "x", "y"), TellOutcome(made.id, "met", "not_yet"))
    await _asked_how_it_went(hall, me, made.id)
    for who in (me, them):
        for question in ("met", "helped", "partnership"):
            await hall.presses(who, TellOutcome(made.id, question, "yes"))
    await hall.presses(me, ShowIntroduction(made.id), Introduce(third.id))
    await hall.presses(third.person, Introduce(mine.id))
    await hall.presses(me, Introduce(fourth.id))
    asked = await hall.store.introductions.between(mine.id, fourth.id)
    assert asked is not None
    await hall.presses(fourth.person, Decline(asked.id), Accept(asked.id))
    await hall.presses(them, AskReport(AboutWhat.PERSON, me.id, ""))
    await hall.presses(them, SendReport(AboutWhat.PERSON, me.id, Cause.CONDUCT))
    await hall.presses(me, ShowContacts(made.id))


async def _asked_how_it_went(hall: Hall, who: Person, introduction: int) -> None:
    """After a while, and again where they had not met yet."""
    patience = Patience()
    for ask in (outcomes.ask_due, outcomes.ask_again_due):
        hall.front.now += patience.follow_up_after + timedelta(days=1)
        await ask(hall.store, hall.clock, patience)
        await hall.letters()
        await hall.presses(who, TellOutcome(introduction, "met", "not_yet"))


@scene
async def of_what_nobody_answers(hall: Hall) -> None:
    """Reminded, then over; and over, since the other side is gone."""
    patience = Patience()
    mine = await hall.side("Dresden Entwässerung", DRESDEN)
    theirs = await hall.side("Львівводоканал", LVIV, **MATCHING)
    await hall.presses(mine.person, Introduce(theirs.id))
    hall.front.now += patience.remind_after
    await introductions.remind_due(hall.store, hall.clock, patience)
    await hall.letters()
    hall.front.now += patience.expire_after
    await introductions.expire_due(hall.store, hall.clock, patience)
    await hall.letters()
    await hall.presses(mine.person, Introduce(theirs.id))
    await hall.presses(theirs.person, EraseAtOnce(1))


@scene
async def of_admissions(hall: Hall) -> None:
    """Somebody asks to speak for an organisation that is there already."""
    lead = await hall.side("Stadtwerke Musterstadt Nord", DRESDEN)
    for answer in (Admit, TurnAway, TakeBack, None):
        newcomer = await hall.somebody()
        await hall.presses(newcomer, Change("organisation"))
        await hall.says(newcomer, "Stadtwerke Musterstadt Nord", "hm", "/nonsense")
        await hall.presses(newcomer, Join(987_654), Join(lead.id), ShowTeam())
        (asked,) = await hall.store.admissions.open_of(newcomer.id)
        await hall.presses(lead.person, ShowTeam(), ShowNewcomer(asked.id), SeeNewcomer(asked.id))
        await _comes_back(hall, lead.person.id)
        await hall.says(lead.person, "/start")
        if answer is None:
            await _waits_in_vain(hall)
        else:
            who = newcomer if answer is TakeBack else lead.person
            await hall.presses(who, answer(asked.id), SeeNewcomer(asked.id), ShowNewcomer(asked.id))
    other = await hall.somebody()
    await hall.presses(other, Change("organisation"))
    await hall.says(other, "Stadtwerke Musterstadt Nord")
    await hall.presses(other, NoneOfThese(), NoneOfThese(), Begin())


async def _comes_back(hall: Hall, person: int) -> None:
    async with hall.store.transaction():
        await hall.store.people.change(person, reachable=False)
    there = await hall.store.people.by_id(person)
    assert there is not None
    await people.come_back(hall.store, hall.clock, there)
    await hall.letters()


async def _waits_in_vain(hall: Hall) -> None:
    await hall.somebody(Role.COORDINATOR)
    for days in (8, 8, 60):
        hall.front.now += timedelta(days=days)
        await admissions.look_after(hall.store, hall.clock)
        await hall.letters()


@scene
async def of_the_team(hall: Hall) -> None:
    """Colleagues come, get another part, and go."""
    lead = await hall.side("Stadtwerke <Muster> & Söhne", DRESDEN)
    me, second, third = lead.person, await hall.colleague(lead), await hall.colleague(lead)
    nobody, chief = await hall.somebody(), await hall.somebody(Role.COORDINATOR)
    await hall.says(me, "/organisation")
    code = await representing.invite(hall.store, hall.clock, by=me)
    await hall.says(nobody, "/organisation", "/start join-x", f"/start join-{code}")
    await hall.presses(me, ShowTeam(), InviteColleague(), ShowColleague(second.id))
    await hall.presses(me, GivePart(second.id, "x", 0), GivePart(second.id, "deputy", 0))
    await hall.presses(me, TakeOut(third.id, 0), TakeOut(third.id, 1), Leave(987_654, 0))
    await hall.presses(me, GivePart(second.id, "lead", 0), GivePart(second.id, "lead", 1))
    await hall.presses(me, Leave(lead.id, 0), Leave(lead.id, 1))
    for last in (second, nobody):
        await hall.presses(last, Leave(lead.id, 0), Leave(lead.id, 1))
    await hall.says(chief, "/start")


@scene
async def of_coordination(hall: Hall) -> None:
    """Organisations confirmed or not, merged, hidden and shown again."""
    chief = await hall.somebody(Role.COORDINATOR)
    one, double = [await hall.side("Stadtwerke Muster", DRESDEN) for _ in range(2)]
    await hall.says(chief, "/organisations")
    await hall.presses(chief, ShowOrganisations(0), ShowOrganisations(9_999), Confirm(one.id))
    await hall.presses(chief, NotConfirmed(one.id, 0), *(NotConfirmed(one.id, w) for w in WhyNot))
    await hall.presses(chief, SayMember(one.id, 1), SayMember(one.id, 0), ShowOrganisation(one.id))
    await hall.presses(chief, HideOrganisation(one.id, 0, 0), HideOrganisation(one.id, 0, 1))
    await hall.presses(one.person, ShowProfile(), FindPartners())
    await hall.presses(chief, HideOrganisation(one.id, 0, 0), ShowAgain(one.id, 0))
    await hall.presses(chief, PickSecond(one.id, -1), PickSecond(one.id, 0))
    await hall.presses(one.person, Publish(0))
    await hall.presses(chief, *(Merge(double.id, one.id, sure) for sure in range(3)))
    again = await hall.side("Stadtwerke Muster", DRESDEN)
    await hall.presses(chief, Merge(one.id, again.id, 2))


@scene
async def of_concerns(hall: Hall) -> None:
    """Told, read, answered and settled; a report, too."""
    lonely = await hall.somebody()
    await hall.says(lonely, "/feedback", "x" * 2_000, "...", "/nonsense")
    await hall.shows(lonely)
    await hall.says(lonely, "Danke <b>sehr</b> & bis bald")
    chief = await hall.somebody(Role.COORDINATOR)
    await _settle_everything(hall, chief)
    await hall.says(chief, "/concerns")
    mine = await hall.side("Dresden Entwässerung", DRESDEN)
    bad = await hall.side("Bad", LVIV, **MATCHING)
    me = mine.person
    await hall.presses(me, LeaveFeedback(), GiveFeedback(), LeaveFeedback(), Begin())
    await hall.presses(me, GiveFeedback())
    await hall.says(me, "Danke", "/feedback Noch etwas")
    await hall.stands(me, "name")
    await hall.says(me, "/feedback Noch etwas dazu")
    await hall.presses(me, GiveFeedback(), LeaveFeedback(), Cancel(0))
    await hall.presses(me, AskReport("x", bad.id, ""), AskReport("organisation", bad.id, ""))
    await hall.presses(me, KeepReport("organisation", bad.id), KeepReport("person", 1))
    await hall.presses(me, AskReport("organisation", bad.id, Cause.WRONG))
    await hall.shows(me)
    await hall.says(me, "x" * 2_000, "/nonsense", "Das stimmt nicht")
    await hall.presses(me, SendReport("x", bad.id, "y"))
    found = await reports.report(
        hall.store, hall.clock, by=me, about=AboutWhat.ORGANISATION, subject=bad.id,
        cause=Cause.SPAM, words=None,
    )  # fmt: skip
    await hall.letters()
    await hall.says(chief, "/concerns")
    await hall.presses(chief, ShowConcerns(0), ShowConcern(found.id), AnswerConcern(found.id))
    await hall.shows(chief)
    await hall.says(chief, "x" * 2_000, "...", "/nonsense")
    await hall.presses(chief, LeaveAnswer(found.id), AnswerConcern(found.id))
    await hall.says(chief, "Wir kümmern uns")
    await hall.presses(chief, HideOrganisation(bad.id, found.id, 0), SettleReport(found.id))
    await hall.presses(chief, SettleConcern(found.id))


async def _settle_everything(hall: Hall, chief: Person) -> None:
    while page := (await hall.store.concerns.open(first=0, most=50)):
        for one in page:
            await hall.presses(chief, SettleConcern(one.id))


@scene
async def of_roles(hall: Hall) -> None:
    """Taken up, given, taken and laid down."""
    me = await hall.somebody(Role.ADMINISTRATOR, Role.COORDINATOR)
    one = await hall.somebody(Role.COORDINATOR)
    await hall.says(me, "/coordinators", "/redeem", "/redeem x", "/start redeem-x", "/help")
    await hall.presses(me, ShowHolders(0), ShowHolder(one.id), Invite("x"), Invite("coordinator"))
    await hall.presses(me, Invite("administrator"), WithdrawInvitations(), Appoint(one.id, "x"))
    await hall.presses(me, Appoint(one.id, "administrator"), AskRemoval(one.id, "administrator"))
    await hall.presses(me, AskRemoval(me.id, "administrator"), AskRemoval(one.id, "x"))
    await hall.presses(me, Remove(one.id, "x"), Remove(one.id, "administrator"))
    for who in (await hall.somebody(), me):
        code = (await roles.code_for_administrator(hall.store, hall.clock)).code
        await hall.says(who, f"/redeem {code}")
        await hall.presses(who, ShowHolders(0))
    await hall.presses(me, Remove(me.id, "coordinator"))


@scene
async def of_settings(hall: Hall) -> None:
    """Each of them, by buttons and by words."""
    me = (await hall.side("Dresden Entwässerung", DRESDEN)).person
    await hall.says(me, "/settings", "/start settings")
    await hall.presses(me, ShowSettings(), ShowSetting("x"), ShowSetting("language"))
    await hall.presses(me, SpeakToMe(hall.language), ShowSetting("told"), TellMeOf(1, "fitting"))
    await hall.presses(me, TellMeOf(1, "x"))
    for which in ("zone", "quiet", "pause"):
        await hall.presses(me, ShowSetting(which))
        await hall.shows(me)
        await hall.says(me, "xyzzy", "/nonsense", "/cancel")
    await hall.presses(me, LiveIn("America/Lima"), KeepQuiet(1_200, 360), KeepQuiet(0, 0))
    for day in ("x", "2020-01-01", "2099-01-01", ""):
        await hall.presses(me, PauseUntil(day))


@scene
async def of_ones_own_data(hall: Hall) -> None:
    """Read, partly withheld, erased in time, kept after all, and erased at once."""
    me = (await hall.side("Dresden Entwässerung", DRESDEN)).person
    await hall.says(me, "/privacy", "/mydata", "/deletemydata")
    await hall.presses(me, GetMyData(), ShowConsents())
    for change in (WithholdPiece, AllowPiece):
        await hall.presses(me, *(change(piece.value) for piece in Piece))
    await hall.presses(me, AskErasure(), KeepData(), WishErasure())
    await hall.says(me, "/start", "/deletemydata")
    await hall.presses(me, KeepData(), EraseAtOnce(0), EraseAtOnce(1))


@scene
async def of_those_who_are_away(hall: Hall) -> None:
    """Told of who fits, welcomed back, and warned before they are erased."""
    me = (await hall.side("Dresden Entwässerung", DRESDEN)).person
    await hall.presses(me, TellOfFits(1))
    await hall.side("Львівводоканал", LVIV, **MATCHING)
    await announcements.announce_due(hall.store, hall.clock)
    await hall.letters()
    hall.front.now += Keeping().people - WARNING + timedelta(days=1)
    await inactivity.look_after(hall.store, hall.clock, Keeping())
    await hall.letters()
    await hall.presses(me, Begin())
    await hall.says(me, "/start")


@scene
async def of_groups(hall: Hall) -> None:
    """Once as it comes, and whenever it is spoken to."""
    await hall.in_group("added")
    await hall.in_group("spoken to")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_window_is_left_out(runner: asyncio.Runner, tmp_path: Path, language: str) -> None:
    with opened(runner, tmp_path) as front, watched() as reached:
        hall = Hall(front, language)
        for one in every_scene():
            runner.run(one(hall))
    assert hall.faults == []
    assert "\n".join(str(one) for one in sorted(places() - reached)) == ""
    assert sorted(set(NOTICES) - {one.__name__ for one in hall.told}) == []
