"""Every window about partners in every language, on a database; and hostile words and buttons."""

import re
from dataclasses import Field, dataclass, fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import dismissals, introductions, outcomes, reports
from actions.understanding import Understanding
from delivery import search_cards
from delivery.buttons import Press, unpack
from delivery.letters.announcements import partners_found
from delivery.letters.outcomes import about_outcome
from delivery.letters.reports import report_made
from delivery.message import Message, Nothing
from delivery.presses_of_partners import (
    AskOutcome,
    AskReport,
    ClearFilters,
    Dismiss,
    MorePartners,
    ShowContacts,
    ShowDismissed,
    ShowFacet,
    ShowFilters,
    ShowIntroduction,
    ShowIntroductions,
    ShowTheme,
    SuggestAgain,
    TakeOption,
    TellOfFits,
)
from domain.conversations import Conversation
from domain.dismissals import Why
from domain.errors import Refusal
from domain.introductions import Patience
from domain.languages import LANGUAGES
from domain.matches import Mode
from domain.notices import OutcomeAsked, OutcomeAskedAgain, PartnersFound, ReportMade
from domain.outcomes import Question
from domain.reports import AboutWhat, Cause
from domain.roles import Role
from domain.searches import ClimateWish, Facet, Filters
from handlers import dismissals as dismissing
from handlers import filters, overview, partners
from handlers import outcomes as telling
from handlers import reports as reporting
from handlers.turn import Edit, Operator, Send, Services, Turn
from locales.speech import speech, without_tags
from matching.places import Gazetteer
from storage.store import Store
from tests.support.partners import (
    AMMAN,
    DRESDEN,
    LIMA,
    LVIV,
    SetClock,
    Side,
    dresden,
    introduced,
    lviv,
    side,
    somebody,
)
from tests.support.topics import by_letters

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST = 4096
UNFILLED = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class House:
    """Everybody whom the windows tell of."""

    store: Store
    clock: SetClock
    understanding: Understanding
    own: Side
    met: Side
    waits: Side
    asks: Side
    introduction: int
    report: int


@pytest.fixture(scope="module")
def understanding(gazetteer: Gazetteer) -> Understanding:
    """Making it takes seconds."""
    return Understanding(by_letters(), gazetteer)


@pytest.fixture
async def house(store: Store, understanding: Understanding) -> House:
    clock = SetClock()
    async with store.transaction():
        return await _settled(store, clock, understanding)


async def _settled(store: Store, clock: SetClock, understanding: Understanding) -> House:
    own = await dresden(store, clock, languages=frozenset({"de", "en"}))
    more = {"offers": {"solar"}, "seeks": {"sludge"}}
    met = await lviv(store, clock, languages=frozenset({"uk", "en"}))
    waits = await side(store, clock, "Waits <b>&", LIMA, **more)
    asks = await side(store, clock, "Asks", AMMAN, **more)
    gone = await side(store, clock, "Gone", AMMAN, **more)
    bad = await side(store, clock, "Bad", AMMAN, **more)
    for number in range(7):
        await side(store, clock, f"Seven {number}", LVIV, **more)
    made = await introduced(store, clock, own, met)
    await outcomes.tell(
        store, clock, by=own.person, introduction=made, question=Question.MET, answer="yes"
    )
    await introductions.ask(store, clock, by=own.person, organisation=waits.id)
    await introductions.ask(store, clock, by=asks.person, organisation=own.id)
    await dismissals.dismiss(store, clock, by=own.person, organisation=gone.id, why=Why.LATER)
    report = await reports.report(
        store,
        clock,
        by=own.person,
        about=AboutWhat.ORGANISATION,
        subject=bad.id,
        cause=Cause.WRONG,
        words="x" * 3000,
    )
    return House(store, clock, understanding, own, met, waits, asks, made, report.id)


def turn_of(
    house: House, language: str, press: Press | None = None, text: str | None = None
) -> Turn:
    services = Services(
        store=house.store,
        clock=house.clock,
        understanding=house.understanding,
        operator=Operator("Operator", "contact"),
        patience=Patience(),
    )
    return Turn(
        services=services,
        chat_id=house.own.person.telegram_id,
        language=language,
        person=house.own.person,
        conversation=Conversation(),
        text=text,
        press=press,
        message_id=7 if press else None,
    )


