"""Presses: packed and read back unchanged, within Telegram's 64 bytes; anything else is refused."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.buttons import LIMIT, PRESSES, Choose, Drop, Press, Skip, Unreadable, unpack
from domain.profiles import Answer
from domain.regions import country_codes, load_regions
from domain.topics import load_topics
from matching.places import Gazetteer
from tests.support.gazetteer import gazetteer_folder

MOST_TURNS = 10**9
WHOLE = st.integers(min_value=-(2**63), max_value=2**63 - 1)


@st.composite
def presses(draw: st.DrawFn) -> Press:
    kind = draw(st.sampled_from(sorted(PRESSES.values(), key=lambda one: one.code)))
    # The last field may hold anything, those before it no separator.
    words = st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=12)
    anything = st.text(st.characters(codec="utf-8"), max_size=12)
    stated = fields(kind)
    said = [words] * (len(stated) - 1) + [anything]
    drawn = zip(stated, said, strict=False)
    return kind(*(draw(WHOLE if one.type in (int, "int") else text) for one, text in drawn))


@given(presses())
def test_a_press_comes_back_as_it_was_packed(press: Press) -> None:
    try:
        data = press.pack()
    except ValueError:
        values = (str(getattr(press, field.name)) for field in fields(press))
        assert len(":".join([press.code, *values]).encode()) > LIMIT
        return
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == press


@given(st.one_of(st.text(max_size=64), st.from_regex(r"[a-z]{1,2}(:[-\d_ ٣a-z.]*){0,4}")))
def test_any_data_is_read_or_refused(data: str) -> None:
    read_as: type | None = None
    with suppress(Unreadable):
        read_as = type(unpack(data))
    assert read_as is None or read_as in PRESSES.values()


@pytest.mark.parametrize(
    "data",
    ["", ":", "o", "o:", "o:x:a", "o:1", "s:", "s:1.5", "s:1e9", f"s:{2**63}", "s:1:2", "p:1",
     "zz:1", "c:1", "c:yes:de", "ia:", "ia:0x1", "\x00", "👍"],
)  # fmt: skip
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        unpack(data)


def test_the_last_value_may_hold_the_separator() -> None:
    assert unpack("o:3:own:a:b") == Choose(3, "own:a:b")
    assert unpack("r:3:own:a:b") == Drop(3, "own:a:b")
    assert unpack("s:3") == Skip(3)


def test_every_option_that_can_be_chosen_fits() -> None:
    places = Gazetteer.open(gazetteer_folder()).own_ids()
    options = [*load_topics(), *load_regions(), *country_codes(), *Answer, *places]
    assert len(options) > 500
    for option in (*options, "geonames:99999999"):
        for kind in (Choose, Drop):
            assert len(kind(MOST_TURNS, option).pack().encode()) <= LIMIT


def kinds_of(kind: type[Press]) -> Iterator[type[Press]]:
    """Every kind of press, those that add to another one, too."""
    for one in kind.__subclasses__():
        yield one
        yield from kinds_of(one)


def test_codes_are_each_ones_own() -> None:
    kinds = list(kinds_of(Press))
    assert {kind.code for kind in kinds} == PRESSES.keys()
    assert len({kind.__name__ for kind in kinds}) == len(PRESSES)
