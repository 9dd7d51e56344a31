"""For whom something is, said in a sentence: exchanges by their titles, who has answered and in
which part by everyday words, and the rest as it is understood everywhere."""

from collections.abc import Iterable

from domain.audiences import Audience, Trait, Who
from domain.exchanges import Exchange
from domain.languages import LANGUAGES
from domain.rules.wordings import named, parts_of_a_wish
from handlers.announcing.options import valid
from handlers.turn import Turn
from locales import names

ANYWHERE = "anywhere"
"""A region that narrows nothing."""


async def said_in(turn: Turn, text: str, exchanges: Iterable[Exchange]) -> Audience | None:
    """The audience that a sentence speaks of; None where nothing was understood."""
    found, rest = named(text, _called(exchanges))
    audience = Audience(exchange=min(found, default=None))
    meant, rest = named(rest, _phrases())
    for trait, option in sorted(meant):
        audience = audience.having(trait, audience.of(trait) | {option})
    audience, rest = _spoken_to(rest, audience)
    audience = await _about_organisations(turn, rest, audience)
    audience = await _with_session(turn, audience)
    if audience.exchange is not None and audience.who == {Who.MEMBERS}:
        audience = audience.having(Trait.WHO, ())  # An exchange is for its members anyway.
    return None if audience == Audience() else audience


def _called(exchanges: Iterable[Exchange]) -> dict[str, int]:
    """Exchanges by their titles, and by what stands behind a colon in them ("Pilot 2026: Energy
    from sludge"), where only one is called so, and not by a single word: it may mean anything."""
    whole: dict[str, int] = {}
    endings: dict[str, set[int]] = {}
    for one in exchanges:
        for title in one.title.values():
            said = " ".join(title.casefold().split())
            ending = said.rpartition(": ")[2]
            whole |= {said: one.id} if said else {}
            if " " in ending:
                endings.setdefault(ending, set()).add(one.id)
    return {ending: min(ids) for ending, ids in endings.items() if len(ids) == 1} | whole


def _phrases() -> dict[str, tuple[Trait, str]]:
    """Everyday words for the options that profiles do not know."""
    return {
        " ".join(phrase.casefold().split()): (Trait(name.split(":")[0]), name.split(":")[1])
        for name, several in names.audiences_in_all_languages().items()
        for phrase in several
    }


def _spoken_to(text: str, audience: Audience) -> tuple[Audience, str]:
    """Languages, where the text is about speaking one: "Ukrainian" alone says who somebody is."""
    speaking, rest = named(text, dict.fromkeys(names.words_of_speaking(), True))
    if not speaking:
        return audience, text
    meant, rest = named(rest, names.languages_as_spoken())
    return audience.having(Trait.LANGUAGES, meant), rest


async def _about_organisations(turn: Turn, text: str, audience: Audience) -> Audience:
    """Sectors and kinds by their names, countries, languages; topics where no sector is meant."""
    if not any(map(str.isalnum, text)):
        return audience
    understanding, parts = turn.services.understanding, parts_of_a_wish(text)
    for trait, options in (
        (Trait.SECTORS, names.sectors_in_all_languages()),
        (Trait.KINDS, names.kinds_in_all_languages()),
        (Trait.LANGUAGES, names.languages_in_all_languages()),
    ):
        guesses = await understanding.options(parts, options)
        audience = _taking(audience, trait, (one.option for one in guesses if one.exact))
    regions = await understanding.regions(parts, turn.language)
    audience = _taking(audience, Trait.REGIONS, (one.option for one in regions if one.exact))
    if audience.sectors:
        return audience
    mentions = await understanding.topics(text, turn.language)
    topics = (one.topic for each in mentions for one in each.guesses if one.exact)
    return _taking(audience, Trait.TOPICS, topics)


def _taking(audience: Audience, trait: Trait, options: Iterable[str]) -> Audience:
    known = {one for one in options if one != ANYWHERE and valid(trait, one)}
    known &= frozenset(LANGUAGES) if trait is Trait.LANGUAGES else known
    return audience.having(trait, audience.of(trait) | known)


async def _with_session(turn: Turn, audience: Audience) -> Audience:
    """Who has answered is asked of the next session of the exchange, else of the last one; without
    an exchange nothing can be asked."""
    if not audience.answered:
        return audience
    if audience.exchange is None:
        return audience.having(Trait.ANSWERED, ())
    store, now = turn.store.sessions, turn.clock()
    coming = await store.coming(audience.exchange, since=now, limit=1)
    past = await store.past(audience.exchange, before=now, limit=1)
    session = next(iter((*coming, *past)), None)
    if session is None:
        return audience.having(Trait.ANSWERED, ())
    return audience.about(session.id)
