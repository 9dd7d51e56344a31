"""The gate of several processes on one token: pace, journeys and flood wait, kept in Redis."""

import asyncio
import math
import time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog

from delivery.gate import Gate, Monotonic, Pace, Sleep
from delivery.journeys import GIVEN_UP, LOOK_AGAIN, SPAN, Journey
from domain.notices import Priority

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger()

# The next turn is booked, one ahead for each process: {1, µs until it}. It is GCRA with a burst of
# one, and comes when all but so many have surely arrived a second earlier (delivery/journeys.py).
# Where that is not known yet, or while a flood wait lasts, nothing is booked: {0, µs until it is
# worth asking again}. The clock is Redis's own. A journey's score is when it has arrived at the
# latest; that of one on its way lies ahead.
_BOOK = """
local turn_key, shut_key, journeys = KEYS[1], KEYS[2], KEYS[3]
local beat, most, span = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local given_up, look_again, place = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local shut = tonumber(redis.call('GET', shut_key) or 0)
if shut > now then return {0, shut - now} end
local turn = math.max(tonumber(redis.call('GET', turn_key) or 0), now)
redis.call('ZREMRANGEBYSCORE', journeys, '-inf', string.format('%d', turn - span))
local over = redis.call('ZCARD', journeys) - most
if over >= 0 then
  local arrived_by = tonumber(redis.call('ZRANGE', journeys, over, over, 'WITHSCORES')[2])
  if arrived_by > now then return {0, look_again} end
  turn = arrived_by + span
end
redis.call('SET', turn_key, string.format('%d', turn + beat), 'PX', math.ceil(beat / 1000) + 60000)
redis.call('ZADD', journeys, string.format('%d', turn + given_up), place)
redis.call('PEXPIRE', journeys, 60000)
return {1, turn - now}
"""

# A request was answered just now. One that was given up stays so.
_ANSWERED = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
return redis.call('ZADD', KEYS[1], 'XX', 'LT', string.format('%d', now), ARGV[1])
"""

_DROPPED = "return redis.call('ZREM', KEYS[1], ARGV[1])"

# The longest of several flood waits holds.
_SHUT = """
local clock = redis.call('TIME')
local ends = clock[1] * 1000000 + clock[2] + tonumber(ARGV[1])
if ends > tonumber(redis.call('GET', KEYS[1]) or 0) then
  redis.call('SET', KEYS[1], string.format('%d', ends), 'PX', math.ceil(ARGV[1] / 1000) + 1000)
end
return 1
"""

_MICROSECONDS = 1_000_000
_NO_LIMIT = 1_000_000
_ALONE_FOR = 5.0
"""Seconds for which a Redis that did not answer is not asked again."""


class GateUnreachableError(RuntimeError):
    """Redis, which keeps the shared gate, does not answer; the message says what to do."""


class SharedGate(Gate):
    """A gate whose pace, journeys and flood wait are shared by all who name the same `key` in one
    Redis.

    Which chat may have how much, and who is most urgent, each process minds by itself. Without
    Redis it does not start; when Redis goes away later, it paces by itself until Redis is back.
    """

    def __init__(
        self,
        url: str,
        key: str,
        pace: Pace | None = None,
        *,
        answer_within: float = 1.0,
        monotonic: Monotonic = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`key` names the bot, never its token; `answer_within` is in seconds."""
        super().__init__(pace, monotonic=monotonic, sleep=sleep)
        self._url = url
        # The braces keep all keys on one node of a cluster.
        self._turn_key, self._shut_key, self._journeys_key = (
            f"{{{key}}}:{name}" for name in ("turn", "shut", "journeys")
        )
        self._process = uuid4().hex
        self._booked = count()
        self._place: str | None = None
        self._answer_within = answer_within
        self._redis: Redis | None = None
        self._alone_until = 0.0
        self._telling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Reach Redis; raises GateUnreachableError where it does not answer."""
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff
        from redis.exceptions import RedisError

        self._redis = Redis.from_url(
            self._url,
            # Once more at once: a connection that idled may have been closed by the other end.
            retry=Retry(NoBackoff(), 1),
            socket_timeout=self._answer_within,
            socket_connect_timeout=self._answer_within,
        )
        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            await self._redis.aclose()
            raise GateUnreachableError(
                "REDIS_URL names a Redis that does not answer, and without it several processes "
                "would exceed Telegram's limits together. Start Redis, or run one process "
                f"without REDIS_URL. ({type(error).__name__})"
            ) from None

    async def stop(self) -> None:
        """Let nobody pass any more, and leave Redis."""
        await super().stop()
        self._give_back_place()
        if self._telling:
            await asyncio.wait(self._telling)
        if self._redis is not None:
            await self._redis.aclose()

    def flooded(self, retry_after: float) -> None:
        """Telegram has asked to wait so many seconds: nobody passes until then, here or there."""
        super().flooded(retry_after)
        self._tell(_SHUT, self._shut_key, _micro(max(0.0, retry_after)))

    def _passes_at_once(self, chat_id: int, priority: object) -> bool:
        return False

    async def _turn(self, priority: Priority) -> float:
        """Book the next turn in Redis and wait for it; by itself where Redis does not answer."""
        self._give_back_place()
        place = f"{self._process}:{next(self._booked)}"
        keys = (self._turn_key, self._shut_key, self._journeys_key)
        answer = await self._ask(_BOOK, keys, *self._terms(), place)
        if answer is None:
            return await super()._turn(priority)
        booked, wait = answer[0], answer[1] / _MICROSECONDS
        if not booked:
            return float(wait)
        self._place = place
        if wait > 0:
            await self._sleep(wait)
        self._count_beat(self._monotonic())
        return 0.0

    def _terms(self) -> tuple[int, ...]:
        """Beat, how many within which span, when one is given up, when to look again; in µs."""
        most = math.ceil(self.pace.per_second) if self.pace.per_second else _NO_LIMIT
        return (_micro(self.pace.beat), most, *map(_micro, (SPAN, GIVEN_UP, LOOK_AGAIN)))

    def _set_out(self) -> Journey:
        place, self._place = self._place, None
        return self._journeys.begin(None if place is None else partial(self._ended, place))

    def _ended(self, place: str, made: bool) -> None:
        """Tell the others that a request was answered, or that its place is free."""
        self._tell(_ANSWERED if made else _DROPPED, self._journeys_key, place)

    def _give_back_place(self) -> None:
        """Where a turn was booked and nobody was there to take it."""
        place, self._place = self._place, None
        if place is not None:
            self._ended(place, made=False)

    def _tell(self, script: str, key: str, *values: int | str) -> None:
        """Tell Redis without waiting for it."""
        telling = asyncio.create_task(self._ask(script, (key,), *values))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _ask(self, script: str, keys: tuple[str, ...], *values: int | str) -> Any:
        """What Redis answers; None when it does not, and then it is left alone for a while."""
        from redis.exceptions import RedisError

        if self._redis is None or self._monotonic() < self._alone_until:
            return None
        try:
            return await self._redis.eval(script, len(keys), *keys, *values)
        except (RedisError, OSError) as error:
            self._alone_until = self._monotonic() + _ALONE_FOR
            log.warning("shared-gate-alone", error=type(error).__name__, seconds=_ALONE_FOR)
            return None


def _micro(seconds: float) -> int:
    return round(seconds * _MICROSECONDS)
