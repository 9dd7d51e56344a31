"""What people write to a bot that names no topic: small talk, sport on television, the weather.

Phrases to learn from, so that likeness of letters alone ("Wasserball", "red social") is not taken
for a topic; and the small words of a sentence, which say nothing about what it is about.
"""

from collections.abc import Mapping

EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "de": (
        *("ja bitte", "nein danke", "hallo", "guten Morgen", "guten Tag", "wie geht es dir"),
        *("ich weiß nicht", "keine Ahnung", "das ist alles", "weiter", "zurück", "abbrechen"),
        *("vielen Dank", "tschüss", "Fußball", "Bundesliga", "wer hat gestern gewonnen"),
        *("das Wetter ist schön", "es regnet heute", "Sonnenschein", "Wasserball", "Wasserfall"),
        *("mein Auto ist kaputt", "was gibt es zu essen", "Pizza bestellen", "Kaffee trinken"),
        *("erzähl mir einen Witz", "ich bin müde", "Wochenende", "alles Gute zum Geburtstag"),
        *("ich liebe dich", "Handy", "Fernseher", "Kinofilm", "Urlaub am Strand", "wer bist du"),
        *("was kannst du", "Lottozahlen", "Aktienkurse", "Bitcoin kaufen", "Hausaufgaben"),
        *(
            "Kuchenrezept",
            "Katze",
            "Montag um drei Uhr",
            "ich heiße Anna",
            "Stadtwerke Musterstadt",
        ),
    ),
    "en": (
        *("yes please", "no thanks", "hello", "good morning", "how are you", "I don't know"),
        *("no idea", "that is all", "next", "go back", "cancel", "thank you very much", "bye"),
        *("football", "who won the match yesterday", "premier league", "basketball", "water polo"),
        *(
            "the weather is nice",
            "it is raining today",
            "sunshine",
            "waterfall",
            "my car is broken",
        ),
        *("order a pizza", "drink coffee", "tell me a joke", "I am tired", "weekend"),
        *("happy birthday", "I love you", "mobile phone", "television", "movie tonight"),
        *("beach holiday", "who are you", "what can you do", "lottery numbers", "stock prices"),
        *("buy bitcoin", "homework", "cake recipe", "cat", "retail shop", "social network"),
        *("Monday at three", "my name is John", "Ltd company name", "Australia", "kitchen table"),
    ),
    "fr": (
        *("oui s'il vous plaît", "non merci", "bonjour", "bonsoir", "comment ça va"),
        *("je ne sais pas", "aucune idée", "c'est tout", "suivant", "retour", "annuler"),
        *("merci beaucoup", "au revoir", "match de football", "qui a gagné hier", "il fait beau"),
        *("il pleut aujourd'hui", "chute d'eau", "ma voiture est en panne", "commander une pizza"),
        *("boire un café", "raconte une blague", "je suis fatigué", "week-end", "bon anniversaire"),
        *("je t'aime", "téléphone portable", "télévision", "film au cinéma", "vacances à la mer"),
        *("qui es-tu", "que peux-tu faire", "loterie", "cours de la bourse", "devoirs de maths"),
        *("recette de gâteau", "chat", "lundi à trois heures", "je m'appelle Marie", "water-polo"),
        *("réseaux sociaux", "coiffeur", "restaurant", "chanson"),
    ),
    "es": (
        *("sí por favor", "no gracias", "hola", "buenos días", "buenas tardes", "cómo estás"),
        *("no sé", "ni idea", "eso es todo", "siguiente", "volver", "cancelar", "muchas gracias"),
        *("adiós", "partido de fútbol", "quién ganó ayer", "hace buen tiempo", "hoy llueve"),
        *(
            "cascada",
            "mi coche está roto",
            "pedir una pizza",
            "tomar un café",
            "cuéntame un chiste",
        ),
        *("estoy cansado", "fin de semana", "feliz cumpleaños", "te quiero", "teléfono móvil"),
        *("televisión", "película", "vacaciones en la playa", "quién eres", "qué puedes hacer"),
        *("lotería", "bolsa de valores", "deberes", "receta de pastel", "gato", "red social"),
        *("redes sociales", "lunes a las tres", "me llamo Juan", "waterpolo", "peluquería"),
        *("restaurante", "canción de amor", "aguacate"),
    ),
    "pt": (
        *("sim por favor", "não obrigado", "olá", "bom dia", "boa tarde", "como vai"),
        *("não sei", "nenhuma ideia", "é só isso", "seguinte", "voltar", "cancelar"),
        *("muito obrigado", "tchau", "jogo de futebol", "quem ganhou ontem", "o tempo está bom"),
        *("está a chover hoje", "cachoeira", "meu carro quebrou", "pedir uma pizza"),
        *("tomar um café", "conta uma piada", "estou cansado", "fim de semana"),
        *("feliz aniversário", "eu te amo", "telemóvel", "televisão", "filme no cinema"),
        *("férias na praia", "quem é você", "o que você faz", "loteria", "bolsa de valores"),
        *("dever de casa", "receita de bolo", "gato", "rede social", "segunda às três"),
        *("meu nome é João", "polo aquático", "cabeleireiro", "restaurante", "abacate", "música"),
    ),
    "uk": (
        *("так будь ласка", "ні дякую", "привіт", "добрий день", "доброго ранку", "як справи"),
        *("не знаю", "гадки не маю", "це все", "далі", "назад", "скасувати", "дуже дякую"),
        *("до побачення", "футбол", "хто вчора виграв", "гарна погода", "сьогодні дощ"),
        *("водоспад", "моя машина зламалась", "замовити піцу", "пити каву", "розкажи анекдот"),
        *("я втомився", "вихідні", "з днем народження", "я тебе кохаю", "мобільний телефон"),
        *("телевізор", "кіно ввечері", "відпустка на морі", "хто ти", "що ти вмієш", "лотерея"),
        *("курс долара", "домашнє завдання", "рецепт торта", "кіт", "соціальна мережа"),
        *("понеділок о третій", "мене звати Олена", "водне поло", "перукарня", "ресторан", "пісня"),
    ),
    "ar": (
        *("نعم من فضلك", "لا شكرا", "مرحبا", "السلام عليكم", "صباح الخير", "كيف حالك"),
        *("لا أعرف", "ليست لدي فكرة", "هذا كل شيء", "التالي", "رجوع", "إلغاء", "شكرا جزيلا"),
        *("مع السلامة", "مباراة كرة القدم", "من فاز أمس", "الطقس جميل", "السماء تمطر اليوم"),
        *("شلال", "سيارتي معطلة", "أريد بيتزا", "شرب القهوة", "احك لي نكتة", "أنا متعب"),
        *("عطلة نهاية الأسبوع", "عيد ميلاد سعيد", "أحبك", "هاتف محمول", "تلفزيون", "فيلم الليلة"),
        *("عطلة على الشاطئ", "من أنت", "ماذا تستطيع أن تفعل", "يانصيب", "سعر الدولار"),
        *("واجب منزلي", "وصفة كعكة", "قطة", "شبكة اجتماعية", "الاثنين الساعة الثالثة"),
        *("اسمي محمد", "كرة الماء", "حلاق", "مطعم", "أغنية"),
    ),
}

