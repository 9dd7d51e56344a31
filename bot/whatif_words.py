"""What `suggest`, `rounds` and `consortia` say, in words. Reasons between two partners are said as
the bot says them; all else is for coordinators, and English."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from delivery.reason_lines import objection_lines, reason_lines
from domain.consortia import Against, AgainstKind, For, ForKind, WhyNot
from domain.languages import DEFAULT
from domain.matches import Objection, ObjectionKind, Reason, ReasonKind
from domain.organisations import Sector
from domain.rounds import Bond, BondKind, Doubt, DoubtKind, Unplaced, WhyUnplaced
from locales import names
from locales.speech import ISOLATE, LEFT_MARK, POP, RIGHT_MARK, speech, without_tags

Called = Callable[[int], str]
"""The name of an organisation by its id."""
_UNSEEN = str.maketrans("", "", ISOLATE + POP + LEFT_MARK + RIGHT_MARK)


@dataclass(frozen=True, slots=True)
class Said:
    """A reason or objection by its kind, and in words."""

    kind: str
    text: str

    def as_data(self) -> dict[str, str]:
        """As it stands in a line of JSON."""
        return {"kind": self.kind, "text": self.text}


def said(several: Iterable[Reason | Objection], language: str) -> list[Said]:
    """Reasons or objections, each kind once with all that it names."""
    grouped: dict[ReasonKind | ObjectionKind, list[Reason | Objection]] = {}
    for one in several:
        grouped.setdefault(one.kind, []).append(one)
    return [Said(kind.value, words_of(alike, language)) for kind, alike in grouped.items()]


def words_of(alike: Sequence[Reason | Objection], language: str) -> str:
    """What reasons or objections of one kind say, as on a card."""
    say = speech(language)
    lines = [
        *reason_lines(say, (one for one in alike if isinstance(one, Reason))),
        *objection_lines(say, (one for one in alike if isinstance(one, Objection))),
    ]
    return _plain(lines[-1])


def _plain(sentence: str) -> str:
    return without_tags(sentence).translate(_UNSEEN).strip().removeprefix("•").strip()


_BONDS = {
    BondKind.HELPS: "{of} offers what {to} seeks: {subject}",
    BondKind.HELPS_NEARLY: "{of} offers something near to what {to} seeks: {subject}",
    BondKind.SEEK_THE_SAME: "{of} seek the same: {subject}",
    BondKind.KNOW_THE_SAME: "{of} know the same: {subject}",
    BondKind.LANGUAGE: "common language: {subject}",
    BondKind.SECTOR: "same sector: {subject} ({of})",
}
_DOUBTS = {
    DoubtKind.NOTHING_IN_COMMON: "no topic and no sector in common",
    DoubtKind.MET_BEFORE: "{of} met before, on {subject}",
    DoubtKind.SAME_ORGANISATION: "{of} are of one organisation",
    DoubtKind.LANGUAGE_NOT_STATED: "languages not stated: {of}",
    DoubtKind.ODD_ONE: "{of} joins as one more, since the numbers do not work out",
    DoubtKind.OTHER_SIZE: "a group of {subject}",
}
_UNPLACED = {
    WhyUnplaced.ALONE: "nobody else takes part",
    WhyUnplaced.NO_LANGUAGE: "no language in common with anybody",
    WhyUnplaced.NO_GROUP: "no group with room speaks a language of theirs as a whole; "
    "a language is shared with {nearest}",
}


def bond(one: Bond, called: Called) -> Said:
    """What binds a group."""
    words = _BONDS[one.kind].format(
        of=_listed(one.of, called), to=_listed(one.to, called), subject=_bond_subject(one)
    )
    return Said(one.kind.value, words)


def doubt(one: Doubt, called: Called) -> Said:
    """What speaks against a group."""
    words = _DOUBTS[one.kind].format(of=_listed(one.of, called), subject=one.subject)
    return Said(one.kind.value, words)


def unplaced(one: Unplaced, called: Called) -> Said:
    """Why somebody has no group."""
    return Said(one.why.value, _UNPLACED[one.why].format(nearest=_listed(one.nearest, called)))


def _bond_subject(one: Bond) -> str:
    if one.kind is BondKind.LANGUAGE:
        return speech(DEFAULT).language_name(one.subject)
    if one.kind is BondKind.SECTOR:
        return names.sector(DEFAULT, Sector(one.subject))
    return topic(one.subject)


_FOR = {
    ForKind.COVERS: "covers {subject}",
    ForKind.COVERS_NEARLY: "comes near to {subject}",
    ForKind.COMMON_LANGUAGE: "all speak {subject}",
    ForKind.ONE_COUNTRY: "all operators lie in {subject}",
    ForKind.LEAD_COVERS_MOST: "the lead covers most, {subject} % of the needs by itself",
    ForKind.LEAD_HAS_HELPED: "the lead has helped others before: {subject}",
    ForKind.LEAD_SPEAKS: "the lead speaks {subject} with the partner",
}
_AGAINST = {
    AgainstKind.UNCOVERED: "does not cover {subject}",
    AgainstKind.SEVERAL_COUNTRIES: "the operators lie in {subject} countries",
    AgainstKind.NO_COMMON_LANGUAGE: "each two can talk, but there is no one language of all",
    AgainstKind.LANGUAGE_NOT_STATED: "how many have not stated their languages: {subject}",
}
WHY_NOT = {
    WhyNot.NO_OPERATOR: "an association or network, no operator",
    WhyNot.OFFERS_NOT_STATED: "nothing is offered",
    WhyNot.BRINGS_NOTHING: "offers nothing near to what is needed",
    WhyNot.FULL: "takes no further partner at present",
    WhyNot.OTHER_LANGUAGE: "no language in common",
    WhyNot.OTHER_REGION: "one of the two does not look for partners where the other lies",
    WhyNot.SAME_COUNTRY: "in the same country, which not both wish",
}
_OF_LANGUAGES = frozenset({ForKind.COMMON_LANGUAGE, ForKind.LEAD_SPEAKS})
_OF_NEEDS = frozenset({ForKind.COVERS, ForKind.COVERS_NEARLY, AgainstKind.UNCOVERED})


def for_consortium(one: For) -> Said:
    """What speaks for a consortium."""
    return Said(one.kind.value, _FOR[one.kind].format(subject=_named(one)))


def against_consortium(one: Against) -> Said:
    """What speaks against a consortium."""
    return Said(one.kind.value, _AGAINST[one.kind].format(subject=_named(one)))


def _named(one: For | Against) -> str:
    if one.kind in _OF_LANGUAGES:
        return speech(DEFAULT).language_name(one.subject)
    if one.kind in _OF_NEEDS:
        return topic(one.subject)
    if one.kind is ForKind.ONE_COUNTRY:
        return speech(DEFAULT).country(one.subject)
    return one.subject


def topic(topic_id: str) -> str:
    """A topic as a coordinator calls it."""
    return names.topic(DEFAULT, topic_id)


def _listed(several: Sequence[int], called: Called) -> str:
    return ", ".join(map(called, several))
