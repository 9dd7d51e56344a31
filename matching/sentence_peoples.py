"""Adjectives of countries and regions of the world, as in "a Ukrainian partner".

The lines of the table: a code or id, then words; a star stands for any ending.
"""

import re
from functools import cache

from matching.sentence_institutions import wildcard
from matching.topic_text import key_of

_PEOPLES = """
DE | deutsch*; german; germans; allemand*; alemán; alemana*; alemanes; alemã*; alemão; alemães
DE | німецьк*; ألماني*; الألماني*
UA | ukrainisch*; ukrainian*; ukrainien*; ucranian*; українськ*; أوكراني*; الأوكراني*
JO | jordanisch*; jordanian*; jordanienne*; jordanos; jordano; jordana; jordanas; йорданськ*
JO | أردني*; الأردني*
MA | marokkanisch*; moroccan*; marocain*; marroquí*; marroquin*; марокканськ*; مغربي*; المغربي*
TN | tunesisch*; tunisian*; tunisien; tunisiens; tunisienne*; tunecin*; tunisin*; туніськ*
TN | تونسي*; التونسي*
DZ | algerisch*; algerian*; algérienne*; argelin*; алжирськ*; جزائري*; الجزائري*
EG | ägyptisch*; egyptian*; égyptien*; egipci*; egípci*; єгипетськ*; مصري*; المصري*
LB | libanesisch*; lebanese; libanais*; libanés*; libanes*; ліванськ*; لبناني*; اللبناني*
PS | palästinensisch*; palestinian*; palestinien*; palestin*; палестинськ*; فلسطيني*; الفلسطيني*
TR | türkisch*; turkish; turc; turque*; turco*; turca*; турецьк*; تركي*; التركي*
ZA | südafrikanisch*; sud africain*; sudafrican*; південноафриканськ*
TZ | tansanisch*; tanzanian*; tanzanien*; tanzan*; танзанійськ*; تنزاني*
KE | kenianisch*; kenyan*; kenian*; queniano*; keniat*; кенійськ*; كيني*
RW | ruandisch*; rwandan*; rwandais*; ruandés*; ruandes*; руандійськ*; رواندي*
ZM | sambisch*; zambian*; zambien*; zambian*; замбійськ*; زامبي*
SN | senegalesisch*; senegalese; sénégalais*; senegalés*; senegales*; сенегальськ*; سنغالي*
CM | kamerunisch*; cameroonian*; camerounais*; camerunés*; camaronês*; камерунськ*
GH | ghanaisch*; ghanaian*; ghanéen*; ghanés*; ganês*; ганськ*; غاني*
ET | äthiopisch*; ethiopian*; éthiopien*; etíope*; ефіопськ*; إثيوبي*
NA | namibisch*; namibian*; namibien*; namibi*; намібійськ*
AL | albanisch*; albanian*; albanais*; albanés*; albanes*; албанськ*; ألباني*
MD | moldauisch*; moldovan*; moldave*; moldav*; молдовськ*; молдавськ*; مولدوفي*
PL | polnisch*; polish; polonais*; polac*; polonês*; polaco*; польськ*; بولندي*; البولندي*
FR | französisch*; french; français*; francés; francesa*; franceses; francês; французьк*; فرنسي*
FR | الفرنسي*
ES | spanisch*; spanish; espagnol*; español*; espanhol*; іспанськ*; إسباني*; الإسباني*
PT | portugiesisch*; portuguese; portugais*; portugués*; portugues*; português*; португальськ*
PT | برتغالي*
IT | italienisch*; italian; italians; italienne*; italiano*; italiana*; італійськ*; إيطالي*
BR | brasilianisch*; brazilian*; brésilien*; brasileñ*; brasileir*; бразильськ*; برازيلي*
PE | peruanisch*; peruvian*; péruvien*; peruan*; перуанськ*
CO | kolumbianisch*; colombian*; colombienne*; colombian*; колумбійськ*
MX | mexikanisch*; mexican*; mexicain*; mexican*; мексиканськ*; مكسيكي*
AR | argentinisch*; argentinian*; argentinean*; аргентинськ*
CL | chilenisch*; chilean*; chilien; chilienne*; chilen*; чилійськ*
IN | indisch*; indian; indians; індійськ*; هندي*
VN | vietnamesisch*; vietnamese; vietnamien*; vietnamit*; вʼєтнамськ*
GE | georgisch*; georgian*; géorgien*; georgian*; грузинськ*; جورجي*
europe | europäisch*; european*; européen*; europeo*; europea*; europeu*; europeia*; європейськ*
europe | أوروبي*; الأوروبي*; اوروبيه
africa | afrikanisch*; african*; africain*; african*; африканськ*; إفريقي*; أفريقي*; الإفريقي*
africa | الأفريقي*
latin_america | lateinamerikanisch*; latinoamerican*; latino américain*; латиноамериканськ*
asia | asiatisch*; asian; asiatique*; asiátic*; азійськ*; азіатськ*; آسيوي*
"""


def people(key: str) -> str | None:
    """The country code or region id whose adjective this key is; None for any other word."""
    return _people(key)


@cache
def _people(key: str) -> str | None:
    return next((code for code, pattern in _patterns() if pattern.fullmatch(key)), None)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = (line.split("|") for line in _PEOPLES.splitlines() if line.strip())
    return tuple((code.strip(), _one_of(words)) for code, words in lines)


def _one_of(words: str) -> re.Pattern[str]:
    keys = (key_of(one.strip()) for one in words.split(";") if one.strip())
    return re.compile("|".join(wildcard(one).pattern for one in keys if " " not in one))
