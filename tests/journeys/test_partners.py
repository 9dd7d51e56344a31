"""Partners in full over HTTP: pages, filters, dismissals, introductions, outcomes, reports, news.

People of the sandbox speak; their profiles stand in the database as if they had answered.
"""

import pytest
import pytest_asyncio

from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read, says
from tests.support.partners import (
    AMMAN,
    DRESDEN,
    LIMA,
    LVIV,
    SetClock,
    Side,
    side,
    somebody,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWO_WEEKS = 14 * 24 * 3600
A_WEEK = TWO_WEEKS // 2
NAMES = {"de": "Anna", "uk": "Оксана", "ar": "ليلى"}


@pytest_asyncio.fixture(loop_scope="module")
async def store(bot: RunningBot):
    """The bot's own database, opened beside it."""
    opened = Store(bot.database_url)
    yield opened
    await opened.close()


class Town:
    """Where each test has topics of its own, unrelated to the others', so that tests do not meet
    each other's people."""

    def __init__(self, bot: RunningBot, store: Store, ours: str, theirs: str) -> None:
        self.bot, self.store, self.ours, self.theirs = bot, store, ours, theirs

    async def clock(self) -> SetClock:
        now = SetClock()
        moment = (await self.bot.sandbox.sim.clock())["now"]
        now.now = now.now.fromtimestamp(moment, now.now.tzinfo)
        return now

    async def settle(self, name: str, place, language: str, *, here: bool, **more) -> Side:
        """`here`: offers what the test's first side offers; else what it seeks."""
        offers, seeks = (self.ours, self.theirs) if here else (self.theirs, self.ours)
        return await side(
            self.store,
            await self.clock(),
            name,
            place,
            language=language,
            offers={offers},
            seeks={seeks},
            **more,
        )

    async def chat(self, name: str, place, language: str, *, here: bool, **more) -> Chat:
        """Somebody of the sandbox, whose organisation is there already."""
        sim = self.bot.sandbox.sim
        person = await sim.person(NAMES[language], language)
        await sim.start(person)
        chat = Chat(sim, person, language)
        await chat.expect("welcome")
        settled = await self.settle(name, place, language, here=here, **more)
        async with self.store.transaction():
            await self.store.people.change(settled.person.id, telegram_id=person)
        return chat


async def cards(chat: Chat, name: str) -> list[dict]:
    return [one for one in await chat.from_bot() if name in read(one.get("text", ""))]


async def test_five_at_a_time_and_nobody_twice(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "sludge", "solar")
    here = await town.chat("Dresden A", DRESDEN, "de", here=True)
    for number in range(7):
        await town.settle(f"Seven {number}", LVIV, "uk", here=False)
    await here.say("/partners")
    footer = await here.until(lambda one: "qm:" in str(one.get("reply_markup")), "the footer")
    assert len(await cards(here, "Seven")) == 5
    more = data_of(footer, "qm:")
    await bot.sandbox.sim.tap(here.person, footer["message_id"], callback_data=more)
    await here.until(lambda one: "Seven" in read(one["text"]), "the second page")
    await bot.sandbox.sim.tap(here.person, footer["message_id"], callback_data=more)
    names = [read(one["text"]).split("\n")[0] for one in await cards(here, "Seven")]
    assert sorted(names) == [f"Seven {number}" for number in range(7)]
    edited = next(o for o in await here.from_bot() if o["message_id"] == footer["message_id"])
    assert says("de", "partners-page", edited["text"])
    assert buttons(edited) == []


async def test_filters_in_one_window_survive_a_restart(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "tourism", "culture_sport")
    here = await town.chat("عمّان ب", AMMAN, "ar", here=True)
    await town.settle("Lviv B", LVIV, "uk", here=False)
    await town.settle("Lima B", LIMA, "es", here=False)
    await here.say("/partners")
    await here.until(lambda one: "B" in read(one["text"]), "cards")
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.say("أوكرانيا")
    window = await here.expect("filters-understood")
    assert "أوكرانيا" in read(window["text"])
    await here.say("ъъъ кхм zzz")
    await here.expect("misheard-filters")
    await here.tap("facet-sectors")
    await here.expect("filters-facet")
    await here.tap("button-all-filters")
    await here.expect("filters-title")

    await bot.kill()
    await bot.start()
    seen = (await here.from_bot())[-1]["message_id"]
    await here.tap("button-show-partners")
    await here.until(
        lambda one: one["message_id"] > seen and "Lviv B" in read(one["text"]), "the one card"
    )
    shown = [one for one in await here.from_bot() if one["message_id"] > seen]
    assert not any("Lima B" in read(one["text"]) for one in shown)
    assert says("ar", "filters-line", shown[0]["text"].split("\n")[-1])

    await here.tap("button-filters", shown[0])
    await here.expect("filters-title")
    await here.tap("facet-regions")
    await here.expect("filters-facet")
    await here.say("بيرو")
    await here.expect("filters-understood")
    chosen = next(one for one in reversed(await here.from_bot()) if one["text"])
    ukraine = next(one for one in buttons(chosen) if one.startswith("✅") and "أوكرانيا" in one)
    await here.tap_text(ukraine, chosen)
    await here.tap("button-show-partners")
    await here.until(lambda one: "Lima B" in read(one["text"]), "Lima")


async def test_a_filter_by_a_theme_shows_who_offers_a_finer_topic(
    bot: RunningBot, store: Store
) -> None:
    town = Town(bot, store, "cybersecurity", "fire_service")
    here = await town.chat("Dresden T", DRESDEN, "de", here=True)
    await town.settle("Lviv T", LVIV, "uk", here=False)
    await here.say("/partners")
    await here.until(lambda one: "Lviv T" in read(one["text"]), "the card")
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.say("asdf qwrt")
    await here.expect("misheard-filters")
    await here.tap("facet-topics")
    await here.expect("filters-facet", "list-of-themes")
    while "Katastrophenschutz ›" not in buttons((await here.from_bot())[-1]):
        before = buttons((await here.from_bot())[-1])
        await here.tap("button-page-after")
        await here.until(lambda one, before=before: buttons(one) != before, "another page")
    await here.tap_text("Katastrophenschutz ›")
    page = await here.until(lambda one: "Feuerwehr" in "".join(buttons(one)), "finer topics")
    await here.tap_text("Katastrophenschutz", page)
    await here.until(lambda one: "✅ Katastrophenschutz" in buttons(one), "the tick")
    seen = (await here.from_bot())[-1]["message_id"]
    await here.tap("button-show-partners")
    await here.until(
        lambda one: one["message_id"] > seen and "Lviv T" in read(one["text"]), "the card again"
    )


async def test_nobody_passes_and_which_filter_to_loosen(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "tendering", "transport")
    here = await town.chat("Dresden C", DRESDEN, "de", here=True)
    await town.settle("Lviv C", LVIV, "uk", here=False)
    await here.say("/partners")
    await here.until(lambda one: "Lviv C" in read(one["text"]), "the card")
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.say("Peru")
    await here.expect("filters-understood")
    await here.tap("button-show-partners")
    nobody = await here.expect("partners-none-filtered")
    loosen = data_of(nobody, "qc:regions")
    await bot.sandbox.sim.tap(here.person, nobody["message_id"], callback_data=loosen)
    await here.until(lambda one: "Lviv C" in read(one["text"]), "the card again")


async def test_who_helps_whom_is_asked_for_by_name(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "noise", "urban_planning")
    here = await town.chat("Львів О", LVIV, "uk", here=True)
    await town.settle("Dresden O", DRESDEN, "de", here=False)
    # Gives what is sought, and there is nothing that Lviv could give in return.
    await side(
        store, await town.clock(), "Lima O", LIMA, language="es",
        offers={town.theirs}, seeks=set(),
    )  # fmt: skip
    await here.say("/partners")
    card = await here.until(lambda one: "Lima O" in read(one["text"]), "both cards")
    assert says("uk", "mode-mentoring", card["text"])
    assert says("uk", "partner-objections", card["text"])
    assert says("uk", "objection-one-way", card["text"])
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.tap("facet-ways")
    await here.expect("filters-facet")
    await here.say("наставник")
    window = await here.expect("filters-understood")
    assert here.words("way-mentoring") in read(window["text"])
    seen = (await here.from_bot())[-1]["message_id"]
    await here.tap("button-show-partners")
    await here.until(
        lambda one: one["message_id"] > seen and "Lima O" in read(one["text"]), "the one card"
    )
    later = [one for one in await here.from_bot() if one["message_id"] > seen]
    assert not any("Dresden O" in read(one["text"]) for one in later)
    assert here.words("facet-ways") in read(later[0]["text"])
    await here.tap("button-filters", later[0])
    await here.expect("filters-title")
    await here.say("спільне навчання, інший клімат")
    window = await here.expect("filters-understood")
    chosen = [here.words(one) for one in ("way-mentoring", "way-peer", "climates-different")]
    assert all(one in read(window["text"]) for one in chosen)
    assert says("uk", "filters-climate-unknown", window["text"])


async def test_not_for_us_later_and_back(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "health", "education")
    here = await town.chat("Львів Д", LVIV, "uk", here=True)
    await town.settle("Dresden D", DRESDEN, "de", here=False)
    await here.say("/partners")
    card = await here.until(lambda one: "Dresden D" in read(one["text"]), "the card")
    await here.tap("button-not-for-us", card)
    await here.expect("dismissal-question")
    await here.tap("dismissal-size")
    await here.expect("dismissed")
    await here.say("/partners")
    await here.expect("partners-none")
    await here.tap("button-undo", card)
    await here.find("mode-reciprocal")
    await here.tap("button-later", card)
    await here.find("dismissed-until")
    await here.say("/introductions")
    await here.expect("introductions-none")
    await here.tap("button-dismissed")
    listed = await here.expect("dismissed-title")
    again = data_of(listed, "qu:")
    await bot.sandbox.sim.tap(here.person, listed["message_id"], callback_data=again)
    await here.expect("dismissed-none")
    await here.say("/partners")
    await here.until(lambda one: "Dresden D" in read(one["text"]), "the card again")


async def introduced(here: Chat, there: Chat, name: str) -> None:
    """Ask by a card; answer in the list of introductions."""
    await here.say("/partners")
    card = await here.until(lambda one: name in read(one["text"]), "the card")
    await here.tap("button-introduce", card)
    await here.find("introduction-asked")
    await here.say("/introductions")
    assert name in read((await here.expect("introductions-for-them"))["text"])
    await there.find("IntroductionAsked")
    await there.say("/introductions")
    listed = await there.expect("introductions-for-us")
    opened = data_of(listed, "qs:")
    await there.sim.tap(there.person, listed["message_id"], callback_data=opened)
    await there.tap("button-accept", await there.expect("IntroductionAsked"))
    await there.find("introduction-you-accepted")


@ON_BOTH
async def test_from_introduction_to_partnership(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "street_lighting", "youth")
    both = {"languages": frozenset({"en"})}
    here = await town.chat("Dresden E", DRESDEN, "de", here=True, **both)
    there = await town.chat("عمّان هـ", AMMAN, "ar", here=False, **both)
    await introduced(here, there, "عمّان هـ")

    letter = await here.find("IntroductionAccepted")
    assert says("de", "hours", letter["text"])
    assert "Amman" in read(letter["text"])
    assert says("en", "first-question-they-offer-1", letter["text"]), "in the shared language"
    assert says("ar", "first-questions", (await there.find("IntroductionAccepted"))["text"])
    await here.say("/introductions")
    listed = await here.expect("introductions-introduced")
    await bot.sandbox.sim.tap(
        here.person, listed["message_id"], callback_data=data_of(listed, "qs:")
    )
    await here.expect("introduction-line-accepted")
    await here.tap("button-contacts")
    again = await here.until(
        lambda one: (
            one["message_id"] > letter["message_id"]
            and says("de", "IntroductionAccepted", one["text"])
        ),
        "the contacts again",
    )
    assert "@example.org" in read(again["text"])

    await bot.sandbox.sim.advance(TWO_WEEKS)
    await there.find("OutcomeAsked", 30)
    question = await here.find("OutcomeAsked", 30)
    await here.tap("outcome-met-not_yet", question)
    await here.find("outcome-not-yet")
    await bot.sandbox.sim.advance(TWO_WEEKS)
    await here.tap("outcome-met-yes", await here.find("OutcomeAskedAgain", 30))
    for chat in (here, there):
        if chat is there:
            await chat.tap("outcome-met-yes", await chat.find("OutcomeAsked"))
        await chat.find("outcome-helped")
        await chat.tap("outcome-helped-partly")
        await chat.find("outcome-partnership")
        await chat.tap("outcome-partnership-yes")
        await chat.find("outcome-thanks")
    await here.find("PartnershipAgreed", 30)
    await there.find("PartnershipAgreed", 30)
    again = [o for o in await here.from_bot() if says("de", "PartnershipAgreed", o["text"])]
    assert len(again) == 1


async def test_a_report_reaches_the_coordinator_and_hides(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "cemetery", "gender")
    here = await town.chat("Львів Ж", LVIV, "uk", here=True)
    await town.settle("Dresden F", DRESDEN, "de", here=False)
    sim = bot.sandbox.sim
    coordinator = Chat(sim, await sim.person("Karla", "de"), "de")
    await sim.start(coordinator.person)
    await coordinator.expect("welcome")
    clock = await town.clock()
    person = await somebody(store, clock, "de")
    async with store.transaction():
        await store.people.change(person.id, telegram_id=coordinator.person)
        await store.roles.grant(person.id, Role.COORDINATOR, by=None, at=clock())

    await here.say("/partners")
    card = await here.until(lambda one: "Dresden F" in read(one["text"]), "the card")
    await here.tap("button-report", card)
    await here.expect("report-question-organisation")
    await here.tap("report-cause-conduct")
    await here.expect("report-words")
    await here.say("<b>Невічливо</b> & грубо")
    await here.expect("report-thanks")
    told = await coordinator.expect("ReportMade", timeout=30)
    assert "<b>Невічливо</b> & грубо" in read(told["text"])
    assert "Dresden F" in read(told["text"])
    settle = data_of(told, "qj:")
    await sim.tap(here.person, card["message_id"], callback_data=settle)
    await here.expect("refusal-not-yours")
    await coordinator.tap("button-settle-report", told)
    await coordinator.expect("report-settled")
    await here.say("/partners")
    await here.expect("partners-none")


async def test_news_of_those_who_fit(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "landfill", "forestry")
    here = await town.chat("عمّان ز", AMMAN, "ar", here=True)
    await here.say("/partners")
    await here.expect("partners-none")
    await here.tap("button-fits-on")
    await here.expect("fits-on")
    await town.settle("Dresden G", DRESDEN, "de", here=False)
    news = await here.until(lambda one: "Dresden G" in read(one["text"]), "the news", 30)
    await town.settle("Dresden H", DRESDEN, "de", here=False)
    await here.tap_text(next(one for one in buttons(news) if "Dresden G" in one), news)
    await here.until(lambda one: "qn:" in str(one.get("reply_markup")), "the card")
    await bot.sandbox.sim.advance(A_WEEK)
    await here.until(lambda one: "Dresden H" in read(one["text"]), "next week's news", 30)
    await here.tap("button-fits-off", news)
    await here.expect("fits-off")


async def test_a_question_of_the_profile_waits_beneath(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "composting", "biodiversity")
    here = await town.chat("Dresden I", DRESDEN, "de", here=True)
    await town.settle("Lviv I", LVIV, "uk", here=False)
    await here.say("/profile")
    await here.tap("button-change-sectors")
    question = await here.expect("question-sectors")
    await here.tap("sector-waste", question)
    await here.say("/partners")
    await here.until(lambda one: "Lviv I" in read(one["text"]), "the card")
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.say("/nonsense")
    await here.expect("misheard-command", "filters-title")
    await here.say("/cancel")
    again = await here.expect("aside-left", "question-sectors")
    assert any(one.startswith("✅") for one in buttons(again)), "what was chosen is still chosen"
    await here.tap("button-filters")
    await here.expect("filters-title")
    await here.tap("button-done", again)
    await here.find("answer-stored")
    own = await store.organisations.of((await store.people.by_telegram(here.person)).id)
    assert own.sectors == {"waste"}


async def test_forged_buttons_get_nothing(bot: RunningBot, store: Store) -> None:
    town = Town(bot, store, "agriculture", "animal_welfare")
    here = await town.chat("Dresden J", DRESDEN, "de", here=True)
    await here.say("/partners")
    last = await here.until(lambda one: one.get("reply_markup"), "buttons")
    forged = [
        "qm:9223372036854775807",
        "qv:1",
        "qo:-5:nothing",
        "qo:99999:topics",
        "qa:0:regions:nowhere",
        "qz:0:colour:red",
        "qa:0:ways:enemy",
        "qz:0:climates:moon",
        "qc:colour",
        "qn:1:for-fun",
        "qn:987654:topic",
        "qu:987654:99",
        "qd:-7",
        "qi:99999",
        "qs:1",
        "qk:1",
        "qw:1",
        "qt:1:met:yes",
        "qt:1:mood:good",
        "qp:planet:1:",
        "qp:person:1:spam",
        "qr:organisation:987654:spam",
        "qq:organisation:987654",
        "qj:1",
        "qb:7",
        "qx",
    ]
    for data in forged:
        before = len(await here.from_bot())
        answer = await bot.sandbox.sim.tap(here.person, last["message_id"], callback_data=data)
        assert answer["answer"] is not None, data
        assert len(await here.from_bot()) >= before
    assert "handler-failed" not in bot.journal.read_text()
    assert "answer-refused" not in bot.journal.read_text()
