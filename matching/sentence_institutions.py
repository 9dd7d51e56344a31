"""Words for what an organisation is, in seven languages, with the kind and sectors they tell of.

A star stands for any ending or, in front, for any beginning ("*wasser"). The lines of a table:
kind, sectors, words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from domain.organisations import Kind, Sector
from matching.topic_text import Word, key_of

_NOUNS = """
utility | | Stadtwerke; Stadtwerken; Stadtwerk; Stadtwerks; Gemeindewerke; Gemeindewerken
utility | | Kreiswerke; Stadtbetriebe; Stadtbetrieben; Eigenbetrieb; Eigenbetriebs
utility | | Versorgungsbetrieb*
utility | | Versorger; Versorgers; Kommunalbetrieb*; Kommunalunternehmen; Betreiber
utility | | Wirtschaftsbetrieb*
utility | water_supply | Wasserwerk*; Wasserversorg*; Wasserbetrieb*; Wasserunternehmen; Wasser
utility | water_supply | hansewasser; Gelsenwasser
utility | wastewater | Stadtentwässerung*; Entwässerung*; Abwasserbetrieb*; Abwasserwerk*
utility | wastewater | Klärwerk*
utility | waste | Stadtreinigung; Abfallwirtschaft*; Entsorgungsbetrieb*; Abfallbetrieb*
utility | waste | Entsorger
utility | energy_supply | Energieversorg*; Stromversorg*; Netzbetreiber
district | | *kreis
utility | public_transport | Verkehrsbetrieb*; Stadtverkehr
association | water_supply | Wasserverband*; Wasserzweckverband*; Trinkwasserverband*
association | wastewater | Abwasserverband*; Abwasserzweckverband*
association | | Zweckverband; Zweckverbands; Zweckverbandes; Verband; Städtetag; Gemeindetag
association | | Verein
association | waste | Abfallzweckverband*
municipality | | Stadt; Gemeinde; Kommune; Stadtverwaltung; Gemeindeverwaltung; Landeshauptstadt
municipality | | Hansestadt; Kleinstadt; Großstadt; Kreisstadt; Marktgemeinde; Samtgemeinde
municipality | | Rathaus
municipality | | Verbandsgemeinde; Stadträtin; Universitätsstadt; Ortsgemeinde; Bezirksamt
district | | Landkreis; Landkreises; Landkreise; Kreis; Kreises; Landratsamt; Landratsamts
district | | Kreisverwaltung
network | | Netzwerk; Netzwerks

municipality | | City; Town; Municipality; Municipalities; Council; Village; Borough; Township
municipality | | Mayoralty
municipality | | Municipal Council; City Council; Commune; City Hall
district | | District; County; Governorate; Province; Region
utility | | Utility; Utilities; Operator; Works
utility | water_supply | Water; Waterworks
utility | wastewater | Sewerage; Sewage; Sanitation; Wastewater
utility | waste | Waste; Cleansing
utility | energy_supply | Electricity; Energy; Power
utility | | Company; Corporation; Authority; Services
association | | Association; Federation; Union
network | | Network

municipality | | ville; commune; mairie; municipalité; village; métropole; agglomération
municipality | | arrondissement
municipality | | collectivité; communauté urbaine
district | | département; province; région; préfecture; gouvernorat
utility | | régie; société; compagnie; services; service; office; entreprise; opérateur
utility | water_supply | eau; eaux
utility | wastewater | assainissement
utility | waste | déchets
association | | syndicat; association; fédération
network | | réseau

municipality | | municipalidad; municipio; ayuntamiento; alcaldía; ciudad; intendencia; comuna
municipality | | pueblo; cabildo
district | | provincia; departamento; cantón; gobernación; prefectura; mancomunidad; distrito
utility | | empresa; compañía; servicios; servicio
utility | water_supply | agua; aguas; acueducto
utility | wastewater | alcantarillado; saneamiento
utility | waste | aseo; residuos
association | | asociación; federación
network | | red

municipality | | município; municipio; prefeitura; câmara; cidade; vila; autarquia; freguesia
municipality | | concelho
district | | província; distrito; região
utility | | empresa; companhia; serviços; serviço; operadora
utility | water_supply | água; águas
utility | wastewater | saneamento; esgoto; esgotos
utility | waste | resíduos
association | | associação; federação
network | | rede

municipality | | місто; міста; місті; містом; місту; громада; громади; громаді; громаду; громадою
municipality | | рада; ради; раді; раду; радою; мерія; мерії; мерію; мерією; село; села; селі
municipality | | селище; селища
municipality | | міськрада; міськради; муніципалітет; муніципалітету; міськвиконком; виконком
municipality | | виконкому
district | | район; району; районі; область; області; округ; округу
utility | | КП; підприємство; підприємства; підприємстві; підприємством; компанія; компанії
utility | | компанію
utility | | комунсервіс*; ЖКГ
utility | water_supply, wastewater | *водоканал; *водоканалу; *водоканалі; *водоканалом
utility | water_supply, wastewater | *водоканала
utility | district_heating | *теплоенерго; *тепломереж*; *теплокомуненерго
utility | public_transport | *електротранс*
association | | асоціація; асоціації; асоціацію; об'єднання; спілка
network | | мережа

