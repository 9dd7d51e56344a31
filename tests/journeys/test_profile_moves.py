"""Back, skip, cancel and go on; each answer changed on its own; hidden, erased."""

import asyncio
from itertools import pairwise

import pytest
from sqlalchemy import select

from domain.profiles import ESSENTIAL, FURTHER, Answer
from handlers.profile.window import CHOSEN, OPENS
from locales import names
from storage.store import Store
from storage.tables import metadata
from tests.journeys.standing import newcomer, settled, skip, stand_at, turn_of
from tests.journeys.test_deep_links import restarted
from tests.journeys.test_wrong_input import answer_rightly, profile_of
from tests.journeys.walking import agree
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read, says

__all__ = ["restarted"]  # a fixture

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def press(store: Store, chat: Chat, code: str) -> None:
    newest = (await chat.from_bot())[-1]["message_id"]
    data = f"{code}:{await turn_of(store, chat)}"
    await chat.sim.tap(chat.person, newest, callback_data=data)


@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_back_from_every_question_and_forth_again(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = await newcomer(bot, language)
    await agree(chat)
    assert chat.words("button-back") not in buttons((await chat.from_bot())[-1])
    for before, step in pairwise(ESSENTIAL):
        await skip(memory, chat)
        await chat.expect(f"question-{step}")
        await chat.tap("button-back")
        await chat.expect(f"question-{before}")
        await skip(memory, chat)
        await chat.expect(f"question-{step}")


async def test_back_from_every_further_question_and_forth_again(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "uk", FURTHER[0])
    assert chat.words("button-back") not in buttons((await chat.from_bot())[-1])
    for before, step in pairwise(FURTHER):
        await skip(memory, chat)
        await chat.expect(f"question-{step}")
        await chat.tap("button-back")
        await chat.expect(f"question-{before}")
        await skip(memory, chat)
        await chat.expect(f"question-{step}")


async def test_skipping_a_question_again_keeps_its_earlier_answer(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "uk", Answer.FUNCTION)
    name = (await profile_of(memory, chat)).person.name
    await chat.tap("button-back")
    await chat.expect("question-name", "answered-so-far")
    await chat.tap("button-skip")
    await chat.expect("question-function")
    assert name is not None
    assert (await profile_of(memory, chat)).person.name == name


@pytest.mark.parametrize("language", ["ar", "es"])
async def test_cancel_at_every_question_and_go_on_there(
    bot: RunningBot, memory: Store, language: str
) -> None:
    async def one(step: Answer) -> None:
        chat = await stand_at(bot, memory, language, step)
        if list(Answer).index(step) % 2:
            await chat.tap("button-cancel")
        else:
            await chat.say("/cancel")
        await chat.expect("cancelled")
        await chat.say("/cancel")
        await chat.expect("cancel-nothing")
        await chat.say("/profile")
        card = await chat.expect("profile-title")
        await chat.tap("button-go-on", card)
        first = Answer.NAME if step is Answer.NAME else Answer.FUNCTION
        await chat.expect(f"question-{first}")

    await asyncio.gather(*map(one, ESSENTIAL))


async def test_profile_in_the_middle_of_a_question_and_on_with_it(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "pt", Answer.ORGANISATION)
    await chat.say("Serviço de Águas")
    await chat.expect("question-kind")
    await chat.say("/profile")
    card = await chat.expect("profile-title")
    assert "Serviço de Águas" in read(card["text"])
    await chat.tap("button-go-on", card)
    await chat.expect("question-kind")
    await chat.say("/start")
    await chat.expect("welcome-back", "question-kind")


@pytest.mark.parametrize("language", ["ar", "uk"])
async def test_each_answer_is_changed_on_its_own(
    bot: RunningBot, memory: Store, language: str
) -> None:
    async def one(step: Answer) -> None:
        side = await settled(bot, memory, language)
        chat = side.chat
        before = await profile_of(memory, chat)
        await chat.say("/profile")
        change = chat.words(f"button-change-{step}")
        if step in FURTHER:
            await chat.tap("button-change-further")
        card = await chat.until(lambda one: change in buttons(one))
        await chat.tap_text(change, card)
        window = await chat.expect(f"question-{step}")
        assert not says(language, "question-progress", window["text"])
        await chat.tap("button-leave", window)
        await chat.expect("profile-title")
        assert await profile_of(memory, chat) == before
        await chat.tap(f"button-change-{step}")
        await chat.expect(f"question-{step}")
        if step not in (Answer.SHARES, Answer.NAME):  # these are what would be answered again
            await answer_rightly(chat, step)
            await chat.expect("answer-stored", "profile-title")
        after = await profile_of(memory, chat)
        assert after.answer(step) is not None
        for other in set(Answer) - {step}:
            assert after.answer(other) == before.answer(other), other

    await asyncio.gather(*map(one, Answer))


async def test_an_answer_is_removed_and_a_profile_that_lacks_it_hides(
    bot: RunningBot, memory: Store
) -> None:
    side = await settled(bot, memory, "de")
    await side.press("e:organisation")
    await side.told("question-organisation")
    await side.chat.tap("button-state-nothing")
    card = await side.chat.expect("answer-stored", "profile-hidden", "profile-next-lacking")
    assert side.chat.words("button-publish") not in buttons(card)
    await side.press("pu:1")
    await side.told("refusal-profile-lacks")
    assert not (await profile_of(memory, side.chat)).published


@pytest.mark.parametrize("language", ["ar", "de"])
async def test_a_finer_topic_is_chosen_from_the_list_also_after_a_restart(
    restarted: RunningBot, language: str
) -> None:
    memory = Store(restarted.database_url)
    side = await settled(restarted, memory, language)
    chat = side.chat
    theme = names.themes(language)[0]
    finer = names.finer(language, theme)[0]
    opener = f"{names.topic(language, theme)} {OPENS}"
    await side.press("e:offers")
    await side.told("question-offers")
    await chat.tap("button-list")
    listed = await chat.expect("list-of-themes")
    await chat.tap_text(opener)
    await chat.until(lambda one: opener not in buttons(one), "the page of the theme")
    await restarted.kill()
    await restarted.start()
    await chat.tap_text(names.topic(language, finer))
    await chat.until(lambda one: f"{CHOSEN} {names.topic(language, finer)}" in buttons(one))
    await chat.tap("button-all-themes")
    await chat.until(lambda one: f"{CHOSEN} {opener}" in buttons(one), "the theme ticked")
    await chat.tap("button-done")
    await chat.expect("answer-stored", "profile-title")
    profile = await profile_of(memory, chat)
    assert profile.answer(Answer.OFFERS) == {"non_revenue_water", finer}
    stale = await side.press(data_of(listed, "gt:"))
    assert stale["answer"]["text"] == chat.words("stale-toast")
    assert await profile_of(memory, chat) == profile
    await memory.close()


async def test_hidden_and_visible_again(bot: RunningBot, memory: Store) -> None:
    side = await settled(bot, memory, "ar")
    await side.chat.say("/profile")
    card = await side.chat.expect("profile-title", "profile-published")
    await side.chat.tap("button-hide", card)
    await side.chat.expect("profile-now-hidden", "profile-hidden")
    await side.chat.say("/partners")
    await side.chat.expect("refusal-profile-first")
    await side.chat.tap("button-publish", card)
    await side.told("profile-now-published")
    assert (await profile_of(memory, side.chat)).published


async def test_another_language_in_the_middle_of_a_question(bot: RunningBot, memory: Store) -> None:
    chat = await stand_at(bot, memory, "uk", Answer.SECTORS)
    await chat.tap("sector-energy_supply")
    await chat.until(lambda one: "✅" in "".join(buttons(one)))
    await chat.say("/language")
    await chat.expect("language-question")
    await chat.tap_text("العربية")
    chat.language = "ar"
    window = await chat.expect("question-sectors")
    assert f"✅ {chat.words('sector-energy_supply')}" in buttons(window)
    await chat.tap("button-done")
    await chat.expect("question-place")


async def test_erasing_leaves_nothing_of_a_person_in_any_table(
    bot: RunningBot, memory: Store
) -> None:
    here, there = await asyncio.gather(settled(bot, memory, "es"), settled(bot, memory, "de"))
    await here.press(f"i:{there.organisation.id}")
    await there.told("IntroductionAsked")
    await here.press("e:name")
    await here.told("question-name")
    await here.chat.say("/privacy")
    asked = await here.chat.expect("privacy")
    await here.chat.tap("button-erase", asked)
    await here.chat.expect("erase-question")
    await here.chat.tap("button-keep")
    await here.told("erase-kept")
    await here.press("va")
    await here.told("erase-question")
    await here.chat.tap("button-erase-at-once")
    await here.told("erase-at-once-question")
    await here.chat.tap("button-erase-sure")
    await here.told("erase-done")
    await here.press("vo:1")
    await here.told("erase-nothing-stored")
    assert await traces(memory, here.person.id, here.organisation.id, here.chat.person) == []
    assert await memory.people.by_id(there.person.id) is not None
    await there.told("IntroductionEnded")
    await there.chat.tap("button-accept")
    await there.told("refusal-no-longer-open")
    await here.chat.say("Hola")
    await here.chat.expect("welcome")


async def traces(store: Store, person: int, organisation: int, telegram_id: int) -> list[str]:
    """Where anything of somebody still stands. That an organisation is gone is a change, too, which
    those who keep organisations in memory have to learn: by its number alone."""
    theirs = {
        "person_id": person,
        "recipient": person,
        "asked_by": person,
        "settled_by": person,
        "telegram_id": telegram_id,
        "organisation_id": organisation,
        "shown_to": organisation,
        "asking": organisation,
        "asked": organisation,
    }
    found = []
    async with store.reading.connect() as connection:
        for name, table in metadata.tables.items():
            if name == "organisation_changes":
                assert set(table.c.keys()) == {"organisation_id", "number"}
                continue
            for column, value in theirs.items():
                if column in table.c:
                    rows = await connection.execute(select(table).where(table.c[column] == value))
                    found += [f"{name}.{column}" for _ in rows]
        for name, own in (("people", person), ("organisations", organisation)):
            table = metadata.tables[name]
            rows = await connection.execute(select(table).where(table.c.id == own))
            found += [name for _ in rows]
    return found
