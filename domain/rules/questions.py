"""What two who have just been introduced could ask each other first."""

from dataclasses import dataclass

from domain.matches import ReasonKind
from domain.organisations import Organisation

TOGETHER = 2
"""So many questions are proposed."""
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """A question about a shared topic. `number` is 1, or 2 for the second on the same topic."""

    kind: ReasonKind
    topic: str
    number: int = 1


def first_questions(own: Organisation, other: Organisation) -> tuple[FirstQuestion, ...]:
    """Two questions that `own` may ask the other, one each way where both give; () where they
    share no topic."""
    shared = {
        ReasonKind.THEY_OFFER: (own.seeks or _NONE) & (other.offers or _NONE),
        ReasonKind.THEY_SEEK: (own.offers or _NONE) & (other.seeks or _NONE),
        ReasonKind.BOTH_SEEK: (own.seeks or _NONE) & (other.seeks or _NONE),
    }
    each = {kind: sorted(topics) for kind, topics in shared.items() if topics}
    firsts = [FirstQuestion(kind, topics[0]) for kind, topics in each.items()]
    seconds = [
        FirstQuestion(kind, topics[-1], 2) for kind, topics in each.items() if len(topics) > 1
    ] or [FirstQuestion(kind, topics[0], 2) for kind, topics in each.items()]
    return tuple([*firsts, *seconds][:TOGETHER])


def language_for_both(
    own: Organisation, other: Organisation, *, reader: str, spoken: tuple[str, ...]
) -> str:
    """The language to write in: one that both work in and that is spoken here; the reader's own
    where they have stated none."""
    shared = (own.languages or _NONE) & (other.languages or _NONE) & frozenset(spoken)
    if reader in shared or not shared:
        return reader
    return next(one for one in spoken if one in shared)
