"""Cards: an organisation, a person, a match, as a reader sees them."""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from delivery.option_words import ON_OWN_CARD, option_words, options_text, until_words
from delivery.reason_lines import gap_line, objection_lines, reason_lines
from domain.matches import Match
from domain.organisations import Organisation
from domain.people import Person
from domain.places import Place
from domain.profiles import Answer, Profile
from domain.rules.fullness import NOT_FULL, is_full
from domain.rules.reasons import gaps, reasons, silent_about_the_place
from locales import names
from locales.speech import Speech

NEWLINE = Markup("\n")


def profile_card(say: Speech, profile: Profile, today: date) -> Markup:
    """A person's own profile: every answer, what is not stated marked as such, and how much of it
    is answered."""
    lines = [say("profile-title")]
    lines += [
        _line(say, f"answer-{which.value}", answer_text(say, profile, which, today))
        for which in Answer
    ]
    lines += [Markup(""), progress(say, profile), Markup("")]
    own = profile.organisation
    if own is not None and own.hidden_at is not None:
        lines.append(say("profile-hidden-by-coordinators"))
    else:
        lines.append(say("profile-published" if profile.published else "profile-hidden"))
    if own is not None and own.confirmed_at is None and not own.example:
        lines.append(say("organisation-unconfirmed"))
    if own is not None and own.full_until is not None and is_full(own, today):
        lines.append(say("profile-full", day=say.date(own.full_until)))
    return NEWLINE.join(lines)


NAMED_OPEN = 4
"""So many answers that are missing are named in the line of progress."""


def progress(say: Speech, profile: Profile) -> Markup:
    """How many answers are given, and which are not."""
    missing, total = profile.missing, len(Answer)
    if not missing:
        return say("profile-complete", total)
    words = [say.plain(f"answer-{which.value}") for which in missing[:NAMED_OPEN]]
    if len(missing) > NAMED_OPEN:
        words.append(say.plain("and-more", len(missing) - NAMED_OPEN))
    return say("profile-progress", total - len(missing), total=total, open=say.listing(words))


def answer_text(say: Speech, profile: Profile, which: Answer, today: date | None = None) -> Markup:
    """One answer as text; `today`: a day until which one was full and that has passed says that
    one is open."""
    value = profile.answer(which)
    if value is None:
        return Markup("<i>{}</i>").format(say.plain("not-stated"))
    if which is Answer.CONTACT:
        return say.listing(one for one in (profile.person.email, profile.person.phone) if one)
    if isinstance(value, bool):
        return say.listing([option_words(say, which)("yes" if value else "no")])
    if isinstance(value, Place):
        return say.listing([names.place(say, value)])
    if isinstance(value, date):
        passed = today is not None and value <= today
        return say.listing([until_words(say, NOT_FULL if passed else value.isoformat())])
    if isinstance(value, frozenset):
        return options_text(say, which, value, most=ON_OWN_CARD)
    return say.listing([option_words(say, which)(str(value))])


def partner_card(say: Speech, match: Match) -> Markup:
    """A suggested partner: who it is, why it fits, what is to be considered, and what could not be
    weighed."""
    other = match.organisation
    lines = [
        say("partner-name", name=other.name or say.plain("not-stated")),
        *_facts(say, other, with_place=True),
        Markup(""),
        say(f"mode-{match.mode.value}"),
        *reason_lines(say, match.reasons),
        *objection_lines(say, match.against),
        *gap_line(say, match.gaps),
    ]
    return NEWLINE.join(lines)


def anonymous_card(say: Speech, own: Organisation, other: Organisation) -> Markup:
    """Another organisation without its name and place, and why it fits `own`."""
    lines = [
        *_facts(say, other, with_place=False),
        *_topic_lines(say, other),
        Markup(""),
        *reason_lines(say, silent_about_the_place(reasons(own, other))),
        *gap_line(say, gaps(other)),
    ]
    return NEWLINE.join(lines).strip()


def contact_card(say: Speech, organisation: Organisation, people: Iterable[Person]) -> Markup:
    """An organisation by name with the people who speak for it, as far as each has agreed."""
    lines = [
        say("partner-name", name=organisation.name or say.plain("not-stated")),
        *_facts(say, organisation, with_place=True),
    ]
    for person in people:
        shared = person.shared()
        lines.append(Markup(""))
        lines += [
            _line(say, f"detail-{detail.value}", say.listing([text]))
            for detail, text in shared.items()
        ]
        if not shared:
            lines.append(say("contact-shares-nothing"))
    return NEWLINE.join(lines)


def organisation_facts(say: Speech, one: Organisation) -> Markup:
    """An organisation by name, what it is, where it lies, what it offers and seeks."""
    name = say("partner-name", name=names.organisation(say, one))
    return NEWLINE.join([name, *_facts(say, one, with_place=True), *_topic_lines(say, one)])


def _line(say: Speech, label: str, value: Markup) -> Markup:
    return say("labelled-line", label=Markup("{}").format(say.plain(label)), value=value)


def _facts(say: Speech, one: Organisation, *, with_place: bool) -> list[Markup]:
    """What an organisation is and where it lies; on an anonymous card only the country."""
    facts = []
    if one.example:
        facts.append(say("example-mark"))
    elif one.confirmed_at is None:
        facts.append(say("organisation-unconfirmed"))
    if one.kind:
        facts.append(_line(say, "answer-kind", say.listing([names.kind(say.language, one.kind)])))
    where = _where(say, one, with_place=with_place)
    if where:
        facts.append(where)
    if one.sectors:
        facts.append(_line(say, "answer-sectors", options_text(say, Answer.SECTORS, one.sectors)))
    return facts


def _where(say: Speech, one: Organisation, *, with_place: bool) -> Markup | None:
    if one.place and with_place:
        return _line(say, "answer-place", say.listing([names.place(say, one.place)]))
    country = names.country_of(say, one)
    return _line(say, "country", say.listing([country])) if country else None


def _topic_lines(say: Speech, one: Organisation) -> list[Markup]:
    return [
        _line(say, f"answer-{which.value}", options_text(say, which, topics))
        for which, topics in ((Answer.OFFERS, one.offers), (Answer.SEEKS, one.seeks))
        if topics
    ]
