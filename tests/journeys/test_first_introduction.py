"""The whole thread over HTTP: two people, two languages, one introduction, both contacts shown."""

import asyncio

import pytest

from domain.languages import LANGUAGES
from tests.journeys.walking import NEWCOMERS, newcomer, whole_profile
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, data_of, read

# Journeys of a module share its bot, and so its event loop.
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def chat_with(bot: RunningBot, language: str) -> Chat:
    sim = bot.sandbox.sim
    person = await sim.person(NEWCOMERS[language].first_name, language)
    return Chat(sim, person, language)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "de"])
async def test_two_people_are_introduced_in_their_own_languages(
    bot: RunningBot, language: str
) -> None:
    here, there = await chat_with(bot, "de"), await chat_with(bot, language)
    await asyncio.gather(whole_profile(here), whole_profile(there))

    await here.say("/partners")
    card = await here.find_text(newcomer(there).organisation)
    await here.tap("button-introduce", card)
    await here.find("introduction-asked")

    asked = await there.expect("IntroductionAsked")
    assert NEWCOMERS["de"].name not in read(asked["text"])
    assert NEWCOMERS["de"].organisation not in read(asked["text"])
    assert NEWCOMERS["de"].email not in read(asked["text"])
    await there.tap("button-accept", asked)

    seen_here = read((await here.find("IntroductionAccepted"))["text"])
    seen_there = read((await there.find("IntroductionAccepted"))["text"])
    assert all(text in seen_here for text in contacts(there))
    assert all(text in seen_there for text in contacts(here))
    assert NEWCOMERS["de"].function not in seen_there, "the function was not shared"


def contacts(chat: Chat) -> tuple[str, ...]:
    who = newcomer(chat)
    return (who.organisation, who.name, who.email, who.phone.split()[0])


async def test_asking_twice_changes_nothing(bot: RunningBot) -> None:
    here, there = await chat_with(bot, "de"), await chat_with(bot, "uk")
    await asyncio.gather(whole_profile(here), whole_profile(there))
    await here.say("/partners")
    card = await here.find_text(newcomer(there).organisation)
    introduce = data_of(card, "i:")
    await here.tap("button-introduce", card)
    await here.find("introduction-asked")
    await bot.sandbox.sim.tap(here.person, card["message_id"], callback_data=introduce)
    await there.expect("IntroductionAsked")
    asked = [one for one in await there.from_bot() if "ia:" in str(one.get("reply_markup"))]
    assert len(asked) == 1
