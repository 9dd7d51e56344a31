"""A change of an announcement that many have read: a German coordinator proposes it, a Spanish one
releases it, and a reader in Ukrainian has it only then."""

from typing import Any

import pytest

from delivery.presses_of_announcements import (
    ReleaseChange,
    ReleaseIt,
    SendNow,
    ShowAnnouncement,
    ShowChange,
    TakeChangeBack,
    WithdrawIt,
)
from domain.announcements import Announcement
from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import newcomer
from tests.journeys.test_announcements import (
    World,
    agreed,
    newest,
    now_in,
    press,
    told,
    world,
    written,
)
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read

pytestmark = pytest.mark.asyncio(loop_scope="module")

ONES_OWN = (
    "button-announcement-edit",
    "button-announcement-withdraw",
    "button-announcement-file-of",
    "button-announcement-change-take-back",
)
BEFORE, AFTER = "Зустріч 30-го", "Зустріч 31-го"


@pytest.fixture(scope="module")
def bot_settings() -> dict[str, str]:
    """Three readers are many here."""
    return {"ANNOUNCE_ALONE_UP_TO": "2"}


async def two_coordinators(bot: RunningBot, memory: Store) -> World:
    """The world, in which nobody is a coordinator who has no chat in the sandbox."""
    there = await world(bot, memory)
    chatting = {there.chief.person, there.second.person}
    async with memory.transaction():
        for one in await memory.roles.holding(Role.COORDINATOR):
            if one.telegram_id not in chatting:
                await memory.roles.revoke(one.id, Role.COORDINATOR)
    return there


async def coordinator_elsewhere(bot: RunningBot, memory: Store) -> Chat:
    """Another coordinator, who does not run the exchange."""
    clock = await now_in(bot)
    chat = await agreed(bot, memory, clock, "pt")
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    async with memory.transaction():
        await memory.roles.grant(person.id, Role.COORDINATOR, by=None, at=clock())
    return chat


async def released(memory: Store, there: World) -> Announcement:
    """Sent to three, as another coordinator has agreed to."""
    await written(there)
    one = await newest(memory, there)
    await press(there.chief, SendNow(one.id, one.version).pack())
    await there.chief.expect("announcement-state-waiting")
    await there.second.find("AnnouncementToRelease")
    await press(there.second, ReleaseIt(one.id, one.version).pack())
    await there.second.expect("announcement-released")
    await there.readers[1].find_text(BEFORE)
    await there.chief.find("announcement-state-sent")
    return one


async def proposed(memory: Store, chief: Chat, one: Announcement, text: str) -> tuple[Any, int]:
    """Another text in Ukrainian, typed by the coordinator; the window, and its number."""
    await press(chief, f"At:{one.id}:uk")
    await chief.expect("announcement-ask-change")
    await chief.say(text)
    window = await chief.expect("announcement-change-asked", "announcement-change-waits")
    change = await memory.proposed_changes.of(one.id)
    assert change is not None
    return window, change.number


@ON_BOTH
async def test_what_many_have_read_changes_once_another_coordinator_has_read_the_new_text(
    bot: RunningBot, memory: Store
) -> None:
    there = await two_coordinators(bot, memory)
    chief, second = there.chief, there.second
    _arabic, ukrainian, french = there.readers
    one = await released(memory, there)
    _, number = await proposed(memory, chief, one, AFTER)
    notice = await second.find("AnnouncementChangeToRelease")
    assert AFTER in read(notice["text"])
    assert "Idioma: Ucraniano" in read(notice["text"])

    let_go = ReleaseChange(one.id, number).pack()
    await press(chief, let_go)
    await chief.expect("refusal-announcement-change-own")
    for data in (ShowChange(one.id).pack(), let_go, TakeChangeBack(one.id, number).pack()):
        await press(french, data)
        await french.expect("refusal-not-yours")
    stranger = await newcomer(bot, "fr")
    await stranger.say("/start")
    await press(stranger, let_go, on=await stranger.until(lambda _: True, "a question"))
    await press(second, TakeChangeBack(one.id, number).pack())
    await second.expect("refusal-not-yours")
    assert len(await told(ukrainian, BEFORE)) == 1

    await second.tap("button-announcement-show", notice)
    window = await second.find("announcement-change-waits")
    assert second.words("button-announcement-withdraw") in buttons(window)
    await second.tap("button-announcement-change-show", window)
    await second.tap(
        "button-announcement-change-release", await second.find("announcement-change-head")
    )
    await second.find("announcement-change-released")
    await ukrainian.find_text(AFTER)
    await chief.find("AnnouncementChangeReleased")
    await press(second, let_go)
    await second.expect("refusal-announcement-no-change")
    assert len(await told(ukrainian, AFTER)) == 1
    assert await told(ukrainian, BEFORE) == []


async def test_a_change_is_taken_back_and_withdrawing_waits_for_nobody(
    bot: RunningBot, memory: Store
) -> None:
    there = await two_coordinators(bot, memory)
    chief, second, ukrainian = there.chief, there.second, there.readers[1]
    one = await released(memory, there)
    third = await coordinator_elsewhere(bot, memory)
    window, number = await proposed(memory, chief, one, AFTER)
    notice = await third.find("AnnouncementChangeToRelease")
    await third.tap("button-announcement-show", notice)
    looked = await third.expect("announcement-state-sent", "announcement-change-waits")
    assert [third.words(key) in buttons(looked) for key in ONES_OWN] == [False] * len(ONES_OWN)
    await chief.tap("button-announcement-change-take-back", window)
    await chief.expect("announcement-change-taken-back")
    await press(third, ShowAnnouncement(one.id).pack())
    await third.expect("refusal-not-yours")
    await press(second, ReleaseChange(one.id, number).pack())
    await second.expect("refusal-announcement-no-change")
    _, number = await proposed(memory, chief, one, AFTER)
    await press(chief, WithdrawIt(one.id, 1).pack())
    await chief.expect("announcement-state-withdrawn")
    await press(second, ReleaseChange(one.id, number).pack())
    await second.expect("refusal-announcement-no-change")
    await second.say("/help")
    await second.expect("command-feedback")
    assert await told(ukrainian, AFTER) == []
