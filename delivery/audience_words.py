"""An audience in plain words, and when an announcement leaves."""

from collections.abc import Callable

from markupsafe import Markup

from delivery.option_words import listed, option_words
from domain.announcements import Timing, When
from domain.audiences import Audience, Trait
from domain.profiles import Answer
from domain.texts import shown
from locales import moments
from locales.speech import Speech
from storage.store import Store

_AS_IN_PROFILES = {
    Trait.SECTORS: Answer.SECTORS,
    Trait.KINDS: Answer.KIND,
    Trait.TOPICS: Answer.OFFERS,
    Trait.REGIONS: Answer.REGIONS,
    Trait.LANGUAGES: Answer.LANGUAGES,
}


def trait_option(say: Speech, trait: Trait) -> Callable[[str], str]:
    """How the options of a trait are worded."""
    answer = _AS_IN_PROFILES.get(trait)
    if answer is not None:
        return option_words(say, answer)
    return lambda one: say.plain(f"audience-{trait.value}-{one}")


async def audience_words(store: Store, say: Speech, audience: Audience) -> Markup:
    """For whom something is: one piece for each thing by which it is narrowed."""
    pieces = [await _of_exchange(store, say, audience)]
    for trait in Trait:
        chosen = audience.of(trait)
        if not chosen or (trait is Trait.ANSWERED and audience.session is None):
            continue
        words = sorted(map(trait_option(say, trait), chosen))
        pieces.append(say(f"audience-{trait.value}", chosen=listed(say, words)))
    if audience.session is not None:
        session = await store.sessions.by_id(audience.session)
        title = shown(session.title, say.language) if session else "–"
        day = say.date(session.starts_at) if session else "–"
        pieces.append(say("audience-session", title=title, day=day))
    return Markup("; ").join(pieces)


async def _of_exchange(store: Store, say: Speech, audience: Audience) -> Markup:
    if audience.exchange is None:
        return say("audience-everybody")
    exchange = await store.exchanges.by_id(audience.exchange)
    return say("audience-exchange", title=shown(exchange.title, say.language) if exchange else "–")


def when_words(say: Speech, when: When, zone: str) -> str:
    """When it leaves, for a reader who lives by `zone`."""
    if when.at is None or when.timing is Timing.NOW:
        return say.plain("announcement-when-now")
    if when.timing is Timing.LOCAL:
        time = moments.clock_time(say, when.at, "UTC")
        return say.plain("announcement-when-local", day=say.date(when.at), time=time)
    return moments.moment(say, when.at, zone)
