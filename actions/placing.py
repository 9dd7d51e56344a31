"""Placing: who of an exchange would sit with whom. It reads, and has it weighed elsewhere, so that
nobody else waits; what is written down is actions/rounds.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from actions.weighing import weigh
from domain.organisations import Organisation
from domain.round_programmes import Programme, Sitter, WhyNot
from domain.rounds import Doubt, DoubtKind, Encounter, Group, Round
from domain.rules.rounds import spoken_by, why_not
from storage.store import Store

COLLEAGUES = 3
"""Two of one organisation are kept apart as if they had met so often today: more than any two who
have met in a round."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A round as it would be: groups and who was left out by the ids of memberships. `standing`
    says of each member why they do not take part; None where they do."""

    made: Round
    sitters: tuple[Sitter, ...]
    standing: dict[int, WhyNot | None]


async def place(
    store: Store, exchange: int, *, size: int, seed: int, on: date, programme: Programme | None
) -> Placing:
    """Who would sit with whom on a day; before there is a programme, if all members took part."""
    sitters = await store.rounds.sitters(exchange)
    answers = await standing(store, sitters, programme, on)
    taking_part = [one for one in sitters if answers[one.id] is None]
    met = await store.rounds.encounters(exchange)
    made = await _made(taking_part, met, size, seed, on)
    return Placing(made, sitters, answers)


async def standing(
    store: Store, sitters: Iterable[Sitter], programme: Programme | None, on: date
) -> dict[int, WhyNot | None]:
    """Why each member does not take part on a day; None where they do."""
    if programme is None:
        return {one.id: None for one in sitters}
    parts = await store.rounds.parts(programme.id)
    return {one.id: why_not(parts.get(one.id), on) for one in sitters}


async def _made(
    sitters: list[Sitter], met: tuple[Encounter, ...], size: int, seed: int, on: date
) -> Round:
    colleagues = _colleagues(sitters)
    apart = [Encounter(*pair, on) for pair in sorted(colleagues) for _ in range(COLLEAGUES)]
    people = [as_organisation(one) for one in sitters]
    made = await weigh(people, size, seed=seed, earlier=(*met, *apart), on=on)
    before = {(min(one.one, one.other), max(one.one, one.other)): one.on for one in met}
    return replace(made, groups=tuple(_honest(one, colleagues, before) for one in made.groups))


def as_organisation(sitter: Sitter) -> Organisation:
    """A member as a round takes them: with the profile of the organisation for which they speak,
    under an id of their own. Of whom nothing is known, nothing is stated."""
    own = sitter.organisation or Organisation(sitter.id, name=sitter.membership.organisation)
    language = sitter.person.language if sitter.person else None
    return replace(own, id=sitter.id, languages=spoken_by(own, language))


def _colleagues(sitters: Iterable[Sitter]) -> set[tuple[int, int]]:
    """Each two who speak for one organisation."""
    teams: dict[int, list[int]] = {}
    for one in sitters:
        if one.organisation is not None:
            teams.setdefault(one.organisation.id, []).append(one.id)
    return {pair for team in teams.values() for pair in combinations(sorted(team), 2)}


def _honest(
    group: Group, colleagues: set[tuple[int, int]], before: Mapping[tuple[int, int], date]
) -> Group:
    """Colleagues were kept apart as if they had met; where they sit together all the same, that
    is said as it is, and a day only where they have sat together."""
    theirs = colleagues.intersection(combinations(sorted(group.members), 2))
    if not theirs:
        return group
    against = list[Doubt]()
    for one in group.against:
        pair = (min(one.of), max(one.of))
        if one.kind is not DoubtKind.MET_BEFORE or pair not in colleagues:
            against.append(one)
        elif pair in before:
            against.append(replace(one, subject=before[pair].isoformat()))
    together = tuple(sorted({one for pair in theirs for one in pair}))
    against.append(Doubt(DoubtKind.SAME_ORGANISATION, together))
    return replace(group, against=tuple(against))
