"""Feedback from one language is read and answered in another: on both databases, over restarts,
with wrong input, twice in a row, and never by those who may not."""

import pytest

from delivery.presses_of_concerns import AnswerConcern, SettleConcern, ShowConcern, ShowConcerns
from domain.profiles import Answer
from domain.roles import Role
from storage.store import Store
from tests.journeys.conftest import ON_BOTH
from tests.journeys.standing import NOW, Side, settled, stand_at
from tests.journeys.test_menus import shows_menu
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, data_of, read, says
from tests.support.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORDS = "Où sont <b>les communes</b> du Sénégal & d'ailleurs ?"


@ON_BOTH
async def test_the_whole_way(bot: RunningBot, memory: Store) -> None:
    asker = await stand_at(bot, memory, "fr", Answer.FUNCTION)
    await _tells_before_anybody_reads(asker)
    reader = await _coordinator(bot, memory)
    await _tells_with_wrong_input_and_a_restart(bot, asker)
    told = await reader.chat.find("FeedbackGiven")
    assert WORDS in read(told["text"])
    await _forges(asker, told["message_id"])
    await _answers(reader, asker)
    await _settles(reader)


async def _tells_before_anybody_reads(asker: Chat) -> None:
    await asker.say("/feedback Personne ne lit ?")
    await asker.find("feedback-nobody-yet")
    await asker.expect("aside-left", "question-function")


async def _coordinator(bot: RunningBot, store: Store) -> Side:
    """They hold the role as the bot is killed and started again; their menu shows it then."""
    reader = await settled(bot, store, "ar")
    async with store.transaction():
        await store.roles.grant(reader.person.id, Role.COORDINATOR, by=None, at=NOW)
    await bot.kill()
    await bot.start()
    await shows_menu(reader.chat, "ar", Role.COORDINATOR)
    await reader.chat.say("/help")
    helped = await reader.chat.until(lambda one: "/concerns" in one["text"], "the command")
    assert says("ar", "help", helped["text"])
    return reader


async def _tells_with_wrong_input_and_a_restart(bot: RunningBot, asker: Chat) -> None:
    await asker.say("/feedback")
    await asker.expect("feedback-question")
    await asker.sim.upload(asker.person, png(), "a.png", "image/png", field="photo")
    await asker.expect("misheard-not-text", "feedback-question")
    await asker.say("é" * 1_001)
    await asker.expect("misheard-too-long", "feedback-question")
    await asker.say("👍")
    await asker.expect("misheard-no-words", "feedback-question")
    await asker.tap("button-leave-feedback")
    await asker.find("feedback-left")
    await asker.expect("aside-left", "question-function")
    await asker.say("/feedback")
    await asker.expect("feedback-question")
    await bot.stop()
    await bot.start()
    await asker.say(WORDS)
    await asker.find("feedback-thanks")
    await asker.expect("aside-left", "question-function")
    await asker.say(f"/feedback {WORDS}")
    await asker.expect("aside-left", "question-function")
    await asker.say("Secrétaire")
    await asker.expect("question-contact")


async def _forges(asker: Chat, at_least: int) -> None:
    newest = (await asker.from_bot())[-1]["message_id"]
    for press in (ShowConcerns(0), ShowConcern(1), AnswerConcern(1), SettleConcern(1)):
        await asker.sim.tap(asker.person, newest, callback_data=press.pack())
        await asker.expect("refusal-not-yours")
    await asker.say("/concerns")
    await asker.expect("refusal-not-yours")


async def _answers(reader: Side, asker: Chat) -> None:
    chat = reader.chat
    await chat.say("/concerns")
    page = await chat.until(lambda one: "kv:" in str(one.get("reply_markup")), "the list")
    assert WORDS in read(page["text"])
    assert page["text"].count("\n\n") == 2, "the same told twice is told once"
    rows = page["reply_markup"]["inline_keyboard"]
    second = rows[1][0]["callback_data"]
    await chat.sim.tap(chat.person, page["message_id"], callback_data=second)
    card = await chat.expect("FeedbackGiven")
    await chat.tap("button-answer-concern", card)
    await chat.until(lambda one: "kn:" in str(one.get("reply_markup")), "the question")
    await chat.tap("button-leave-answer")
    await chat.expect("concern-not-answered")
    await chat.tap("button-back-to-concern")
    card = await chat.expect("FeedbackGiven")
    await chat.tap("button-answer-concern", card)
    await chat.until(lambda one: "kn:" in str(one.get("reply_markup")), "the question")
    await chat.say("قريبًا & <i>بكل سرور</i>")
    await chat.expect("concern-answered")
    answer = await asker.find("ConcernAnswered")
    assert "قريبًا & <i>بكل سرور</i>" in read(answer["text"])
    assert WORDS in read(answer["text"])
    assert str(reader.person.telegram_id) not in answer["text"]
    await asker.tap("button-feedback", answer)
    await asker.expect("feedback-question")
    await asker.say("/cancel")
    await asker.expect("aside-left", "question-contact")


async def _settles(reader: Side) -> None:
    chat = reader.chat
    for _ in range(2):
        await chat.say("/concerns")
        page = await chat.until(lambda one: "kv:" in str(one.get("reply_markup")), "the list")
        await chat.sim.tap(chat.person, page["message_id"], callback_data=data_of(page, "kv:"))
        card = await chat.expect("FeedbackGiven")
        settle = data_of(card, "kd:")
        await chat.tap("button-settle-concern", card)
        await chat.expect("concern-settled")
        await chat.sim.tap(chat.person, card["message_id"], callback_data=settle)
        await chat.expect("concern-settled")
    await chat.say("/concerns")
    await chat.expect("concerns-none")
