"""Conversations: where a person stands in what they are being asked."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person stands.

    `step` is the key of the question that waits (None: nothing waits); `editing` says that only
    this answer is being changed; `pending` holds what has been chosen but not yet confirmed;
    `turn` grows with every question, so that a button of an earlier one is known as stale.
    """

    step: str | None = None
    editing: bool = False
    pending: dict[str, Any] = field(default_factory=dict)
    turn: int = 0

    def at(self, step: str | None, *, editing: bool = False) -> "Conversation":
        """The conversation moved to a question, with nothing chosen there yet."""
        return Conversation(step=step, editing=editing, turn=self.turn + 1)

    def choosing(self, **pending: Any) -> "Conversation":
        """The same question with another choice in hand."""
        return replace(self, pending={**self.pending, **pending})

    def aside(self, step: str, **pending: Any) -> "Conversation":
        """Another question in between; the one that waits goes on waiting beneath it."""
        return replace(
            self, step=step, editing=False, pending={"beneath": asdict(self.over()), **pending}
        )

    def over(self) -> "Conversation":
        """The conversation without the question in between, if there is one."""
        beneath = self.pending.get("beneath")
        return Conversation(**beneath) if beneath else self