def check(message: Message) -> None:
    """Readable: within Telegram's limits, filled in, and every button can be read back."""
    text = without_tags(str(message.html))
    assert 0 < len(text) <= MOST
    assert UNFILLED.search(text) is None
    for row in message.keyboard:
        for one in row:
            assert one.data is not None
            assert len(one.data.encode()) <= 64
            assert 0 < len(one.text) <= 70
            assert UNFILLED.search(one.text) is None
            unpack(one.data)


def said(turn: Turn) -> list[Message]:
    messages = [one.message for one in turn.sayings if isinstance(one, (Send, Edit))]
    assert messages
    for one in messages:
        check(one)
    return messages


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_in_every_language(house: House, language: str) -> None:
    own = house.own
    windows = (
        (partners.suggest, None),
        (partners.more, MorePartners(1)),
        (partners.more, MorePartners(7)),
        (partners.tell_of_fits, TellOfFits(1)),
        (partners.tell_of_fits, TellOfFits(0)),
        (filters.open_window, ShowFilters()),
        *((filters.show_facet, ShowFacet(0, facet.value)) for facet in Facet),
        *((filters.show_theme, ShowTheme(theme)) for theme in ("wastewater", "solar")),
        (filters.toggle, TakeOption(0, "regions", "PE")),
        (filters.toggle, TakeOption(0, "languages", "fr")),
        (filters.toggle, TakeOption(0, "ways", "mentoring")),
        (filters.toggle, TakeOption(0, "climates", "different")),
        (filters.open_window, ShowFilters()),
        (partners.suggest, None),
        (filters.toggle, TakeOption(0, "topics", "tourism")),
        (partners.suggest, None),
        (partners.clear, ClearFilters("")),
        (dismissing.dismiss, Dismiss(house.waits.id, "")),
        (dismissing.dismiss, Dismiss(house.waits.id, "topic")),
        (dismissing.show_list, ShowDismissed(0)),
        (dismissing.dismiss, Dismiss(house.waits.id, "later")),
        (dismissing.suggest_again, SuggestAgain(house.waits.id, 0)),
        (dismissing.suggest_again, SuggestAgain(house.waits.id, -1)),
        (overview.show_page, ShowIntroductions(0)),
        (overview.show_contacts, ShowContacts(house.introduction)),
        (telling.ask, AskOutcome(house.introduction)),
        (reporting.ask, AskReport("organisation", house.asks.id, "")),
        (reporting.ask, AskReport("organisation", house.asks.id, "spam")),
        (reporting.ask, AskReport("person", house.met.person.id, "")),
    )
    for handler, press in windows:
        turn = turn_of(house, language, press)
        await (handler(None, turn) if press is None or handler is filters.open_window
               else handler(None, turn, press))  # fmt: skip
        said(turn)
    for one in await house.store.introductions.of(own.id):
        turn = turn_of(house, language, ShowIntroduction(one.id))
        await overview.show_one(None, turn, turn.press)
        said(turn)


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_notice_in_every_language(house: House, language: str) -> None:
    store, person = house.store, house.own.person
    coordinator = await somebody(store, house.clock, language)
    async with store.transaction():
        await store.people.change(person.id, language=language, told=frozenset({"fitting"}))
        await store.people.change(house.met.person.id, language=language)
        await store.roles.grant(coordinator.id, Role.COORDINATOR, by=None, at=house.clock())
    reader = await store.people.by_id(person.id)
    other = await store.people.by_id(house.met.person.id)
    several = PartnersFound(house.waits.id, house.asks.id, house.met.id)
    letters = [
        await partners_found(store, reader, several),
        await about_outcome(store, other, OutcomeAsked(house.introduction)),
        await report_made(store, coordinator, ReportMade(house.report)),
    ]
    for letter in letters:
        assert isinstance(letter, Message)
        check(letter)
    # Nothing is said any more to those whom it does not concern, or who have answered.
    silent = [
        await about_outcome(store, reader, OutcomeAsked(house.introduction)),
        await about_outcome(store, other, OutcomeAskedAgain(house.introduction)),
        await report_made(store, reader, ReportMade(house.report)),
        await partners_found(store, other, several),
    ]
    assert all(isinstance(one, Nothing) for one in silent)


