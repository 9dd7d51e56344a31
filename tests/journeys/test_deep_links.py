"""Deep links: strangers agree first, people who are known go at once, no question is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from delivery.presses_of_strangers import LONGEST_LINK
from domain.profiles import Answer
from storage.store import Store
from tests.journeys.standing import Listening, newcomer, settled, stand_at
from tests.support.bot_process import RunningBot, running_bot
from tests.support.chat import Chat, says
from tests.support.sandbox_server import running_sandbox
from tests.support.validated_calls import every_call_is_valid

pytestmark = pytest.mark.asyncio(loop_scope="module")

JUNK = ("partner", "PARTNERS", "o-1", "redeems", "A" * 64, "_", "-partners", "profil", "start")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def restarted(tmp_path_factory) -> AsyncIterator[RunningBot]:
    """A bot that may be killed without disturbing others."""
    folder: Path = tmp_path_factory.mktemp("restarted")
    async with running_sandbox(
        folder / "sandbox.sqlite3", process=True, per_second=0, chat_burst=0
    ) as sandbox:
        async with running_bot(sandbox, f"sqlite:///{folder / 'bot.sqlite3'}", folder) as running:
            yield running
        await every_call_is_valid(sandbox.sim)


async def linked(chat: Chat, link: str) -> None:
    await chat.sim.start(chat.person, link)


@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_a_stranger_agrees_first_and_then_goes_where_the_link_leads(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = await newcomer(bot, language)
    await linked(chat, "profile")
    await chat.expect("welcome")
    assert await memory.people.by_telegram(chat.person) is None
    await chat.say("???")
    await chat.expect("welcome")
    await chat.tap("button-consent")
    await chat.find("consent-given")
    await chat.find("profile-next-lacking")
    await chat.expect("question-name")


async def test_a_link_outlives_a_restart_a_refusal_and_another_language(
    restarted: RunningBot,
) -> None:
    french, other = await newcomer(restarted, "fr"), await newcomer(restarted, "de")
    await linked(french, "profile")
    await linked(other, "profile")
    await french.expect("welcome")
    await other.expect("welcome")
    await restarted.kill()
    await restarted.start()
    await french.tap("button-no-consent")
    await french.find("consent-declined")
    await other.tap("button-language")
    await other.find("language-question")
    await restarted.kill()
    await restarted.start()
    await french.tap("button-consent-after-all")
    await french.find("profile-next-lacking")
    await other.tap_text("العربية")
    arabic = Chat(other.sim, other.person, "ar")
    await arabic.find("welcome")
    await arabic.tap("button-consent")
    await arabic.find("profile-next-lacking")
    await arabic.expect("question-name")


async def test_what_the_link_leads_to_refuses_and_the_consent_stays(
    bot: RunningBot, memory: Store
) -> None:
    chat = await newcomer(bot, "uk")
    await linked(chat, "partners")
    await chat.expect("welcome")
    await chat.tap("button-consent")
    await chat.find("refusal-profile-first")
    await chat.expect("question-name")
    assert await memory.people.by_telegram(chat.person) is not None
    await chat.say("Оксана")
    await chat.expect("question-function")


@pytest.mark.parametrize("language", ["pt", "ar"])
async def test_somebody_who_is_known_goes_at_once(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = (await settled(bot, memory, language)).chat
    listening = Listening(chat)
    await listening.all_heard()
    for link, key in (
        ("introductions", "introductions-none"),
        ("profile", "profile-next-partners"),
        ("settings", "settings-title"),
    ):
        await linked(chat, link)
        (said,) = await listening.hear()
        assert says(language, key, said["text"]), link


@pytest.mark.parametrize("language", ["es", "ar"])
async def test_a_question_that_waits_goes_on_waiting(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = await stand_at(bot, memory, language, Answer.ORGANISATION)
    await linked(chat, "profile")
    await chat.expect("profile-next-lacking")
    await linked(chat, "partners")
    await chat.expect("refusal-profile-first")
    await chat.say("Ayuntamiento de ejemplo")
    await chat.expect("question-kind")


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_links_that_nobody_knows_lead_to_the_beginning_with_a_kind_word(
    bot: RunningBot, memory: Store, language: str
) -> None:
    stranger = await newcomer(bot, language)
    asked = await stand_at(bot, memory, language, Answer.FUNCTION)
    known = (await settled(bot, memory, language)).chat
    for chat, key in (
        (stranger, "welcome"),
        (asked, "question-function"),
        (known, "welcome-back-menu"),
    ):
        listening = Listening(chat)
        await listening.all_heard()
        for junk in JUNK:
            await linked(chat, junk)
            (said,) = await listening.hear()
            assert says(language, "link-unknown", said["text"]), junk
            assert says(language, key, said["text"]), junk
        await chat.say("/start profile\n../../etc")
        (said,) = await listening.hear()
        assert says(language, "link-unknown", said["text"])


async def test_a_link_that_does_not_fit_beside_the_answer_is_kept_in_mind(
    bot: RunningBot, memory: Store
) -> None:
    chat = await newcomer(bot, "en")
    await linked(chat, "profile-" + "x" * LONGEST_LINK)
    question = await chat.expect("welcome")
    rows = question["reply_markup"]["inline_keyboard"]
    assert [row[0]["callback_data"] for row in rows] == ["c:1:en", "c:0:en", "ls"]
    await chat.tap("button-consent")
    await chat.find("profile-next-lacking")
    await chat.expect("question-name")


async def test_forged_links_in_buttons_lead_nowhere(bot: RunningBot, memory: Store) -> None:
    chat = await newcomer(bot, "en")
    await linked(chat, "profile")
    question = await chat.expect("welcome")
    for data in ("kc:1:en", "kl", "ks:en", "kc:x:en:profile"):
        await chat.sim.tap(chat.person, question["message_id"], callback_data=data)
        assert await memory.people.by_telegram(chat.person) is None
    await chat.sim.tap(chat.person, question["message_id"], callback_data="kc:1:xx:nowhere-1")
    await chat.expect("question-name")
    said = [one["text"] for one in await chat.from_bot()]
    assert not any(says("en", "profile-next-lacking", one) for one in said)
    person = await memory.people.by_telegram(chat.person)
    assert person is not None
    assert person.language == "en"
