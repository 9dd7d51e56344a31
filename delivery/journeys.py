"""Journeys: what has passed the gate and may not have arrived yet.

Telegram counts when requests arrive, and not when they set out. Two that set out a beat apart may
arrive together where the first was held up: by a commit, by a busy machine, by the line. So the
n-th sets out only once it is certain that the one so many places before it arrived a second ago.
"""

import math
from collections import deque
from collections.abc import Callable

SPAN = 1.003
"""Seconds within which so many may arrive; a little over Telegram's second, since clocks differ."""
GIVEN_UP = 2.0
"""Seconds after which one that was not answered is taken to have arrived: a line that hangs must
not hold up everybody else."""
_LOOK_AGAIN = 0.004
_FORGETTING = 1.002


class Journey:
    """A request on its way: set out at a moment, answered at another; both monotonic seconds."""

    __slots__ = ("_journeys", "answered_at", "set_out_at")

    def __init__(self, journeys: "Journeys", now: float) -> None:
        self._journeys = journeys
        self.set_out_at = now
        self.answered_at: float | None = None

    def answered(self) -> None:
        """The request was made, and an answer has come, or none will."""
        if self.answered_at is None:
            self.answered_at = self._journeys.monotonic()
            self._journeys.took(self.answered_at - self.set_out_at)

    def dropped(self) -> None:
        """No request was made, or nobody counts it."""
        if self.answered_at is None:
            self.answered_at = self.set_out_at


class Journeys:
    """The last `most` journeys and older ones that are still on their way; and how long the next
    one has to wait for them."""

    def __init__(self, most: int, monotonic: Callable[[], float]) -> None:
        self.monotonic = monotonic
        self._most = most
        self._recent: deque[Journey] = deque()
        self._before: list[Journey] = []
        self._arrived_by = -math.inf
        self._quickest = math.inf

    def begin(self) -> Journey:
        """One more sets out."""
        journey = Journey(self, self.monotonic())
        self._recent.append(journey)
        if len(self._recent) > self._most:
            self._before.append(self._recent.popleft())
        return journey

    def took(self, seconds: float) -> None:
        """An answer came after so long. What it took more than the quickest, the request may have
        been on its way; the quickest is slowly forgotten, since lines change."""
        self._quickest = min(self._quickest * _FORGETTING, seconds)

    def wait(self) -> float:
        """Seconds until one more may set out; it is worth asking again then."""
        now = self.monotonic()
        due = [*self._before, *([self._recent[0]] if len(self._recent) == self._most else [])]
        if any(self._on_its_way(one, now) for one in due):
            return _LOOK_AGAIN
        self._arrived_by = max((self._arrived_by, *(self._by(one) for one in due)))
        self._before.clear()
        return max(0.0, self._arrived_by + SPAN - now)

    @staticmethod
    def _on_its_way(journey: Journey, now: float) -> bool:
        return journey.answered_at is None and now - journey.set_out_at < GIVEN_UP

    def _by(self, journey: Journey) -> float:
        """When a journey had arrived at the latest, counted from when the quickest would have."""
        if journey.answered_at is None:
            return journey.set_out_at + GIVEN_UP
        return max(journey.set_out_at, journey.answered_at - self._quickest)
