"""How place names are written down for comparison: one spelling for many.

Latin letters lose accents, Arabic loses vowel signs and hamza seats, Cyrillic keeps its letters;
case, hyphens, dots and apostrophes go. Both sides of every comparison pass through `key`.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 80
"""Characters of a name that are looked at; no place's name is longer."""

_SINGLE_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "ə": "a",
        "ё": "е",
        "ґ": "г",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ک": "ك",
        "گ": "ك",
        "ڨ": "ق",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ـ": "",
        "'": "",
        "’": "",
        "‘": "",
        "`": "",
        "´": "",
        "ʼ": "",
        "ʻ": "",
        "ʹ": "",
        "ʽ": "",
        "ʿ": "",
        "ʾ": "",
        "ʺ": "",
        "′": "",
        "&": " & ",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MARK = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
_CYRILLIC_MARKED = re.compile("([иіИІуУ])([\u0306\u0308])")
_NOISE = re.compile(r"[^\w&]+|_+")
_SAINTS = re.compile(r"\b(?:saint|sankt|sanct)\b")
_SAINTES = re.compile(r"\bsainte\b")
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{3})")
_KEPT_CYRILLIC = {"и\u0306": "й", "і\u0308": "ї", "И\u0306": "й", "І\u0308": "ї", "у\u0306": "ў"}


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The one spelling under which `text` is stored and looked up; "" where nothing is left."""
    return _key(text)


def _key(text: str) -> str:
    text = text[: 4 * LONGEST_NAME]
    if text.isascii():
        return _squeeze(text.lower().replace("'", "").replace("`", "").replace("&", " & "))
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SINGLE_LETTERS)
    text = unicodedata.normalize("NFKD", text)
    text = _CYRILLIC_MARKED.sub(lambda m: _KEPT_CYRILLIC.get(m[0], m[1]), text)
    return _squeeze(_MARK.sub("", text))


def _squeeze(text: str) -> str:
    words = _NOISE.sub(" ", text).strip()
    if "sa" in words:
        words = _SAINTES.sub("ste", _SAINTS.sub("st", words))
    return words[:LONGEST_NAME].rstrip()


def spellings(name: str) -> set[str]:
    """Every key under which a name of the gazetteer is stored: Börger is borger and boerger."""
    plain = _key(name)
    found = {plain}
    if name.isascii():
        return found - {""}
    written_out = name.lower().translate(_UMLAUTS)
    if written_out != name.lower():
        found.add(_key(written_out))
    if "ال" in plain:
        found.add(without_article(plain))
    return found - {""}


def without_article(text: str) -> str:
    """An Arabic key without the definite article of its words."""
    return _ARTICLE.sub("", text)


def script(text: str) -> str:
    """The script of a key's first letter: "latin", "cyrillic", "arabic" or "other"."""
    for letter in text:
        if letter.isalpha():
            return _script_of(letter)
    return "other"


def _script_of(letter: str) -> str:
    if letter < "\u0250":
        return "latin"
    if "\u0400" <= letter < "\u0530":
        return "cyrillic"
    if "\u0600" <= letter < "\u0780":
        return "arabic"
    return "latin" if "\u1e00" <= letter < "\u1f00" else "other"
