"""Rounds in words: who sits in a group, why, and what to begin with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from delivery.cards import NEWLINE
from delivery.option_words import listed
from domain.languages import LANGUAGES
from domain.organisations import Organisation, Sector
from domain.people import Detail
from domain.round_programmes import Programme, Sitter
from domain.rounds import Bond, BondKind, Doubt, DoubtKind
from domain.rules.questions import first_questions
from domain.rules.rounds import hours_of_all, opening_language, spoken_by
from domain.texts import Texts, shown
from locales import moments, names
from locales.speech import Speech, speech

NAMED = 4
"""So many topics and members are named in a line."""
MOST_OF_A_NAME = 60
MOST_OF_A_CARD = 2_900
"""So many characters a group's card has: with what stands around it, it has to fit into a message,
and who sits there is more important than why."""
MOST_OF_MEMBERS = 1_800
"""Where the cards of all members are longer, only their names and contacts are said."""

Called = Mapping[int, str]
"""How members are called, by the ids of their memberships."""


def rhythm_line(say: Speech, programme: Programme) -> Markup:
    """How many sit together, how often, and until when."""
    return say(
        "rounds-how",
        size=say.plain(f"rounds-size-{programme.size}"),
        every=say.plain(f"rounds-every-{programme.every_days}"),
        day=say.date(programme.until),
    )


def called(say: Speech, sitters: Iterable[Sitter], most: int = MOST_OF_A_NAME) -> dict[int, str]:
    """How each is called in a sentence, in so many characters: by what they let others see."""
    return {one.id: names.cut(name_of(say, one), most) for one in sitters}


def within(lines: Iterable[Markup], most: int) -> list[Markup]:
    """As many of the lines as fit into so many characters, whole ones only."""
    found, left = [], most
    for one in lines:
        left -= len(one)
        if left < 0:
            break
        found.append(one)
    return found


def name_of(say: Speech, one: Sitter) -> str:
    """A member's name as far as they share it, with their organisation's; else its name alone."""
    shared = one.person.shared().get(Detail.NAME) if one.person else one.membership.name
    own = one.organisation.name if one.organisation else one.membership.organisation
    if shared and own:
        return f"{shared} ({own})"
    return shared or own or say.plain("rounds-nameless", number=one.id)


def member_card(say: Speech, one: Sitter, *, whole: bool = True) -> Markup:
    """Another member of the reader's group: who they are, and how to reach them; the `whole` of it
    with their function and where their organisation lies."""
    lines = [say("round-member", name=names.cut(name_of(say, one), 2 * MOST_OF_A_NAME))]
    shared = one.person.shared() if one.person else {Detail.EMAIL: one.membership.email}
    reach = {which: shared.get(which) for which in (Detail.EMAIL, Detail.PHONE)}
    if whole and (function := shared.get(Detail.FUNCTION)):
        lines.append(_labelled(say, "detail-function", names.cut(function, MOST_OF_A_NAME)))
    if whole and one.organisation and one.organisation.place:
        lines.append(_labelled(say, "answer-place", names.place(say, one.organisation.place)))
    lines += [_labelled(say, f"detail-{which}", text) for which, text in reach.items() if text]
    if not any(reach.values()):
        lines.append(say("contact-shares-nothing"))
    return NEWLINE.join(lines)


def _members(say: Speech, others: Sequence[Sitter]) -> Markup:
    whole = Markup("\n\n").join(member_card(say, one) for one in others)
    if len(whole) <= MOST_OF_MEMBERS:
        return whole
    return NEWLINE.join(member_card(say, one, whole=False) for one in others)


def _labelled(say: Speech, key: str, value: str) -> Markup:
    return say(
        "labelled-line", label=Markup("{}").format(say.plain(key)), value=say.listing([value])
    )


def bond_lines(say: Speech, bonds: Sequence[Bond], names_: Called) -> list[Markup]:
    """What speaks for a group, a line for all topics between the same members."""
    grouped: dict[tuple[BondKind, tuple[int, ...], tuple[int, ...]], list[str]] = {}
    for one in bonds:
        if names_.keys() >= {*one.of, *one.to}:
            grouped.setdefault((one.kind, one.of, one.to), []).append(one.subject)
    return [
        say(
            f"round-bond-{kind.value}",
            of=_people(say, of, names_),
            to=_people(say, to, names_),
            subjects=listed(say, [_subject(say, kind, one) for one in subjects], NAMED),
        )
        for (kind, of, to), subjects in grouped.items()
    ]


def doubt_lines(say: Speech, doubts: Sequence[Doubt], names_: Called) -> list[Markup]:
    """What speaks against a group, though it was made."""
    return [_doubt(say, one, names_) for one in doubts if names_.keys() >= set(one.of)]


def _doubt(say: Speech, one: Doubt, names_: Called) -> Markup:
    key = f"round-doubt-{one.kind.value}"
    if one.kind is DoubtKind.NOTHING_IN_COMMON:
        return say(key)
    if one.kind is DoubtKind.OTHER_SIZE:
        return say(key, int(one.subject))
    if one.kind is DoubtKind.MET_BEFORE:
        day = say.date(date.fromisoformat(one.subject))
        return say(key, of=_people(say, one.of, names_), day=day)
    return say(key, of=_people(say, one.of, names_))


def _people(say: Speech, several: Iterable[int], names_: Called) -> Markup:
    return listed(say, [names_[one] for one in several], NAMED)


def _subject(say: Speech, kind: BondKind, subject: str) -> str:
    if kind is BondKind.LANGUAGE:
        return say.language_name(subject)
    if kind is BondKind.SECTOR:
        return names.sector(say.language, Sector(subject))
    return names.topic(say.language, subject)


def group_card(
    say: Speech,
    own: Sitter,
    others: Sequence[Sitter],
    reasons: Sequence[Bond],
    against: Sequence[Doubt],
    *,
    title: Texts,
    zone: str,
    at: datetime,
) -> Markup:
    """A group for one of its members: the others, why they sit together, the hours at which all are
    at work, and an opening in a language that all speak."""
    names_ = called(say, (own, *others))
    members, first = _members(say, others), opening(say, own, others, title=title)
    hours = hours_line(say, (own, *others), zone, at)
    left = MOST_OF_A_CARD - len(members) - len(first) - len(hours)
    why = within([*doubt_lines(say, against, names_), *bond_lines(say, reasons, names_)], left)
    reasons_ = NEWLINE.join([say("round-why"), *why]) if why else Markup("")
    return Markup("\n\n").join(part for part in (members, reasons_, hours, first) if part)


def hours_line(say: Speech, sitters: Sequence[Sitter], zone: str, at: datetime) -> Markup:
    """When all are at work on that day, by the reader's clocks; "" where it is not known."""
    places = [one.organisation.place for one in sitters if one.organisation]
    zones = [one.timezone if one else None for one in places]
    if len([one for one in zones if one]) < len(sitters):
        return Markup("")
    span = hours_of_all(at.date(), zones)
    if span is None:
        return say("round-no-hours")
    return say(
        "round-hours",
        start=moments.clock_time(say, span.start, zone),
        end=moments.clock_time(say, span.end, zone),
        city=moments.zone_name(say, zone),
    )


