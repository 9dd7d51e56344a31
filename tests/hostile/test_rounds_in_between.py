"""Questions of rounds in between: what waits beneath is put once more, and who runs an exchange no
longer begins nothing there."""

import asyncio

from delivery.presses_of_rounds import (
    AnswerPlan,
    EnterIntoRounds,
    PreviewPlan,
    PreviewRound,
    ShowRoundGuests,
    ShowRounds,
    StartRounds,
)
from domain.profiles import Answer
from tests.hostile.inputs import Said, Tapped
from tests.hostile.test_asides_end import LANGUAGE, beneath, stands, told
from tests.hostile.test_every_step import Front, front, runner
from tests.support.chat import says
from tests.support.exchanges import exchange, member
from tests.support.rounds import guest, started

__all__ = ["front", "runner"]

PLAN = {"size": "2", "every": "14", "first": "2026-03-30", "until": "2026-03-30"}


def test_a_pause_in_words_goes_back_to_what_waits(runner: asyncio.Runner, front: Front) -> None:
    async def ends() -> None:
        me = await front.settle(LANGUAGE)
        setting = await exchange(front.store, front.clock)
        await member(front.store, front.clock, setting.exchange, me.person)
        await started(front.store, front.clock, setting)
        await beneath(front, me, "rounds-pause", exchange=setting.exchange.id)
        first, last = await told(front, me, Said("31.12.2026"))
        assert says(LANGUAGE, "rounds-kept", first)
        assert says(LANGUAGE, "aside-left", last)
        assert says(LANGUAGE, "question-languages", last)
        assert (await stands(front, me)).step == Answer.LANGUAGES.value

    runner.run(ends())


def test_who_runs_it_no_longer_begins_and_sees_nothing(
    runner: asyncio.Runner, front: Front
) -> None:
    async def is_refused() -> None:
        me, setting = await front.settle(LANGUAGE), await exchange(front.store, front.clock)
        there = setting.exchange.id
        theirs = await guest(front.store, front.clock, setting, "Guest")
        await member(front.store, front.clock, setting.exchange, me.person)
        await beneath(front, me, "rounds-plan", exchange=there, answers=PLAN)
        for press in (StartRounds(), PreviewPlan()):
            said = await told(front, me, Tapped(press.pack()))
            assert says(LANGUAGE, "refusal-not-yours", said[0])
        assert await front.store.rounds.latest_in(there) is None
        made = await started(front.store, front.clock, setting)
        for forged in (
            ShowRounds(there), ShowRoundGuests(there), PreviewRound(there),
            EnterIntoRounds(made.id, theirs.id, 1),
        ):  # fmt: skip
            said = await told(front, me, Tapped(forged.pack()))
            assert says(LANGUAGE, "refusal-not-yours", said[0]), forged
        assert await front.store.rounds.parts(made.id) == {}

    runner.run(is_refused())


def test_a_plan_that_does_not_wait_is_stale(runner: asyncio.Runner, front: Front) -> None:
    async def is_stale() -> None:
        me = await front.settle(LANGUAGE)
        for press in (StartRounds(), PreviewPlan(), AnswerPlan("size", "2")):
            assert says(LANGUAGE, "stale", (await told(front, me, Tapped(press.pack())))[0])

    runner.run(is_stale())
