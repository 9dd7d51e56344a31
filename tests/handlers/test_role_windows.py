"""Every window and notice about roles, in every language, with long names and with none."""

from dataclasses import replace

import pytest
from aiogram import Bot
from aiogram.types import User

from actions import roles as verbs
from delivery.letters.roles import about_role
from delivery.message import Message, Nothing
from delivery.presses_of_roles import (
    Appoint,
    AskRemoval,
    Invite,
    Remove,
    ShowHolder,
    ShowHolders,
)
from delivery.presses_of_sentence import AskSentence
from domain.conversations import Conversation
from domain.languages import LANGUAGES
from domain.notices import RoleGiven, RoleRedeemed, RoleTaken
from domain.people import Person
from domain.roles import Role
from domain.rules.permissions import APPOINTING, REMOVING
from handlers import roles, start
from handlers.turn import Edit, Send, Services, Turn
from locales.speech import without_tags
from storage.store import Store
from tests.support.chat import says
from tests.support.judged import faults_in
from tests.support.partners import LVIV, SetClock, side
from tests.support.profiles import LONGEST
from tests.support.roles import grant, holding

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
A, C = Role.ADMINISTRATOR, Role.COORDINATOR


class OfflineBot(Bot):
    """A bot that knows its own name."""

    async def me(self) -> User:
        return User(id=4242, is_bot=True, first_name="Partnerlotse", username="partnerlotse_bot")


def turn_of(services: Services, person: Person, language: str) -> Turn:
    turn = Turn(services, person.telegram_id, language, person, Conversation())
    turn.message_id = 1
    return turn


def said(turn: Turn, *keys: str) -> None:
    messages = [one.message for one in turn.sayings if isinstance(one, (Send, Edit))]
    assert [faults_in(one) for one in messages] == [[]] * len(keys)
    for key, one in zip(keys, messages, strict=True):
        assert not key or says(turn.language, key, without_tags(str(one.html))), key


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_window_in_every_language(
    store: Store, services: Services, language: str
) -> None:
    clock = SetClock()
    services = replace(services, store=store, clock=clock)
    me = await holding(store, clock, A)
    one = (await side(store, clock, LONGEST, LVIV)).person
    async with store.transaction():
        await store.people.change(one.id, name=LONGEST)
    await grant(store, clock, one, C)
    for _ in range(roles.PER_PAGE):
        await holding(store, clock, C)
    bot = OfflineBot("4242:sandbox")
    for press, handler, keys in (
        (Invite("coordinator"), roles.invite, ("", "invitation-coordinator")),
        (Invite("administrator"), roles.invite, ("", "invitation-administrator")),
        (ShowHolders(0), roles.show_page, ("holders-title",)),
        (ShowHolders(1), roles.show_page, ("holders-title",)),
        (ShowHolder(one.id), roles.show_one, ("holder-line",)),
        (ShowHolder(me.id), roles.show_one, ("holder-line",)),
        (Appoint(one.id, "administrator"), roles.appoint, ("holder-line",)),
        (AskRemoval(one.id, "administrator"), roles.ask_removal, ("removal-question",)),
        (AskRemoval(me.id, "administrator"), roles.ask_removal, ("laying-down-question",)),
        (AskRemoval(me.id, "coordinator"), roles.ask_removal, ("refusal-no-holder",)),
        (Remove(one.id, "coordinator"), roles.remove, ("removal-done",)),
        (Remove(me.id, "administrator"), roles.remove, ("laying-down-done",)),
    ):  # fmt: skip
        turn = turn_of(services, me, language)
        await (handler(None, turn, press, bot) if handler is roles.invite
               else handler(None, turn, press))  # fmt: skip
        said(turn, *keys)
    turn = turn_of(services, one, language)
    await roles.withdraw(None, turn)
    said(turn, "invitations-withdrawn")
    turn = turn_of(services, one, language)
    await start.explain(None, turn)
    said(turn, "help")
    (shown,) = [each.message for each in turn.sayings if isinstance(each, Send)]
    assert shown.keyboard[0][0].data == AskSentence().pack(), "one sentence is enough to begin"
    turn = turn_of(services, me, language)
    for code, key in (("x", "redeem-wrong"), (await code_for(store, clock), "redeem-done"),
                      (await code_for(store, clock), "redeem-held")):  # fmt: skip
        turn = turn_of(services, me, language)
        await roles.redeem(turn, code)
        said(turn, key)


async def code_for(store: Store, clock: SetClock) -> str:
    return (await verbs.code_for_administrator(store, clock)).code


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_notice_in_every_language(store: Store, language: str) -> None:
    clock = SetClock()
    reader = await holding(store, clock, A, C, language=language)
    gone = await holding(store, clock, language=language)
    async with store.transaction():
        await store.people.change(reader.id, name=LONGEST)
        entries = {
            verb: await store.roles.record(verb, "x:1", by=reader.id, at=clock())
            for verb in (APPOINTING[C], REMOVING[C], "redeem-coordinator")
        }
    given, taken, redeemed = entries.values()
    for person, notice in (
        (reader, RoleGiven(given)),
        (gone, RoleTaken(taken)),
        (reader, RoleRedeemed(redeemed)),
    ):
        letter = await about_role(store, person, notice)
        assert isinstance(letter, Message)
        assert faults_in(letter) == []
        assert says(language, notice.kind, without_tags(str(letter.html)))
    # What is no longer so is not told, nor is it told to those whom it does not concern.
    for person, notice in (
        (gone, RoleGiven(given)),
        (reader, RoleTaken(taken)),
        (gone, RoleRedeemed(redeemed)),
        (reader, RoleGiven(987_654)),
    ):
        assert isinstance(await about_role(store, person, notice), Nothing)
