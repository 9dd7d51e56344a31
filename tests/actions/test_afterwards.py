"""Who was there, minutes and files, and whether it helped."""

from datetime import timedelta

import pytest

from actions import attendances, papers, session_feedback
from domain.errors import NotYours, Refusal
from domain.papers import MOST_PAPERS
from domain.session_feedback import Helped, What
from domain.sessions import Reply
from domain.uploads import Upload, UploadKind
from storage.store import Store
from tests.support.afterwards import over, told
from tests.support.exchanges import exchange, session
from tests.support.partners import SetClock, somebody

FILE = Upload("BQAC1", "Protokoll\u202e.pdf", UploadKind.DOCUMENT, 1_000)


async def test_who_said_yes_is_listed_first_and_ticked_at_once(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, None, Reply.MAYBE, Reply.NO, Reply.YES, Reply.YES)
    session_id, by = there.session.id, there.by
    ids = [one.id for one in there.setting.members]

    async def listed(page: int = 0) -> attendances.AttendanceList:
        return await attendances.listed(store, clock, by=by, session=session_id, page=page, most=4)

    first, second = await listed(), await listed(99)
    order = [one.membership.id for one in (*first.rows, *second.rows)]
    assert order == [ids[3], ids[4], ids[1], ids[0], ids[2], there.without.id]
    assert (first.total, first.present, first.said_yes, second.page) == (6, 0, 2, 1)
    for expected in (2, 0):
        done = await attendances.tick_who_said_yes(store, clock, by=by, session=session_id)
        assert done == expected
    for present in (False, True, True):
        await attendances.tick(
            store, clock, by=by, session=session_id, membership=there.without.id, present=present
        )
    await attendances.tick(
        store, clock, by=by, session=session_id, membership=ids[3], present=False
    )
    assert (await listed()).present == 2
    assert await store.attendances.numbers([session_id, 0]) == {session_id: 2}


async def test_nobody_is_ticked_before_it_begins_or_from_another_exchange(store: Store) -> None:
    clock = SetClock()
    there, other = await over(store, clock), await exchange(store, clock, languages=("es",))
    coming = await session(store, clock, there.setting.exchange)
    with pytest.raises(Refusal, match="refusal-session-not-begun"):
        await attendances.listed(store, clock, by=there.by, session=coming.id)
    with pytest.raises(NotYours):
        await attendances.tick(
            store, clock, by=there.by, session=there.session.id,
            membership=other.members[0].id, present=True,
        )  # fmt: skip
    with pytest.raises(NotYours):
        await attendances.listed(store, clock, by=other.coordinator, session=there.session.id)


async def test_minutes_tell_members_once_and_files_tell_nobody(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES, None)
    session_id, by = there.session.id, there.by
    beside = await papers.add_file(
        store, clock, by=by, session=session_id, upload=FILE, minutes=False
    )
    assert (beside.file_name, beside.words) == ("Protokoll.pdf", None)
    assert await told(store, "MinutesAdded") == []
    for words in ("1. Begrüßung", "1. Begrüßung", "2. Beschlüsse"):
        await papers.add_words(store, clock, by=by, session=session_id, words=words)
    photo = Upload("AgAC1", None, UploadKind.PHOTO, None)
    for _ in range(2):
        await papers.add_file(store, clock, by=by, session=session_id, upload=photo, minutes=True)
    members = [one.id for one in there.setting.people]
    assert await told(store, "MinutesAdded") == members
    seen = await papers.of(store, by=there.setting.people[1], session=session_id)
    assert [one.words or one.file_id for one in seen] == [
        "BQAC1", "1. Begrüßung", "2. Beschlüsse", "AgAC1",
    ]  # fmt: skip
    assert await papers.remove(store, clock, by=by, paper=beside.id) == session_id
    assert await papers.remove(store, clock, by=by, paper=beside.id) is None


