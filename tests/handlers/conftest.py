"""What handlers call upon, as it is in the bot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actions.understanding import Understanding
from domain.clock import wall_clock
from domain.conversations import Conversation
from domain.introductions import Patience
from domain.profiles import Profile
from handlers.turn import Operator, Services, Turn
from matching.places import Gazetteer
from storage.store import Store
from tests.support.gazetteer import gazetteer_folder
from tests.support.topics import by_letters

MakeTurn = Callable[[Profile, Conversation], Turn]


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """Topics and places as set-up built them."""
    return Understanding(by_letters(), Gazetteer.open(gazetteer_folder()))


@pytest.fixture
def services(understanding: Understanding, tmp_path: Path) -> Services:
    """On a database that these tests never open."""
    store = Store(f"sqlite:///{tmp_path / 'unopened.db'}")
    operator = Operator("Stadtwerke <Muster> & Söhne", "kontakt@example.org")
    return Services(store, wall_clock, understanding, operator, Patience())


@pytest.fixture
def turn_of(services: Services) -> MakeTurn:
    """A turn of a profile's person, standing in a conversation."""

    def made(profile: Profile, conversation: Conversation) -> Turn:
        person = profile.person
        return Turn(services, person.telegram_id, person.language, person, conversation)

    return made
