"""Where roles come from, how they are passed on and taken, and that nobody helps themselves."""

import re
from pathlib import Path

import pytest

from domain.profiles import Answer
from domain.roles import MOST_WRONG, Role
from storage.store import Store
from tests.journeys.patient import bot_on
from tests.journeys.standing import Listening, Side, newcomer, settled, stand_at
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, read, says

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = re.compile(r"/redeem ([0-9a-f]{32})\b")


def code_in(text: str) -> str:
    found = CODE.search(read(text))
    assert found is not None, text
    return found[1]


async def roles_of(store: Store, chat: Chat) -> frozenset[Role]:
    person = await store.people.by_telegram(chat.person)
    return frozenset() if person is None else await store.roles.of(person.id)


async def first_administrator(bot: RunningBot, chat: Chat) -> str:
    """A stranger becomes the administrator by the command line's code; the code."""
    code = code_in(await bot.command_line("invite-admin"))
    await chat.say(f"/redeem {code}")
    await chat.expect("welcome")
    await chat.tap("button-consent")
    await chat.find("redeem-done")
    return code


async def invitation(chat: Chat, role: Role = Role.COORDINATOR) -> str:
    """An administrator's invitation; its code."""
    await chat.say("/coordinators")
    await chat.expect("holders-title")
    await chat.tap(f"button-invite-{role}")
    return code_in((await chat.expect(f"invitation-{role}"))["text"])


@pytest.mark.asyncio(loop_scope="function")
async def test_from_the_command_line_to_a_coordinator_and_back(
    database_url: str, store: Store, tmp_path: Path
) -> None:
    async with bot_on(database_url, tmp_path) as bot:
        german, arabic = await newcomer(bot, "de"), await newcomer(bot, "ar")
        first = await first_administrator(bot, german)
        await german.expect("question-name")
        await german.say(f"/redeem {first}")
        await german.expect("redeem-held")
        await german.say("Anna Vogt")
        await german.expect("question-function")

        code = await invitation(german)
        await arabic.sim.start(arabic.person, f"redeem-{code}")
        await arabic.expect("welcome")
        assert await store.people.by_telegram(arabic.person) is None
        await bot.kill()
        await bot.start()
        await arabic.tap("button-consent")
        assert "/coordinators" in read((await arabic.find("redeem-done"))["text"])
        await arabic.expect("question-name")
        await german.find("RoleRedeemed")
        assert await roles_of(store, arabic) == {Role.COORDINATOR}
        await arabic.say("ليلى حداد")
        await arabic.expect("question-function")

        await german.say("/coordinators")
        window = await german.expect("holders-title")
        assert "ليلى حداد" in read(window["text"])
        opens = next(one for one in buttons(window) if "ليلى حداد" in one)
        await german.tap_text(opens, window)
        await german.tap("button-remove-coordinator")
        await german.expect("removal-question")
        await german.tap("button-removal-sure")
        await german.find("removal-done")
        await arabic.find("RoleTaken")
        assert await roles_of(store, arabic) == frozenset()
        await arabic.say("/coordinators")
        await arabic.expect("refusal-not-yours")

        trail = await bot.command_line("trail", "--limit", "5")
        assert [line.split()[-2] for line in trail.splitlines()] == [
            "invite-administrator",
            "redeem-administrator",
            "invite-coordinator",
            "redeem-coordinator",
            "remove-coordinator",
        ]
        assert "Anna" not in trail
        assert first not in trail + bot.journal.read_text()
        assert code not in trail + bot.journal.read_text()


async def administrator(bot: RunningBot, memory: Store, language: str) -> Side:
    """Somebody with a visible profile who administers."""
    side = await settled(bot, memory, language)
    async with memory.transaction():
        await memory.roles.grant(
            side.person.id, Role.ADMINISTRATOR, by=None, at=side.person.consented_at
        )
    return side


@pytest.mark.parametrize(("language", "other"), [("uk", "fr"), ("es", "pt")])
async def test_a_code_serves_once_and_its_stranger_may_look_around_first(
    bot: RunningBot, memory: Store, language: str, other: str
) -> None:
    by = await administrator(bot, memory, language)
    code = await invitation(by.chat)
    one, two = await newcomer(bot, other), await newcomer(bot, other)
    for chat in (one, two):
        await chat.say(f"/redeem {code}")
        await chat.expect("welcome")
        await chat.say("/privacy")
        await chat.expect("privacy")
        await chat.say("?")
        await chat.expect("welcome")
    await one.tap("button-consent")
    await one.find("redeem-done")
    await one.expect("question-name")
    await two.tap("button-consent")
    await two.find("redeem-wrong")
    await two.expect("question-name")
    assert await roles_of(memory, two) == frozenset()


