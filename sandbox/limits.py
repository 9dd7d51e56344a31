"""Telegram's limits on sending, adjustable. They follow real time.

Telegram: about 30 messages a second in all, about one a second to a chat (short bursts pass), 20 a
minute to a group (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sandbox.refusals import ControlError, Refusal, too_many_requests

REMEMBERED_CHATS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates, and other waits that may be shortened. Zero or None switches a limit off.

    per_second: sends and edits in any sliding second, over all chats.
    penalty: seconds for which everything is answered 429 after that.
    chat_burst, chat_refill: a private chat's bucket of sends, and how many come back each second.
    group_per_minute: sends to one group in any sliding minute.
    callback_seconds: how long a tap can be answered.
    webhook_pause, webhook_pause_most: seconds before a failed delivery is tried again; they double.
    """

    per_second: int | None = 30
    penalty: float = 3.0
    chat_burst: int | None = 20
    chat_refill: float = 1.0
    group_per_minute: int | None = 20
    callback_seconds: float = 60.0
    webhook_pause: float = 0.2
    webhook_pause_most: float = 10.0

    def changed(self, values: dict[str, Any]) -> "Limits":
        """With these fields set anew. Raises ControlError where one is unknown or no number."""
        known = {field.name for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ControlError(400, f"There is no limit {name!r}; there are {sorted(known)}.")
            number = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
            if value is not None and not number:
                raise ControlError(400, f"{name} must be a number of at least 0, or null.")
        return replace(self, **{name: value or 0 for name, value in values.items()})

    def public(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled: float


class Gate:
    """Admits a send or an edit, or refuses it with 429 and how long to wait."""

    def __init__(self, limits: Limits, now: Callable[[], float] = time.monotonic):
        self.limits = limits
        self._now = now
        self._recent: deque[float] = deque()
        self._shut_until = 0.0
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def set(self, limits: Limits) -> None:
        """New limits; what has been counted so far is forgotten."""
        self.limits = limits
        self._recent.clear()
        self._shut_until = 0.0
        self._buckets.clear()
        self._groups.clear()

    def admit_send(self, chat_id: int) -> None:
        """Raises Refusal (429) where this send is one too many, overall or for its chat."""
        self.admit_edit()
        if chat_id < 0:
            self._admit_to_group(chat_id)
        else:
            self._admit_to_chat(chat_id)

    def admit_edit(self) -> None:
        """Edits count overall only. Raises Refusal (429)."""
        if not self.limits.per_second:
            return
        now = self._now()
        if now < self._shut_until:
            raise _wait(self._shut_until - now)
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= self.limits.per_second:
            self._shut_until = now + self.limits.penalty
            raise _wait(self.limits.penalty)
        self._recent.append(now)

    def _admit_to_chat(self, chat_id: int) -> None:
        most, refill = self.limits.chat_burst, self.limits.chat_refill
        if not most:
            return
        now = self._now()
        bucket = self._buckets.get(chat_id) or _Bucket(most, now)
        bucket.tokens = min(most, bucket.tokens + (now - bucket.filled) * refill)
        bucket.filled = now
        self._buckets[chat_id] = bucket
        self._buckets.move_to_end(chat_id)
        if len(self._buckets) > REMEMBERED_CHATS:
            self._buckets.popitem(last=False)
        if bucket.tokens < 1:
            raise _wait((1 - bucket.tokens) / refill if refill else self.limits.penalty)
        bucket.tokens -= 1

    def _admit_to_group(self, chat_id: int) -> None:
        if not self.limits.group_per_minute:
            return
        now = self._now()
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - 60:
            sent.popleft()
        if len(sent) >= self.limits.group_per_minute:
            raise _wait(sent[0] + 60 - now)
        sent.append(now)


def _wait(seconds: float) -> Refusal:
    return too_many_requests(max(1, math.ceil(seconds)))