async def test_papers_are_for_members_only(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    stranger = await somebody(store, clock)
    paper = await papers.add_words(
        store, clock, by=there.by, session=there.session.id, words="Unter uns"
    )
    member = there.setting.people[0]
    for call in (
        papers.one(store, by=stranger, paper=paper.id),
        papers.of(store, by=stranger, session=there.session.id),
        papers.remove(store, clock, by=member, paper=paper.id),
    ):
        with pytest.raises(NotYours):
            await call
    assert (await papers.one(store, by=member, paper=paper.id)) == paper


async def test_papers_have_an_end(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock)
    async with store.transaction():
        for number in range(MOST_PAPERS):
            await papers.add_words(
                store, clock, by=there.by, session=there.session.id, words=f"{number}"
            )
    with pytest.raises(Refusal, match="refusal-too-many-papers"):
        await papers.add_words(store, clock, by=there.by, session=there.session.id, words="x")
    for words in (" ", "x" * 4_000):
        with pytest.raises(Refusal, match="refusal-minutes"):
            await papers.add_words(store, clock, by=there.by, session=there.session.id, words=words)


async def test_who_said_yes_is_asked_once_two_hours_later(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES, Reply.MAYBE, None)
    clock.move(minutes=59)
    assert await session_feedback.ask_due(store, clock) == 0
    clock.move(minutes=1)
    assert await session_feedback.ask_due(store, clock) == 1
    assert await session_feedback.ask_due(store, clock) == 0
    assert await told(store, "HelpedAsked") == [there.setting.people[0].id]


async def test_where_attendance_was_taken_who_was_there_is_asked(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES, None, None)
    ids = [one.id for one in there.setting.members]
    for one in (ids[1], there.without.id):
        await attendances.tick(
            store, clock, by=there.by, session=there.session.id, membership=one, present=True
        )
    clock.move(days=6)
    assert await session_feedback.ask_due(store, clock) == 1
    await attendances.tick(
        store, clock, by=there.by, session=there.session.id, membership=ids[2], present=True
    )
    assert await session_feedback.ask_due(store, clock) == 1
    people = [one.id for one in there.setting.people]
    assert await told(store, "HelpedAsked") == [people[1], people[2]]


@pytest.mark.parametrize("what", ["cancelled", "a draft", "long ago", "left"])
async def test_nobody_is_asked_of(store: Store, what: str) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES)
    async with store.transaction():
        if what == "cancelled":
            await store.sessions.change(there.session.id, cancelled_at=clock())
        elif what == "a draft":
            await store.sessions.change(there.session.id, announced_at=None)
        elif what == "left":
            await store.memberships.change(there.setting.members[0].id, state="left")
    clock.move(days=8 if what == "long ago" else 1)
    assert await session_feedback.ask_due(store, clock) == 0


async def test_an_answer_in_two_taps_and_in_words_counts_without_a_name(store: Store) -> None:
    clock = SetClock()
    there = await over(store, clock, Reply.YES, Reply.YES)
    one, other = there.setting.people
    session_id = there.session.id
    with pytest.raises(NotYours):
        await session_feedback.tell(store, by=one, session=session_id, helped=Helped.YES)
    clock.move(hours=2)
    await session_feedback.ask_due(store, clock)
    with pytest.raises(NotYours):
        await session_feedback.tell_what(store, by=one, session=session_id, what=What.CONTACTS)
    for helped in (Helped.YES, Helped.NO, Helped.NO):
        await session_feedback.tell(store, by=one, session=session_id, helped=helped)
    with pytest.raises(NotYours):
        await session_feedback.tell_what(store, by=one, session=session_id, what=What.CONTACTS)
    await session_feedback.tell_what(store, by=one, session=session_id, what=What.TIME)
    again = await session_feedback.tell(store, by=one, session=session_id, helped=Helped.YES)
    assert again.what is None, "what stood in the way of a no says nothing of a yes"
    await session_feedback.tell(store, by=other, session=session_id, helped=Helped.PARTLY)
    await session_feedback.tell_what(store, by=other, session=session_id, what=What.LANGUAGE)
    await session_feedback.tell_words(store, by=other, session=session_id, words="Mehr Zeit")
    numbers = await session_feedback.numbers(store, clock, by=there.by, session=session_id)
    assert numbers.asked == 2
    assert numbers.helped == {Helped.YES: 1, Helped.PARTLY: 1}
    assert numbers.what == {What.LANGUAGE: 1}
    assert numbers.words == ("Mehr Zeit",)
    with pytest.raises(NotYours):
        await session_feedback.numbers(store, clock, by=one, session=session_id)


async def test_the_question_of_a_session_of_today_waits_no_longer_than_a_week(
    store: Store,
) -> None:
    clock = SetClock()
    await over(store, clock, Reply.YES)
    clock.move(days=7)
    clock.now -= timedelta(hours=2)
    assert await session_feedback.ask_due(store, clock) == 1
