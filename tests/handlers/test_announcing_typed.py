"""What is typed while an announcement is made: for whom it is, and when it leaves."""

from datetime import UTC, datetime

import pytest

from actions import settings
from actions.understanding import Understanding
from delivery.buttons import unpack
from delivery.presses_of_announcements import SendAt
from delivery.zones import zone_of_writer
from domain.announcements import Timing
from domain.audiences import Audience
from domain.conversations import Conversation
from domain.introductions import Patience
from domain.people import Person
from handlers.announcing import sending
from handlers.announcing.audience_said import said_in
from handlers.announcing.typed import STEP, pending
from handlers.turn import Operator, Services, Turn
from storage.store import Store
from tests.handlers.test_organisation_windows import ONE_DATABASE
from tests.support.announcements import to_members
from tests.support.exchanges import session
from tests.support.partners import SetClock, somebody

OPERATOR = Operator("Stadtwerke <Muster> & Söhne", "kontakt@example.org")
EXCHANGE, SESSION = 1, 1
NOTHING = frozenset({"nothing"})


def turn_of(
    store: Store, clock: SetClock, understanding: Understanding, person: Person, language: str
) -> Turn:
    services = Services(store, clock, understanding, OPERATOR, Patience())
    return Turn(services, person.telegram_id, language, person, Conversation())


WATER = frozenset({"water_supply"})
SPEAKERS = frozenset({"representatives"})


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Wasserbetreiber im Austausch Internationale Partnerschaften, "
            "die nicht geantwortet haben",
            Audience(EXCHANGE, SESSION, NOTHING, sectors=WATER),
        ),
        (
            "en",
            "members of International partnerships who have not replied",
            Audience(EXCHANGE, SESSION, NOTHING),
        ),
        ("en", "water utilities in Peru", Audience(sectors=WATER, regions=frozenset({"PE"}))),
        ("fr", "représentants en Afrique", Audience(who=SPEAKERS, regions=frozenset({"africa"}))),
        ("es", "representantes en Perú", Audience(who=SPEAKERS, regions=frozenset({"PE"}))),
        ("pt", "municípios no Brasil", Audience(kinds=frozenset({"municipality"}),
                                                regions=frozenset({"BR"}))),
        ("uk", "водоканали з України", Audience(sectors=WATER, regions=frozenset({"UA"}))),
        ("ar", "مرافق المياه في الأردن", Audience(sectors=WATER, regions=frozenset({"JO"}))),
        ("fr", "tous ceux qui parlent français", Audience(languages=frozenset({"fr"}))),
        ("de", "alle, die Ukrainisch sprechen", Audience(languages=frozenset({"uk"}))),
        ("uk", "усі, хто розмовляє німецькою", Audience(languages=frozenset({"de"}))),
        ("uk", "ті, хто говорить українською мовою", Audience(languages=frozenset({"uk"}))),
        # Without an exchange nobody can have been asked.
        ("de", "die nicht geantwortet haben", None),
        ("de", "asdf", None),
    ],
)  # fmt: skip
async def test_an_audience_is_said_in_a_sentence(
    store: Store, understanding: Understanding, language: str, text: str, expected: Audience | None
) -> None:
    made = await to_members(store, SetClock())
    await session(store, made.clock, made.setting.exchange)
    turn = turn_of(store, made.clock, understanding, made.by, language)
    assert await said_in(turn, text, [made.setting.exchange]) == expected


