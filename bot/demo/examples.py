"""Settles the examples: their people on the chat page, their organisations in the database.

Goes through the same actions as a person would, so that an example is never more than a profile
that somebody could have entered. Safe to repeat: what is there stays as it is.
"""

import tomllib
from pathlib import Path
from typing import Any

import httpx
import structlog

from actions import erasure, people, profiles
from actions.understanding import Understanding
from bot.demo.exchanges import close_exchanges, settle_exchanges
from domain.clock import Clock
from domain.organisations import Kind, Sector
from domain.people import Detail, Person
from domain.profiles import Answer
from storage.store import Store

log = structlog.get_logger()

SOURCE = Path(__file__).with_name("organisations.toml")

# Whoever tries the bot speaks for both: the first is nobody yet, the second runs the exchanges.
YOURSELF = {"first_name": "Sie selbst", "username": "yourself", "language_code": "de"}
COORDINATOR = {
    "first_name": "Koordination (Beispiel)",
    "username": "example_coordinator",
    "language_code": "de",
}
# The page opens with the first four: yourself, Dresden, Lviv, and the coordinator.
SEEN_FIRST = 2


async def settle_examples(
    store: Store, clock: Clock, understanding: Understanding, sandbox_url: str
) -> None:
    """Put every example in its place. The sandbox must answer at `sandbox_url`."""
    entries: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))[
        "organisation"
    ]
    async with httpx.AsyncClient(base_url=sandbox_url, timeout=10, trust_env=False) as page:
        await _forget_those_gone(store, clock, page)
        await _on_the_page(page, YOURSELF)
        ids: dict[str, int] = {}
        coordinator = 0
        for number, entry in enumerate(entries):
            if number == SEEN_FIRST:
                coordinator = await _on_the_page(page, COORDINATOR)
            telegram_id = await _on_the_page(page, _as_on_the_page(entry["person"]))
            ids[entry["person"]["username"]] = telegram_id
            if await _settle(store, clock, understanding, entry, telegram_id):
                await _start(page, telegram_id)
        if await settle_exchanges(store, clock, coordinator, ids):
            await _start(page, coordinator)
    log.info("examples-settled", organisations=len(entries))


async def _start(page: httpx.AsyncClient, telegram_id: int) -> None:
    """A bot cannot speak first: who has never said anything could not be asked."""
    (await page.post(f"/sim/people/{telegram_id}/start", json={})).raise_for_status()


async def _forget_those_gone(store: Store, clock: Clock, page: httpx.AsyncClient) -> None:
    """After the page was emptied its people are nobody's: new ones will speak for the examples."""
    there = {person["id"] for person in (await page.get("/sim/people")).json()}
    for person in await store.people.examples():
        if person.telegram_id not in there:
            await close_exchanges(store, clock, person)
            await erasure.erase(store, clock, person)


def _as_on_the_page(about: dict[str, str]) -> dict[str, str]:
    return {
        "first_name": about["first_name"],
        "username": about["username"],
        "language_code": about["language"],
    }


async def _on_the_page(page: httpx.AsyncClient, person: dict[str, str]) -> int:
    answer = await page.post("/sim/people", json=person)
    answer.raise_for_status()
    return int(answer.json()["id"])


async def _settle(
    store: Store,
    clock: Clock,
    understanding: Understanding,
    entry: dict[str, Any],
    telegram_id: int,
) -> bool:
    """Whether it was not there before."""
    if await store.people.by_telegram(telegram_id) is not None:
        return False
    about = entry["person"]
    place = (await understanding.places(entry["place"], "en")).guesses[0].place
    answers: dict[Answer, Any] = {
        Answer.NAME: about["first_name"],
        Answer.FUNCTION: about["function"],
        Answer.CONTACT: {"email": about["email"]},
        Answer.SHARES: frozenset({Detail.NAME, Detail.FUNCTION, Detail.EMAIL}),
        Answer.ORGANISATION: entry["name"],
        Answer.KIND: Kind(entry["kind"]),
        Answer.SECTORS: frozenset(map(Sector, entry["sectors"])),
        Answer.PLACE: place,
        Answer.OFFERS: frozenset(entry["offers"]),
        Answer.SEEKS: frozenset(entry["seeks"]),
        Answer.LANGUAGES: frozenset(entry["languages"]),
        Answer.REGIONS: frozenset(entry["regions"]),
    }
    async with store.transaction():
        person = await people.consent(
            store, clock, telegram_id=telegram_id, language=about["language"], example=True
        )
        await _answer_all(store, clock, person, answers)
    return True


async def _answer_all(
    store: Store, clock: Clock, person: Person, answers: dict[Answer, Any]
) -> None:
    for which, value in answers.items():
        await profiles.answer(store, clock, person, which, value)
    await profiles.publish(store, clock, person)
