"""A wrong input at every step gets one clear sentence in the person's language; the question goes
on waiting, what was answered stays, and the right answer then goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from domain.profiles import ESSENTIAL, FURTHER, Answer, Profile
from handlers.profile.steps import LONGEST_NAME
from locales import names
from locales.speech import speech, without_tags
from storage.store import Store
from tests.journeys.standing import (
    Listening,
    ask_further,
    following,
    newcomer,
    settled,
    skip,
    stand_at,
    turn_of,
)
from tests.journeys.walking import NEWCOMERS, agree, choose_understood, language_button
from tests.support.bot_process import RunningBot
from tests.support.chat import Chat, buttons, data_of, read, says
from tests.support.pictures import png

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEARD_IN = ("ar", "uk")
# Where one like it is here already, newcomers are asked first whether it is theirs.
UNLIKE_ANY_OTHER = {"ar": "بلدية الواحة الخضراء", "uk": "Міськсвітло Заріччя"}
LINES = (Answer.NAME, Answer.FUNCTION, Answer.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong input: how it is given, how many updates it makes, which sentence answers it."""

    give: Callable[[Chat], Awaitable[object]]
    key: Callable[[Answer], str]
    updates: int = 1


def words(text: str) -> Callable[[Chat], Awaitable[object]]:
    return lambda chat: chat.say(text)


def upload(name: str, mime: str, caption: str = "") -> Callable[[Chat], Awaitable[object]]:
    field = "photo" if mime == "image/png" else "document"
    content = png() if mime == "image/png" else b"OggS"
    return lambda chat: chat.sim.upload(
        chat.person, content, name, mime, field=field, caption=caption
    )


def not_understood(step: Answer, otherwise: str) -> str:
    """Names take any words; the other questions say what they did not understand."""
    return otherwise if step in LINES else f"misheard-{step.value}"


WRONG = {
    "photo": Wrong(upload("a.png", "image/png"), lambda _: "misheard-not-text"),
    "photo with words": Wrong(upload("a.png", "image/png", "Львів"), lambda _: "misheard-not-text"),
    "voice": Wrong(upload("a.ogg", "audio/ogg"), lambda _: "misheard-not-text"),
    "5,000 characters": Wrong(
        words("ъщжх " * 1000), lambda step: not_understood(step, "misheard-too-long"), updates=2
    ),
    "only emoji": Wrong(
        words("👍🏽🎉👩‍👩‍👧"), lambda step: not_understood(step, "misheard-no-words")
    ),
    "HTML": Wrong(
        words("<script>ъщжх()</script>"), lambda step: not_understood(step, "misheard-markup")
    ),
    "direction marks": Wrong(
        words("\u200f.\u2067\u200f.\u2069"), lambda step: not_understood(step, "misheard-no-words")
    ),
    "unknown command": Wrong(words("/ъщжх /unknown"), lambda _: "misheard-command"),
    "filler letters": Wrong(
        words("\u3164\u115f"), lambda step: not_understood(step, "misheard-no-words")
    ),
}


async def profile_of(store: Store, chat: Chat) -> Profile:
    person = await store.people.by_telegram(chat.person)
    assert person is not None
    # When somebody was last seen is no answer of theirs.
    return Profile(replace(person, seen_at=None), await store.organisations.of(person.id))


ONE_TAP = {
    Answer.KIND: "kind-municipality",
    Answer.SIZE: "size-medium",
    Answer.ACTIVE: "active-no",
    Answer.FULL_UNTIL: "full-not",
}


