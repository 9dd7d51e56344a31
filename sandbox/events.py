"""What happens in a chat, told live to whoever watches (server-sent events)."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

PING_SECONDS = 15.0
REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Event:
    """`person_id` None means everyone."""

    id: int
    person_id: int | None
    kind: str
    data: Any

    def concerns(self, person_id: int) -> bool:
        return self.person_id in (None, person_id)

    def encoded(self) -> str:
        data = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return f"id: {self.id}\nevent: {self.kind}\ndata: {data}\n\n"


class Events:
    """Hands events to watchers; a watcher that comes back gets what it missed, while remembered."""

    def __init__(self) -> None:
        # Ids grow over restarts too, so that an old Last-Event-ID is never ahead of new events.
        self._last = int(time.time() * 1000)
        self._ended = False
        self._recent: deque[Event] = deque(maxlen=REMEMBERED)
        self._watchers: dict[asyncio.Queue[Event], int] = {}

    def publish(self, person_id: int | None, kind: str, data: Any) -> None:
        self._last += 1
        event = Event(self._last, person_id, kind, data)
        self._recent.append(event)
        for queue, watched in self._watchers.items():
            if event.concerns(watched):
                queue.put_nowait(event)

    def end(self) -> None:
        """No more events: every stream ends."""
        self._ended = True
        self.publish(None, "end", {})

    async def stream(self, person_id: int, after: int | None) -> AsyncIterator[str]:
        """One person's events from now on, and before them those after the id `after`."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._watchers[queue] = person_id
        try:
            yield "retry: 1000\n\n"
            for event in self._missed(person_id, after):
                yield event.encoded()
            while not self._ended:
                yield await _next_or_ping(queue)
        finally:
            del self._watchers[queue]

    def _missed(self, person_id: int, after: int | None) -> list[Event]:
        if after is None:
            return []
        return [event for event in self._recent if event.id > after and event.concerns(person_id)]


async def _next_or_ping(queue: asyncio.Queue[Event]) -> str:
    try:
        return (await asyncio.wait_for(queue.get(), PING_SECONDS)).encoded()
    except TimeoutError:
        return ": ping\n\n"
