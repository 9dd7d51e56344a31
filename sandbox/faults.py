"""Faults on demand: what a call meets instead of, or besides, an answer."""

import json
import math
import random
import sqlite3
from dataclasses import asdict, dataclass, fields
from typing import Any

from sandbox.messages import encode
from sandbox.refusals import ControlError, Refusal, blocked, chat_not_found, too_many_requests

_DESCRIPTIONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
DEFAULT_RETRY_AFTER = 3


@dataclass(slots=True)
class Fault:
    """One rule. `method` None means any; `times` None means always; `probability` 0 to 1.

    status: the call is refused with this HTTP status, in Telegram's words, and not done.
    delay: seconds of waiting first. cut: the line breaks before or after the call is done.
    """

    method: str | None = None
    chat_id: int | None = None
    times: int | None = None
    probability: float = 1.0
    status: int | None = None
    retry_after: int | None = None
    description: str | None = None
    delay: float = 0.0
    cut: str | None = None

    def meets(self, method: str, chat_id: int | None) -> bool:
        return (
            (self.method is None or self.method.lower() == method)
            and (self.chat_id is None or self.chat_id == chat_id)
            and (self.times is None or self.times > 0)
            and (self.probability >= 1 or random.random() < self.probability)  # noqa: S311, because chance is all that is wanted
        )

    def refusal(self) -> Refusal | None:
        """What the call is answered, or None where it may go on."""
        if self.status is None:
            return None
        if self.status == 429:
            return too_many_requests(self.retry_after or DEFAULT_RETRY_AFTER)
        if self.description:
            return Refusal(self.status, self.description)
        known = {400: chat_not_found(), 403: blocked()}.get(self.status)
        return known or Refusal(self.status, _DESCRIPTIONS.get(self.status, "Unknown Error"))


def read_fault(value: Any) -> Fault:
    """A rule as the control API takes it. Raises ControlError where it says nothing sensible."""
    if not isinstance(value, dict):
        raise ControlError(400, "A fault is an object such as {method, times, status}.")
    known = {field.name for field in fields(Fault)}
    unknown = sorted(set(value) - known)
    if unknown:
        raise ControlError(400, f"A fault has no {unknown}; it has {sorted(known)}.")
    fault = Fault(**{name: given for name, given in value.items() if given is not None})
    _check(fault)
    return fault


def _check(fault: Fault) -> None:
    if fault.cut not in (None, "before", "after"):
        raise ControlError(400, "cut is 'before' or 'after'.")
    for name in ("delay", "probability", "times", "status", "retry_after"):
        if not _is_amount(getattr(fault, name)):
            raise ControlError(400, f"{name} must be a number of at least 0.")
    if not isinstance(fault.method or "", str) or not isinstance(fault.chat_id or 0, int):
        raise ControlError(400, "method is a name, and chat_id a whole number.")
    if fault.status is not None and not 400 <= fault.status <= 599:
        raise ControlError(400, "status is an HTTP status from 400 to 599.")
    if fault.status is None and not fault.cut and not fault.delay:
        raise ControlError(400, "A fault needs a status, a delay or a cut.")


def _is_amount(value: Any) -> bool:
    return value is None or (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf
    )


class Faults:
    """The rules in force, kept over a restart; the first that meets a call takes it."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def load(self, db: sqlite3.Connection) -> None:
        rows = db.execute("SELECT body FROM faults ORDER BY id")
        self._rules = [Fault(**json.loads(row[0])) for row in rows]

    def add(self, faults: list[Fault]) -> None:
        self._rules += faults

    def clear(self) -> None:
        self._rules = []

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that this call meets, counted down. `method` in lower case."""
        for fault in self._rules:
            if fault.meets(method, chat_id):
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def save(self, db: sqlite3.Connection) -> None:
        self._rules = [fault for fault in self._rules if fault.times != 0]
        db.execute("DELETE FROM faults")
        rows = [(encode(asdict(fault)),) for fault in self._rules]
        db.executemany("INSERT INTO faults (body) VALUES (?)", rows)

    def public(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._rules if fault.times != 0]
