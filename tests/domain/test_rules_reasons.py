"""What speaks for a match, and what could not count."""

from dataclasses import replace

import pytest

from domain.matches import Gap, Reason, ReasonKind
from domain.organisations import Organisation, Sector
from domain.rules.reasons import gaps, reasons
from tests.support.profiles import DRESDEN

EMPTY = Organisation(1)
FULL = Organisation(
    2, "Other", None, frozenset({Sector.WASTE}), DRESDEN, frozenset({"sludge"}),
    frozenset({"solar"}), frozenset({"de"}), frozenset({"UA"}), forms=frozenset(),
)  # fmt: skip
SUBJECT = {
    ReasonKind.THEY_OFFER: "sludge",
    ReasonKind.THEY_SEEK: "solar",
    ReasonKind.BOTH_SEEK: "solar",
    ReasonKind.SHARED_LANGUAGE: "de",
    ReasonKind.SHARED_SECTOR: "waste",
    ReasonKind.REGION_WANTED: "DE",
}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, []),
        ({"seeks": frozenset({"sludge"})}, [ReasonKind.THEY_OFFER]),
        ({"offers": frozenset({"solar"})}, [ReasonKind.THEY_SEEK]),
        ({"seeks": frozenset({"solar"})}, [ReasonKind.BOTH_SEEK]),
        ({"languages": frozenset({"de", "ar"})}, [ReasonKind.SHARED_LANGUAGE]),
        ({"sectors": frozenset({Sector.WASTE})}, [ReasonKind.SHARED_SECTOR]),
        ({"regions": frozenset({"europe"})}, [ReasonKind.REGION_WANTED]),
        ({"languages": frozenset({"fr"}), "offers": frozenset({"sludge"})}, []),
        (
            {"seeks": frozenset({"sludge", "solar"}), "regions": frozenset({"DE"})},
            [ReasonKind.THEY_OFFER, ReasonKind.BOTH_SEEK, ReasonKind.REGION_WANTED],
        ),
    ],
)
def test_reasons(stated: dict[str, frozenset[str]], expected: list[ReasonKind]) -> None:
    own = replace(EMPTY, **stated)
    assert reasons(own, FULL) == tuple(Reason(kind, SUBJECT[kind]) for kind in expected)
    assert reasons(own, EMPTY) == ()


@pytest.mark.parametrize(
    ("unstated", "expected"),
    [
        ((), ()),
        (("place",), (Gap.PLACE,)),
        (("regions", "offers"), (Gap.OFFERS, Gap.REGIONS)),
        (tuple(one.value for one in Gap), tuple(Gap)),
    ],
)
def test_gaps(unstated: tuple[str, ...], expected: tuple[Gap, ...]) -> None:
    assert gaps(replace(FULL, **dict.fromkeys(unstated))) == expected


def test_nothing_chosen_is_stated_and_no_gap() -> None:
    assert gaps(replace(FULL, seeks=frozenset())) == ()