async def test_who_guesses_codes_has_to_wait_and_keeps_their_question(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "pt", Answer.FUNCTION)
    listening = Listening(chat)
    await listening.all_heard()
    await chat.say("/redeem")
    (said,) = await listening.hear()
    assert says("pt", "redeem-usage", said["text"])
    for guess in ("x", "0" * 32, "' OR 1=1; --", "<b>", "ж" * 3000)[:MOST_WRONG]:
        await chat.say(f"/redeem {guess}")
        (said,) = await listening.hear()
        assert says("pt", "redeem-wrong", said["text"]), guess
    await chat.sim.start(chat.person, "redeem-" + "0" * 32)
    (said,) = await listening.hear()
    assert says("pt", "refusal-codes-an-hour", said["text"])
    await chat.say("Diretora")
    await chat.expect("question-contact")


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_the_last_administrator_stays_until_there_is_another(
    bot: RunningBot, memory: Store, language: str
) -> None:
    by = await administrator(bot, memory, language)
    await alone(memory, by)
    await by.press(f"uh:{by.person.id}")
    await by.chat.tap("button-remove-administrator")
    await by.chat.find("laying-down-question")
    await by.chat.tap("button-removal-sure")
    await by.told("refusal-last-administrator")
    code = await invitation(by.chat, Role.ADMINISTRATOR)
    other = await settled(bot, memory, "fr")
    await other.chat.say(f"/redeem https://t.me/x?start=redeem-{code}")
    await other.told("redeem-done")
    await by.press(f"ua:{by.person.id}:coordinator")
    await by.told("appoint-done")
    await by.press(f"ur:{by.person.id}:administrator")
    await by.told("laying-down-done")
    assert await roles_of(memory, by.chat) == {Role.COORDINATOR}
    await by.chat.say("/coordinators")
    window = await by.chat.expect("holders-title")
    assert by.chat.words("button-invite-coordinator") not in buttons(window)
    await by.chat.say("/help")
    assert "/coordinators" in (await by.chat.find("help"))["text"]


async def alone(memory: Store, by: Side) -> None:
    """No other administrator is left of other tests."""
    async with memory.transaction():
        for one in await memory.roles.holding(Role.ADMINISTRATOR):
            if one.id != by.person.id:
                await memory.roles.revoke(one.id, Role.ADMINISTRATOR)


async def test_forged_presses_give_nobody_anything(bot: RunningBot, memory: Store) -> None:
    by = await administrator(bot, memory, "de")
    coordinator, person = await settled(bot, memory, "uk"), await settled(bot, memory, "ar")
    async with memory.transaction():
        await memory.roles.grant(
            coordinator.person.id, Role.COORDINATOR, by=None, at=by.person.consented_at
        )
    stranger = await newcomer(bot, "fr")
    await stranger.say("/start")
    await stranger.expect("welcome")
    before = await memory.roles.holders()
    admins, self_made = by.person.id, person.person.id
    appointing = [
        "ui:coordinator", "ui:administrator", "uw", f"ua:{self_made}:administrator",
        f"ua:{coordinator.person.id}:administrator", f"ur:{admins}:administrator",
        f"ur:{admins}:coordinator",
    ]  # fmt: skip
    reading = ["ul:0", f"uh:{admins}", f"uq:{admins}:administrator"]
    for data in [*reading, *appointing, f"ur:{coordinator.person.id}:coordinator"]:
        listening = Listening(person.chat)
        await listening.all_heard()
        await person.press(data)
        (said,) = await listening.hear()
        assert says("ar", "refusal-not-yours", said["text"]), data
    for data in appointing:
        listening = Listening(coordinator.chat)
        await listening.all_heard()
        await coordinator.press(data)
        (said,) = await listening.hear()
        assert says("uk", "refusal-not-yours", said["text"]), data
    for data in [*reading, *appointing]:
        newest = (await stranger.from_bot())[-1]["message_id"]
        await stranger.sim.tap(stranger.person, newest, callback_data=data)
        assert says("fr", "welcome", (await stranger.from_bot())[-1]["text"])
    assert await memory.roles.holders() == before