municipality | | بلدية; البلدية; مدينة; أمانة; قرية; بلدة; جماعة; بلديات
municipality | | مجلس
district | | محافظة; ولاية; إقليم; قضاء; لواء; منطقة
utility | | شركة; الشركة; مؤسسة; هيئة; سلطة; مصلحة; مرفق; مرافق; ديوان
utility | water_supply | مياه; المياه
utility | wastewater | الصرف
utility | waste | النظافة
utility | energy_supply | كهرباء; الكهرباء
association | | اتحاد; جمعية; رابطة
network | | شبكة
"""

_HEADS_ONLY_WITH = frozenset(
    ("wasser", "water", "sewerage", "sewage", "sanitation", "wastewater", "waste", "cleansing")
) | frozenset(
    key_of(word)
    for word in (
        *("electricity", "energy", "power", "eau", "eaux", "assainissement", "déchets", "services"),
        *("service", "agua", "aguas", "acueducto", "alcantarillado", "saneamiento", "aseo"),
        *("residuos", "servicios", "servicio", "água", "águas", "saneamento", "esgoto", "esgotos"),
        *("resíduos", "serviços", "serviço", "مياه", "المياه", "الصرف", "النظافة", "كهرباء"),
        *("الكهرباء", "region", "région", "região", "union", "red", "rede", "works", "service"),
        *("office", "sociéte", "مرافق", "authority", "operator", "entreprise", "empresa"),
        *("network", "réseau", "منطقة", "kreis", "мережа", "netzwerk", "village"),
    )
)
"""Words that also have everyday meanings: they belong to a name, but do not make one."""

ADJECTIVES = """
kommunal*; städtisch*; technisch*; klein*; groß*; mittelgroß*; mittler*; öffentlich*; ländlich*
municipal; local; small; big; large; public; regional; rural; urban; metropolitan; provincial; mid
sized; medium; national; little
municipal*; municipaux; local*; petit*; grand*; rural*; urbain*; publi*; intercommunal*
pequeñ*; mediana; mediano; públic*; provincial; distrital; metropolitan*; autónom*
pequen*; média; médio; municipais; públic*
міськ*; сільськ*; селищн*; обласн*; районн*; комунальн*; територіальн*; об'єднан*; мал*; невелик*
маленьк*; велик*; державн*; муніципальн*; виконавч*
صغير*; كبير*; محلي*; بلدي; بلديه; عام*; حكومي*; الكبرى; البلدي; المحلي*
"""

CONNECTORS = """
de; del; de la; la; las; los; el; le; les; du; des; d; l; da; do; dos; das; of; the; and; und; et;
y; e; für; for; der; міста; м; і; та; для; &
"""

LEGAL_FORMS = """
GmbH; mbH; AG; KG; AöR; KöR; eG; eV; Ltd; Limited; Inc; plc; SA; SAS; SARL; Ltda; Lda; ESP; EP; Co
SpA; SL; SRL; ТОВ; LLC
"""

INDEFINITE = """
ein; eine; einer; einem; eines; einen; unser; unsere; unserer; unserem; unseren; unseres; a; an;
our
my; un; une; notre; mon; ma; nos; una; nuestro; nuestra; mi; um; uma; nossa; nosso; minha; наш;
наша
наше; нашої; нашого; наші; mein; meine; meiner; meinem
"""

ARTICLES = """
der; die; das; den; dem; des; the; le; la; les; l; el; los; las; lo; o; a; os; as
"""


@dataclass(frozen=True, slots=True)
class Noun:
    """What a word for an institution tells; `head`: it makes a name by itself."""

    kind: Kind
    sectors: tuple[Sector, ...]
    head: bool


def noun(word: Word) -> Noun | None:
    """What this word says about an organisation; None where it is no word for one."""
    return _noun(_without_clitic(word.key))


def without_clitic(written: str) -> str:
    """An Arabic word without the "and", "for" or "by" written onto its front, if one is there."""
    return _strip(written, _exact())


def _without_clitic(key: str) -> str:
    return _strip(key, _exact())


def _strip(word: str, known: dict[str, Noun]) -> str:
    if "\u0600" <= word[:1] <= "\u06ff" and key_of(word) not in known:
        for front in ("و", "ل", "ب", "ف"):
            if word.startswith(front) and key_of(word[1:]) in known:
                return word[1:]
    return word


@cache
def _noun(key: str) -> Noun | None:
    if key in _exact():
        return _exact()[key]
    for pattern, found in _patterns():
        if pattern.fullmatch(key):
            return found
    return None


@cache
def _entries() -> tuple[tuple[str, Noun], ...]:
    found: dict[str, Noun] = {}
    for line in _NOUNS.splitlines():
        if not line.strip():
            continue
        kind, sectors, words = (part.strip() for part in line.split("|"))
        told = tuple(Sector(one.strip()) for one in sectors.split(",") if one.strip())
        for word in (one.strip() for one in words.split(";")):
            key = key_of(word)
            found.setdefault(key, Noun(Kind(kind), told, key not in _HEADS_ONLY_WITH))
    return tuple(found.items())


@cache
def _exact() -> dict[str, Noun]:
    return {key: found for key, found in _entries() if "*" not in key}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Noun], ...]:
    return tuple((wildcard(key), found) for key, found in _entries() if "*" in key)


def wildcard(key: str) -> re.Pattern[str]:
    """A pattern for a word whose star stands for at least nothing behind, something in front."""
    body = re.escape(key.strip("*"))
    return re.compile((r"\S+" if key.startswith("*") else "") + body + r"\S*" * key.endswith("*"))


@cache
def matcher(table: str) -> re.Pattern[str]:
    """A pattern for any of a table's words."""
    words = [key_of(one.strip()) for one in re.split(r"[;\n]", table) if one.strip()]
    return re.compile("|".join(wildcard(one).pattern for one in words))


def is_one_of(table: str, word: Word) -> bool:
    """Whether a word stands in a table."""
    return matcher(table).fullmatch(word.key) is not None


def sectors_of(nouns: Iterable[Noun]) -> tuple[Sector, ...]:
    """The sectors that words for an organisation name, each once."""
    return tuple(dict.fromkeys(sector for one in nouns for sector in one.sectors))
