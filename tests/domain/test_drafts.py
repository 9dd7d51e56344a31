"""What becomes of a draft as its writer corrects it; a button that does not fit changes nothing."""

from collections.abc import Callable

import pytest

from domain.drafts import OPEN_REGION, OPEN_TOPIC, Draft, Item

PLACES = ("geonames:1", "geonames:2")
NAME = Item("name", "Anna")
PLACE = Item("place", "", options=PLACES)
TOPIC = Item(OPEN_TOPIC, "solar")
REGION = Item(OPEN_REGION, "JO")
DRAFT = Draft(7, (NAME, PLACE, TOPIC, REGION))


@pytest.mark.parametrize(
    ("corrected", "at", "item"),
    [
        (lambda d: d.without(0), 0, Item("name", "Anna", kept=False)),
        (lambda d: d.without(0).with_kept(0), 0, NAME),
        (lambda d: d.with_chosen(1, 1), 1, Item("place", PLACES[1], options=PLACES)),
        (lambda d: d.with_chosen(1, 1).without(1), 1, Item("place", "", False, PLACES)),
        (lambda d: d.settled_as(2, "offers"), 2, Item("offers", "solar")),
        (lambda d: d.settled_as(2, "seeks"), 2, Item("seeks", "solar")),
        (lambda d: d.settled_as(3, "regions"), 3, Item("regions", "JO")),
        (lambda d: d.without(2).settled_as(2, "seeks"), 2, Item("seeks", "solar")),
    ],
)
def test_one_item_is_corrected(corrected: Callable[[Draft], Draft], at: int, item: Item) -> None:
    after = corrected(DRAFT)
    assert after.item(at) == item
    others = [n for n in range(len(DRAFT.items)) if n != at]
    assert [after.item(n) for n in others] == [DRAFT.item(n) for n in others]


@pytest.mark.parametrize(
    "corrected",
    [
        lambda d: d.with_kept(-1),
        lambda d: d.without(4),
        lambda d: d.with_chosen(1, 2),
        lambda d: d.with_chosen(1, -1),
        lambda d: d.with_chosen(0, 0),
        lambda d: d.with_chosen(99, 0),
        lambda d: d.settled_as(2, "regions"),
        lambda d: d.settled_as(3, "offers"),
        lambda d: d.settled_as(0, "offers"),
        lambda d: d.settled_as(2, "name"),
        lambda d: d.settled_as(-1, "offers"),
    ],
)
def test_what_does_not_fit_changes_nothing(corrected: Callable[[Draft], Draft]) -> None:
    assert corrected(DRAFT) == DRAFT


def test_only_what_is_ticked_chosen_and_settled_is_taken_over() -> None:
    assert DRAFT.settled == (NAME,)
    done = DRAFT.without(0).with_chosen(1, 0).settled_as(2, "offers")
    assert [one.which for one in done.settled] == ["place", "offers"]
