"""Contact details at rest: encrypted by keys from outside, which can be changed."""

import asyncio
import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from actions import people, profiles
from domain.people import Person
from domain.profiles import Answer
from storage.rotation import rotate, sealed_columns, unopened
from storage.sealing import MARK, Seal, UnusableKey, new_key
from storage.store import Store
from tests.support.partners import SetClock
from tests.support.sandbox_server import ROOT
from tests.support.traces import found_in_files

EMAIL, PHONE = "kunigunde@einmalig.example", "+49 351 7654321"
OLD, NEW = new_key(), new_key()


async def stored(store: Store) -> list[tuple[str | None, str | None]]:
    async with store.reading.connect() as connection:
        rows = await connection.execute(text("SELECT email, phone FROM people ORDER BY id"))
        return [(row.email, row.phone) for row in rows]


async def somebody(store: Store, telegram_id: int = 7) -> Person:
    clock = SetClock()
    person = await people.consent(store, clock, telegram_id=telegram_id, language="de")
    contact = {"email": EMAIL, "phone": PHONE}
    return await profiles.answer(store, clock, person, Answer.CONTACT, contact)


async def reopened(url: str, *keys: str) -> Store:
    return Store(url, keys)


async def test_what_is_stored_cannot_be_read_without_the_key(database_url: str) -> None:
    store = await reopened(database_url, OLD)
    person = await somebody(store)
    found = await store.people.by_id(person.id)
    assert (found.email, found.phone) == (EMAIL, PHONE)
    assert all(one.startswith(MARK) for row in await stored(store) for one in row)
    await store.wipe()
    if store.backend == "sqlite":
        assert found_in_files(store, (EMAIL, PHONE)) == []
    await store.close()
    for keys in ((), (NEW,)):
        other = await reopened(database_url, *keys)
        found = await other.people.by_id(person.id)
        assert (found.email, found.phone) == (None, None)
        assert await unopened(other) == 2
        await other.close()


async def test_keys_are_rotated_and_what_was_plain_is_sealed(database_url: str) -> None:
    plain = await reopened(database_url)
    first = await somebody(plain)
    await plain.close()
    old = await reopened(database_url, OLD)
    second = await somebody(old, 8)
    assert (await old.people.by_id(first.id)).email == EMAIL, "read as it is"
    await old.close()
    both = await reopened(database_url, NEW, OLD)
    assert await rotate(both) == 4
    assert await rotate(both) == 0, "there is nothing left to do"
    await both.close()
    new = await reopened(database_url, NEW)
    for person in (first, second):
        found = await new.people.by_id(person.id)
        assert (found.email, found.phone) == (EMAIL, PHONE)
    assert await unopened(new) == 0
    if new.backend == "sqlite":
        assert found_in_files(new, (EMAIL, PHONE)) == []
    await new.close()


async def test_many_rows_are_rotated_in_turns_and_unknown_ones_left(store: Store) -> None:
    sealed = Seal([OLD]).close(EMAIL)
    async with store.transaction() as unit:
        connection = await unit.connection()
        for number in range(450):
            value = sealed if number == 3 else f"{number}@example.org"
            await connection.execute(
                text(
                    "INSERT INTO people (telegram_id, language, consented_at, email, reachable,"
                    " example) VALUES (:id, 'de', '2026-01-01 00:00:00', :email, true, false)"
                ).bindparams(id=number + 1, email=value)
            ) if store.backend == "sqlite" else await connection.execute(
                text(
                    "INSERT INTO people (telegram_id, language, consented_at, email, reachable,"
                    " example) VALUES (:id, 'de', now(), :email, true, false)"
                ).bindparams(id=number + 1, email=value)
            )
    store.use_keys([NEW])
    assert await rotate(store) == 449
    assert await unopened(store) == 1
    assert sealed in [email for email, _ in await stored(store)]


def test_only_contact_details_are_sealed_and_all_of_them() -> None:
    assert sorted(str(one) for one in sealed_columns()) == [
        "exchanges.contact_email",
        "exchanges.contact_phone",
        "memberships.email",
        "people.email",
        "people.phone",
    ]


def test_a_key_that_is_none_is_named_by_its_number() -> None:
    with pytest.raises(UnusableKey, match="key 2"):
        Seal([OLD, "hush"])


def bot(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "BOT_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_commands_make_and_rotate_keys(database_url: str) -> None:
    store = Store(database_url)
    await somebody(store)
    await store.close()
    made = (await asyncio.to_thread(bot, "make-key")).stdout.strip()
    assert Seal([made]).on
    here = {"DATABASE_URL": database_url, "CONTACT_KEYS": made}
    assert "2" in (await asyncio.to_thread(bot, "rotate-keys", **here)).stdout
    assert "0" in (await asyncio.to_thread(bot, "rotate-keys", **here)).stdout


def test_a_real_token_needs_a_key_or_a_plain_no() -> None:
    from bot.settings import Settings
    from bot.wiring import keys_of

    real = "12345:hush-hush"
    with pytest.raises(SystemExit, match="make-key"):
        keys_of(Settings(bot_token=real, contact_keys=""))
    with pytest.raises(SystemExit, match="key 1"):
        keys_of(Settings(bot_token=real, contact_keys="hush"))
    assert keys_of(Settings(bot_token=real, contact_keys="none")) == ()
    assert keys_of(Settings(bot_token=None, contact_keys=None)) == ()
    assert keys_of(Settings(bot_token=real, contact_keys=f"{NEW}, {OLD}")) == (NEW, OLD)