def opening(say: Speech, own: Sitter, others: Sequence[Sitter], *, title: Texts) -> Markup:
    """A first message to copy: in a language that all speak, else in the reader's own."""
    common = opening_language([_spoken(one) for one in (own, *others)], say.language)
    language = common or say.language
    text = speech(language).plain(
        "round-opening",
        title=shown(title, language),
        question=_question(language, own, others),
    )
    lead = (
        say("round-opening-in", language=say.language_name(language))
        if common
        else say("round-opening-own")
    )
    return NEWLINE.join([lead, Markup("<code>{}</code>").format(text)])


def _spoken(one: Sitter) -> frozenset[str] | None:
    own = one.organisation or Organisation(one.id)
    return spoken_by(own, one.person.language if one.person else None)


def _question(language: str, own: Sitter, others: Sequence[Sitter]) -> str:
    """On a topic that the reader shares with one of the others, if there is any."""
    say = speech(language)
    here = own.organisation
    for one in others:
        if here is None or one.organisation is None:
            continue
        for found in first_questions(here, one.organisation):
            key = f"first-question-{found.kind.value}-{found.number}"
            return say.plain(key, topic=names.topic(language, found.topic))
    return say.plain("round-question")


def best_language(own: Sitter, others: Sequence[Sitter], *, fallback: str) -> str:
    """In which language to write to a member without Telegram: one of all, else one that one of
    the others speaks, else that of who passes it on."""
    common = opening_language([_spoken(one) for one in (own, *others)], fallback)
    heard = {one for other in others for one in _spoken(other) or ()}
    return common or next((one for one in LANGUAGES if one in heard), fallback)
