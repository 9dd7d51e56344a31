"""Whatever people are called, a letter stays a letter: valid HTML, and no markup but our own."""

from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actions import introductions
from delivery.message import Letter
from delivery.render import Renderer
from domain.languages import LANGUAGES
from domain.notices import ColleagueJoined, IntroductionAccepted, Notice
from domain.outbox import Delivery
from domain.people import Person
from sandbox.entities import format_text
from storage.store import Store
from tests.hostile.inputs import NASTY
from tests.support.judged import faults_in
from tests.support.organisations import Clock, organisation_of, visible
from tests.support.profiles import NOON

PLAIN = "Stadtwerke"
NUMBERS = count(1)
TAGS = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
     "expandable_blockquote", "text_link", "text_mention", "custom_emoji")
)  # fmt: skip
MARKUP = st.lists(
    st.sampled_from(("<b>", "</b>", "<", ">", "&", "&amp;", '"', "<a href='x'>", "</i>", "x", " ")),
    min_size=1,
    max_size=12,
).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)
NAMES = MARKUP | ANYTHING | st.sampled_from([one[:80] for one in NASTY if one.strip("\0 \n\t")])
SPOKEN = st.sampled_from(LANGUAGES)


async def letter_to(store: Store, notice: Notice, person: Person) -> Letter:
    letter = await Renderer(store, Clock()).letter(Delivery(1, notice, person.id, 0))
    assert isinstance(letter, Letter)
    return letter


async def call(store: Store, name: str, *several: tuple[Person, int]) -> None:
    """Let people and organisations have this name, as it may lie in a database."""
    async with store.transaction():
        for person, organisation in several:
            await store.people.change(person.id, name=name, function=name)
            await store.organisations.change(organisation, name=name)


def markup_in(letter: Letter) -> list[str]:
    """Which kinds of markup Telegram reads out of it, in order; not what it finds by itself, such
    as addresses."""
    found = format_text(str(letter.message.html), "HTML").entities
    return [entity["type"] for entity in found if entity["type"] in TAGS]


# What fails is not made smaller: each try writes to a database.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
@given(names=st.lists(NAMES, min_size=4, max_size=4), language=SPOKEN)
async def test_no_name_breaks_a_letter(store: Store, names: list[str], language: str) -> None:
    here, there, colleague = [await visible(store, next(NUMBERS)) for _ in range(3)]
    own, other = await organisation_of(store, here), await organisation_of(store, there)
    made = await introductions.ask(store, Clock(), by=here, organisation=other.id)
    await introductions.accept(store, Clock(), by=there, introduction=made.id)
    async with store.transaction():
        await store.people.change(here.id, language=language)
        await store.people.represent(colleague.id, own.id, since=NOON)
    notices: list[Notice] = [IntroductionAccepted(made.id), ColleagueJoined(own.id, colleague.id)]
    for notice in notices:
        await call(store, PLAIN, (there, other.id), (colleague, own.id))
        expected = markup_in(await letter_to(store, notice, here))
        for name in names:
            await call(store, name, (there, other.id), (colleague, own.id))
            letter = await letter_to(store, notice, here)
            assert faults_in(letter.message) == []
            assert markup_in(letter) == expected, name
