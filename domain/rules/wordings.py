"""How a wish is worded: "sewage sludge in Jordan" names a topic and a place."""

import re

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
