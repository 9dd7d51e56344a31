"""What somebody with bad intent, a broken phone or a small child sends, for Hypothesis."""

import re
from dataclasses import dataclass, fields
from typing import Any

from hypothesis import strategies as st

from delivery.buttons import LIMIT, PRESSES, Press
from domain.languages import LANGUAGES
from domain.topics import load_topics
from handlers.commands import COMMANDS

LONGEST = 4096
"""Characters of a message; Telegram sends no longer ones."""

NASTY = (
    "\x00", "a\x00b", "\u200f\u202e\u2066", "👩‍👩‍👧‍👦" * 50, "<b>", "</b><script>", "&lt;&amp;&",
    "{0}", "{name}", "{{}}", "%s%n", "'; DROP TABLE people; --", "\\", "\\u0000", "null", "None",
    "-1", "0", "٠١٢٣٤٥٦٧٨٩", "9" * 400, "1e309", "NaN", "31.02.2026", "2026-13-45", "99:99",
    "24:00-24:00",
    "../../etc/passwd", "https://t.me/x?start=y", "@admin", "#x", "\n\n\n", "\t", " ", "\ufeff",
    "\u3164", "ﷺ" * 200, "Z̷̢̛a̸l̵g̶o̴" * 40, "İstanbul", "ß" * 300, "AI", "US", "\U000e0041", "\uffff",
    "a@b.c", "x" * 64 + "@" + "y" * 255 + ".de", "+" + "9" * 40, "http://[::1]:99999/",
    ", ; , ; ,", "?" * 500, "((((((((((", "[a](b)", "`", "ja", "nein", "نعم", "так", "10pm-6am",
    "22-7", "Europe/Berlin", "UTC+25", "Europe/../../x", "tomorrow", "in 99999999999 days",
)  # fmt: skip
"""Texts that have broken other programs."""

WORDS = (
    *dict.fromkeys(
        word
        for topic in load_topics().values()
        for language in LANGUAGES
        for word in topic.labels[language][:3]
    ),
    *("Kassel", "Львів", "عمّان", "Jordanien", "Amérique latine", "Stadtwerke", "wir suchen", "ми"),
)
"""What people of the trade write."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text, or a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that is no text, perhaps with a caption."""

    kind: str
    caption: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button: the press of a kind of ours, or data that no button carries. Where `turned`, its
    turn is that of the question that waits."""

    data: str
    turned: bool = False

    def at(self, turn: int) -> str:
        """The callback data, while this turn waits."""
        if not self.turned:
            return self.data
        return re.sub(r"^(\w+):-?\d+", rf"\g<1>:{turn}", self.data)[:LIMIT]


Input = Said | Shown | Tapped

MEDIA = ("photo", "voice", "location", "contact", "sticker", "document", "poll", "dice")

_any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
_long = st.builds(
    lambda text, often: (text * often)[:LONGEST],
    _any_text,
    st.integers(min_value=20, max_value=500),
)


def _marred(words: list[str], at: int, sign: str) -> str:
    text = " ".join(words)
    at %= len(text)
    return (text[:at] + sign + text[at + 1 :])[:LONGEST]


_likely = st.builds(
    _marred,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    st.integers(min_value=0, max_value=200),
    st.one_of(st.just(""), st.characters(exclude_categories=["Cs"])),
)
_commands = st.builds(
    lambda command, rest: f"/{command}{rest}"[:LONGEST],
    st.sampled_from([*COMMANDS, "start", "redeem", "x", "", "/"]),
    st.one_of(st.just(""), st.just("@other_bot"), st.builds(" {}".format, _any_text)),
)
texts = st.builds(Said, st.one_of(_any_text, st.sampled_from(NASTY), _likely, _commands, _long))
media = st.builds(Shown, st.sampled_from(MEDIA), st.one_of(st.just(""), _any_text))

_numbers = st.one_of(
    st.sampled_from([-1, 0, 1, 2, 3, 7, 2**31, 2**63 - 1, -(2**63), 2**64]),
    st.integers(min_value=-5, max_value=60),
)
_ids = st.one_of(
    st.sampled_from(
        ["", "de", "xx", "utility", "water_supply", "sludge", "offers", "name", "topics",
         "anywhere",
         "JO", "geonames:2935022", "geonames:-1", "organisation", "person", "other", "later", "yes"]
    ),
    st.sampled_from(sorted(load_topics())),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)  # fmt: skip


@st.composite
def _presses(draw: st.DrawFn) -> Tapped:
    kind: type[Press] = draw(st.sampled_from([PRESSES[code] for code in sorted(PRESSES) if code]))
    values: list[Any] = [
        draw(_numbers) if field.type in (int, "int") else draw(_ids) for field in fields(kind)
    ]
    data = ":".join([kind.code, *map(str, values)])
    while len(data.encode()) > LIMIT:
        data = data[:-1]
    return Tapped(data, turned=draw(st.booleans()))


_scribble = st.builds(
    Tapped, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=16)
)
inputs = st.one_of(texts, texts, media, _presses(), _presses(), _scribble)
