"""Cards: an organisation, a person, a match, as a reader sees them."""

from collections.abc import Callable, Iterable
from datetime import date

from markupsafe import Markup

from domain.matches import Gap, Match, Reason, ReasonKind
from domain.organisations import Organisation
from domain.people import Person
from domain.places import Place
from domain.profiles import Answer, Profile
from domain.rules.fullness import NOT_FULL, is_full, months_of
from domain.rules.reasons import gaps, reasons
from locales import names
from locales.speech import Speech

NEWLINE = Markup("\n")
SHOWN = 12
"""So many items of a list are named on a card: a card must fit into a message."""


ON_OWN_CARD = 6
"""As many on one's own card, which names every answer."""


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


def options_text(say: Speech, which: Answer, chosen: Iterable[str], *, most: int = SHOWN) -> Markup:
    """Chosen options in words; long lists end with how many more there are."""
    worded = option_words(say, which)
    words = (
        [worded(one) for one in sorted(chosen, key=int)]
        if which is Answer.SDGS
        else sorted(map(worded, chosen))
    )
    if not words:
        return Markup("{}").format(say.plain("nothing-chosen"))
    if len(words) <= most:
        return say.listing(words)
    return say.listing([*words[:most], say.plain("and-more", n=len(words) - most)])


def option_words(say: Speech, which: Answer) -> Callable[[str], str]:
    """How the options of an answer are worded: a function from a stored id to words."""
    language = say.language
    worded: dict[Answer, Callable[[str], str]] = {
        Answer.SHARES: lambda one: say.plain(f"detail-{one}"),
        Answer.KIND: lambda one: say.plain(f"kind-{one}"),
        Answer.SECTORS: lambda one: say.plain(f"sector-{one}"),
        Answer.OFFERS: lambda one: names.topic(language, one),
        Answer.SEEKS: lambda one: names.topic(language, one),
        Answer.LANGUAGES: say.language_name,
        Answer.REGIONS: lambda one: names.region(language, one),
        Answer.FORMS: lambda one: say.plain(f"filter-form-{one}"),
        Answer.SIZE: lambda one: say.plain(f"size-{one}"),
        Answer.ACTIVE: lambda one: say.plain(f"active-{one}"),
        Answer.SDGS: lambda one: names.goal(language, one),
        Answer.REGIONS_EXCLUDED: lambda one: names.region(language, one),
        Answer.FULL_UNTIL: lambda one: until_words(say, one),
    }
    return worded.get(which, str)


def until_words(say: Speech, option: str) -> str:
    """From when on a further partner is welcome: now, after some months, or from a day on."""
    if option == NOT_FULL:
        return say.plain("full-not")
    months = months_of(option)
    if months is not None:
        return say.plain("full-for-months", months)
    return say.plain("full-until", day=say.date(date.fromisoformat(option)))


def partner_card(say: Speech, match: Match) -> Markup:
    """A suggested partner: who it is, why it fits, and what could not be weighed."""
    other = match.organisation
    lines = [
        say("partner-name", name=other.name or say.plain("not-stated")),
        *_facts(say, other, with_place=True),
        Markup(""),
        say(f"mode-{match.mode.value}"),
        *_reason_lines(say, match.reasons),
        *_gap_line(say, match.gaps),
    ]
    return NEWLINE.join(lines)


def anonymous_card(say: Speech, own: Organisation, other: Organisation) -> Markup:
    """Another organisation without its name and place, and why it fits `own`."""
    lines = [
        *_facts(say, other, with_place=False),
        *_topic_lines(say, other),
        Markup(""),
        *_reason_lines(say, reasons(own, other)),
        *_gap_line(say, gaps(other)),
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


_REASON_ANSWER = {
    ReasonKind.THEY_OFFER: Answer.OFFERS,
    ReasonKind.THEY_SEEK: Answer.SEEKS,
    ReasonKind.BOTH_SEEK: Answer.SEEKS,
    ReasonKind.SHARED_LANGUAGE: Answer.LANGUAGES,
    ReasonKind.SHARED_SECTOR: Answer.SECTORS,
    ReasonKind.REGION_WANTED: Answer.REGIONS,
    ReasonKind.FORM_FITS: Answer.FORMS,
    ReasonKind.SHARED_FORM: Answer.FORMS,
    ReasonKind.SHARED_SDG: Answer.SDGS,
}


def _reason_lines(say: Speech, several: Iterable[Reason]) -> list[Markup]:
    """One line a kind of reason, naming all its subjects."""
    grouped: dict[ReasonKind, list[str]] = {}
    for reason in several:
        grouped.setdefault(reason.kind, []).append(reason.subject)
    return [
        say(f"reason-{kind.value}", subjects=options_text(say, _REASON_ANSWER[kind], subjects))
        for kind, subjects in grouped.items()
    ]


def _gap_line(say: Speech, several: tuple[Gap, ...]) -> list[Markup]:
    if not several:
        return []
    labels = [say.plain(f"answer-{gap.value}") for gap in several]
    return [say("partner-gaps", gaps=say.listing(labels))]
