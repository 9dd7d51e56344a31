"""Journeys: what has passed the gate and may not have arrived yet.

Telegram counts when requests arrive, and not when they set out. Two that set out a beat apart may
arrive together where the first was held up: by a commit, by a busy machine, by the line. So one
more sets out only while fewer than so many may arrive within the second before it, or have.
"""

import math
from collections.abc import Callable

SPAN = 1.003
"""Seconds within which so many may arrive; a little over Telegram's second, since clocks differ."""
GIVEN_UP = 2.0
"""Seconds after which one that was not answered is taken to have arrived: a line that hangs must
not hold up everybody else."""
LOOK_AGAIN = 0.004
"""Seconds after which to ask again where nobody knows how long to wait."""
_FORGETTING = 1.002


class Journey:
    """A request on its way: set out at a moment, answered at another; both monotonic seconds."""

    __slots__ = ("_ended", "set_out_at")

    def __init__(self, now: float, ended: "Callable[[Journey, bool], None]") -> None:
        """`ended` is told once, and whether a request was made."""
        self._ended: Callable[[Journey, bool], None] | None = ended
        self.set_out_at = now

    def answered(self) -> None:
        """The request was made, and an answer has come, or none will."""
        self._end(made=True)

    def dropped(self) -> None:
        """No request was made, or nobody counts it."""
        self._end(made=False)

    def _end(self, *, made: bool) -> None:
        ended, self._ended = self._ended, None
        if ended is not None:
            ended(self, made)


class Journeys:
    """Those that may still arrive, or arrived less than a second ago; and how long the next one
    has to wait for them."""

    def __init__(self, most: int, monotonic: Callable[[], float]) -> None:
        self._most = most
        self._monotonic = monotonic
        self._arrived_by: dict[Journey, float] = {}
        self._quickest = math.inf

    def begin(self, then: Callable[[bool], None] | None = None) -> Journey:
        """One more sets out. `then` is told when it has ended, and whether a request was made."""

        def ended(journey: Journey, made: bool) -> None:
            self._ended(journey, made)
            if then is not None:
                then(made)

        now = self._monotonic()
        journey = Journey(now, ended)
        self._arrived_by[journey] = now + GIVEN_UP
        return journey

    def wait(self) -> float:
        """Seconds until one more may set out; it is worth asking again then."""
        now = self._monotonic()
        for journey, arrived_by in list(self._arrived_by.items()):
            if arrived_by + SPAN <= now:
                del self._arrived_by[journey]
        if len(self._arrived_by) < self._most:
            return 0.0
        first = sorted(self._arrived_by.values())[len(self._arrived_by) - self._most]
        return LOOK_AGAIN if first > now else first + SPAN - now

    def _ended(self, journey: Journey, made: bool) -> None:
        if not made:
            self._arrived_by.pop(journey, None)
        elif journey in self._arrived_by:
            self._arrived_by[journey] = self._by(journey, self._monotonic())

    def _by(self, journey: Journey, now: float) -> float:
        """When one answered now had arrived at the latest, counted from when the quickest would
        have. What it took more than that, it may have been on its way; the quickest is slowly
        forgotten, since lines change."""
        took = now - journey.set_out_at
        self._quickest = min(self._quickest * _FORGETTING, took)
        return now - self._quickest
