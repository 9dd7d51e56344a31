"""The gate of several processes on one token: one pace and one flood wait, kept in Redis."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

import structlog

from delivery.gate import Gate, Monotonic, Pace, Sleep

if TYPE_CHECKING:
    from redis.asyncio import Redis

log = structlog.get_logger()

# The next beat is booked, one ahead for each process: {1, µs until it}. While a flood wait lasts
# nothing is booked: {0, µs until its end}. It is GCRA with a burst of one, and Redis's own clock.
_BOOK = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local shut = tonumber(redis.call('GET', KEYS[2]) or 0)
if shut > now then return {0, shut - now} end
local beat = tonumber(ARGV[1])
local turn = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
redis.call('SET', KEYS[1], string.format('%d', turn + beat), 'PX', math.ceil(beat / 1000) + 60000)
return {1, turn - now}
"""

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
_APART = 1.05
"""How much longer a beat is where several processes take turns: none sees how the others' requests
fare on their way (delivery/journeys.py), so that there is room for those that bunch."""
_ALONE_FOR = 5.0
"""Seconds for which a Redis that did not answer is not asked again."""


class GateUnreachableError(RuntimeError):
    """Redis, which keeps the shared gate, does not answer; the message says what to do."""


class SharedGate(Gate):
    """A gate whose pace and flood wait are shared by all who name the same `key` in one Redis.

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
        # The braces keep both keys on one node of a cluster.
        self._keys = (f"{{{key}}}:turn", f"{{{key}}}:shut")
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
        if self._telling:
            await asyncio.wait(self._telling)
        if self._redis is not None:
            await self._redis.aclose()

    def flooded(self, retry_after: float) -> None:
        """Telegram has asked to wait so many seconds: nobody passes until then, here or there."""
        super().flooded(retry_after)
        telling = asyncio.create_task(self._tell(retry_after))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    def _passes_at_once(self, chat_id: int, priority: object) -> bool:
        return False

    async def _turn(self) -> float:
        """Book the next beat in Redis and wait for it; by itself where Redis does not answer."""
        answer = await self._ask(_BOOK, self._keys, round(_APART * self.pace.beat * _MICROSECONDS))
        if answer is None:
            return await super()._turn()
        booked, wait = answer[0], answer[1] / _MICROSECONDS
        if not booked:
            return float(wait)
        if wait > 0:
            await self._sleep(wait)
        self._count_beat(self._monotonic())
        return 0.0

    async def _tell(self, retry_after: float) -> None:
        await self._ask(_SHUT, self._keys[1:], round(max(0.0, retry_after) * _MICROSECONDS))

    async def _ask(self, script: str, keys: tuple[str, ...], value: int) -> Any:
        """What Redis answers; None when it does not, and then it is left alone for a while."""
        from redis.exceptions import RedisError

        if self._redis is None or self._monotonic() < self._alone_until:
            return None
        try:
            return await self._redis.eval(script, len(keys), *keys, value)
        except (RedisError, OSError) as error:
            self._alone_until = self._monotonic() + _ALONE_FOR
            log.warning("shared-gate-alone", error=type(error).__name__, seconds=_ALONE_FOR)
            return None
