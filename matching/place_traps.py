"""Everyday words of the field that look like a place's name, rightly or misspelt, and are none.

Somebody who answers "drinking water" to the question for a place has misunderstood it; a village
called Salud or a town one letter from "tourism" would be a wrong answer to show.
"""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.place_names import key

WORDS = """
Wasser; Trinkwasser; Abwasser; Regenwasser; Abfall; Müll; Energie; Strom; Solar; Wind; Wärme;
Fernwärme; Heizung; Klima; Klimaschutz; Umwelt; Gesundheit; Bildung; Schule; Schulen; Verkehr;
Mobilität; Tourismus; Kultur; Sport; Wohnen; Planung; Verwaltung; Digitalisierung; Finanzen;
Gebühren; Personal; Jugend; Frauen; Kinder; Feuerwehr; Katastrophenschutz;
Krankenhaus; Straße; Straßen; Straßenbeleuchtung; Beleuchtung; Friedhof;
Landwirtschaft; Forst; Wald; Boden; Luft; Lärm; Recycling; Kompost; Kompostierung; Deponie;
Kläranlage; Klärschlamm; Pumpe; Pumpen; Leitung; Leitungen; Rohrnetz; Zähler; Brunnen;
Partnerschaft; Städtepartnerschaft; Austausch;
Wirtschaft; Handel; Arbeit; Armut; Hunger; Frieden; Gerechtigkeit; Integration; Bau;
Bauen; Dürre; Hochwasser; Starkregen; Stadtplanung; Beteiligung; Bürgerbeteiligung;
Ausbildung; nichts; keine; nein; ja; hallo; danke; egal wer; weiter; zurück;
abbrechen; fertig; alles; vieles; anderes; Garten; Park; Test
water; drinking water; wastewater; waste; energy; power;
electricity; solar; wind; heat; street lighting; climate;
environment; health; hospital; hospitals; education; school; schools; transport; mobility;
culture; sport; sports; housing;
administration; finance; fees; training; youth; women; children; fire;
fire fighting; road; roads; cemetery; farming; agriculture; forest; forestry; soil; air; noise;
recycling; composting; landfill; sludge; pump; pumps; pipe; pipes; meter; meters; well;
wells; sanitation; economy; trade; work; poverty; hunger; peace; justice;
building; drought; flood; floods; flooding;
bicycle; bike; cycling; parking; manure;
none; nothing; no; yes; hello; thanks; help; skip; back; cancel; done;
other; others; garden; leakage; leaks; leak; sewer; sewage;
sewerage; district heating; test; carbon; safety; security; tendering; gender
eau; eaux; eau potable; eaux usées; déchets; énergie; électricité; solaire;
chauffage; climat; environnement; hôpital;
éducation; école; écoles; transport; mobilité; tourisme; culture; sport; logement;
planification; administration; finances; jeunesse; femmes; enfants; route; routes; cimetière;
agriculture; forêt; sol; air; bruit; recyclage; compostage; décharge; boues; pompe;
pompes; compteur; puits; assainissement; économie; commerce; travail;
pauvreté; faim; paix; justice; sécheresse; inondation;
éclairage; rien; non; oui; bonjour; merci
agua; aguas residuales; agua potable; residuos; basura; energía; electricidad; eólica;
calefacción; clima; hospital; educación; escuela; escuelas; capacitación;
transporte; movilidad; turismo; cultura; deporte; vivienda; planificación; administración;
finanzas; juventud; mujeres; niños; calle; calles; cementerio; agricultura; bosque; suelo; aire;
ruido; reciclaje; compostaje; vertedero; lodos; bomba; bombas; medidor; pozo; pozos;
saneamiento; economía; comercio; trabajo; pobreza; hambre; paz; justicia; sequía;
inundación; alumbrado; nada; no; sí; hola; gracias; género
água; esgoto; resíduos; lixo; energia; eletricidade; aquecimento; meio ambiente;
educação; escola; escolas; formação; mobilidade; turismo; cultura; desporto; esporte; habitação;
planejamento; administração; finanças; juventude; mulheres; crianças; rua; ruas; cemitério;
agricultura; floresta; ar; ruído; reciclagem; compostagem; aterro; lodo; lodos; bomba; bombas;
poço; saneamento; economia; comércio; trabalho; pobreza; fome; paz;
justiça; inundação; iluminação; nada; não; sim; olá; obrigado;
género
вода; питна вода; водопостачання; водовідведення; стічні води; відходи; сміття; енергія;
електроенергія; тепло; опалення; клімат; довкілля; здоров'я; лікарня; освіта; школа; школи;
навчання; транспорт; туризм; культура; спорт; житло; планування; управління; молодь;
жінки; діти; дорога; дороги; кладовище; ліс; ґрунт; повітря; шум; переробка; компост; мул; насос;
насоси; лічильник; свердловина; економіка; торгівля; праця; бідність; голод;
мир; посуха; повінь; освітлення; ні; так; привіт; дякую; нічого; безпека
مياه; ماء; مياه الشرب; صرف صحي; نفايات; طاقة; كهرباء; تدفئة; مناخ; بيئة; صحة; مستشفى; تعليم;
تدريب; نقل; سياحة; ثقافة; رياضة; إسكان; تخطيط; إدارة; تمويل; شباب; أطفال;
طريق; طرق; مقبرة; غابة; تربة; هواء; ضوضاء; تدوير; سماد; مكب; حمأة; مضخة; مضخات; عداد; بئر;
نظافة; اقتصاد; تجارة; عمل; فقر; جوع; سلام; عدالة; جفاف; فيضان; ري; إنارة; لا; نعم; مرحبا; شكرا;
لا شيء
"""
# Provinces are called so too, but nobody would say so without a word for their kind.
DIRECTIONS = """
Nord; Süd; Ost; West; Norden; Süden; Osten; Westen; Zentrum; Mitte; Zentral; Hauptstadt
north; south; east; west; central; northern; southern; eastern; western; north east; north west;
south east; south west; north eastern; north western; south eastern; south western; centre; center;
capital; coast; coastal; upper east; upper west; middle; highlands; lake; lakes; islands; river;
rivers; plateau; savannah; border; metropolitan; capital region; upper river; lower river; delta
sud; est; ouest; centre est; centre nord; centre ouest; centre sud; littoral; cascades; plateaux;
hauts bassins; lacs; maritime; lagunes; montagnes; savanes; collines; extrême nord; nord est;
nord ouest; sud est; sud ouest; sahel region; l'est; l'ouest; le nord; le sud; le centre; plaine
norte; sur; este; oeste; centro; litoral; atlántico; pacífico; costa; sierra; occidental; oriental;
libertad; independencia; unión; progreso
sul; leste; nordeste; sudeste; capital federal
північ; південь; схід; захід; центр; центральний; східний; західний; північний; південний
شمال; جنوب; شرق; غرب; وسط; الوسطى; الشمالية; الجنوبية; الشرقية; الغربية; الساحل; العاصمة; المركز;
البحيرة; الجبل; الجزيرة; النيل; الحدود; الوسط; الحدود الشمالية; الداخلية; الباطنة
cycle; cycles; watering; cycling
"""
# These are towns that people do mean.
TOWNS_ALL_THE_SAME = "Forst; Wald; Park; Paz; Bau; Wind; Solar; Test"


def is_everyday_word(name: str) -> bool:
    """Whether this key is a word of the field, with or without an Arabic article."""
    return name in _words()


def is_nearer_to_a_word(name: str, distance: int) -> bool:
    """Whether an everyday word differs from `name` by no more letters than a place does."""
    near = process.extractOne(
        name, _long_words(), scorer=OSA.distance, processor=None, score_cutoff=distance
    )
    return near is not None


@cache
def _words() -> frozenset[str]:
    return frozenset(_listed(WORDS + DIRECTIONS)) - frozenset(_listed(TOWNS_ALL_THE_SAME))


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(word for word in _listed(WORDS) if len(word) >= 4)


def _listed(text: str) -> list[str]:
    entries = (entry for line in text.splitlines() for entry in line.split(";"))
    keys = [key(entry) for entry in entries]
    with_article = ["ال" + word for word in keys if word and "ا" <= word[0] <= "ي"]
    return [*filter(None, dict.fromkeys(keys)), *with_article]
