"""Outcomes: what came of an introduction, as each side tells it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Question(StrEnum):
    """What each side is asked, in this order."""

    MET = "met"
    HELPED = "helped"
    PARTNERSHIP = "partnership"


YES, NO, NOT_YET = "yes", "no", "not_yet"
ANSWERS: dict[Question, tuple[str, ...]] = {
    Question.MET: (YES, NOT_YET, NO),
    Question.HELPED: (YES, "partly", NO),
    Question.PARTNERSHIP: (YES, "perhaps", NO),
}


@dataclass(frozen=True, slots=True)
class SideOfOutcome:
    """What one side has told. None means 'not told'; `asked_at` is when it was last asked."""

    introduction: int
    organisation: int
    met: str | None = None
    helped: str | None = None
    partnership: str | None = None
    asked_at: datetime | None = None
    changed_at: datetime | None = None

    def answer(self, question: Question) -> str | None:
        """What was told to a question."""
        return str(told) if (told := getattr(self, question.value)) else None

    def after(self, question: Question) -> Question | None:
        """What is to be asked after a question: nothing more where they have not met."""
        if self.met in (NO, NOT_YET):
            return None
        order = list(Question)
        return next(iter(order[order.index(question) + 1 :]), None)
