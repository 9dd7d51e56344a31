"""How names of organisations are taken apart: what is their own, and what many have in common.

"Stadtwerke Kassel", "Kassel municipal utility" and "КП «Кассель Водоканал»" share the word that
is their own; the rest only says what they are. Other scripts are written in Latin letters first.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 200
"""Characters of a name that are looked at."""

_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "io",
    "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "ў": "u",
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w", "ي": "y", "ى": "a", "ئ": "", "ؤ": "w",
    "ء": "", "ـ": "", "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g", "ک": "k", "ی": "y",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts",
    "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
    "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "o", "å": "a",
    "ł": "l", "đ": "d", "ı": "i",
}  # fmt: skip
_LATIN = str.maketrans(_LETTERS)
_WORD = re.compile(r"[^\W_]+")
_ARABIC_ARTICLE = re.compile(r"(?<!\w)(?:و|ب|ل)?ال(?=\w{3})")

CITY, UTILITY = "city", "utility"
# What many names have in common, by what it says of them; "" says nothing that tells two apart.
_COMMON: dict[str, str] = {
    "": """der die das den des dem von zu zur zum fur und of the for and de du des la le les el los
        las y et e do da dos das del al a an in im am an s d l ta i z m gmbh ag kg co kgaa mbh ev e
        v gbr aor eigenbetrieb zweckverband verband holding group gruppe ltd limited inc plc llc
        company companies corporation corp societe compagnie empresa companhia compania sa sas srl
        spa ltda sociedad sociedade anonima anonyme kp tov vat prat tzov komunalne pidpryiemstvo
        miskyi miske miskoi misto mista miskrada kommunal kommunale kommunaler kommunales municipal
        municipale municipales municipaux municipais comunal communal communale public publico
        publica publique publics servicios services service servicos dienste betriebe betrieb
        betriebshof office national nationale nacional regional regionale authority agency agence
        agencia amt department directorate direction shrka sharika muassasa baldi baldy baldya
        amaa aama hyya mslha idara musassa mwssa shrk office""",
    CITY: """stadt stadtverwaltung gemeinde kommune rathaus magistrat markt city town municipality
        council borough ville commune mairie municipalidad municipio ayuntamiento alcaldia
        prefeitura municipio camara hromada rada miskrada baldyya bldya bldyt baldyyt amana amant
        landeshauptstadt hansestadt landkreis kreis county district""",
    UTILITY: """stadtwerke stadtwerk gemeindewerke kommunalwerke versorger versorgung
        versorgungsbetriebe versorgungsgesellschaft technische werke utility utilities regie
        mrafq marafiq shtadtverke""",
    "water": """wasser wasserwerk wasserwerke wasserbetriebe wasserversorgung trinkwasser water
        waterworks eau eaux agua aguas aqua vodokanal voda vodopostachannia myah miyah mya
        onea sonede acueducto""",
    "wastewater": """abwasser entwaesserung stadtentwaesserung abwasserbetrieb abwasserentsorgung
        klaerwerk wastewater sewerage sewage sanitation assainissement saneamiento saneamento
        esgoto alcantarillado kanalizatsiia vodovidvedennia srf shy sahi""",
    "waste": """abfall abfallwirtschaft abfallwirtschaftsbetrieb entsorgung stadtreinigung
        strassenreinigung waste cleansing cleaning dechets residuos limpieza limpeza aseo proprete
        vidkhody vidkhodiv nfayat""",
    "energy": """energie energia energy strom gas power electricity electric electricite heating
        fernwaerme waerme energetika teploenergo teplokomunenergo kahraba khrba taqa taqt""",
    "transport": """verkehrsbetriebe verkehr verkehrsgesellschaft transport transit tram trolleibus
        nql""",
}  # fmt: skip
COMMON = {word: concept for concept, words in _COMMON.items() for word in words.split()}
# Parts of compounds: "Lvivvodokanal", "Gelsenwasser", "Stadtentwässerung".
_PARTS = "|".join(
    sorted((one for one, says in COMMON.items() if says and len(one) >= 6), key=len, reverse=True)
)
_ENDS_SO = re.compile(rf"(.{{3,}}?)({_PARTS})")
_BEGINS_SO = re.compile(rf"({_PARTS})(.{{3,}})")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: its own words, what it says that the organisation is, and all of it on
    one line in Latin letters; `vowelless` says that it was written in Arabic."""

    own: frozenset[str]
    concepts: frozenset[str]
    whole: str
    vowelless: bool = False

    @property
    def numbers(self) -> frozenset[str]:
        """Numbers in the name, which tell namesakes apart."""
        return frozenset(one for one in self.own if one.isdigit())


def in_latin(text: str) -> str:
    """A name in small Latin letters without accents, words between single spaces."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).casefold()
    text = _ARABIC_ARTICLE.sub("", text).translate(_LATIN)
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)
    )
    return " ".join(_WORD.findall(plain.translate(_LATIN)))


@lru_cache(maxsize=50_000)
def taken_apart(name: str) -> NameParts:
    """A name's own words and what the others say of it."""
    whole = in_latin(name)
    own: set[str] = set()
    concepts: set[str] = set()
    for word in whole.split():
        rest, concept = _split(word)
        if concept:
            concepts.add(concept)
        if rest:
            own.add(rest)
    arabic = any("\u0600" <= one < "\u0780" for one in name)
    return NameParts(frozenset(own), frozenset(concepts), whole, arabic)


def _split(word: str) -> tuple[str, str]:
    """A word's own part, and the concept that it names; either may be ""."""
    if word in COMMON:
        return "", COMMON[word]
    if ended := _ENDS_SO.fullmatch(word):
        return ended[1], COMMON[ended[2]]
    if begun := _BEGINS_SO.fullmatch(word):
        return begun[2], COMMON[begun[1]]
    return word, ""


_SOUNDS = (("sch", "s"), ("shch", "s"), ("sh", "s"), ("ch", "k"), ("kh", "k"), ("gh", "k"),
           ("ck", "k"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ts", "z"),
           ("ss", "s"))  # fmt: skip
_ALIKE = str.maketrans({"q": "k", "c": "k", "g": "k", "x": "k", "v": "f", "z": "s", "j": "s",
                        "p": "b"} | dict.fromkeys("aeiouyw", ""))  # fmt: skip


def consonants(word: str) -> str:
    """What is left of a word in any script: its consonants, alike ones as one, none twice in a
    row. Arabic writes no short vowels, and every other script spells the long ones its own way."""
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return re.sub(r"(.)\1+", r"\1", word.translate(_ALIKE))
