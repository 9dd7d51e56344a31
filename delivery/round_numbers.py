"""Rounds in numbers, for who runs the exchange: who sits in groups, who does not and why."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from delivery.cards import NEWLINE
from delivery.round_cards import bond_lines, called, doubt_lines, within
from domain.round_programmes import HeldRound, Numbers, Seat, Sitter, WhyNot
from domain.rounds import Group
from locales.speech import Speech

MOST_NAMED = 6
"""So many people are named for each reason."""
MOST_OF_GROUPS = 1_900
"""So many characters of groups are shown: more would not fit into a message."""
MOST_OF_A_GROUP = 600
"""So many characters of reasons are shown of each."""
MOST_OF_A_NAME = 40


def numbers_card(
    say: Speech,
    held: HeldRound,
    numbers: Numbers,
    seats: Sequence[Seat],
    sitters: Mapping[int, Sitter],
) -> Markup:
    """What became of everybody in a round."""
    lines = [
        say(
            "rounds-numbers",
            number=held.number,
            begins=say.date(held.begins_at),
            ends=say.date(held.ends_at),
            placed=numbers.placed,
            groups=numbers.groups,
            met=numbers.met,
            not_met=numbers.not_met,
            unanswered=numbers.unanswered,
            helped=numbers.helped,
        )
    ]
    without: dict[WhyNot, list[int]] = {}
    for one in seats:
        if one.why is not None:
            without.setdefault(one.why, []).append(one.membership)
    lines += without_lines(say, without, sitters)
    return NEWLINE.join(lines)


def without_lines(
    say: Speech, without: Mapping[WhyNot, Sequence[int]], sitters: Mapping[int, Sitter]
) -> list[Markup]:
    """Who sits in no group, by reason: how many, and their names. Nothing where there is nobody."""
    lines = []
    for why in WhyNot:
        who = without.get(why, ())
        if not who:
            continue
        there = [sitters[one] for one in who[:MOST_NAMED] if one in sitters]
        names = called(say, there, MOST_OF_A_NAME)
        more = [say.plain("and-more", n=len(who) - len(names))] if len(who) > len(names) else []
        lines.append(
            say(
                "rounds-without-line",
                why=say(f"round-without-{why.value}"),
                number=len(who),
                names=say.listing([*names.values(), *more]),
            )
        )
    return [say("rounds-without"), *lines] if lines else []


def groups_card(say: Speech, groups: Sequence[Group], sitters: Iterable[Sitter]) -> Markup:
    """Who would sit with whom, and why; long lists end with how many more there are."""
    names = called(say, sitters)
    every = (_group(say, number, one, names) for number, one in enumerate(groups, 1))
    parts = within(every, MOST_OF_GROUPS)
    if len(groups) > len(parts):
        parts.append(say("rounds-more-groups", len(groups) - len(parts)))
    return Markup("\n\n").join(parts)


def _group(say: Speech, number: int, one: Group, names: Mapping[int, str]) -> Markup:
    why = [*doubt_lines(say, one.against, names), *bond_lines(say, one.reasons, names)]
    members = say.listing(names[each] for each in one.members if each in names)
    return NEWLINE.join(
        [say("rounds-group", number=number, names=members), *within(why, MOST_OF_A_GROUP)]
    )