WORDS = st.one_of(
    st.text(max_size=200),
    st.sampled_from(["Abwasser, Jordanien, Arabisch", "solar", "Відходи й Україна", "الشمسية"]),
)
ROUNDS = 60


def examples(strategy: st.SearchStrategy[str]) -> list[str]:
    """So many of a strategy; drawn beforehand, since Hypothesis does not await."""
    drawn: list[str] = []

    @settings(max_examples=ROUNDS, database=None, derandomize=True)
    @given(strategy)
    def draw(one: str) -> None:
        drawn.append(one)

    draw()
    return drawn


@ONE_DATABASE
async def test_whatever_is_written_into_the_filters_is_answered(house: House) -> None:
    for words in examples(WORDS):
        turn = turn_of(house, "de", text=words)
        turn.conversation = turn.conversation.aside(filters.STEP)
        await filters.hear(None, turn)
        said(turn)
        assert turn.conversation.step == filters.STEP


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Klärschlamm in Jordanien"),
        ("en", "sewage sludge in Jordan"),
        ("fr", "boues d’épuration en Jordanie"),
        ("es", "lodos de depuradora en Jordania"),
        ("pt", "lodo de esgoto na Jordânia"),
        ("uk", "осад стічних вод у Йорданії"),
        ("ar", "حمأة الصرف الصحي في الأردن"),
    ],
)
async def test_what_the_window_gives_as_an_example_is_understood(
    house: House, language: str, words: str
) -> None:
    turn = turn_of(house, language, text=words)
    assert words.replace("’", "'") in speech(language).plain("filters-title").replace("’", "'")
    turn.conversation = turn.conversation.aside(filters.STEP)
    await filters.hear(None, turn)
    chosen = (await house.store.searches.of(house.own.person.id)).filters
    assert chosen.of(Facet.TOPICS) == {"sludge"}
    assert chosen.of(Facet.REGIONS) == {"JO"}


@ONE_DATABASE
@pytest.mark.parametrize(
    ("words", "form"),
    [("Mentor", "mentor"), ("Hospitation", "shadowing"), ("jumelage", "twinning")],
)
async def test_everyday_words_for_a_form_are_understood(
    house: House, words: str, form: str
) -> None:
    turn = turn_of(house, "de", text=words)
    turn.conversation = turn.conversation.aside(filters.STEP, facet=Facet.FORMS.value)
    await filters.hear(None, turn)
    chosen = (await house.store.searches.of(house.own.person.id)).filters
    assert chosen.of(Facet.FORMS) == {form}


