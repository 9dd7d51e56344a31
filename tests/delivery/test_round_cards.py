"""Rounds in words: they fit into a message however long everything is, in every language, and tell
of nobody more than they let be seen."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from delivery.round_cards import group_card, member_card, name_of
from delivery.round_numbers import groups_card, numbers_card, without_lines
from domain.consents import Piece
from domain.exchanges import Membership, MembershipState
from domain.languages import LANGUAGES
from domain.organisations import Organisation
from domain.people import Detail, Person
from domain.round_programmes import HeldRound, Seat, Sitter, WhyNot
from domain.rounds import Bond, BondKind, Doubt, DoubtKind, Group
from domain.rules.rounds import numbers_of
from locales.speech import speech, without_tags
from tests.support.partners import DRESDEN

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
LONG = "Zweckverband <Wasser & Abwasser> " * 9
MOST = 4_096
AROUND = 900
"""So many characters may stand around a card in a window."""


def sitter(number: int, *, shares: frozenset[Detail] = frozenset(Detail)) -> Sitter:
    """Somebody of whom everything is long."""
    person = Person(
        number, number, "de", NOW, name=LONG[:200], function=LONG[:200],
        email=f"{'a' * 64}@{'b' * 60}.example.org", phone="+49 351 8220", shares=shares,
    )  # fmt: skip
    own = Organisation(number, name=LONG[:290], place=DRESDEN, languages=frozenset({"de"}))
    membership = Membership(number, 1, MembershipState.MEMBER, NOW, person=number)
    return Sitter(membership, person, own)


EVERYBODY = [sitter(number) for number in range(1, 7)]
IDS = tuple(one.id for one in EVERYBODY)
TOPICS = ("sludge", "solar", "wastewater", "drinking_water", "leak_detection", "transport")
REASONS = tuple(Bond(BondKind.HELPS, topic, (one,), IDS) for topic in TOPICS for one in IDS)
AGAINST = (
    Doubt(DoubtKind.MET_BEFORE, IDS[:2], "2026-03-02"), Doubt(DoubtKind.ODD_ONE, IDS[:1]),
    Doubt(DoubtKind.OTHER_SIZE, IDS, "6"), Doubt(DoubtKind.SAME_ORGANISATION, IDS),
    Doubt(DoubtKind.NOTHING_IN_COMMON, IDS), Doubt(DoubtKind.LANGUAGE_NOT_STATED, IDS),
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_cards_fit_into_a_message(language: str) -> None:
    say = speech(language)
    own, *others = EVERYBODY
    card = group_card(
        say, own, others, REASONS, AGAINST, title={"en": LONG[:100]}, zone="Europe/Berlin", at=NOW
    )
    assert len(without_tags(card)) < MOST - AROUND
    assert all(one.person and one.person.email in card for one in others if one.person)
    many = [sitter(number) for number in range(1, 200)]
    groups = [Group(IDS, 0.5, REASONS, AGAINST, IDS[0])] * 30
    seats = [Seat(1, one.id, why=list(WhyNot)[one.id % len(WhyNot)]) for one in many]
    there = {one.id: one for one in many}
    without = {why: [one.membership for one in seats if one.why is why] for why in WhyNot}
    preview = groups_card(say, groups, many) + "\n".join(without_lines(say, without, there))
    assert len(without_tags(preview)) < MOST - 200
    held = HeldRound(1, 1, 1, NOW, NOW, 1)
    numbers = numbers_card(say, held, numbers_of(seats), seats, there)
    assert len(without_tags(numbers)) < MOST - AROUND


def test_nothing_is_told_that_is_not_shared() -> None:
    say = speech("de")
    closed = sitter(7, shares=frozenset())
    card = member_card(say, closed)
    assert "@" not in card
    assert "Zweckverband" in card, "the organisation is no secret"
    assert str(say("contact-shares-nothing")) in card
    assert closed.person is not None
    withheld = replace(sitter(8).person or closed.person, withheld=frozenset({Piece.SHARED}))
    assert "@" not in member_card(say, replace(sitter(8), person=withheld))
    nameless = Sitter(
        Membership(9, 1, MembershipState.MEMBER, NOW), replace(closed.person, name="X")
    )
    assert "X" not in name_of(say, nameless)


def test_who_is_gone_is_named_in_no_reason() -> None:
    own, other = EVERYBODY[:2]
    gone = (Bond(BondKind.SEEK_THE_SAME, "solar", (own.id, 987_654)),)
    met = (Doubt(DoubtKind.MET_BEFORE, (own.id, 987_654), date(2026, 3, 2).isoformat()),)
    card = group_card(
        speech("de"), own, [other], gone, met, title={"en": "T"}, zone="Europe/Berlin", at=NOW
    )
    assert str(speech("de")("round-why")) not in card


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ((frozenset({"uk", "fr"}), frozenset({"fr"})), "nous sommes dans le même groupe"),
        ((frozenset({"uk"}), None), "ми в одній групі"),
    ],
)
def test_a_group_begins_in_a_language_of_all_else_in_the_readers(
    spoken: tuple[frozenset[str] | None, ...], said: str
) -> None:
    people = [
        Sitter(Membership(number, 1, MembershipState.MEMBER, NOW), None,
               Organisation(number, languages=languages))
        for number, languages in enumerate(spoken, 1)
    ]  # fmt: skip
    card = group_card(
        speech("uk"), people[0], people[1:], (), (), title={"en": "T"}, zone="Europe/Kyiv", at=NOW
    )
    assert said in card
