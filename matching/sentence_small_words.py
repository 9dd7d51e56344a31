"""Small words of a sentence, and words of the field that name no topic: "partner",
"experience"."""

from matching.topic_text import key_of


def _keys(table: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in table.split())


PLACE_PREPOSITIONS = _keys("""
in im aus bei nach nahe from near at en à au aux dans chez de du em na no nas nos da do у в з із
зі
на до в'ї في من إلى بـ
""")

SMALL = _keys("""
d l s n m ich wir uns unser unsere mit zu zum zur für über von vom um es ist sind sehr auch
bitte ja hallo
guten tag morgen moin servus grüß gott liebe damen herren als wie etwas mehr noch nur schon gerade
einen ein eine einem einer hat haben können kann sehr geehrte
i we us our with to for about on is are it also please hello hi dear sir madam good morning day as
some more only just has have can could my me an a any anywhere all somewhere
je nous notre nos avec pour sur par est sont bonjour bonsoir salut comme plus aussi merci madame
monsieur on un une y
yo nosotros nuestro nuestra con para por sobre es son hola buenos días buenas tardes señores como
más también gracias un una se
eu nós nosso nossa com para por sobre é são olá bom dia boa tarde como mais também obrigado um uma
ao aos à às pelo pela
я ми нас нам наш наша наше з для про щодо є це доброго дня добрий день вітаю привіт як також дуже
будь ласка від та що
أنا نحن مع عن على هو هي هذا هذه إن قد كل أي مرحبا السلام عليكم صباح مساء الخير تحية طيبة وبعد التي
الذي لدى لدي بين حول أو ثم
""")

SAYS_NO_TOPIC = _keys("""
correo contacto kontakt contact mail email telefon teléfono téléphone telefone adresse البريد
пошта
телефон بريد هاتف tel
partner partnern partners partnerin partnerinnen partnerschaft partnerkommune partnerkommunen
partnerstadt partnerstädte partnership kommune kommunen stadt städte gemeinde gemeinden versorger
unternehmen betreiber erfahrung erfahrungen erfahrungsaustausch wissen know how kenntnisse
austausch
hilfe unterstützung rat beratung zusammenarbeit kooperation kooperieren projekt projekte thema
themen bereich gebiet ausland länder land europaweit gemeinsam gemeinsame andere anderen beim
interesse gern gerne jemand jemanden zusammen fachwissen expertise leute kollegen
partner partnership partnerships twin twinning town towns city cities municipality municipalities
utility utilities operator operators experience experiences knowledge exchange help support advice
cooperation cooperate collaboration collaborate project projects topic topics field area areas
others other somebody someone expert experts peers peer colleagues abroad countries country work
working together anything something improve improving
partenaire partenaires partenariat jumelage jumeler ville villes commune communes échange échanges
échanger expérience expériences appui aide soutien conseils coopération coopérer projet projets
thème thèmes domaine matière autres autre savoir faire connaissances connaissance étranger pays
collectivité collectivités quelqu leur leurs
socio socios socia socias asociado contraparte hermanamiento hermana ciudad ciudades municipio
municipios intercambio intercambiar experiencia experiencias apoyo ayuda asesoría cooperación
cooperar proyecto proyectos tema temas área ámbito materia conocimiento conocimientos otros otras
otro país países trabajar alguien solo técnico técnica
parceiro parceiros parceira parceria parcerias geminação cidade cidades município municípios
intercâmbio experiência experiências apoio ajuda cooperação cooperar projeto projetos tema temas
área âmbito conhecimento conhecimentos outros outras outro país países trabalhar alguém partilha
troca trocar técnico
партнер партнера партнери партнерів партнерам партнерство партнерства партнером побратим побратима
побратими місто міста містами містом громада громади громаду досвід досвіду досвідом обмін обміну
допомога допомоги допомогу допомогти підтримка підтримки підтримку порада співпраця співпраці
співпрацю проєкт проєкти проект тема теми темі галузь сфера сфері галузі країна країни знання
знань
роботи іншим інші інших разом комусь когось
شريك شركاء شريكا شراكة توأمة مدينة مدن المدن بلدية بلديات تجربة خبرة خبرات الخبرة الخبرات خبرتنا
تبادل دعم الدعم مساعدة المساعدة تعاون التعاون بالتعاون للتعاون مشروع مشاريع موضوع الموضوع مجال
مجالات مجالي دولة دول الدول جهة جهات آخرين تجارب معرفة إلى
""")
