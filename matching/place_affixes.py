"""Words that stand around a place's name and are no part of it: "Stadtwerke", "Municipalidad de".

Each is written as people write it; comparison happens on keys. An affix may tell what kind of
place is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from domain.places import PlaceKind
from matching.place_names import key

CITY_BEFORE = """
Stadt; Hansestadt; Landeshauptstadt; Große Kreisstadt; Kreisstadt; Universitätsstadt; Lutherstadt;
Freie und Hansestadt; Kreisfreie Stadt; Oberbürgermeister der Stadt; Rathaus der Stadt; Raum;
Großraum;
Metropolregion; Verwaltungsgemeinschaft; Stadtgebiet; Metropole; Partnerstadt; Bergstadt; Kurstadt;
 Gemeinde; Markt; Marktgemeinde; Samtgemeinde; Verbandsgemeinde;
Ortsgemeinde; Einheitsgemeinde; Stadtgemeinde; Kommune; Stadtverwaltung; Gemeindeverwaltung;
Rathaus; Dorf; Bürgermeisteramt; Magistrat der Stadt; Die Stadt; Kleinstadt; Großstadt;
Millionenstadt; Hauptstadt
City of; Town of; Mayor's office of; Office of the Mayor of; Mayoralty of; City Hall of;
Metropolitan Area of;
Greater; Township of; Rural Municipality of; Urban Municipality of; District Municipality of;
Corporation of the City of; City Administration of; Local Government of; Metropolis of;
Municipal Government of; Government of the City of;
the capital; Port of; Old Town of; City Government of; Metropolitan Assembly of;
Municipal Assembly of; City; Town; Village of; Municipality of; Municipality; Capital of;
City Council of; Borough of; Commune of; Local Municipality of; Metropolitan Municipality of;
The city of; The municipality of; Town Council of; Municipal Council of; Metro;
Greater Municipality of; Mayor of; Metropolitan City of; The town of
Ville; Ville de; Grand; Eurométropole de; Euro-métropole de; Commune d'arrondissement de;
Communauté urbaine du; Ville du;
Commune du; Mairie du; Communauté de communes du; Métropole d'; Mairie centrale de;
Mairie d'arrondissement de; Syndicat des eaux de; Conseil communal de;
Agglomération d'; Grande agglomération de; Centre-ville de; Commune rurale du;
Délégation spéciale de; Ville capitale de; Port de; Délégation de; Municipalité du; Cité de;
La ville de; Commune; Commune de; Commune urbaine de; Commune rurale de; Mairie;
Mairie de; Municipalité de; Municipalité; Communauté urbaine de; Communauté de communes de;
Agglomération de; Métropole de; Hôtel de ville de; Conseil municipal de;
Communauté d'agglomération de; Arrondissement de; Village de; Capitale; La commune de;
La mairie de; Commune de la ville de
Ciudad; Ciudad de; Gran; Municipalidad del; Municipio del; Ayuntamiento del; Alcaldía del;
Área Metropolitana de; Municipalidad Distrital del; Municipalidad Provincial del;
Gobierno Local de; Gobierno Autónomo Descentralizado Municipal del; GAD Municipal del Cantón;
GADM; Gobierno Municipal del Cantón; Presidencia Municipal de; Alcaldía Distrital de; Puerto de;
Honorable Municipalidad de; Muy Ilustre Municipalidad de; Concejo Deliberante de;
Distrito Metropolitano de; Municipio Autónomo de; Alcaldía del Municipio; Cantón;
Municipalidad del cantón de; La ciudad de; Municipio; Municipio de; Municipalidad; Municipalidad de;
Municipalidad Distrital de; Municipalidad Provincial de; Municipalidad Metropolitana de;
Ayuntamiento; Ayuntamiento de; Alcaldía; Alcaldía de; Alcaldía Municipal de; Intendencia de;
Comuna de; Pueblo de; Villa de; Gobierno Municipal de; Gobierno Autónomo Municipal de;
GAD Municipal de; GAD de; El municipio de; La municipalidad de; Concello de; H. Ayuntamiento de;
Honorable Ayuntamiento de; Gobierno Autónomo Descentralizado de;
Gobierno Autónomo Descentralizado Municipal de; Alcaldía Mayor de; Cabildo de;
Concejo Municipal de; Gobierno de la ciudad de; Cabecera municipal de; Ilustre Municipalidad de
Cidade; Cidade de; Grande; Cidade do; Cidade da; Prefeitura do; Prefeitura da;
Prefeitura Municipal do; Prefeitura Municipal da; Câmara Municipal do; Câmara Municipal da;
Município do; Município da; Câmara do; Câmara da; Conselho Municipal da Cidade de;
Conselho Municipal da; Conselho Municipal do; Vila do; Vila da; Prefeitura Municipal dos;
Administração Municipal de; Administração Municipal do; Região Metropolitana de;
Região Metropolitana do; Área Metropolitana de; Área Metropolitana do; Câmara de Vereadores de;
Municipalidade de; Município dos; Concelho do; Concelho da; A cidade de; Município; Município de;
Prefeitura; Prefeitura de;
Prefeitura Municipal de; Prefeitura da cidade de; Câmara Municipal; Câmara Municipal de; Câmara;
Câmara de; Vila de; Conselho Municipal de; Concelho de; Junta de Freguesia de; Freguesia de;
O município de; Autarquia de; Conselho Autárquico de; Governo Municipal de; Comune di; Gmina;
Miasto; Opština; Grad; Bashkia; Comuna; Orașul; Primăria
місто; м; мiсто; Велике; гмч; мер міста; міський голова; комунальна установа; департамент міста;
рада; міста; сел; селищна територіальна громада; виконком міської ради; гмина; муніципія; комуна;
мерія м; міста; місті; містом; село; с; смт; селище; селище міського типу; громада;
міська громада; територіальна громада; громада міста; міська рада; мерія; мерія міста; міськрада;
виконком; виконавчий комітет; міська територіальна громада; селищна громада; сільська громада;
селищна рада; сільська рада; отг; тг; столиця; міська рада міста; муніципалітет;
муніципалітет міста; місто герой; город; г; гор; мэрия; обласний центр;
виконавчий комітет міської ради
بلدية; مدينة; رئاسة بلدية; مجلس بلدية; بلديات; امانة; محافظة مدينة; ميناء; مجلس بلدي مدينة;
بلدية مدينة; المجلس الجماعي ل; المجلس الجماعي; ولاية مدينة; دار بلدية; المدينة; رئيس بلدية;
جماعة مدينة; مجلس أمانة; بلدة مدينة; بلديه; قرية; مجلس مدينة; المجلس البلدي; المجلس البلدي لمدينة;
أمانة; أمانة مدينة;
بلدة; جماعة; الجماعة الحضرية; الجماعة الترابية; عاصمة; بلدية مدينة; محلية; دائرة بلدية;
اتحاد بلديات; مجلس بلدي; أمانة عمان الكبرى
"""

CITY_AFTER = """
Capital City Authority; City County; City Authority; Municipal Authority; County Borough Council;
District Municipal Council; Urban Council; Town Board; Metropolitan City; City Corporation;
Development Authority; Metropolitan Area; Metropolitan Region; City Government; County Borough;
Ballungsraum; Altstadt; Stadtrat; Gemeinderat; und Umgebung; and surroundings; et environs
Stadt; Gemeinde; Stadtverwaltung; Gemeindeverwaltung; Hansestadt; Landeshauptstadt; Kommune
City; City Council; Town Council; Municipality; Municipal Council; Local Municipality; Town;
Metropolitan Municipality; Borough Council; Borough; Metro; Municipal Assembly; City Hall;
Municipal Government; Local Council; Village; City Administration; Municipal Corporation;
Metropolitan; Metropolitan Assembly; District Municipality; Local Government
ville; commune; mairie; ciudad; municipio; alcaldía; cidade; município; prefeitura
громада; місто; міська громада; міська рада; міська територіальна громада; територіальна громада;
селищна громада; сільська громада; селищна рада; сільська рада; отг; тг; мтг; стг; смт; міськрада;
виконком; міська об'єднана територіальна громада; селищна територіальна громада;
сільська територіальна громада; об'єднана територіальна громада; громади; міської громади;
міської ради; міській громаді; міський голова
البلدية; الكبرى
"""

DISTRICT_BEFORE = """
Landkreis; Kreis; LK; Kreisverwaltung; Landratsamt; Stadtbezirk; Bezirksamt; Kreisstadt;
Regionalverband; Städteregion; Landkreis und Stadt; Zweckverband; Landratsamt Landkreis;
Verwaltung des Landkreises; Landkreises; des Landkreises; dem Landkreis; im Landkreis
District Council of; Woreda; Sub-County; Upazila; Tehsil
Cercle de; Communauté de communes; District sanitaire de
Mancomunidad de; Comarca de; Partido de; Comunidade Intermunicipal de
район; р-н; округ; райрада; районна рада
قضاء; لواء; ناحية; مديرية; اتحاد بلديات قضاء; مركز; معتمدية; دائرة
"""

DISTRICT_AFTER = """
Kreis; Landkreis; Umland; Kreisverwaltung; Landratsamt
District Council; District Assembly; Raion; Woreda; Zone; Sub-County
район; районна рада; районі; району; р-н; районна державна адміністрація; рда;
міська військова адміністрація
"""

# A first-level division more than a district, and sometimes a district all the same.
AREA_BEFORE = """
Bezirk; Region; Kanton; Provinz; Land; Bundesland; Bezirksregierung; Bundesstaat; Freistaat;
Gouvernement; Departement; Département; Oblast; Gebiet; Präfektur; Grafschaft; Woiwodschaft;
Landesregierung; Ministerium des Landes; Autonome Region; Autonome Gemeinschaft; Distrikt; Teilstaat
District of; District; County of; County; Province of; Province; Region of; Governorate of;
Governorate; Prefecture of; State of; State; Department of; Oblast; Oblast of; Regional Council of;
Canton of; Voivodeship of; the Province of; the Region of; the State of; Emirate of;
Autonomous Region of; Provincial Government of; State Government of; Government of;
Regional Government of; County Government of; Regional State of; Free State of
District de; Province de; Province du; Région de; Région du; Région; Département de;
Département du; Département; Conseil départemental de; Conseil départemental du;
Conseil départemental;
Conseil régional de; Conseil régional; Conseil provincial de; Préfecture de; Préfecture;
Gouvernorat de; Gouvernorat du; Gouvernorat; Wilaya de; Wilaya du; Wilaya; Canton de; Canton du;
État de; État du; Oblast de; Oblast du; l'oblast de; Voïvodie de; Land de; Collectivité de;
Comté de;
Communauté autonome de; la région de; la province de; le département de;
Collectivité territoriale de
Distrito de; Provincia de; Provincia del; Departamento de; Departamento del; Región de; Región del;
Región; Provincia; Departamento; Cantón de; Gobernación de; Gobernación del; Prefectura de;
Estado de;
Estado; Gobierno Regional de; Gobierno Regional del; Diputación de; Diputación Provincial de;
Gobierno del Estado de; Gobierno de; Gobierno de la Provincia de; Gobierno Provincial de;
Junta de; Comunidad Autónoma de; Comunidad de; Principado de; Gobernación del Departamento de;
Óblast de;
Consejo Regional de; la región de; la provincia de; el departamento de; Generalitat de;
Gobernorato de;
Gobierno Autónomo Departamental de; Prefectura de la Provincia de; Territorio de; Voivodato de;
Condado de
Província de; Província do; Província da; Província; Região de; Região do; Região da; Região;
Governo do Estado de; Governo do Estado do; Governo do Estado da; Governo Provincial de;
Governo Provincial do; Governo Provincial da; Estado do; Estado da; Região Autónoma de;
Região Autónoma da; Região Autónoma dos; Departamento do; Comunidade Autónoma de; Cantão de;
Óblast de;
Oblast de; Governo da Província de; o estado de; a província de; Distrito do; Distrito da;
Governo Regional de; Governadoria de; Condado de; Voivodia de; Conselho Executivo Provincial de
область; обл; провінція; регіон; область міста; мухафаза; вілаєт; департамент; штат; земля;
воєводство;
кантон; край; губернія; федеральна земля; графство; область Франції; департамент Франції; емірат
محافظة; ولاية; إقليم; منطقة; عمالة; متصرفية; جهة; مقاطعة; إمارة; كانتون; دائرة إقليم; أوبلاست;
مجلس محافظة;
مجلس جهة; المجلس الإقليمي; مجلس ولاية; اوبلاست; محافظه; اقليم; حكومة ولاية; حكومة إقليم
"""

AREA_AFTER = """
Region; Bezirk; Oblast; Provinz; Gouvernement; Kanton; Departement
District; County; County Council; Province; Region; Governorate; State; Oblast; Prefecture;
Provincial Government; State Government; County Government; Regional Council; Regional State;
Canton;
Department; Voivodeship; Emirate; Division; Provincial Council; Provincial Administration
область; області; областю; обл; обласна рада; обласної ради; провінція; провінції; регіон;
воєводство;
обласна військова адміністрація; військова адміністрація; ова; ода; губернія; край; штат; кантон;
обласна державна адміністрація; департамент
المحافظة; الولاية
"""

UTILITY_BEFORE = """
AWB; AWO; ZWA; WAZV; ZVO; GWG; SWM; EWE; RWW; HWW; BWB; BSR; Energie- und Wasserversorgung;
Wasser- und Energieversorgung; Stadtwerke der Stadt; Stadtwerke Stadt; Gas- und Wasserwerke;
Gemeindewerk; Kommunalbetriebe; Kommunalunternehmen; Stadtreinigungsbetrieb; Müllabfuhr;
Abfallwirtschaftszweckverband; Abfallzweckverband; Zweckverband; Wasser; Abwasser; Verkehrsverbund;
Verkehrsgesellschaft; Verkehrs-AG; Nahverkehr; Wohnungsbau; Entsorgungsbetrieb; Klinikum; Hafen;
Flughafen; Volkshochschule; Universität; Feuerwehr; Handwerkskammer; IHK; Netzgesellschaft
Public Utility of; Water Board of; Water Corporation of; Water and Sanitation Company of;
National Water and Sewerage Corporation; Electricity Company of; Port Authority of; University of
Société de l'eau de; Service des eaux; Distribution d'eau de; Compagnie des eaux de;
Syndicat d'eau de;
Société d'assainissement de; Syndicat intercommunal de; Régie autonome de; Eau et assainissement de;
Régie de l'eau de; Régie eau de;
Régie autonome intercommunale de distribution d'eau et d'électricité de; RADEE
Empresa Pública de Agua Potable de; Empresa Pública de;
Empresa Pública Municipal de Agua Potable de;
Empresa de Servicios Públicos Domiciliarios de; Empresa Prestadora de Servicios de Saneamiento de;
Entidad Prestadora de Servicios de Saneamiento de; Junta de Agua de; Acueducto Municipal de;
Empresa Municipal de Aguas de; Empresa Metropolitana de; Empresa Pública Metropolitana de;
Empresa de Saneamiento de; Aguas Municipales de; Servicio de Agua Potable de;
Acueducto y Alcantarillado de;
Empresa de Aseo de; Empresa Eléctrica de; Canal de Isabel II de; Sociedad de Acueducto de;
Servicio Municipal de Agua de
Águas e Saneamento de; Águas da; Companhia de Saneamento do; Empresa Pública de Águas de;
Serviços Municipais de;
Águas da Região de; Empresa de Águas e Saneamento de; Empresa Pública de Águas e Saneamento de;
Águas e Energia de;
Serviço Municipal de Água e Esgoto de; DMAE de; DAE de; SEMAE de; SANASA;
Departamento Municipal de Água e Esgotos de
комунальне підприємство міста; міське комунальне підприємство; мкп; лкп; міськсвітло;
міськтепловоденерго;
обленерго; управління водопостачання; тзов; ат; пат; дп; ковп; квп; університет; зеленбуд;
спецкомунтранс; теплокомуненерго
شركة مياه الشرب; شركة مياه الشرب والصرف الصحي; شركة مياه الشرب والصرف الصحي ب;
شركة المياه والكهرباء; مؤسسة مياه مدينة;
مصلحة المياه; دائرة مياه; دائرة الصرف الصحي; إدارة مياه; شركة توزيع الكهرباء; مديرية مياه;
سلطة مياه; مؤسسة المياه; مياه
Stadtwerke; Stadtwerk; Gemeindewerke; Kreiswerke; Technische Werke; Wasserwerke; Wasserwerk;
Wasserversorgung; Kommunale Wasserwerke; Stadtentwässerung; Entwässerung; Entwässerungsbetriebe;
Stadtreinigung; Stadtbetriebe; Abwasserbetriebe; Abwasserbetrieb; Abwasserverband;
Abwasserzweckverband; Wasserverband; Wasserzweckverband; Wasserbetriebe;
Wasser- und Abwasserverband; Wasser- und Abwasserzweckverband; Trinkwasserverband;
Zweckverband Wasserversorgung; Zweckverband Abwasser; Abfallwirtschaft; Abfallwirtschaftsbetrieb;
Abfallwirtschaftsbetriebe; Entsorgungsbetriebe; Entsorgung; Verkehrsbetriebe; Energieversorgung;
Energie; Eigenbetrieb; Eigenbetrieb Abfallwirtschaft; Stadtverkehr; Bäderbetriebe; Betriebshof;
Wirtschaftsbetriebe; Wirtschaftsbetrieb; Technische Betriebe; Kommunale Betriebe; Klärwerk;
Kläranlage; EVU; SWE; Eigenbetrieb Stadtentwässerung; Bauhof; Wohnungsbaugesellschaft;
Zweckverband Abfallwirtschaft
Water Utility of; Water company of; Waterworks of; Water and Sewerage Company of; Utility of;
Public utilities of; Waste management of
Régie des eaux de; Régie de; Eaux de; Société des eaux de; Eau de; Régie municipale de;
Service des eaux de; Métropole du
Empresa de agua de; Empresa de aguas de; Aguas de; Empresa de Agua Potable de;
Empresa Pública Municipal de; Empresas Públicas de; Empresa de Acueducto de; Acueducto de; EPS;
EMAPA; Empresa municipal de; Empresa Municipal de Agua Potable y Alcantarillado de;
Servicios públicos de; Empresa de servicios públicos de; Empresa de agua y alcantarillado de;
Aseo de
Águas de; Águas do; Companhia de Águas de; Serviço de Águas de;
Serviço Autônomo de Água e Esgoto de; SAAE de; SAAE; SMAS de; Serviços Municipalizados de;
Empresa de Águas de; Companhia de Saneamento de; Empresa Municipal de; EMAE de
кп; комунальне підприємство; водоканал; міськводоканал; теплоенерго;
комунальне підприємство водоканал; кп водоканал; управління житлово-комунального господарства
شركة مياه; شركة المياه; سلطة المياه; مصلحة مياه; مؤسسة مياه; هيئة مياه; شركة كهرباء; مرفق مياه
"""

UTILITY_AFTER = """
Gruppe; Holding; Netze GmbH; Stadtwerke GmbH; Stadtwerke AG; Wasser GmbH; Wasser AG; Energie AG;
Entwässerung; Entsorgung GmbH; Service GmbH; Technische Werke; Stadtbetriebe; Eigenbetrieb;
Gemeindewerke
Water and Wastewater; Water and Sewer; Water Corporation; Water Services; Water Supply;
Water Supply and Sewerage Corporation; Water and Sanitation Corporation; Power Company;
Electricity Company; Water Supply Company; Public Utilities; Sanitation Company; Water Board Ltd;
Port Authority; Utility Company; University; Water Works; Water and Sanitation Services Company
Eau; Métropole; Agglomération; Agglo; Habitat; Énergies; Propreté; Aguas; Ambiente; Saneamento;
Águas;
Energia; Agua; Municipal
міськсвітло; тепловодоенергія; енерго; комунтранс; теплокомуненерго; водоканал тов; зеленбуд
للمياه; للكهرباء
Stadtwerke; Wasser; Wasserwerke; Wasserbetriebe; Stadtentwässerung; Abwasser; Energie; Netz;
Netze; Entsorgung; Verkehrsbetriebe; GmbH; mbH; AG; AöR; KöR; eG; e V; GmbH & Co KG; Co KG; KG;
Energie und Wasser; Werke; Abfallwirtschaft; Stadtreinigung; Versorgung; Versorgungsbetriebe
Water Utility; Waterworks; Water; Water and Sanitation; Water and Sewerage Company;
Water and Sewerage; Water Company; Water Supply and Sanitation Company;
Water Supply and Sanitation; Water Authority; Utilities; Utility; Water Board; Ltd; Limited; Inc;
plc; Waste Management; Water and Sanitation Company; Water and Sewerage Authority; Public Utility
SA; S A; SAS; SARL; S A S; E S P; ESP; SpA; EIRL; EP; S A E S P; Ltda; EM; EPE; Lda
водоканал; міськводоканал; теплоенерго; комунсервіс; тов; облводоканал
"""

# Ways to begin a sentence that answers "where are you?".
LEAD_INS = """
am; an der; an den; um; rund um; rings um; rund um das; rund um den; entlang; im Raum; Länder am;
Staaten am;
around; around the; along; along the; all over; across; autour de; autour du; le long de; autour d;
bords de; au bord de; alrededor de; alrededor del; a orillas de; en torno a; en torno al; en todo;
à volta de; à volta do; em torno de; em torno do; em toda; em todo; навколо; довкола; уздовж;
біля узбережжя;
по всій; по всьому; حول; على; في منطقة; في دول; في بلدان; كل
wir sind in; wir sind aus; wir kommen aus; ich bin in; ich bin aus; ich komme aus; aus; in; bei;
in der; in den; im; aus der; aus dem; nach; nahe; die; der; das; den; wir sitzen in;
unser Sitz ist in; unsere Stadt ist; unsere Stadt heißt; Standort; Ort; Sitz; am liebsten; gerne;
gern; vor allem; besonders; hauptsächlich; eher; nur; vielleicht; Partner in; Partner aus;
Länder in; Kommunen in; Länder; ganz; am liebsten in; mit; auch
we are in; we are from; we are based in; I am from; I am in; Im from; Im in; from; in; at; the;
based in; located in; our city is; near; mainly; preferably; especially; partners in;
countries in; only; maybe; our town is; somewhere in; also; with; anywhere in; I live in
nous sommes à; nous sommes de; je suis de; je viens de; nous venons de; à; au; aux; en; dans; de;
du; des; d; l; la; le; les; dans le; dans la; dans les; surtout; notre ville est; plutôt;
de préférence; partenaires en; près de; pays de; pays du; avec; aussi; également
somos de; estamos en; soy de; vengo de; en; de; el; la; los; las; del; en la; en el;
nuestra ciudad es; principalmente; sobre todo; preferentemente; cerca de; países de; en los; con;
también; solo
somos de; somos do; somos da; estamos em; sou de; sou do; sou da; em; de; do; da; dos; das; no;
na; nos; nas; o; a; os; as; nossa cidade é; principalmente; de preferência; perto de; países de;
países da; países do; com; também; só; a nossa cidade é
ми з; ми зі; ми із; ми в; ми у; я з; я зі; я із; я в; я у; з; зі; із; в; у; до; на; від;
наше місто; біля; переважно; країни; країни в; також; тільки; партнери з; партнери в;
ми знаходимося в; ми знаходимось у; ми розташовані в; мы из; из; во; с
نحن من; نحن في; أنا من; أنا في; من; في; إلى; مدينتنا; مدينتنا هي; قرب; نقع في; دول; بلدان; خاصة;
مع; أيضا
"""

CONNECTORS = """
de; del; de la; de las; de los; do; da; dos; das; du; des; d; di; der; die; von; vom; zu; of; the;
of the; l; la; le; el; los; las; les; lo; для; міста; місто; м; в; у; für; in; im; e; لمدينة;
مدينة; في
"""

_ELISION = re.compile(r"\b([dlDL])['’ʼ]\s*(?=\w)")
# "ONEA Ouagadougou", "Sfax SONEDE": a short name in capitals is a company's.
_ACRONYM = re.compile(r"[A-ZА-ЯІЇЄҐ]{3,8}[-–: ]\s*(\w.*)|(\w.*?)[-–: ]\s*[A-ZА-ЯІЇЄҐ]{3,8}")
MOST_STRIPS = 4
Words = tuple[str, ...]
Kinds = frozenset[PlaceKind]
NOT_TOLD: Kinds = frozenset()
TOWN: Kinds = frozenset({PlaceKind.CITY})
DISTRICT: Kinds = frozenset({PlaceKind.DISTRICT})
AREA: Kinds = frozenset({PlaceKind.SUBDIVISION, PlaceKind.DISTRICT})


@dataclass(frozen=True, slots=True)
class Stripped:
    """What is left of a text without words around it; `kinds` are what those words told of."""

    key: str
    kinds: Kinds
    affixes: int


def strippings(text: str) -> list[Stripped]:
    """The text as a key, then with ever more words around the name taken off, fewest first."""
    found: dict[str, Stripped] = {}
    spellings = [text, _ELISION.sub(r"\1 ", text)]
    for spelling in spellings:
        _strip(tuple(key(spelling).split()), NOT_TOLD, 0, found)
    if (named := _ACRONYM.fullmatch(text)) and not text.isupper():
        _strip(tuple(key(named[1] or named[2]).split()), TOWN, 1, found)
    return sorted(found.values(), key=lambda stripped: (stripped.affixes, -len(stripped.key)))


def _strip(words: Words, kinds: Kinds, affixes: int, found: dict[str, Stripped]) -> None:
    rest = " ".join(words)
    if not words or rest in found:
        return
    found[rest] = Stripped(rest, kinds, affixes)
    if affixes == MOST_STRIPS:
        return
    for shorter, told in _one_less(words):
        _strip(shorter, told or kinds, affixes + 1, found)
        # "Municipalidad de La Paz": the small words go one by one, so that La Paz is met.
        while shorter and shorter[0] in _connectors():
            shorter = shorter[1:]
            _strip(shorter, told or kinds, affixes + 1, found)


def _one_less(words: Words) -> Iterator[tuple[Words, Kinds]]:
    before, after, longest = _affixes()
    for size in range(min(longest, len(words) - 1), 0, -1):
        if words[:size] in before:
            yield words[size:], before[words[:size]]
            break
    for size in range(min(longest, len(words) - 1), 0, -1):
        if words[-size:] in after:
            yield words[:-size], after[words[-size:]]
            break


@cache
def _affixes() -> tuple[dict[Words, Kinds], dict[Words, Kinds], int]:
    before: dict[Words, Kinds] = dict.fromkeys(_listed(LEAD_INS), NOT_TOLD)
    before |= dict.fromkeys(_listed(UTILITY_BEFORE), TOWN)
    before |= dict.fromkeys(_listed(AREA_BEFORE), AREA)
    before |= dict.fromkeys(_listed(DISTRICT_BEFORE), DISTRICT)
    before |= dict.fromkeys(_listed(CITY_BEFORE), TOWN)
    after: dict[Words, Kinds] = dict.fromkeys(_listed(UTILITY_AFTER), TOWN)
    after |= dict.fromkeys(_listed(AREA_AFTER), AREA)
    after |= dict.fromkeys(_listed(DISTRICT_AFTER), DISTRICT)
    after |= dict.fromkeys(_listed(CITY_AFTER), TOWN)
    return before, after, max(map(len, (*before, *after)))


@cache
def _connectors() -> frozenset[str]:
    return frozenset(word for words in _listed(CONNECTORS) for word in words)


def _listed(text: str) -> list[Words]:
    entries = (entry for line in text.splitlines() for entry in line.split(";"))
    return [tuple(words) for entry in entries if (words := key(entry).split())]