# Names of places and offices: they are said elsewhere in a profile, and are no topics.
NAMES: tuple[str, ...] = (
    *(
        "Berlin",
        "Hamburg",
        "München",
        "Köln",
        "Frankfurt am Main",
        "Stuttgart",
        "Dresden",
        "Bremen",
    ),
    *("Leipzig", "Nürnberg", "Bad Neustadt", "Landkreis Oberberg", "Stadt Freiburg", "Rheinland"),
    *("Gemeinde Neudorf", "Stadtverwaltung Altenburg", "Kreis Heide", "Bezirk Mitte", "Müllheim"),
    *("London", "Manchester", "Birmingham", "Glasgow", "New York", "Los Angeles", "Toronto"),
    *("Nairobi", "Lagos", "Accra", "Kampala", "Lusaka", "Harare", "Kigali", "Dar es Salaam"),
    *("Addis Ababa", "Maputo", "Luanda", "Durban", "Cape Town", "Johannesburg", "Windhoek"),
    *("Mumbai", "Delhi", "Kathmandu", "Dhaka", "Manila", "Jakarta", "Hanoi", "Bangkok", "Tokyo"),
    *("City of Springfield", "District of Central", "Municipality of Newtown", "County Council"),
    *("Paris", "Lyon", "Toulouse", "Nantes", "Strasbourg", "Bruxelles", "Genève", "Dakar"),
    *("Abidjan", "Bamako", "Ouagadougou", "Cotonou", "Lomé", "Yaoundé", "Douala", "Kinshasa"),
    *("Tunis", "Sfax", "Rabat", "Casablanca", "Fès", "Alger", "Oran", "Antananarivo"),
    *("Saint-Denis", "Commune de Villeneuve", "Mairie de Montagne", "Ville de Beaumont"),
    *("Madrid", "Barcelona", "Sevilla", "Bilbao", "Ciudad de México", "Monterrey", "Bogotá"),
    *("Medellín", "Cali", "Lima", "Arequipa", "Cusco", "Quito", "Guayaquil", "La Paz"),
    *("Santa Cruz", "Santiago de Chile", "Valparaíso", "Buenos Aires", "Rosario", "Montevideo"),
    *("Asunción", "Managua", "San José", "Tegucigalpa", "San Salvador", "Santa Marta"),
    *("Municipalidad de San Miguel", "Ayuntamiento de Villanueva", "Alcaldía de Santa Rosa"),
    *("Lisboa", "Porto", "Braga", "São Paulo", "Rio de Janeiro", "Salvador", "Recife"),
    *("Fortaleza", "Porto Alegre", "Belo Horizonte", "Manaus", "Praia", "Beira", "Nampula"),
    *("Câmara Municipal de Santarém", "Prefeitura de Campinas", "Município de Vila Nova"),
    *("Київ", "Харків", "Одеса", "Дніпро", "Запоріжжя", "Львів", "Чернівці", "Івано-Франківськ"),
    *("Вінниця", "Миколаїв", "Суми", "Житомир", "Тернопіль", "місто Рівне", "Луцька громада"),
    *("Мелітополь", "Кременчук", "Кишинів", "Варшава", "Прага", "Берлін", "Мюнхен", "Париж"),
    *("عمان", "إربد", "الزرقاء", "العقبة", "بيروت", "طرابلس", "صيدا", "دمشق", "حلب", "بغداد"),
    *("البصرة", "الموصل", "رام الله", "نابلس", "غزة", "القدس", "القاهرة", "الإسكندرية", "الجيزة"),
    *("الرباط", "الدار البيضاء", "مراكش", "فاس", "الجزائر", "وهران", "تونس", "صفاقس", "الرياض"),
    *("بلدية الكرك", "مدينة جدة", "محافظة المفرق", "بلدية جرش", "قضاء زحلة"),
    *("Deutschland", "Germany", "Allemagne", "Alemania", "Alemanha", "Німеччина", "ألمانيا"),
    *("Ukraine", "Україна", "أوكرانيا", "Jordanien", "Jordan", "Jordanie", "الأردن", "المغرب"),
    *("Marokko", "Morocco", "Maroc", "Tunesien", "Sambia", "Zambia", "Tanzania", "Namibia"),
    *("Brasilien", "Brazil", "Brasil", "Бразилія", "Kolumbien", "Colombia", "Колумбія", "Peru"),
    *("Italien", "Italy", "Italie", "Italia", "Itália", "Італія", "إيطاليا", "Georgien", "Georgia"),
    *("Polen", "Poland", "Pologne", "Polonia", "Польща", "Tschechien", "Czechia", "Чехія"),
    *(
        "Moldau",
        "Молдова",
        "Albanien",
        "Kosovo",
        "Libanon",
        "Liban",
        "لبنان",
        "Mali",
        "Малі",
        "مالي",
    ),
    *("Nicaragua", "Honduras", "Costa Rica", "Argentina", "Chile", "Ecuador", "Bolivia"),
    *("México", "Senegal", "Ghana", "Kenya", "Uganda", "Ruanda", "Rwanda", "Togo", "Benin"),
    *("South Africa", "Südafrika", "Afrique du Sud", "Ägypten", "Egypt", "مصر", "India", "China"),
)

