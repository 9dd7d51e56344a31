"""Floods: a person who sends far more than anybody reads is asked for patience once, and then
passed over until it is calm again. Everybody else goes on as before.

What came before the limit has been handled; what comes beyond it changes nothing, so that the
question that waits still stands where it stood.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum, auto

WITHIN = 10.0
"""Seconds over which updates are counted."""
REMEMBERED = 20_000


class Haste(Enum):
    """How fast updates of a person come."""

    NONE = auto()
    """As somebody reads and answers."""
    BEGINS = auto()
    """This one is beyond the limit, and the first that is."""
    LASTS = auto()
    """Beyond the limit still."""


@dataclass(slots=True)
class _Pace:
    moments: deque[float] = field(default_factory=deque)
    hasty: bool = False


class Floods:
    """Counts each person's updates, in this process only: a restart begins anew."""

    def __init__(self, most: int) -> None:
        """`most` updates within ten seconds are handled; 0: all of them."""
        self._most = most
        self._paces: OrderedDict[int, _Pace] = OrderedDict()

    def haste(self, chat_id: int, moment: float) -> Haste:
        """Count an update that was sent at this moment (seconds since 1970).

        Messages carry when they were sent: what has gathered while the bot was down is no flood.
        """
        if not self._most:
            return Haste.NONE
        pace = self._pace_of(chat_id)
        while pace.moments and not abs(moment - pace.moments[0]) < WITHIN:
            pace.moments.popleft()
        pace.moments.append(moment)
        if len(pace.moments) > 2 * self._most:
            pace.moments.popleft()
        if len(pace.moments) > self._most:
            before, pace.hasty = pace.hasty, True
            return Haste.LASTS if before else Haste.BEGINS
        # Calm is when half as many come: else it would begin anew with each pause for breath.
        pace.hasty = pace.hasty and len(pace.moments) > self._most // 2
        return Haste.LASTS if pace.hasty else Haste.NONE

    def _pace_of(self, chat_id: int) -> _Pace:
        pace = self._paces.setdefault(chat_id, _Pace())
        self._paces.move_to_end(chat_id)
        if len(self._paces) > REMEMBERED:
            self._paces.popitem(last=False)
        return pace
