"""Which doors about replies, contributions and groups stand in whose window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from delivery.buttons import unpack
from delivery.presses_of_contributions import Bring, ShowBrought
from delivery.presses_of_exchanges import ReplyTo
from delivery.presses_of_groups import ShowGroup
from delivery.presses_of_replies import AskSeeing, WhoComes
from domain.conversations import Conversation
from domain.exchanges import Entry, Exchange, Membership, MembershipState
from domain.sessions import Form, Session
from handlers import contributions, groups, replies, who_comes
from handlers.doors import Standing
from tests.handlers.conftest import MakeTurn
from tests.support.exchanges import CONTACT
from tests.support.profiles import typical

NOW = datetime.now(UTC)
EXCHANGE = Exchange(5, Entry.OPEN, {"de": "Austausch"}, CONTACT, "UTC", NOW)
MEMBER = Membership(1, 5, MembershipState.MEMBER, NOW, person=1)
SESSION = Session(
    7, 5, "uid", 0, NOW + timedelta(days=1), NOW + timedelta(days=2), "UTC", Form.ONLINE, {},
    announced_at=NOW,
)  # fmt: skip
OF_EXCHANGE = (replies.who_sees_me, groups.group)
REPLIES = [ReplyTo(7, "yes"), ReplyTo(7, "maybe"), ReplyTo(7, "no")]
OF_SESSION = (replies.reply_here, who_comes.who_comes, contributions.bring, contributions.brought)


@pytest.mark.parametrize(
    ("membership", "runs", "expected"),
    [
        (None, False, []),
        (replace(MEMBER, state=MembershipState.ASKED), False, []),
        (MEMBER, False, [AskSeeing(5)]),
        (None, True, [ShowGroup(5)]),
        (MEMBER, True, [AskSeeing(5), ShowGroup(5)]),
    ],
)
async def test_doors_of_an_exchange(turn_of: MakeTurn, membership, runs, expected) -> None:  # type: ignore[no-untyped-def]
    turn = turn_of(typical("de"), Conversation())
    standing = Standing(EXCHANGE, membership, runs)
    buttons = [one for door in OF_EXCHANGE for one in await door(turn, standing)]
    assert [unpack(str(one.data)) for one in buttons] == expected


@pytest.mark.parametrize(
    ("membership", "runs", "session", "expected"),
    [
        (None, False, SESSION, []),
        (MEMBER, False, SESSION, [*REPLIES, WhoComes(7, 0), Bring(7), ShowBrought(7, 0)]),
        (None, True, SESSION, [WhoComes(7, 0), ShowBrought(7, 0)]),
        (MEMBER, False, replace(SESSION, announced_at=None), []),
        (MEMBER, True, replace(SESSION, announced_at=None), [WhoComes(7, 0), ShowBrought(7, 0)]),
        (MEMBER, False, replace(SESSION, cancelled_at=NOW), [WhoComes(7, 0), ShowBrought(7, 0)]),
        (MEMBER, False, replace(SESSION, ends_at=NOW), [WhoComes(7, 0), ShowBrought(7, 0)]),
    ],
)
async def test_doors_of_a_session(turn_of: MakeTurn, membership, runs, session, expected) -> None:  # type: ignore[no-untyped-def]
    turn = turn_of(typical("de"), Conversation())
    standing = Standing(EXCHANGE, membership, runs)
    buttons = [one for door in OF_SESSION for one in await door(turn, standing, session)]
    assert [unpack(str(one.data)) for one in buttons] == expected
