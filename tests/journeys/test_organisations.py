"""The organisation is the unit, over HTTP: joining one that is there, in two languages at once."""

import re

import pytest
import pytest_asyncio

from domain.people import Person
from domain.profiles import Answer
from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import stand_at
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read
from tests.support.partners import AMMAN, DRESDEN, LVIV, SetClock, Side, side, somebody
from tests.support.roles import grant

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def store(bot: RunningBot):
    """The bot's own database, opened beside it."""
    opened = Store(bot.database_url)
    yield opened
    await opened.close()


async def now_in(bot: RunningBot) -> SetClock:
    clock = SetClock()
    moment = (await bot.sandbox.sim.clock())["now"]
    clock.now = clock.now.fromtimestamp(moment, clock.now.tzinfo)
    return clock


async def chatting(bot: RunningBot, store: Store, person: Person, language: str) -> Chat:
    """Somebody of the database who chats in the sandbox from now on."""
    sim = bot.sandbox.sim
    chat = Chat(sim, await sim.person("Somebody", language), language)
    await sim.start(chat.person)
    await chat.expect("welcome")
    async with store.transaction():
        await store.people.change(person.id, telegram_id=chat.person)
    return chat


async def representing(
    bot: RunningBot, store: Store, name: str, place, language: str, **more
) -> tuple[Side, Chat]:
    there = await side(store, await now_in(bot), name, place, language=language, **more)
    return there, await chatting(bot, store, there.person, language)


async def coordinating(bot: RunningBot, store: Store, language: str) -> Chat:
    clock = await now_in(bot)
    person = await somebody(store, clock, language)
    chat = await chatting(bot, store, person, language)
    await grant(store, clock, person, Role.COORDINATOR)
    return chat


async def person_of(store: Store, chat: Chat) -> Person:
    found = await store.people.by_telegram(chat.person)
    assert found is not None
    return found


async def own_id(store: Store, chat: Chat) -> int | None:
    own = await store.organisations.of((await person_of(store, chat)).id)
    return own.id if own else None


@ON_BOTH
async def test_a_newcomer_joins_in_another_script(bot: RunningBot, store: Store) -> None:
    there, colleague = await representing(bot, store, "Stadtwerke Kassel", DRESDEN, "de")
    newcomer = await stand_at(bot, store, "uk", Answer.ORGANISATION)
    await newcomer.say("Штадтверке Кассель")
    window = await newcomer.expect("join-question")
    assert "Stadtwerke Kassel" in read(window["text"])
    await newcomer.say("так")
    window = await newcomer.expect("join-choose")
    await newcomer.tap_text("1. Stadtwerke Kassel", window)
    sent = await newcomer.expect("join-sent", "join-sent-people")
    again = await newcomer.sim.tap(
        newcomer.person, sent["message_id"], callback_data=f"hj:{there.id}"
    )
    assert again["answer"] is not None
    await newcomer.expect("join-sent")

    asked = await colleague.expect("AdmissionAsked")
    assert "Оксана Бойко" in read(asked["text"])
    forged = data_of(asked, "ha:")
    await newcomer.sim.tap(newcomer.person, sent["message_id"], callback_data=forged)
    await newcomer.find("refusal-not-yours")
    assert await own_id(store, newcomer) != there.id

    await colleague.tap("button-admit", asked)
    done = await colleague.expect("newcomer-admitted")
    assert "Оксана Бойко" in read(done["text"])
    assert buttons(done) == []
    await newcomer.expect("AdmissionGranted")
    assert await own_id(store, newcomer) == there.id
    await newcomer.say("/profile")
    card = await newcomer.find("profile-published")
    assert "Stadtwerke Kassel" in read(card["text"])


async def test_none_of_these_goes_on_and_the_place_asks_again(
    bot: RunningBot, store: Store
) -> None:
    await representing(bot, store, "Müllabfuhr Plauen", DRESDEN, "de")
    await representing(bot, store, "Dresdner Dienste", DRESDEN, "ar")
    newcomer = await stand_at(bot, store, "ar", Answer.ORGANISATION)
    await newcomer.say("Müllabfuhr Plauen")
    await newcomer.expect("join-question")
    await newcomer.tap("button-none-of-these")
    await newcomer.expect("join-new", "question-kind")
    await newcomer.say("/profile")
    await newcomer.find("profile-title")
    await newcomer.tap("button-change-organisation")
    await newcomer.expect("question-organisation")
    await newcomer.say("Dienste")
    await newcomer.expect("answer-stored")
    await newcomer.tap("button-change-place")
    await newcomer.expect("question-place")
    await newcomer.say("Dresden")
    found = await newcomer.expect("please-confirm")
    await newcomer.tap_text(next(one for one in buttons(found) if "Dresden" in one), found)
    window = await newcomer.expect("join-question")
    assert "Dresdner Dienste" in read(window["text"])
    await newcomer.say("/cancel")
    await newcomer.expect("aside-over")
    await newcomer.sim.tap(
        newcomer.person, window["message_id"], callback_data=data_of(window, "hj:")
    )
    await newcomer.find("stale")
    assert await store.admissions.open_of((await person_of(store, newcomer)).id) == ()


