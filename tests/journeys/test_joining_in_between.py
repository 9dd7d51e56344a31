"""Joining an exchange while the profile's first question waits: nothing is asked twice."""

import pytest

from domain.profiles import Answer
from storage.store import Store
from tests.journeys.standing import settled, skip, stand_at
from tests.journeys.test_exchanges import begun
from tests.journeys.test_organisations import coordinating, person_of
from tests.journeys.walking import NEWCOMERS
from tests.support.bot_process import RunningBot

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_what_was_said_to_join_is_not_asked_once_more(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chief = await coordinating(bot, memory, "en")
    there = await begun(memory, chief, f"Sludge among peers {language}", "open")
    chat, who = await stand_at(bot, memory, language, Answer.NAME), NEWCOMERS[language]
    organisation = f"{who.organisation} {chat.person}"
    await chat.sim.start(chat.person, f"join_{there.id}")
    await chat.expect("joining-name")
    await chat.say(who.name)
    await chat.expect("joining-organisation")
    await chat.say(organisation)
    await chat.find("joined-at-once")
    await chat.expect("joining-taken-over", "question-function")
    person = await person_of(memory, chat)
    own = await memory.organisations.of(person.id)
    assert (person.name, own and own.name) == (who.name, organisation)
    # On the way through the questions, too: from what is shared straight to the kind.
    for step in (Answer.FUNCTION, Answer.CONTACT, Answer.SHARES):
        await chat.expect(f"question-{step}")
        await skip(memory, chat)
    await chat.expect("question-kind")


@pytest.mark.parametrize("language", ["de", "uk"])
async def test_what_the_profile_cannot_take_is_asked_and_what_waits_goes_on(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chief = await coordinating(bot, memory, "en")
    there = await begun(memory, chief, f"Landfills among peers {language}", "open")
    chat = await stand_at(bot, memory, language, Answer.NAME)
    await chat.sim.start(chat.person, f"join_{there.id}")
    await chat.expect("joining-name")
    await chat.say("N" * 150)
    await chat.expect("joining-organisation")
    await chat.say(f"Stadtwerke Beispiel {chat.person}")
    await chat.expect("joining-taken-over", "question-name")
    await chat.say(NEWCOMERS[language].name)
    await chat.expect("question-function")


@pytest.mark.parametrize("language", ["es", "ar"])
async def test_an_organisation_that_is_there_is_offered_before_the_profile_goes_on(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chief = await coordinating(bot, memory, "en")
    there = await begun(memory, chief, f"Leaks among peers {language}")
    known = (await settled(bot, memory, "de")).organisation
    chat = await stand_at(bot, memory, language, Answer.NAME)
    await chat.sim.start(chat.person, f"join_{there.id}")
    await chat.expect("joining-name")
    await chat.say(NEWCOMERS[language].name)
    await chat.expect("joining-organisation")
    await chat.say(str(known.name))
    await chat.expect("joining-note")
    await chat.tap("button-without-note")
    await chat.find("joining-sent")
    await chat.expect("join-question")
    await chat.tap("button-none-of-these")
    await chat.expect("question-function")
