"""A name in Cyrillic or Arabic letters as it may be written in Latin ones, for towns that our lists
know in Latin letters only: Охінаґа is Ojinaga, كاخاماركا is Cajamarca.

Each table below spells the sounds as one family of languages does; none is a standard. The forms
are looked up, so that a wrong one does no harm.
"""

import re
from collections.abc import Iterator

_SOUNDS = """
а:a б:b в:v г:g ґ:g д:d е:e є:ie ж:zh з:z и:i і:i ї:i й:i к:k
л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:sh
ь: ю:iu я:ia ъ: ы:y э:e ё:io
ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:d ر:r ز:z س:s ش:sh ص:s ض:d
ط:t ظ:z ع:a غ:g ف:f ق:q ك:k ل:l م:m ن:n ه:h و:o ي:i ء:
"""
_BASE = {pair[0]: pair[2:] for pair in _SOUNDS.split()}
_SPANISH = {"х": "j", "خ": "j", "ж": "y", "ц": "z", "ш": "ch", "ش": "ch", "з": "s", "ز": "s"}
_FRENCH = {"у": "ou", "و": "ou", "ш": "ch", "ش": "ch", "ж": "j", "х": "h", "ц": "ts", "й": "y"}
_PORTUGUESE = {"х": "j", "خ": "j", "ж": "j", "ш": "x", "ش": "x", "ц": "z", "з": "s", "ч": "tch"}
_GERMAN = {"в": "w", "ш": "sch", "ش": "sch", "х": "h", "خ": "ch", "ц": "z", "з": "s", "й": "j"}
_ENGLISH = {"х": "h", "خ": "h", "й": "y", "ж": "j", "г": "h", "в": "w", "ب": "p", "و": "u"}
# Romance languages write k as c, and as qu before e and i.
_ROMANCE = (_SPANISH, _PORTUGUESE, _FRENCH)
_SPELLINGS: tuple[dict[str, str], ...] = (_SPANISH, _FRENCH, _ENGLISH, _GERMAN, _PORTUGUESE, {})
_DOUBLED = re.compile(r"(.)\1+")


def latin_spellings(name: str) -> Iterator[str]:
    """Up to six keys in Latin letters that a key in Cyrillic or Arabic ones may sound like."""
    seen: set[str] = set()
    for spelling in _SPELLINGS:
        sounds = _BASE | spelling
        latin = "".join(sounds.get(letter, letter) for letter in name)
        if spelling in _ROMANCE:
            latin = re.sub(r"k(?=[ei])", "qu", latin).replace("k", "c")
        latin = _DOUBLED.sub(r"\1", latin)
        if latin not in seen and latin.isascii():
            seen.add(latin)
            yield latin