async def test_declined_and_taken_back(bot: RunningBot, store: Store) -> None:
    _, colleague = await representing(bot, store, "مياه السلط", AMMAN, "ar")
    newcomer = await stand_at(bot, store, "de", Answer.ORGANISATION)
    await newcomer.say("مياه السلط")
    await newcomer.tap_text("1. مياه السلط", await newcomer.expect("join-question"))
    sent = await newcomer.expect("join-sent")
    asked = await colleague.expect("AdmissionAsked")
    await newcomer.tap("button-take-back", sent)
    await newcomer.expect("join-taken-back")
    await colleague.tap("button-admit", asked)
    await colleague.expect("refusal-no-longer-open")

    await newcomer.tap("button-profile")
    await newcomer.find("profile-title")
    await newcomer.tap("button-change-organisation")
    await newcomer.expect("question-organisation")
    await newcomer.say("مياه السلط")
    await newcomer.tap_text("1. مياه السلط", await newcomer.expect("join-question"))
    await newcomer.expect("join-sent")
    asked = await colleague.until(
        lambda one: one["message_id"] > asked["message_id"] and "ha:" in str(one), "asked again"
    )
    await colleague.tap("button-turn-away", asked)
    await colleague.expect("newcomer-declined")
    await newcomer.expect("AdmissionDeclined")


async def test_nobody_there_waits_for_a_coordinator(bot: RunningBot, store: Store) -> None:
    there = await side(store, await now_in(bot), "Водоканал Стрия", LVIV, language="uk")
    async with store.transaction():
        await store.people.remove(there.person.id)
    newcomer = await stand_at(bot, store, "uk", Answer.ORGANISATION)
    await newcomer.say("Стрийводоканал")
    await newcomer.tap_text("1. Водоканал Стрия", await newcomer.expect("join-question"))
    await newcomer.expect("join-sent", "join-sent-nobody")
    chief = await coordinating(bot, store, "de")
    await bot.sandbox.sim.advance(60)
    asked = await chief.expect("AdmissionForCoordinators")
    await chief.tap("button-admit", asked)
    await chief.expect("newcomer-admitted")
    await newcomer.expect("AdmissionGranted")
    assert await own_id(store, newcomer) == there.id


@ON_BOTH
async def test_a_colleague_joins_by_link_takes_over_and_the_last_one_leaves(
    bot: RunningBot, store: Store
) -> None:
    there, first = await representing(bot, store, "Stadtwerke Gera", DRESDEN, "de")
    chief = await coordinating(bot, store, "de")
    await first.say("/organisation")
    await first.expect("team-title", "team-unconfirmed")
    await first.tap("button-invite-colleague")
    invitation = await first.expect("colleague-invitation")
    link = re.search(r"start=(join-[\w-]+)", invitation["text"])[1]

    second = await stand_at(bot, store, "ar", Answer.NAME)
    await second.say(f"/start {link}")
    await second.expect("joined-by-link")
    await first.expect("ColleagueJoined")
    stranger = await stand_at(bot, store, "uk", Answer.NAME)
    for used in (link, "join-", "join-wrong"):
        await stranger.say(f"/start {used}")
        await stranger.expect("refusal-invitation")
    assert await own_id(store, stranger) is None

    ours = (await person_of(store, second)).id
    await second.say("/organisation")
    window = await second.expect("team-title")
    for forged in (
        f"hp:{there.person.id}:member:1",
        f"ho:{there.person.id}:1",
        f"hp:{ours}:lead:1",
    ):
        await second.sim.tap(second.person, window["message_id"], callback_data=forged)
        await second.find("refusal-not-yours")
    await first.say("/organisation")
    window = await first.expect("team-title")
    await first.sim.tap(first.person, window["message_id"], callback_data=f"hc:{ours}")
    await first.tap("button-make-lead")
    await first.expect("hand-over-question")
    await first.tap("button-make-lead-sure")
    await first.expect("part-changed")
    await first.tap("button-leave-organisation")
    await first.expect("leave-question")
    await first.tap("button-leave-sure")
    await first.expect("left-organisation")

    await second.say("/organisation")
    await second.tap("button-leave-organisation", await second.expect("team-title"))
    await second.expect("leave-question-last")
    await second.tap("button-leave-sure")
    await second.expect("left-and-handed-over")
    await chief.expect("OrganisationLeft")
    assert not (await store.organisations.by_id(there.id)).published
    await second.say("/organisation")
    await second.expect("team-none")


async def test_coordinators_confirm_and_merge(bot: RunningBot, store: Store) -> None:
    gone, first = await representing(bot, store, "Stadtwerke Fulda", DRESDEN, "ar")
    stays, second = await representing(bot, store, "Stadtwerke Fulda GmbH", DRESDEN, "uk")
    chief = await coordinating(bot, store, "de")
    await first.say("/organisations")
    await first.expect("refusal-not-yours")
    await chief.say("/organisations")
    listed = await chief.until(lambda one: "Stadtwerke Fulda GmbH" in read(one["text"]), "the list")
    await first.sim.tap(
        first.person, (await first.from_bot())[-1]["message_id"], callback_data=f"hC:{gone.id}"
    )
    await chief.sim.tap(chief.person, listed["message_id"], callback_data=f"hV:{gone.id}")
    await chief.expect("organisation-unconfirmed")
    await chief.tap("button-confirm")
    await first.expect("OrganisationConfirmed")
    assert (await store.organisations.by_id(gone.id)).confirmed_at is not None
    await chief.tap("button-merge")
    offered = await chief.expect("merge-alike")
    await chief.tap_text(next(one for one in buttons(offered) if "Fulda GmbH" in one), offered)
    await chief.expect("merge-which")
    await chief.tap("button-stays-second")
    sure = await chief.expect("merge-question")
    merge = data_of(sure, "hM:")
    await chief.tap("button-merge-sure")
    await chief.expect("merged")
    await chief.sim.tap(chief.person, sure["message_id"], callback_data=merge)
    await chief.expect("merged")
    await first.expect("OrganisationsMerged")
    await second.expect("OrganisationsMerged")
    for chat in (first, second):
        assert await own_id(store, chat) == stays.id
    await first.say("/organisation")
    window = await first.expect("team-title", "team-confirmed")
    assert "Stadtwerke Fulda GmbH" in read(window["text"])
