"""What is changed, taken back, or comes with a file: the courier's, over the sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.answering import Answering, Progress
from delivery.answers import Hurdle, TryAgain
from delivery.courier import Courier
from delivery.gate import Gate, Pace
from delivery.message import (
    Attachment,
    Button,
    Correction,
    Letter,
    Mail,
    Message,
    Withdrawal,
)
from domain.conversations import Conversation
from domain.notices import IntroductionAsked
from domain.outbox import Delivery, DeliveryState, Outcome
from handlers.turn import Send, Services, Turn
from storage.store import Store
from tests.support.outboxes import people, queue, state
from tests.support.pictures import png
from tests.support.sandbox_server import RunningSandbox, running_sandbox
from tests.support.workers import at_work, eventually

TWO_DAYS = 48 * 3600
SENT, FAILED = DeliveryState.SENT, DeliveryState.FAILED
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[RunningSandbox]:
    """A sandbox without limits."""
    async with running_sandbox(
        tmp_path / "sandbox.db", per_second=0, chat_burst=0, group_per_minute=0
    ) as running:
        yield running


@pytest.fixture
async def courier(sandbox: RunningSandbox) -> AsyncIterator[Courier]:
    """A courier to it."""
    gate = Gate(Pace(per_second=None))
    someone = Courier(sandbox.token, gate, base_url=sandbox.url, answer_timeout=5.0)
    await someone.start()
    yield someone
    await someone.stop()


@pytest.fixture
async def ada(sandbox: RunningSandbox) -> int:
    """Somebody who has started the bot."""
    person = await sandbox.sim.person("Ada")
    await sandbox.sim.start(person)
    return person


async def sent(courier: Courier, chat: int, message: Message) -> int:
    """Send it; its id."""
    outcome = await courier.deliver(Letter(chat, message))
    assert isinstance(outcome, Outcome)
    assert outcome.state is SENT, outcome
    assert outcome.message_id is not None
    return outcome.message_id


async def test_a_message_reads_otherwise_for_ever(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    first = await sent(courier, ada, Message("<b>At ten</b>"))
    await sandbox.sim.advance(400 * 24 * 3600)
    corrected = Message("<i>At eleven</i>", ((Button("Well", data="x"),),))
    done = Outcome(SENT, message_id=first)
    assert await courier.edit(ada, first, corrected) == done
    shown = (await sandbox.sim.messages(ada))[-1]
    assert (shown["message_id"], shown["text"]) == (first, "At eleven")
    assert shown["reply_markup"]["inline_keyboard"] == [[{"text": "Well", "callback_data": "x"}]]
    assert await courier.edit(ada, first, corrected) == Outcome(SENT, "not-modified")


async def test_beside_a_file_the_caption_changes(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    file = Attachment("plan.txt", b"Ten")
    first = await sent(courier, ada, Message("The plan", attachment=file))
    outcome = await courier.edit(ada, first, Message("<b>Our</b> plan", attachment=file))
    assert outcome == Outcome(SENT, message_id=first)
    shown = (await sandbox.sim.messages(ada))[-1]
    assert (shown["caption"], shown["document"]["file_name"]) == ("Our plan", "plan.txt")


async def test_edits_that_telegram_refuses(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    words = await sent(courier, ada, Message("Words"))
    file = Attachment("a.txt", b"A")
    beside = await sent(courier, ada, Message("", attachment=file))
    start = next(one for one in await sandbox.sim.messages(ada) if one.get("text") == "/start")
    other = Message("Other")
    assert await courier.edit(ada, 9_999, other) == Outcome(FAILED, "message-gone")
    assert await courier.edit(ada, start["message_id"], other) == Outcome(FAILED, "not-editable")
    mixed_up = Outcome(FAILED, "other-kind-of-message")
    assert await courier.edit(ada, beside, other) == mixed_up
    assert await courier.edit(ada, words, Message("x", attachment=file)) == mixed_up
    await sandbox.sim.block(ada)
    assert await courier.edit(ada, words, other) == Outcome(DeliveryState.BLOCKED, "blocked")


async def test_a_message_is_taken_back_for_48_hours(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    first, second = [await sent(courier, ada, Message(words)) for words in ("One", "Two")]
    assert await courier.delete(ada, first) == Outcome(SENT, message_id=first)
    assert await courier.delete(ada, first) == Outcome(SENT, "already-gone")
    await sandbox.sim.advance(TWO_DAYS + 1)
    assert await courier.delete(ada, second) == Outcome(FAILED, "too-old-to-delete")
    assert (await sandbox.sim.messages(ada))[-1]["text"] == "Two"


@pytest.mark.parametrize("fault", [{"cut": "before"}, {"cut": "after"}, {"status": 500}], ids=str)
async def test_what_may_be_done_again_is_not_left_unknown(
    sandbox: RunningSandbox, courier: Courier, ada: int, fault: dict[str, object]
) -> None:
    first = await sent(courier, ada, Message("Words"))
    for method in ("editMessageText", "deleteMessage"):
        await sandbox.sim.faults({"method": method, "times": 1} | fault)
    assert await courier.edit(ada, first, Message("Other")) == TryAgain(Hurdle.SERVER)
    assert isinstance(await courier.edit(ada, first, Message("Other")), Outcome)
    assert await courier.delete(ada, first) == TryAgain(Hurdle.SERVER)
    assert isinstance(await courier.delete(ada, first), Outcome)
    assert [one["text"] for one in await sandbox.sim.messages(ada)] == ["/start"]


async def test_a_flood_wait_after_an_edit_holds_for_all(sandbox: RunningSandbox, ada: int) -> None:
    gate = Gate(Pace(per_second=None))
    someone = Courier(sandbox.token, gate, base_url=sandbox.url)
    await someone.start()
    first = await sent(someone, ada, Message("Words"))
    await sandbox.sim.faults({"method": "editMessageText", "status": 429, "retry_after": 60})
    flood = await someone.edit(ada, first, Message("Other"))
    await someone.stop()
    assert flood == TryAgain(Hurdle.FLOOD, after=60.0)
    assert gate._shut_for() > 59


async def test_a_picture_by_its_content_and_again_by_its_id(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    by_content = Attachment("well.png", png(30, 20), kind="photo")
    await sent(courier, ada, Message("<b>A well</b>", attachment=by_content))
    shown = (await sandbox.sim.messages(ada))[-1]
    size = shown["photo"][-1]
    assert (shown["caption"], size["width"], size["height"]) == ("A well", 30, 20)
    by_id = Attachment(file_id=size["file_id"], kind="photo")
    await sent(courier, ada, Message("Again", attachment=by_id))
    again = (await sandbox.sim.messages(ada))[-1]
    assert (again["caption"], again["photo"]) == ("Again", shown["photo"])


async def test_what_a_person_has_sent_is_sent_on_by_its_id(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    await sandbox.sim.upload(ada, b"Ten o'clock", "plan.txt")
    theirs = (await sandbox.sim.messages(ada))[-1]["document"]
    on = Attachment(file_id=theirs["file_id"])
    await sent(courier, ada, Message("", attachment=on))
    assert (await sandbox.sim.messages(ada))[-1]["document"] == theirs
    refused = Outcome(FAILED, "file-refused")
    as_photo = Attachment(file_id=theirs["file_id"], kind="photo")
    for wrong in (as_photo, Attachment(file_id="of-another-bot")):
        assert await courier.deliver(Letter(ada, Message("", attachment=wrong))) == refused


@ON_SQLITE
async def test_an_answer_carries_pictures_and_known_files_too(
    sandbox: RunningSandbox, store: Store, ada: int
) -> None:
    await sandbox.sim.upload(ada, b"Ten o'clock", "plan.txt")
    theirs = (await sandbox.sim.messages(ada))[-1]["document"]
    picture = Attachment("well.png", png(30, 20), kind="photo")
    known_file = Attachment(file_id=theirs["file_id"])
    # A turn that only speaks calls upon none of its services.
    turn = Turn(cast(Services, None), ada, "en", None, Conversation())
    turn.sayings += [Send(Message("", attachment=one)) for one in (picture, known_file)]
    session = AiohttpSession(api=TelegramAPIServer.from_base(sandbox.url))
    async with Bot(sandbox.token, session) as bot:
        await Answering(bot, store).send(turn, None, Progress(bot.id, 1))
    shown, known = (await sandbox.sim.messages(ada))[-2:]
    assert (shown["photo"][-1]["width"], known["document"]) == (30, theirs)


@ON_SQLITE
async def test_a_worker_changes_and_takes_back(
    sandbox: RunningSandbox, courier: Courier, store: Store, ada: int
) -> None:
    first, second = [await sent(courier, ada, Message(words)) for words in ("One", "Two")]
    (person,) = await people(store, 1, telegram_ids=(ada,))
    await queue(store, IntroductionAsked(1), person)

    mails: list[Mail] = [Correction(ada, first, Message("1")), Withdrawal(ada, second)]

    async def render(delivery: Delivery) -> Mail:
        return mails.pop(0)

    async def told() -> bool:
        return await state(store, person) == ("sent", None)

    async with at_work(store, sandbox.url, render=render):
        await eventually(told)
        assert (await sandbox.sim.messages(ada))[-2]["text"] == "1"
        async with store.transaction():
            await store.people.remove(person)
        (person,) = await people(store, 1, telegram_ids=(ada,))
        await queue(store, IntroductionAsked(2), person)
        await eventually(told)
    assert [one["text"] for one in await sandbox.sim.messages(ada)] == ["/start", "1"]


async def test_what_is_too_old_to_be_taken_back_reads_otherwise_instead(
    sandbox: RunningSandbox, courier: Courier, ada: int
) -> None:
    message = await sent(courier, ada, Message("One"))
    await sandbox.sim.advance(TWO_DAYS + 1)
    taken = await courier.deliver(Withdrawal(ada, message, Message("Withdrawn")))
    assert taken == Outcome(SENT, message_id=message)
    assert (await sandbox.sim.messages(ada))[-1]["text"] == "Withdrawn"
