"""Why some sit together in a round, and what speaks against it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from domain.organisations import Organisation, Sector
from domain.rounds import Bond, BondKind, Doubt, DoubtKind, Encounter, Group
from domain.rules.topic_kinship import near

_NONE: frozenset[str] = frozenset()


def explained(
    members: Sequence[Organisation],
    *,
    score: float,
    size: int,
    odd: int | None,
    earlier: Iterable[Encounter],
) -> Group:
    """A group with what speaks for and against it."""
    bonds = bonds_of(members)
    return Group(
        members=tuple(one.id for one in members),
        score=score,
        reasons=bonds,
        against=tuple(_doubts(members, bonds, size, odd, earlier)),
        odd=odd,
    )


def bonds_of(members: Sequence[Organisation]) -> tuple[Bond, ...]:
    """What members have in common or can give each other: topics first."""
    topics = _topics(members)
    return (*topics, *_languages(members), *_sectors(members))


def _topics(members: Sequence[Organisation]) -> tuple[Bond, ...]:
    offered = _by_subject(members, lambda one: one.offers)
    sought = _by_subject(members, lambda one: one.seeks)
    helps = [
        Bond(BondKind.HELPS, topic, offered[topic], sought[topic])
        for topic in sorted(offered.keys() & sought.keys())
        if len({*offered[topic], *sought[topic]}) > 1
    ]
    alike = [
        Bond(kind, topic, several)
        for kind, here, there in (
            (BondKind.SEEK_THE_SAME, sought, offered),
            (BondKind.KNOW_THE_SAME, offered, sought),
        )
        for topic, several in sorted(here.items())
        if len(several) > 1 and topic not in there
    ]
    return (*helps, *(() if helps else _near(offered, sought)), *alike)


def _near(
    offered: dict[str, tuple[int, ...]], sought: dict[str, tuple[int, ...]]
) -> tuple[Bond, ...]:
    return tuple(
        Bond(BondKind.HELPS_NEARLY, topic, giving, receiving)
        for topic, giving in sorted(offered.items())
        if (
            receiving := tuple(
                sorted(
                    {
                        one
                        for need, several in sought.items()
                        if need != topic and near(need, topic) > 0
                        for one in several
                    }
                    - set(giving)
                )
            )
        )
    )


def _languages(members: Sequence[Organisation]) -> tuple[Bond, ...]:
    stated = [one for one in members if one.languages]
    if len(stated) < 2:
        return ()
    common = frozenset.intersection(*(one.languages or _NONE for one in stated))
    speakers = tuple(one.id for one in stated)
    return tuple(Bond(BondKind.LANGUAGE, language, speakers) for language in sorted(common))


def _sectors(members: Sequence[Organisation]) -> tuple[Bond, ...]:
    found = _by_subject(members, lambda one: one.sectors)
    return tuple(
        Bond(BondKind.SECTOR, sector, several)
        for sector, several in sorted(found.items())
        if len(several) > 1 and sector != Sector.CROSS_SECTOR
    )


def _doubts(
    members: Sequence[Organisation],
    bonds: Sequence[Bond],
    size: int,
    odd: int | None,
    earlier: Iterable[Encounter],
) -> Iterable[Doubt]:
    everybody = tuple(one.id for one in members)
    if all(one.kind is BondKind.LANGUAGE for one in bonds):
        yield Doubt(DoubtKind.NOTHING_IN_COMMON, everybody)
    for pair, day in sorted(_met(set(everybody), earlier).items()):
        yield Doubt(DoubtKind.MET_BEFORE, pair, day.isoformat())
    silent = tuple(one.id for one in members if not one.languages)
    if silent:
        yield Doubt(DoubtKind.LANGUAGE_NOT_STATED, silent)
    if odd is not None:
        yield Doubt(DoubtKind.ODD_ONE, (odd,))
    if len(members) != size:
        yield Doubt(DoubtKind.OTHER_SIZE, everybody, str(len(members)))


def _met(members: set[int], earlier: Iterable[Encounter]) -> dict[tuple[int, int], date]:
    """When two of these last met."""
    found: dict[tuple[int, int], date] = {}
    for one in earlier:
        pair = (min(one.one, one.other), max(one.one, one.other))
        if one.one != one.other and members.issuperset(pair):
            found[pair] = max(one.on, found.get(pair, one.on))
    return found


def _by_subject(
    members: Sequence[Organisation],
    subjects: Callable[[Organisation], Iterable[str] | None],
) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for one in members:
        for subject in subjects(one) or ():
            found[subject] = (*found.get(subject, ()), one.id)
    return found