async def answer_rightly(chat: Chat, step: Answer) -> None:
    """As a person would, from the question that waits."""
    who = NEWCOMERS[chat.language]
    typed = {
        Answer.NAME: who.name,
        Answer.FUNCTION: who.function,
        Answer.CONTACT: who.email,
        Answer.ORGANISATION: UNLIKE_ANY_OTHER[chat.language],
    }
    spoken = {Answer.OFFERS: who.offers, Answer.SEEKS: who.seeks, Answer.REGIONS: who.regions}
    tapped = {
        Answer.SHARES: chat.words("detail-name"),
        Answer.SECTORS: chat.words("sector-waste"),
        Answer.LANGUAGES: language_button(chat, "en"),
        Answer.FORMS: chat.words("filter-form-climate"),
        Answer.SDGS: names.goal(chat.language, "6"),
        Answer.REGIONS_EXCLUDED: names.region(chat.language, "asia"),
    }
    if step in typed:
        await chat.say(typed[step])
    elif step in spoken:
        await choose_understood(chat, f"question-{step}", spoken[step])
    elif step in ONE_TAP:
        await chat.tap(ONE_TAP[step])
    elif step is Answer.PLACE:
        await chat.say(who.place)
        window = await chat.expect("please-confirm")
        await chat.tap_text(next(one for one in buttons(window) if who.place_button in one), window)
    else:
        await chat.tap_text(tapped[step])
        await chat.tap("button-done")


def sentence(chat: Chat, key: str) -> str:
    """The whole sentence as it is read; a length is the longest name's."""
    n = LONGEST_NAME if key == "misheard-too-long" else None
    return read(without_tags(speech(chat.language)(key, n)))


async def give_all_wrong(chat: Chat, step: Answer) -> None:
    listening = Listening(chat)
    await listening.all_heard()
    for what, wrong in WRONG.items():
        await wrong.give(chat)
        for said in await listening.hear(wrong.updates):
            seen = " ".join(read(said["text"]).split())
            assert sentence(chat, wrong.key(step)) in seen, (what, step, said)
            assert says(chat.language, f"question-{step}", said["text"]), (what, step)
        await listening.nothing_more()


@pytest.mark.parametrize("language", HEARD_IN)
async def test_every_wrong_input_at_every_question(
    bot: RunningBot, memory: Store, language: str
) -> None:
    async def one(step: Answer) -> None:
        chat = await stand_at(bot, memory, language, step)
        before = await profile_of(memory, chat)
        turn = await turn_of(memory, chat)
        await give_all_wrong(chat, step)
        assert await profile_of(memory, chat) == before
        assert await turn_of(memory, chat) == turn, "the question that waits has changed"
        await answer_rightly(chat, step)
        await chat.expect(following(step))
        after = await profile_of(memory, chat)
        assert after.answer(step) is not None
        assert after.person.name == NEWCOMERS[language].name

    await asyncio.gather(*map(one, Answer))


