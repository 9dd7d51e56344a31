"""What comes after a session: attendance, papers, whether it helped, follow-ups, good practice."""

from datetime import timedelta

from actions import follow_ups, session_feedback
from delivery.presses_of_afterwards import (
    AgreeTo,
    AskFollowUp,
    AskHelpedWords,
    AskPaper,
    DeclineFollowUp,
    DoneWith,
    DueIn,
    GetPaper,
    LeaveFollowUp,
    LeaveHelpedWords,
    LeavePaper,
    PickMember,
    PutOff,
    RemoveFollowUp,
    RemovePaper,
    ShowAttendance,
    ShowFollowUp,
    ShowFollowUps,
    ShowPapers,
    ShowPromised,
    ShowSessionFeedback,
    TellHelped,
    TellWhat,
    TickMember,
    TickWhoSaidYes,
)
from delivery.presses_of_practices import (
    AddPracticeTopic,
    ChangePractice,
    DropPracticeTopic,
    LeavePractice,
    PublishPractice,
    RemovePractice,
    SharePractice,
    ShowPractice,
    ShowPractices,
    TopicsAreRight,
    WritePractice,
)
from domain.people import Person
from domain.session_feedback import CHOICES, Helped
from domain.sessions import Reply
from tests.handlers.scenes import scene
from tests.support.afterwards import Over, over
from tests.support.exchanges import member
from tests.support.hall import Hall
from tests.support.partners import DRESDEN


async def _there(hall: Hall) -> tuple[Over, Person, Person]:
    """A session that is over; who runs its exchange, and a member, both of this language."""
    there = await over(hall.store, hall.clock, Reply.YES, Reply.MAYBE, *[None] * 9)  # type: ignore[arg-type]
    chief, me = there.by, there.setting.people[0]
    async with hall.store.transaction():
        for one in (chief, *there.setting.people):
            await hall.store.people.change(one.id, language=hall.language)
    return there, *[await _again(hall, one) for one in (chief, me)]


async def _again(hall: Hall, person: Person) -> Person:
    found = await hall.store.people.by_id(person.id)
    assert found is not None
    return found


@scene
async def of_attendance(hall: Hall) -> None:
    """Page by page, one by one and all at once; without members, too."""
    there, chief, _ = await _there(hall)
    one = there.session.id
    await hall.presses(chief, ShowAttendance(one, 0), ShowAttendance(one, 1))
    await hall.presses(chief, TickMember(one, there.without.id, 1, 1))
    await hall.presses(chief, TickMember(one, there.without.id, 0, 1), TickWhoSaidYes(one))
    async with hall.store.transaction():
        for other in await hall.store.memberships.members(there.setting.exchange.id):
            await hall.store.memberships.change(other.id, state="removed")
    await hall.presses(chief, ShowAttendance(one, 0))


@scene
async def of_papers(hall: Hall) -> None:
    """Minutes and files, added, read and removed."""
    there, chief, me = await _there(hall)
    one = there.session.id
    await hall.presses(chief, ShowPapers(one), LeavePaper(one), AskPaper(one, 1))
    await hall.shows(chief, "voice")
    await hall.says(chief, "x" * 4_000, "...", "/nonsense", "1. <Begrüßung> & Dank")
    await hall.presses(chief, AskPaper(one, 0))
    await hall.says(chief, "no file")
    await hall.shows(chief, "document")
    await hall.presses(chief, AskPaper(one, 1), LeavePaper(one))
    for kind in ("photo", "document"):
        await hall.presses(chief, AskPaper(one, 1))
        await hall.shows(chief, kind)
    papers = await hall.store.papers.of(one)
    await hall.presses(me, ShowPapers(one), *(GetPaper(paper.id) for paper in papers))
    await hall.presses(chief, RemovePaper(papers[0].id, 0))
    await hall.presses(chief, *[RemovePaper(papers[0].id, 1)] * 2)


