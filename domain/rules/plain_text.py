"""What a person typed, made fit to be kept: no control or direction marks, single spaces."""

import unicodedata

# Marks that join letters or emoji are part of the writing; other format characters only change
# how the text around them is shown.
_JOINERS = frozenset("\u200c\u200d")
# Letters by their class, but nothing is seen of them: fillers of Hangul.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


def cleaned(text: str) -> str:
    """The text on one line, without control characters and direction marks."""
    kept = "".join(one if _visible(one) else " " if one.isspace() else "" for one in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or (
        character in _JOINERS
    )


def says_something(text: str) -> bool:
    """Whether there is at least one letter or digit in it."""
    return any(character.isalnum() and character not in _FILLERS for character in text)


def looks_like_markup(text: str) -> bool:
    """Whether it holds signs that no name has."""
    return any(sign in text for sign in "<>{}\\")


def in_plain_digits(text: str) -> str:
    """The text with digits of any script (Arabic-Indic, Persian, …) as 0 to 9."""
    return "".join(
        one if unicodedata.decimal(one, None) is None else str(unicodedata.decimal(one))
        for one in text
    )


def folded(text: str) -> str:
    """The text in small letters without accents and apostrophes, to be compared: "fevrier",
    "п'ятниця" and "ابريل" are then what was meant."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one) and one not in "'’ʼ`")