_SMALL_WORDS = """
der die das den dem des ein eine einen einem einer eines in im am an auf aus bei beim mit nach von
vom zu zum zur fuer ueber unter durch gegen ohne um als wie was wir ich sie es er uns unser unsere
unseren unserem unserer mein meine ist sind war haben hat habe brauchen braucht brauche suchen
suche sucht moechten moechte wollen koennen kann muessen gern gerne nicht kein keine auch noch
sehr mehr hilfe unterstuetzung problem probleme projekt projekte thema themen bereich erfahrung
erfahrungen bieten anbieten interesse interessiert dass
the a an of in on at to for with by from about into our we i you they it is are was be been have
has had need needs want looking look help support problem problems issue issues project projects
topic experience offer interested interest how what not no can could would like us my your this
that as
le la les l d un une des du de au aux en dans sur avec pour par sans nous je vous ils elle on
notre nos mon ma mes est sont avons avoir besoin cherchons recherche aide appui soutien probleme
problemes projet projets experience qui que pas ne plus se ce cette
el los las del al con por para sin nosotros yo nuestro nuestra nuestros nuestras mi mis es son
tenemos tengo necesitamos necesito buscamos busco queremos ayuda apoyo problema problemas proyecto
proyectos tema experiencia como no se su sus lo una unos unas
os as um uma uns umas do da dos das no na nos nas ao aos com sem nosso nossa nossos nossas meu
minha sao temos tenho precisamos preciso procuramos queremos ajuda apoio projeto projetos projecto
tema experiencia sobre
в у на з із зі до від для про по за під над при через без ми я ви вони він вона наш наша наше наші
нашого є це як що не ні нам нас потрібна потрібен потрібно потребуємо шукаємо хочемо маємо
допомога допомоги підтримка проблема проблеми проєкт проєкти проект досвід тема цікавить
في من الي علي عن مع بين نحن انا هو هي هذا هذه التي الذي لدينا عندنا نحتاج نبحث نريد اريد مساعده
دعم مشكله مشاكل مشروع مشاريع موضوع خبره تجربه كيف ما ان لا
"""
_OFFICES = """
stadt gemeinde stadtverwaltung landkreis city town municipality ville commune mairie ciudad
municipio municipalidad ayuntamiento alcaldia cidade prefeitura camara місто міста місті громада
громади مدينه بلديه
"""

SMALL_WORDS = frozenset((_SMALL_WORDS + _OFFICES).split())
"""Words that hold a sentence together, with which people ask ("we need help with …"), or that
stand beside the name of a place; in their normal form."""