@scene
async def of_whether_it_helped(hall: Hall) -> None:
    """In taps, in words, and as numbers."""
    there, chief, me = await _there(hall)
    one = there.session.id
    await hall.presses(chief, ShowSessionFeedback(one))
    hall.front.now += timedelta(hours=3)
    await session_feedback.ask_due(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(me, LeaveHelpedWords(one), TellHelped(one, "x"), TellWhat(one, "x"))
    for helped in Helped:
        await hall.presses(me, TellHelped(one, helped), TellWhat(one, CHOICES[helped][0]))
    await hall.presses(me, AskHelpedWords(one), LeaveHelpedWords(one), AskHelpedWords(one))
    await hall.shows(me)
    await hall.says(me, "x" * 600, "...", "/nonsense", "Danke & mehr <Zeit> " + "x" * 300)
    await hall.presses(chief, ShowSessionFeedback(one))


@scene
async def of_follow_ups(hall: Hall) -> None:
    """Asked, promised, put off, done, declined and removed."""
    there, chief, me = await _there(hall)
    one, mine, other = there.session.id, *there.setting.members[:2]
    await hall.presses(chief, ShowFollowUps(one), PickMember(one, 0), PickMember(one, 1))
    await hall.presses(chief, LeaveFollowUp(one), DueIn(7), AskFollowUp(one, mine.id))
    await hall.shows(chief)
    await hall.says(chief, "x" * 400, "...", "/nonsense", "Tariftabelle <senden> " + "x" * 200)
    await hall.shows(chief)
    await hall.says(chief, "xyzzy", "/nonsense")
    await hall.presses(chief, DueIn(8), DueIn(7))
    for words in ("Leitfaden", "Zahlen"):
        await hall.presses(chief, AskFollowUp(one, mine.id))
        await hall.says(chief, words, "2099-01-01")
        await hall.presses(chief, DueIn(14))
    first, second, third = await hall.store.follow_ups.of_session(one)
    await hall.presses(me, ShowPromised(there.setting.exchange.id), ShowFollowUp(first.id))
    await hall.presses(me, AgreeTo(first.id), DeclineFollowUp(second.id), AgreeTo(third.id))
    await hall.presses(me, ShowFollowUps(one), PutOff(first.id), LeaveFollowUp(one))
    await hall.presses(me, PutOff(first.id), DueIn(14), PickMember(one, 0))
    await hall.presses(chief, AskFollowUp(one, there.without.id))
    await hall.says(chief, "Brief schreiben")
    await hall.presses(chief, DueIn(14))
    hall.front.now += timedelta(days=12)
    await follow_ups.remind_due(hall.store, hall.clock)
    await hall.letters()
    await hall.presses(me, DoneWith(first.id), ShowPromised(there.setting.exchange.id))
    await hall.presses(chief, ShowFollowUps(one), RemoveFollowUp(first.id, 0))
    await hall.presses(chief, *[RemoveFollowUp(first.id, 1)] * 2)
    async with hall.store.transaction():
        for member_of in await hall.store.memberships.members(there.setting.exchange.id):
            await hall.store.memberships.change(member_of.id, state="left")
    await hall.presses(chief, PickMember(one, 0), ShowFollowUp(other.id))


@scene
async def of_good_practice(hall: Hall) -> None:
    """Written, found, changed, shared and removed."""
    there, chief, me = await _there(hall)
    of, session = there.setting.exchange.id, there.session.id
    nobody = await hall.somebody()
    await hall.says(nobody, "/practices")
    await hall.presses(me, LeavePractice(), AddPracticeTopic("solar"), TopicsAreRight())
    await hall.presses(me, PublishPractice(0), WritePractice(of, 0), LeavePractice())
    for number in range(6):
        await hall.presses(me, WritePractice(of, session if number else 0))
        await hall.shows(me)
        await hall.says(me, "x" * 200, "...", "/nonsense", f"Solar & <Dach> {number}", "Solar")
        await hall.shows(me)
        await hall.says(me, "xyzzy", "Klärschlamm")
        await hall.presses(me, DropPracticeTopic("solar"), AddPracticeTopic("solar"))
        await hall.presses(me, *map(AddPracticeTopic, ("tourism", "sludge", "wastewater")))
        await hall.presses(me, *map(AddPracticeTopic, ("composting", "mobility", "housing")))
        await hall.presses(me, TopicsAreRight())
        await hall.says(me, "alle", "/nonsense")
        await hall.presses(me, PublishPractice(1))
    note = (await hall.store.practices.readable([of], open_ones=False))[0]
    reader = (await hall.side("Stadtwerke <Muster> & Söhne", DRESDEN)).person
    await hall.says(reader, "/practices", "/practices solar", "/practices xyzzy")
    await hall.presses(reader, ShowPractices(1, "solar"), ShowPractice(note.id))
    await hall.presses(chief, ShowPractice(note.id), ShowPractices(1, ""))
    fellow = await hall.somebody()
    await member(hall.store, hall.clock, there.setting.exchange, fellow)  # type: ignore[arg-type]
    await hall.presses(fellow, ShowPractice(note.id))
    async with hall.store.transaction():
        await hall.store.practices.change(note.id, language="xx", topics=frozenset())
    await hall.presses(me, ShowPractice(note.id), SharePractice(note.id, 0))
    await hall.presses(me, ChangePractice(note.id, "title"))
    await hall.says(me, "Anders")
    await hall.presses(me, ChangePractice(note.id, "words"))
    await hall.says(me, "Anders gesagt")
    await hall.presses(me, ChangePractice(note.id, "topics"), TopicsAreRight())
    await hall.presses(me, RemovePractice(note.id, 0), *[RemovePractice(note.id, 1)] * 2)
