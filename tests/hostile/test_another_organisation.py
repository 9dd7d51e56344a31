"""What was asked about one organisation is never stored of the next that somebody speaks for."""

import asyncio

import pytest

from actions import representing
from domain.profiles import Answer
from locales.speech import without_tags
from tests.hostile.inputs import Input, Said, Tapped
from tests.hostile.line import SAYING
from tests.hostile.test_every_step import Front, front, runner
from tests.support.chat import says

__all__ = ["front", "runner"]

SENTENCE = "Wir sind die Stadtwerke Musterstadt, bieten Solarenergie und suchen Klärschlamm"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ([Tapped("e:organisation")], Said("Another name")),
        ([Tapped("e:seeks"), Tapped("o:1:biogas", turned=True)], Tapped("d:1", turned=True)),
        ([Said(SENTENCE)], None),
    ],
    ids=["words", "buttons", "a sentence"],
)
def test_it_is_not_stored(
    runner: asyncio.Runner, front: Front, asked: list[Input], answered: Input | None
) -> None:
    async def changes_in_between() -> None:
        there, person = await front.settle("de"), await front.settle("de")
        number = person.person.telegram_id

        async def turn() -> int:
            return (await front.store.conversations.of(person.person.id)).turn

        said = []
        for one in asked:
            said = await front.hear(number, one, await turn(), "de")
        last = answered or Tapped(_button(said, "yt:"))
        assert person.organisation is not None
        await representing.leave(
            front.store, front.clock, by=person.person, organisation=person.organisation.id
        )
        code = await representing.invite(front.store, front.clock, by=there.person)
        await representing.redeem(front.store, front.clock, by=person.person, code=code)
        heard = await front.hear(number, last, await turn(), "de")
        texts = [without_tags(str(call.text)) for call in heard if isinstance(call, SAYING)]
        assert any(says("de", "organisation-changed-meanwhile", text) for text in texts), texts
        now = await front.profile_of(there.person.telegram_id)
        assert now is not None
        for which in (Answer.ORGANISATION, Answer.SEEKS, Answer.OFFERS):
            assert now.answer(which) == there.answer(which)
        assert (await front.store.conversations.of(person.person.id)).step is None

    runner.run(changes_in_between())


def _button(said: list, start: str) -> str:  # type: ignore[type-arg]
    """The callback data of the button to take everything over."""
    rows = next(call.reply_markup.inline_keyboard for call in said if isinstance(call, SAYING))
    found = [one.callback_data for row in rows for one in row]
    return next(one for one in found if one.startswith(start))
