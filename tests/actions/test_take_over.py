"""Several answers at once: all of them, added to what is stated, and twice the same."""

from contextlib import suppress
from datetime import UTC, datetime

from actions import people, profiles
from domain.organisations import Kind
from domain.profiles import Answer
from storage.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def clock() -> datetime:
    return NOW


async def test_taking_over_twice_is_taking_over_once(store: Store) -> None:
    person = await people.consent(store, clock, telegram_id=7, language="de")
    await profiles.answer(store, clock, person, Answer.SEEKS, frozenset({"sludge"}))
    person = await profiles.answer(
        store, clock, person, Answer.CONTACT, {"email": "a@example.org", "phone": None}
    )
    said = {
        Answer.ORGANISATION: "Stadtwerke Kassel",
        Answer.KIND: Kind.UTILITY,
        Answer.SEEKS: frozenset({"solar"}),
        Answer.CONTACT: {"email": None, "phone": "+49 561 7820"},
    }
    once = await profiles.take_over(store, clock, person, said)
    first = await profiles.profile_of(store, once)
    twice = await profiles.take_over(store, clock, once, said)
    assert await profiles.profile_of(store, twice) == first
    assert first.organisation is not None
    assert first.organisation.name == "Stadtwerke Kassel"
    assert first.organisation.seeks == {"sludge", "solar"}
    assert (first.person.email, first.person.phone) == ("a@example.org", "+49 561 7820")


async def test_nothing_is_kept_of_a_take_over_that_fails(store: Store) -> None:
    person = await people.consent(store, clock, telegram_id=8, language="uk")
    said = {Answer.ORGANISATION: "Львівводоканал", Answer.KIND: object()}
    with suppress(Exception):  # whatever the database says to a value that is none
        await profiles.take_over(store, clock, person, said)
    assert (await profiles.profile_of(store, person)).organisation is None
