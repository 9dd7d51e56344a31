"""The languages that the product speaks."""

LANGUAGES = ("de", "en", "fr", "es", "pt", "uk", "ar")
DEFAULT = "en"
RIGHT_TO_LEFT = frozenset({"ar"})
HOMES = {"de": "Europe/Berlin", "uk": "Europe/Kyiv"}
"""By which clocks most people live who speak it; the others are at home in many zones."""


def nearest(language_code: str | None) -> str:
    """The spoken language nearest to a Telegram `language_code` such as "pt-br" or "de"."""
    base = (language_code or "").replace("_", "-").split("-")[0].lower()
    return base if base in LANGUAGES else _NEIGHBOURS.get(base, DEFAULT)


# Many people read a neighbouring language better than English.
_NEIGHBOURS = {"ca": "es", "gl": "pt", "eu": "es", "lb": "de", "gsw": "de", "ru": "uk", "be": "uk"}
