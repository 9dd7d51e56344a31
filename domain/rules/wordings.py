"""How a wish is worded: "sewage sludge in Jordan" names a topic and a place."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Meant = TypeVar("Meant")

# Words that lead from a thing to a place or language, in the seven languages; between them stand
# the names that are to be understood each by itself.
_LEADING = re.compile(
    r"\s+(?:in|im|aus|auf|mit|bei|from|with|at|en|au|aux|à|avec|con|em|no|na|com|desde"
    r"|в|у|з|із|на|по|في|من|مع)\s+(?:(?:der|den|dem|die|das|the|la|le|les|el|los|las|o|a|os|as)\s+)?",
    re.IGNORECASE,
)
_ARABIC_MARKS = str.maketrans("،؛", ",;")


def parts_of_a_wish(text: str) -> str:
    """The text with a comma wherever one thing leads to the next."""
    return _LEADING.sub(", ", text.translate(_ARABIC_MARKS))


def named(text: str, phrases: Mapping[str, Meant]) -> tuple[frozenset[Meant], str]:
    """What the phrases mean that stand in a text as whole words, and the text without them.

    `phrases` says what each means, in small letters. Of two that overlap the longer one counts.
    """
    if not phrases:
        return frozenset(), text
    found = _any_of(tuple(sorted(phrases, key=lambda one: (-len(one), one))))
    said = (" ".join(one.casefold().split()) for one in found.findall(text))
    meant = frozenset(phrases[one] for one in said if one in phrases)
    return meant, found.sub(", ", text) if meant else text


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    several = "|".join(r"\s+".join(map(re.escape, one.split())) for one in phrases)
    # The second half of "VKU-Mitglieder" is no word of its own.
    return re.compile(rf"(?<!\w)(?<!\w-)(?:{several})(?!\w)", re.IGNORECASE)
