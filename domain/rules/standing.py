"""Where an introduction stands, as one of its sides sees it."""

from collections.abc import Iterable
from enum import StrEnum

from domain.introductions import Introduction, IntroductionState


class Standing(StrEnum):
    """In the order in which a person wishes to see them."""

    FOR_US = "for-us"
    """They have asked: we are to answer."""
    FOR_THEM = "for-them"
    """We have asked: they are to answer."""
    INTRODUCED = "introduced"
    ENDED = "ended"


def standing(one: Introduction, organisation: int) -> Standing:
    """Where it stands, seen from an organisation."""
    if one.open:
        return Standing.FOR_US if one.asked == organisation else Standing.FOR_THEM
    if one.state is IntroductionState.ACCEPTED:
        return Standing.INTRODUCED
    return Standing.ENDED


def named(one: Introduction, organisation: int) -> bool:
    """Whether an organisation may read the other side's name: it has asked for them, or both have
    agreed. Who was asked and has not agreed never learns it."""
    return one.asking == organisation or one.state is IntroductionState.ACCEPTED


def latest_each(several: Iterable[Introduction], organisation: int) -> tuple[Introduction, ...]:
    """The latest with every other side (newest come first), what waits for us before the rest."""
    latest: dict[int, Introduction] = {}
    for one in several:
        latest.setdefault(one.other(organisation), one)
    order = list(Standing)
    return tuple(sorted(latest.values(), key=lambda one: order.index(standing(one, organisation))))