MEMBERS = frozenset({"members"})


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Mitglieder von Energie aus Klärschlamm", Audience(EXCHANGE)),
        ("de", "alle, die im Austausch Energie aus Klärschlamm sind", Audience(EXCHANGE)),
        ("de", "alle Mitglieder von Pilot 2026: Energie aus Klärschlamm", Audience(EXCHANGE)),
        ("en", "members of energy from sludge", Audience(EXCHANGE)),
        ("uk", "учасники обміну «Energy from sludge»", Audience(EXCHANGE)),
        # Another exchange than those there are: at least nobody else is meant than members.
        ("de", "Mitglieder des Austauschs Starkregen",
         Audience(who=MEMBERS, topics=frozenset({"heavy_rain"}))),
        ("de", "Klärschlamm", Audience(topics=frozenset({"sludge"}))),
        ("de", "VKU-Mitglieder der Region, Abwasser", Audience(sectors=frozenset({"wastewater"}))),
    ],
)  # fmt: skip
async def test_an_exchange_is_called_by_a_part_of_its_title(
    store: Store, understanding: Understanding, language: str, text: str, expected: Audience
) -> None:
    titles = {"de": "Pilot 2026: Energie aus Klärschlamm", "en": "Pilot 2026: Energy from sludge"}
    made = await to_members(store, SetClock(), title=titles)
    turn = turn_of(store, made.clock, understanding, made.by, language)
    assert await said_in(turn, text, [made.setting.exchange]) == expected


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "typed", "day", "time"),
    [
        ("de", ["1.12. 14 Uhr"], "2026-12-01", "14:00"),
        ("en", ["1 December 2pm"], "2026-12-01", "14:00"),
        ("fr", ["1er décembre à 9h30"], "2026-12-01", "09:30"),
        ("es", ["1 de diciembre a las 10"], "2026-12-01", "10:00"),
        ("pt", ["1 de dezembro às 10h"], "2026-12-01", "10:00"),
        ("uk", ["1 грудня о 10"], "2026-12-01", "10:00"),
        ("ar", ["١/١٢ الساعة ١٤"], "2026-12-01", "14:00"),
        ("de", ["1.12."], "2026-12-01", ""),
        ("de", ["1.12.", "9:15"], "2026-12-01", "09:15"),
        ("de", ["1.12. 14 Uhr", "15"], "2026-12-01", "15:00"),
        ("de", ["1.12. 14 Uhr", "2.12."], "2026-12-02", ""),
        ("de", ["14 Uhr"], "", ""),
        ("de", ["irgendwann"], "", ""),
    ],
)
async def test_a_day_is_typed_with_its_time_or_without(
    store: Store, understanding: Understanding, language: str, typed: list[str], day: str, time: str
) -> None:
    clock = SetClock(datetime(2026, 11, 2, 12, tzinfo=UTC))
    made = await to_members(store, clock)
    turn = turn_of(store, clock, understanding, made.by, language)
    turn.conversation = turn.conversation.aside(
        STEP, announcement=made.id, asks="when", timing=Timing.AT.value
    )
    for text in typed:
        turn.text = text
        await sending.hear_day(turn, made.announcement)
    assert (pending(turn, "day"), pending(turn, "time")) == (day, time)
    if time:
        _, ((then,),) = await sending.ask_day(turn, made.announcement)
        moment = f"{day}T{time.replace(':', '')}"
        expected = SendAt(made.id, made.announcement.version, Timing.AT.value, moment)
        assert unpack(str(then.data)) == expected


@ONE_DATABASE
async def test_a_day_and_a_time_in_german_clocks_are_kept_in_utc(
    store: Store, understanding: Understanding
) -> None:
    clock = SetClock(datetime(2026, 11, 2, 12, tzinfo=UTC))
    made = await to_members(store, clock)
    by = await settings.live_in(store, clock, by=made.by, zone="Europe/Berlin")
    turn = turn_of(store, clock, understanding, by, "de")
    version = made.announcement.version
    press = SendAt(made.id, version, Timing.AT.value, "2026-12-01T0915")
    await sending.send_at(None, turn, press)
    one = await store.announcements.by_id(made.id)
    assert one is not None
    assert one.when.at == datetime(2026, 12, 1, 8, 15, tzinfo=UTC)


@ONE_DATABASE
async def test_who_has_named_no_place_writes_times_of_the_exchange_that_they_run(
    store: Store, understanding: Understanding
) -> None:
    clock = SetClock(datetime(2026, 11, 2, 12, tzinfo=UTC))
    made = await to_members(store, clock, zone="Africa/Lusaka")
    turn = turn_of(store, clock, understanding, made.by, "de")
    press = SendAt(made.id, made.announcement.version, Timing.AT.value, "2026-12-01T0915")
    await sending.send_at(None, turn, press)
    one = await store.announcements.by_id(made.id)
    assert one is not None
    assert one.when.at == datetime(2026, 12, 1, 7, 15, tzinfo=UTC)


@ONE_DATABASE
@pytest.mark.parametrize(
    ("language", "zone"), [("de", "Europe/Berlin"), ("uk", "Europe/Kyiv"), ("es", "UTC")]
)
async def test_who_runs_none_yet_writes_times_of_where_their_language_is_at_home(
    store: Store, language: str, zone: str
) -> None:
    clock = SetClock()
    person = await somebody(store, clock, language)
    assert await zone_of_writer(store, person) == zone
    person = await settings.live_in(store, clock, by=person, zone="Asia/Amman")
    assert await zone_of_writer(store, person) == "Asia/Amman"
