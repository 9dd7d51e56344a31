"""Every window of the settings in every language; hostile words, and forged buttons."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st

from actions import settings
from actions.understanding import Understanding
from delivery.buttons import Press
from delivery.message import Message
from delivery.presses_of_settings import (
    KeepQuiet,
    LiveIn,
    PauseUntil,
    ShowSetting,
    ShowSettings,
    SpeakToMe,
    TellMeOf,
)
from domain.conversations import Conversation
from domain.errors import Refusal
from domain.introductions import Patience
from domain.languages import LANGUAGES
from domain.people import QuietHours
from domain.told import Told
from handlers.settings import conversation, zones
from handlers.settings.window import STEPS
from handlers.turn import Edit, Operator, Send, Services, Turn
from storage.store import Store
from tests.handlers.test_partner_windows import check, examples
from tests.support.chat import says
from tests.support.partners import SetClock, Side, dresden

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Home:
    """Somebody with settings."""

    store: Store
    clock: SetClock
    understanding: Understanding
    own: Side


@pytest.fixture
async def home(store: Store, understanding: Understanding) -> Home:
    clock = SetClock()
    return Home(store, clock, understanding, await dresden(store, clock))


async def turn_of(
    home: Home, language: str, press: Press | None = None, text: str | None = None, step: str = ""
) -> Turn:
    person = await home.store.people.by_id(home.own.person.id)
    assert person is not None
    services = Services(
        store=home.store,
        clock=home.clock,
        understanding=home.understanding,
        operator=Operator("Operator", "contact"),
        patience=Patience(),
    )
    stands = Conversation().aside(step) if step else Conversation()
    return Turn(
        services=services,
        chat_id=person.telegram_id,
        language=language,
        person=replace(person, language=language),
        conversation=stands,
        text=text,
        press=press,
        message_id=7 if press else None,
    )


def said(turn: Turn) -> Message:
    messages = [one.message for one in turn.sayings if isinstance(one, (Send, Edit))]
    assert len(messages) == 1
    check(messages[0])
    return messages[0]


HANDLERS = {
    ShowSettings: conversation.back_to_all,
    ShowSetting: conversation.show_setting,
    SpeakToMe: conversation.speak,
    LiveIn: zones.live_in,
    KeepQuiet: conversation.keep_quiet,
    PauseUntil: conversation.pause,
    TellMeOf: conversation.tell_of,
}


async def press(home: Home, language: str, one: Press) -> Turn:
    turn = await turn_of(home, language, one)
    handler = HANDLERS[type(one)]
    await (handler(None, turn) if type(one) is ShowSettings else handler(None, turn, one))
    return turn


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_in_every_language(home: Home, language: str) -> None:
    whiches = [ShowSetting(one) for one in ("language", "zone", "quiet", "pause", "told")]
    for chosen in (False, True):
        if chosen:
            by = home.own.person
            until = home.clock() + timedelta(days=40)
            await settings.live_in(home.store, home.clock, by=by, zone="America/Lima")
            await settings.keep_quiet(
                home.store, home.clock, by=by, hours=QuietHours(22 * 60 + 30, 360)
            )
            await settings.pause(home.store, home.clock, by=by, until=until)
            for one in Told:
                await settings.tell_of(home.store, home.clock, by=by, what=one, wished=True)
        for one in (ShowSettings(), *whiches):
            said(await press(home, language, one))
    for one in Told:
        said(await press(home, language, TellMeOf(0, one.value)))
    said(await press(home, language, ShowSettings()))


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_example_of_a_question_is_understood(home: Home, language: str) -> None:
    """What a question gives as an example does what it says."""
    question = str(said(await press(home, language, ShowSetting("quiet"))).html)
    turn = await turn_of(home, language, text=question.split(":", 2)[-1], step="settings-quiet")
    typed = question.splitlines()[-1].partition(":")[2] or question.splitlines()[-1]
    turn.text = typed.partition("،")[2].partition(":")[2] or typed
    await conversation.hear_quiet(None, turn)
    person = await home.store.people.by_id(home.own.person.id)
    assert person is not None
    assert person.quiet == QuietHours(22 * 60 + 30, 6 * 60)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "words", "zone"),
    [
        ("de", "Amman", "Asia/Amman"),
        ("ar", "إربد", "Asia/Amman"),
        ("uk", "Львів", "Europe/Kyiv"),
        ("uk", "Україна", "Europe/Kyiv"),
        ("es", "Lima, Perú", "America/Lima"),
        ("pt", "São Paulo", "America/Sao_Paulo"),
        ("fr", "Europe/Paris", "Europe/Paris"),
        ("en", "UTC+3", "Etc/GMT-3"),
        ("ar", "UTC+٣", "Etc/GMT-3"),
    ],
)
async def test_a_zone_is_taken_where_there_is_nothing_to_ask(
    home: Home, language: str, words: str, zone: str
) -> None:
    turn = await turn_of(home, language, text=words, step="settings-zone")
    await zones.hear(None, turn)
    assert says(language, "settings-kept", str(said(turn).html))
    person = await home.store.people.by_id(home.own.person.id)
    assert person is not None
    assert person.zone == zone
    assert turn.conversation.step is None


@ONE_DATABASE
@pytest.mark.parametrize("words", ["Brasilien", "USA", "Kanada"])
async def test_a_country_of_several_zones_is_asked_about(home: Home, words: str) -> None:
    turn = await turn_of(home, "de", text=words, step="settings-zone")
    await zones.hear(None, turn)
    message = said(turn)
    assert says("de", "settings-zone-which", str(message.html))
    assert len(message.keyboard) > 3
    assert turn.conversation.step == "settings-zone"


@ONE_DATABASE
async def test_whatever_is_written_is_answered(home: Home) -> None:
    hears = {
        "settings-zone": zones.hear,
        "settings-quiet": conversation.hear_quiet,
        "settings-pause": conversation.hear_pause,
    }
    assert set(hears) == set(STEPS)
    for step, hear in hears.items():
        for words in [*examples(st.text(max_size=200)), None, "12", "22-7", "Amman", "1.1.2020"]:
            turn = await turn_of(home, "uk", text=words, step=step)
            await hear(None, turn)
            said(turn)


NUMBERS = st.one_of(st.integers(-3, 2000), st.integers(-(2**63), 2**63 - 1))
FIELDS = {"int": NUMBERS, "str": st.one_of(
    st.text(alphabet="abcdefgh_-1/.", max_size=12),
    st.sampled_from(["", "zone", "2026-12-31", "9999-12-31", "0001-01-01", "Asia/Amman", "../x"]),
)}  # fmt: skip


@ONE_DATABASE
@pytest.mark.parametrize("kind", HANDLERS, ids=lambda kind: kind.__name__)
async def test_forged_presses_are_answered_or_refused(home: Home, kind: type[Press]) -> None:
    built = st.builds(
        kind, **{one.name: FIELDS[getattr(one.type, "__name__", one.type)] for one in fields(kind)}
    )
    for one in examples(built)[:30]:
        try:
            turn = await press(home, "ar", one)
        except Refusal:
            continue
        said(turn)


@ONE_DATABASE
async def test_a_button_of_days_ago_is_refused_and_the_window_made_anew(home: Home) -> None:
    tomorrow = (home.clock() + timedelta(days=1)).date().isoformat()
    home.clock.move(days=3)
    turn = await press(home, "fr", PauseUntil(tomorrow))
    message = said(turn)
    assert isinstance(turn.sayings[-1], Edit)
    assert says("fr", "refusal-pause-past", str(message.html))
    person = await home.store.people.by_id(home.own.person.id)
    assert person is not None
    assert person.paused_until is None