@pytest.mark.parametrize("language", HEARD_IN)
async def test_a_choice_in_hand_survives_every_wrong_input(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = await stand_at(bot, memory, language, Answer.SECTORS)
    await chat.tap("sector-health")
    chosen = f"✅ {chat.words('sector-health')}"
    await chat.until(lambda one: chosen in buttons(one))
    await give_all_wrong(chat, Answer.SECTORS)
    assert chosen in buttons((await chat.from_bot())[-1])


@pytest.mark.parametrize("language", HEARD_IN)
async def test_a_double_tap_at_every_question_moves_one_step(
    bot: RunningBot, memory: Store, language: str
) -> None:
    chat = await newcomer(bot, language)
    await agree(chat)
    question = (await chat.from_bot())[-1]["message_id"]
    for step in ESSENTIAL[1:]:
        answers = await asyncio.gather(skip(memory, chat), skip(memory, chat))
        await chat.expect(f"question-{step}")
        assert sorted(str(one["answer"]["text"]) for one in answers) == sorted(
            ["None", chat.words("stale-toast")]
        )
    await asyncio.gather(skip(memory, chat), skip(memory, chat))
    card = await chat.expect("profile-title", "profile-next-lacking")
    assert card["message_id"] == question, "the question became the card, and stays it"


async def test_a_double_tap_at_every_further_question_moves_one_step(
    bot: RunningBot, memory: Store
) -> None:
    chat = (await settled(bot, memory, "pt")).chat
    await ask_further(chat)
    for step in FURTHER[1:]:
        await asyncio.gather(skip(memory, chat), skip(memory, chat))
        await chat.expect(f"question-{step}")
    await asyncio.gather(skip(memory, chat), skip(memory, chat))
    await chat.expect("profile-title", "profile-next-partners")


async def test_a_double_tap_on_a_choice_does_not_take_it_back(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "fr", Answer.LANGUAGES)
    window = (await chat.from_bot())[-1]
    name = language_button(chat, "ar")
    await asyncio.gather(chat.tap_text(name, window), chat.tap_text(name, window))
    chosen = await chat.until(lambda one: f"✅ {name}" in buttons(one))
    await asyncio.gather(chat.tap_text(f"✅ {name}", chosen), chat.tap_text(f"✅ {name}", chosen))
    await chat.until(lambda one: name in buttons(one) and "✅" not in "".join(buttons(one)))


@pytest.mark.parametrize("language", HEARD_IN)
async def test_a_stale_button_says_so_and_the_question_stands_again(
    bot: RunningBot, memory: Store, language: str
) -> None:
    async def one(step: Answer) -> None:
        chat = await stand_at(bot, memory, language, step)
        listening = Listening(chat)
        await chat.say("/help")
        await chat.expect("help")
        await listening.all_heard()
        old = (await chat.from_bot())[-1]["message_id"]
        before = await turn_of(memory, chat)
        stale = f"s:{before - 1}"
        answered = await chat.sim.tap(chat.person, old, callback_data=stale)
        assert answered["answer"]["text"] == chat.words("stale-toast")
        (again,) = await listening.hear()
        assert says(language, f"question-{step}", again["text"])
        old_text = next(one for one in await chat.messages() if one["message_id"] == old)["text"]
        assert says(language, "stale", old_text)
        assert await turn_of(memory, chat) == before
        answered = await chat.sim.tap(chat.person, again["message_id"], callback_data=stale)
        assert answered["answer"]["text"] == chat.words("stale-toast")
        await listening.nothing_more()

    await asyncio.gather(*map(one, Answer))


async def test_done_without_a_choice_asks_to_choose(bot: RunningBot, memory: Store) -> None:
    chat = await stand_at(bot, memory, "de", Answer.SECTORS)
    window = (await chat.from_bot())[-1]
    done = f"d:{await turn_of(memory, chat)}"
    await chat.sim.tap(chat.person, window["message_id"], callback_data=done)
    await chat.expect("choose-first", "question-sectors")


async def test_a_name_with_direction_marks_is_kept_without_them(
    bot: RunningBot, memory: Store
) -> None:
    chat = await stand_at(bot, memory, "en", Answer.NAME)
    await chat.say("\u202eGrace\u2066  Mwila\u2069\u200f\u0007")
    await chat.expect("question-function")
    assert (await profile_of(memory, chat)).person.name == "Grace Mwila"


async def test_signs_of_html_in_free_text_reach_nobody(bot: RunningBot, memory: Store) -> None:
    chat = await stand_at(bot, memory, "pt", Answer.SEEKS)
    await chat.say("<b>água potável</b> & <a href='x'>lodo</a>")
    window = await chat.expect("question-seeks")
    assert "<" not in read(window["text"])


async def test_a_word_in_the_place_of_every_button_question_is_settled_by_a_button(
    bot: RunningBot, memory: Store
) -> None:
    """What was typed is never silently taken for an answer: somebody taps it."""

    async def one(step: Answer) -> None:
        chat = await stand_at(bot, memory, "de", step)
        before = await turn_of(memory, chat)
        await chat.say(SPOKEN[step])
        window = await chat.expect("please-confirm", f"question-{step}")
        assert data_of(window, "o:" if step in (*ONE_TAP, Answer.PLACE) else "r:")
        assert await turn_of(memory, chat) == before
        assert (await profile_of(memory, chat)).answer(step) is None

    await asyncio.gather(*map(one, SPOKEN))


SPOKEN = {
    Answer.SHARES: "Name",
    Answer.KIND: "Landkreis",
    Answer.SECTORS: "Abwasser",
    Answer.PLACE: "Dresden",
    Answer.OFFERS: "Klärschlamm",
    Answer.SEEKS: "Klärschlamm",
    Answer.LANGUAGES: "Englisch",
    Answer.REGIONS: "Ukraine",
    Answer.FORMS: "Klimapartnerschaft",
    Answer.SIZE: "85.000 Einwohner",
    Answer.ACTIVE: "ja, schon",
    Answer.SDGS: "SDG 6 und 13",
    Answer.REGIONS_EXCLUDED: "Asien",
    Answer.FULL_UNTIL: "6 Monate",
}