async def chosen_by(house: House, words: str, facet: str, language: str) -> Filters:
    turn = turn_of(house, language, text=words)
    turn.conversation = turn.conversation.aside(filters.STEP, facet=facet)
    await filters.hear(None, turn)
    said(turn)
    return (await house.store.searches.of(house.own.person.id)).filters


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "words", "facet", "expected"),
    [
        ("de", "Mentor", "ways", {Facet.WAYS: {"mentoring"}}),
        ("de", "Mentor", "", {Facet.FORMS: {"mentor"}}),
        ("de", "geben und nehmen", "", {Facet.WAYS: {"reciprocal"}}),
        ("de", "Beide geben und nehmen", "ways", {Facet.WAYS: {"reciprocal"}}),
        ("de", "gemeinsam lernen", "", {Facet.WAYS: {"peer"}}),
        ("de", "gleiches Klima", "", {Facet.CLIMATES: {"alike"}}),
        ("de", "gleiches Klima", "climates", {Facet.CLIMATES: {"alike"}}),
        ("de", "Anders als bei uns", "climates", {Facet.CLIMATES: {"different"}}),
        (
            "de",
            "Klärschlamm in einem anderen Land, anderes Klima",
            "",
            {Facet.TOPICS: {"sludge"}, Facet.CLIMATES: {"different"}},
        ),
        ("en", "mentoring", "ways", {Facet.WAYS: {"mentoring"}}),
        ("en", "a different climate", "", {Facet.CLIMATES: {"different"}}),
        (
            "en",
            "sewage sludge with the same climate",
            "",
            {Facet.TOPICS: {"sludge"}, Facet.CLIMATES: {"alike"}},
        ),
        ("fr", "même climat", "", {Facet.CLIMATES: {"alike"}}),
        ("fr", "donner et recevoir", "", {Facet.WAYS: {"reciprocal"}}),
        ("es", "otro clima", "", {Facet.CLIMATES: {"different"}}),
        ("es", "aprender juntos", "", {Facet.WAYS: {"peer"}}),
        ("pt", "ajuda mútua", "", {Facet.WAYS: {"reciprocal"}}),
        ("pt", "clima semelhante", "", {Facet.CLIMATES: {"alike"}}),
        ("uk", "інший клімат", "", {Facet.CLIMATES: {"different"}}),
        ("uk", "Як у нас", "climates", {Facet.CLIMATES: {"alike"}}),
        ("uk", "наставництво", "ways", {Facet.WAYS: {"mentoring"}}),
        ("ar", "مناخ مختلف", "", {Facet.CLIMATES: {"different"}}),
        ("ar", "في الاتجاهين", "", {Facet.WAYS: {"reciprocal"}}),
        ("ar", "التعلم معا", "", {Facet.WAYS: {"peer"}}),
    ],
)
async def test_words_for_ways_and_climates_are_understood(
    house: House, language: str, words: str, facet: str, expected: dict[Facet, set[str]]
) -> None:
    chosen = await chosen_by(house, words, facet, language)
    assert {one: set(chosen.of(one)) for one in chosen.narrowed} == expected


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_option_of_a_way_or_climate_is_understood_by_its_name(
    house: House, language: str
) -> None:
    for facet, options in ((Facet.WAYS, Mode), (Facet.CLIMATES, ClimateWish)):
        for option in options:
            words = search_cards.option_words(speech(language), facet)(option)
            for standing in ("", facet.value):
                chosen = await chosen_by(house, words, standing, language)
                assert chosen.of(facet) == {option}, words
                assert chosen.narrowed == (facet,), words
                async with house.store.transaction():
                    await house.store.searches.forget(house.own.person.id)


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_filter_by_climate_says_where_ones_own_is_not_known(
    house: House, language: str
) -> None:
    async def window(press: ShowFacet) -> str:
        turn = turn_of(house, language, press)
        await filters.show_facet(None, turn, press)
        return str(said(turn)[0].html)

    unknown = str(speech(language)("filters-climate-unknown"))
    assert unknown not in await window(ShowFacet(0, ""))
    assert unknown in await window(ShowFacet(0, "climates"))
    await filters.toggle(None, turn_of(house, language), TakeOption(0, "climates", "alike"))
    assert unknown in await window(ShowFacet(0, ""))
    assert unknown not in await window(ShowFacet(0, "ways"))
    async with house.store.transaction():
        place = replace(DRESDEN, climate="Cfb")
        await house.store.organisations.change(house.own.id, place=place)
    assert unknown not in await window(ShowFacet(0, ""))
    assert unknown not in await window(ShowFacet(0, "climates"))


HANDLERS = {
    MorePartners: partners.more,
    ShowFacet: filters.show_facet,
    ShowTheme: filters.show_theme,
    TakeOption: filters.toggle,
    ClearFilters: partners.clear,
    Dismiss: dismissing.dismiss,
    SuggestAgain: dismissing.suggest_again,
    ShowDismissed: dismissing.show_list,
    ShowIntroduction: overview.show_one,
    ShowIntroductions: overview.show_page,
    ShowContacts: overview.show_contacts,
    AskOutcome: telling.ask,
    AskReport: reporting.ask,
}
NUMBERS = st.integers(-(2**63), 2**63 - 1)
FIELDS = {"int": NUMBERS, "str": st.text(alphabet="abcdefgh_-1", max_size=12)}


@ONE_DATABASE
@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
async def test_forged_presses_are_answered_or_refused(house: House, kind: type[Press]) -> None:
    built = st.builds(kind, **{one.name: FIELDS[_type(one)] for one in fields(kind)})
    for press in examples(built)[:15]:
        turn = turn_of(house, "uk", press)
        try:
            await HANDLERS[kind](None, turn, press)
        except Refusal:
            continue
        assert turn.sayings
        for one in turn.sayings:
            if isinstance(one, (Send, Edit)):
                check(one.message)


def _type(one: Field[object]) -> str:
    return one.type if isinstance(one.type, str) else one.type.__name__
