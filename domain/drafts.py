"""Drafts: what was understood of a sentence, item by item, until its writer confirms it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

EMAIL, PHONE = "email", "phone"
OPEN_TOPIC, OPEN_REGION = "topic", "region"
"""Named without saying whether it is offered or sought, or who lies there."""
SETTLED_AS = {OPEN_TOPIC: ("offers", "seeks"), OPEN_REGION: ("regions",)}
"""The answers that each of them may belong to."""
SEVERAL = frozenset({"sectors", "offers", "seeks", "languages", "regions", OPEN_TOPIC, OPEN_REGION})
"""What can be said more than once; of everything else the last word counts."""
_TOPICS = frozenset({"offers", "seeks", OPEN_TOPIC})
_REGIONS = frozenset({"regions", OPEN_REGION})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was understood.

    `which` is the answer that it belongs to (domain/profiles.py), or one of the words above;
    `value` is text or an id, "" while it has still to be chosen among `options`.
    """

    which: str
    value: str
    kept: bool = True
    options: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether it can be taken over as it is."""
        return self.kept and bool(self.value) and self.which not in (OPEN_TOPIC, OPEN_REGION)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was understood so far. `number` tells its buttons from those of an earlier one;
    `ruled_out` holds ids of topics and regions that the writer excluded; `words` is what was
    written where it may have been the answer to a question after all."""

    number: int
    items: tuple[Item, ...] = ()
    ruled_out: tuple[str, ...] = ()
    words: str = ""

    def item(self, at: int) -> Item | None:
        """The item with this place in the list."""
        return self.items[at] if 0 <= at < len(self.items) else None

    def with_kept(self, at: int) -> "Draft":
        """The draft with an item taken over after all."""
        return self._changed(at, kept=True)

    def without(self, at: int) -> "Draft":
        """The draft with an item left out; what was chosen of several has to be chosen anew."""
        item = self.item(at)
        if item is not None and item.options:
            return self._changed(at, kept=False, value="")
        return self._changed(at, kept=False)

    def settled_as(self, at: int, answer: str) -> "Draft":
        """The draft with what was named without a word about it settled: as offered, as sought, or
        as where partners shall be. As nothing else."""
        item = self.item(at)
        if item is None or answer not in SETTLED_AS.get(item.which, ()):
            return self
        return self._changed(at, which=answer, kept=True)

    def with_chosen(self, at: int, option: int) -> "Draft":
        """The draft with one of several things chosen that a word may mean (counted from 0)."""
        item = self.item(at)
        if item is None or not 0 <= option < len(item.options):
            return self
        return self._changed(at, value=item.options[option], kept=True)

    def _changed(self, at: int, **values: Any) -> "Draft":
        """With one item changed; with none where there is no such item."""
        items = [replace(one, **values) if at == n else one for n, one in enumerate(self.items)]
        return replace(self, items=tuple(items))

    def with_more(
        self, items: Iterable[Item], *, number: int, ruled_out: Iterable[str] = ()
    ) -> "Draft":
        """The draft after another sentence, which adds to it and corrects it."""
        out = tuple(ruled_out)
        found = self
        for one in items:
            found = found._with(one)
        left = tuple(one for one in found.items if one.value not in out or one.which == "place")
        said = {one.value for one in left}
        earlier = tuple(one for one in self.ruled_out if one not in said)
        return replace(
            found, items=left, number=number, ruled_out=tuple(dict.fromkeys([*earlier, *out]))
        )

    def _with(self, new: Item) -> "Draft":
        kept = tuple(one for one in self.items if not _replaces(new, one))
        if new.which in (OPEN_TOPIC, OPEN_REGION) and any(_same(new, one) for one in kept):
            return self
        return replace(self, items=(*kept, new))

    @property
    def settled(self) -> tuple[Item, ...]:
        """What can be taken over."""
        return tuple(one for one in self.items if one.settled)

    def as_json(self) -> dict[str, Any]:
        """The draft as it is kept with the conversation."""
        return asdict(self)


def draft_of(stored: dict[str, Any]) -> Draft:
    """A draft as it was kept."""
    items = tuple(Item(**{**one, "options": tuple(one["options"])}) for one in stored["items"])
    return Draft(stored["number"], items, tuple(stored["ruled_out"]), stored["words"])


def _same(one: Item, other: Item) -> bool:
    """Whether both are about the same topic or the same region."""
    kinds = (_TOPICS, _REGIONS)
    return one.value == other.value and any(
        one.which in kind and other.which in kind for kind in kinds
    )


def _replaces(new: Item, old: Item) -> bool:
    if new.which == old.which:
        return new.which not in SEVERAL or new.value == old.value
    return old.which in (OPEN_TOPIC, OPEN_REGION) and _same(new, old)
