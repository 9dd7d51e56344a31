"""Every window about one's own data in every language, at its longest; and for strangers."""

from dataclasses import replace

import pytest

from actions import people
from delivery.message import Message
from delivery.presses_of_privacy import AllowPiece, EraseAtOnce, WithholdPiece
from domain.consents import Piece
from domain.conversations import Conversation
from domain.languages import LANGUAGES
from domain.people import Person
from handlers import consents, erasure, privacy
from handlers.turn import Edit, Operator, Send, Services, Turn
from locales.speech import without_tags
from storage.store import Store
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.partners import SetClock, dresden
from tests.support.profiles import LONGEST

LONGEST_ZONE = "America/Argentina/ComodRivadavia"
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def here(store: Store, services: Services, clock: SetClock) -> Services:
    """On a database, run by somebody with a long name."""
    return replace(services, store=store, clock=clock, operator=Operator(LONGEST, LONGEST))


async def somebody(store: Store, clock: SetClock, language: str) -> Person:
    """Whose zone has the longest name that there is."""
    person = (await dresden(store, clock)).person
    async with store.transaction():
        await store.people.change(person.id, zone=LONGEST_ZONE)
    await people.speak(store, person, language=language)
    return await store.people.by_id(person.id) or person


def turn_of(services: Services, language: str, person: Person | None, at: int | None = 7) -> Turn:
    number = person.telegram_id if person else 7_000_000_009
    turn = Turn(services, number, language, person, Conversation())
    turn.message_id = at
    return turn


def said(turn: Turn, key: str) -> Message:
    """The one thing that was said: it fits, and says this."""
    (one,) = [one.message for one in turn.sayings if isinstance(one, (Send, Edit))]
    assert faults_in(one) == [], key
    assert says(turn.language, key, without_tags(str(one.html))), key
    return one


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_stored(here: Services, clock: SetClock, language: str) -> None:
    for person in (None, await somebody(here.store, clock, language)):
        turn = turn_of(here, language, person)
        await privacy.explain(None, turn)
        window = said(turn, "privacy")
        assert len(window.keyboard) == (3 if person else 0)


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_piece_of_consent_taken_back_and_given(
    here: Services, clock: SetClock, language: str
) -> None:
    person: Person | None = await somebody(here.store, clock, language)
    for press in (*map(WithholdPiece, Piece), *map(AllowPiece, Piece), AllowPiece("nonsense")):
        turn = turn_of(here, language, person)
        await consents.change(None, turn, press)
        window = said(turn, "consents-title")
        assert len(window.keyboard) == len(Piece)
        person = turn.person
    assert person is not None
    assert person.withheld == frozenset()
    turn = turn_of(here, language, person)
    await consents.show(None, turn)
    said(turn, "consents-title")


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_erased_in_time_kept_after_all_and_erased_at_once(
    here: Services, clock: SetClock, language: str
) -> None:
    person: Person | None = await somebody(here.store, clock, language)
    for handler, press, key in (
        (erasure.ask, None, "erase-question"),
        (erasure.ask_in_place, None, "erase-question"),
        (erasure.keep, None, "erase-kept"),
        (erasure.wish, None, "erase-planned"),
        (erasure.ask, None, "erase-pending"),
        (erasure.welcome_back, None, "erase-pending"),
        (erasure.keep, None, "erase-taken-back"),
        (erasure.erase_at_once, EraseAtOnce(0), "erase-at-once-question"),
        (erasure.erase_at_once, EraseAtOnce(1), "erase-done"),
    ):
        turn = turn_of(here, language, person)
        await (handler(None, turn) if press is None else handler(None, turn, press))
        said(turn, key)
        person = turn.person
    assert person is None


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_somebody_of_whom_nothing_is_stored(here: Services, language: str) -> None:
    for handler, press in (
        (erasure.ask, None),
        (erasure.ask_in_place, None),
        (erasure.keep, None),
        (erasure.wish, None),
        (erasure.erase_at_once, EraseAtOnce(1)),
        (consents.show, None),
        (consents.change, WithholdPiece(Piece.CONTACT)),
    ):
        turn = turn_of(here, language, None)
        await (handler(None, turn) if press is None else handler(None, turn, press))
        said(turn, "erase-nothing-stored")
