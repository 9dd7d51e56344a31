"""The options of an audience's traits."""

from domain.audiences import Answered, Trait, Who
from domain.languages import LANGUAGES
from domain.organisations import Kind, Sector
from domain.regions import country_codes, load_regions
from domain.topics import load_topics
from handlers.profile.steps import FREQUENT_REGIONS
from locales import names
from locales.speech import Speech

_FIXED: dict[Trait, tuple[str, ...]] = {
    Trait.WHO: tuple(one.value for one in Who),
    Trait.SECTORS: tuple(one.value for one in Sector),
    Trait.KINDS: tuple(one.value for one in Kind),
    Trait.LANGUAGES: LANGUAGES,
    Trait.ANSWERED: tuple(one.value for one in Answered),
}


def offered(say: Speech, trait: Trait) -> tuple[str, ...]:
    """Those that buttons offer; finer topics and other regions can be named in a sentence."""
    if trait is Trait.TOPICS:
        return names.themes(say.language)
    if trait is Trait.REGIONS:
        return tuple(one for one in FREQUENT_REGIONS if one != "anywhere")
    return _FIXED[trait]


def valid(trait: Trait, option: str) -> bool:
    """Whether there is such an option."""
    if trait is Trait.TOPICS:
        return option in load_topics()
    if trait is Trait.REGIONS:
        return option in load_regions() or option in country_codes()
    return option in _FIXED[trait]
