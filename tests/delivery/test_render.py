"""Notices put into words: from what is true, and in the reader's language, when they are sent."""

import pytest

from actions import erasure, introductions, people, profiles
from delivery.message import Letter, Nothing
from delivery.render import Renderer
from domain.introductions import Introduction, Patience
from domain.languages import LANGUAGES
from domain.notices import (
    NOTICES,
    AboutIntroduction,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionExpired,
    IntroductionReminder,
    IntroductionWithdrawn,
)
from domain.outbox import Delivery
from domain.people import Person
from domain.profiles import Answer
from locales.speech import without_tags
from storage.store import Store
from tests.support.chat import read, says
from tests.support.judged import faults_in
from tests.support.organisations import Clock, visible
from tests.support.profiles import LONGEST, extreme

# The notices of other conversations are rendered beside those conversations' own tests.
ABOUT_INTRODUCTIONS = [kind for kind in NOTICES.values() if issubclass(kind, AboutIntroduction)]


async def asked(store: Store, clock: Clock) -> tuple[Person, Person, Introduction]:
    """Two sides, as long-winded as they may be; the first asks the second. Both have become full
    since: nobody is asked who is already."""
    everything = extreme()
    details = {
        Answer.NAME: everything.person.name,
        Answer.FUNCTION: everything.person.function,
        Answer.CONTACT: {"email": everything.person.email, "phone": everything.person.phone},
        Answer.SHARES: everything.person.shares,
    }
    here, there = await visible(store, 1), await visible(store, 2)
    for person in (here, there):
        for which in (one for one in Answer if one is not Answer.FULL_UNTIL):
            value = details[which] if which in details else everything.answer(which)
            await profiles.answer(store, clock, person, which, value)
    other = await store.organisations.of(there.id)
    assert other is not None
    made = await introductions.ask(store, clock, by=here, organisation=other.id)
    for person in (here, there):
        full_until = everything.answer(Answer.FULL_UNTIL)
        await profiles.answer(store, clock, person, Answer.FULL_UNTIL, full_until)
    return here, there, made


async def settle(
    store: Store, clock: Clock, kind: type, here: Person, there: Person, made: Introduction
) -> Person:
    """Bring it about that a notice of this kind is true; its reader."""
    if kind is IntroductionAccepted:
        await introductions.accept(store, clock, by=there, introduction=made.id)
    elif kind is IntroductionDeclined:
        await introductions.decline(store, clock, by=there, introduction=made.id)
    elif kind is IntroductionWithdrawn:
        await introductions.withdraw(store, clock, by=here, introduction=made.id)
    elif kind is IntroductionExpired:
        clock.advance(Patience().expire_after)
        await introductions.expire_due(store, clock, Patience())
    asker_reads = (IntroductionAccepted, IntroductionDeclined, IntroductionExpired)
    return here if kind in asker_reads else there


@pytest.mark.parametrize("kind", ABOUT_INTRODUCTIONS, ids=lambda kind: kind.__name__)
async def test_every_notice_in_every_language(store: Store, kind: type) -> None:
    clock = Clock()
    here, there, made = await asked(store, clock)
    reader = await settle(store, clock, kind, here, there, made)
    for language in LANGUAGES:
        await people.speak(store, reader, language=language)
        letter = await Renderer(store, clock).letter(Delivery(1, kind(made.id), reader.id, 0))
        assert isinstance(letter, Letter)
        assert letter.chat_id == reader.telegram_id
        assert faults_in(letter.message) == [], language
        assert says(language, kind.__name__, plain(letter)), language


@pytest.mark.parametrize("kind", [IntroductionAsked, IntroductionReminder, IntroductionWithdrawn])
async def test_a_request_names_nobody(store: Store, kind: type) -> None:
    clock = Clock()
    here, there, made = await asked(store, clock)
    reader = await settle(store, clock, kind, here, there, made)
    letter = await Renderer(store, clock).letter(Delivery(1, kind(made.id), reader.id, 0))
    assert isinstance(letter, Letter)
    assert LONGEST not in plain(letter)
    assert str(extreme().person.email) not in plain(letter)


@pytest.mark.parametrize("kind", ABOUT_INTRODUCTIONS, ids=lambda kind: kind.__name__)
async def test_a_notice_that_is_no_longer_true_is_not_sent(store: Store, kind: type) -> None:
    clock = Clock()
    here, there, made = await asked(store, clock)
    if kind is IntroductionAccepted:
        await introductions.withdraw(store, clock, by=here, introduction=made.id)
    else:
        await introductions.accept(store, clock, by=there, introduction=made.id)
    letter = await Renderer(store, clock).letter(Delivery(1, kind(made.id), there.id, 0))
    assert letter == Nothing("no-longer-true")


async def test_reasons_for_which_nothing_is_sent(store: Store) -> None:
    clock = Clock()
    here, there, made = await asked(store, clock)
    renderer, notice = Renderer(store, clock), IntroductionAsked(made.id)
    stranger = await visible(store, 3)
    assert await renderer.letter(Delivery(1, notice, stranger.id, 0)) == Nothing("gone")
    await people.set_reachable(store, there, reachable=False)
    assert await renderer.letter(Delivery(1, notice, there.id, 0)) == Nothing("unreachable")
    await people.set_reachable(store, there, reachable=True)
    await erasure.erase(store, clock, here)
    assert await renderer.letter(Delivery(1, notice, there.id, 0)) == Nothing("gone")
    await erasure.erase(store, clock, there)
    assert await renderer.letter(Delivery(1, notice, there.id, 0)) == Nothing("erased")


def plain(letter: Letter) -> str:
    return read(without_tags(str(letter.message.html)))
