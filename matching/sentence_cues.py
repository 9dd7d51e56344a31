"""Words by which a sentence tells who speaks, what is sought, what is offered, what is ruled out.

Written as people write them;
comparison happens on keys (matching/topic_text.py). A star stands for
any ending, three dots for up to six words in between, as in "können … helfen".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from matching.topic_text import Word, key_of


class Mode(StrEnum):
    """What a part of a sentence speaks of."""

    US = "us"
    ME = "me"
    SEEKS = "seeks"
    OFFERS = "offers"
    LANGUAGES = "languages"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its words from `first` to before `last`."""

    first: int
    last: int
    mode: Mode


US = """
wir sind; wir kommen aus; wir kommen von; wir schreiben aus; ich arbeite bei; ich arbeite für;
ich arbeite in; wir arbeiten in; ich komme aus; ich komme von; ich vertrete; wir vertreten;
im namen; im auftrag; hier ist; hier sind; hier schreib*; unsere organisation ist; als vertreter*;
ich schreibe für; ich schreibe im
we are; we re; i work for; i work at; i work in; i work with; i represent; we represent;
on behalf of; in the name of; this is; i am from; i m from; we come from; i come from;
writing from; our organisation is; our organization is; here is
nous sommes; nous somme; je travaille à; je travaille pour; je travaille au; je travaille chez;
je travaille dans; je représente; nous représentons; au nom de; au nom du; c est; ici la; ici le;
je viens de; nous venons de; on est
somos; trabajo en; trabajo para; trabajo con; represento; representamos; en nombre de;
en nombre del; de parte de; de parte del; desde el; desde la; aquí la; aquí el; escribo desde;
le escribe; vengo de; venimos de
trabalho na; trabalho no; trabalho em; trabalho para; trabalho com; em nome de; em nome do;
em nome da; da parte de; aqui é; aqui a; aqui o; represento a; represento o; venho de
ми є; ми це; працюю в; працюю у; працюю на; працюємо в; представляю; представляємо; від імені;
пише вам; це; ми з; ми зі; ми із; я з; я зі; я із; ми
نحن; أعمل في; أعمل لدى; أعمل ب*; أمثل; نمثل; باسم; بالنيابة عن; نيابة عن; هنا; أنا من; نحن من;
إننا
"""

ME = """
ich bin; ich heiße; mein name ist; mein name:; ich leite; wir heißen; ich arbeite als
i am; i m; my name is; my name s; i work as
je suis; je m appelle; je me nomme; mon nom est; je travaille comme; moi c est; m appelle
soy; me llamo; mi nombre es; trabajo como
sou; sou a; sou o; chamo me; me chamo; meu nome é; o meu nome é; trabalho como; eu sou
мене звати; мене звуть; моє ім'я; моє ім'я та прізвище; звати мене; я; я є; мене звуть
أنا; اسمي; إسمي; معكم; أعمل كـ; أدعى; انا اسمي
"""

MY_NAME = """
ich heiße; mein name ist; my name is; my name s; je m appelle; je me nomme; mon nom est;
m appelle;
me llamo; mi nombre es; chamo me; me chamo; meu nome é; мене звати; мене звуть; моє ім'я; اسمي;
إسمي; أدعى
"""

SEEKS = """
suche; suchen; sucht; suchten; gesucht*; brauch*; benötig*; bräucht*; wünsch*; interess*; lern*;
bitten um; bitte um;
auf der suche; bedarf an; bedarf; brauchen hilfe; wir wollen; ich will; wir möchten; möchte*;
würde* gern*; erfahren; fehlt uns; fehlen uns; fehlt; probleme mit; problem mit; schwierigkeiten;
kämpfen mit; hoffen auf; an … interessiert; finden; austauschen; austausch; hätten gern*;
streben an; anbahnen; partner gesucht; sucht; brauchen wir
look* for; search* for; searching; seek*; need*; require*; want*; would like; d like; we d like;
interest* in; learn*; help us; in search of; wish*; struggl*; trouble with; problem* with; hope*;
hoping; lack*; keen to; keen on; eager to; find; ask* for; exchange
cherch*; recherch*; besoin; souhait*; voudr*; aimer*; intéress*; apprendr*; à la recherche;
désir*; manqu*; voulons; veut; veux; voulez; trouver; espér*; envie; sollicit*; demand* de;
problèmes de; problème de; difficultés
busc*; necesit*; quer*; quisiér*; quisier*; nos interesa*; me interesa*; interesad*; aprender*;
requer*; nos gustaría*; me gustaría*; gustaría*; deseamos; desea*; precis*; en busca de;
nos falta*;
solicit*; esperamos; problemas de; problemas con; encontrar; nos hace falta
procur*; precis*; necessit*; quer*; gostar*; à procura; em busca; interessad*; interess*;
aprender*;
desej*; pretend*; queríamos; falta nos; falta* de; solicit*; problemas de; problemas com;
esperamos
шука*; потребу*; потрібн*; потреб*; хоч*; хотіл*; цікав*; зацікавлен*; навчит*; вчит*; повчит*;
бажа*; прагн*; бракує; розшук*; в пошук*; у пошук*; маємо проблем*; проблем* з; треба; мріємо;
звертаємось за; звертаємося за; дізнат*; отрима*
نبحث; ابحث; يبحث*; تبحث; نحتاج; أحتاج; تحتاج; يحتاج*; بحاجة; نرغب; أرغب; ترغب; يرغب*; نريد; أريد;
تريد; يريد*; نود; أود; تود; نسعى; تسعى; أسعى; مهتم*; نهتم; نطلب; نتطلع; نأمل; نتعلم; التعلم;
نطمح; تطمح; ينقصنا; نفتقر; لدينا مشكل*; نعاني; تعاني; مطلوب; الاستفادة; يهمنا; تتطلع
"""

OFFERS = """
biet*; anbiet*; anzubieten; angebot*; geboten; können … helfen; kann … helfen; können … zeigen;
kann … zeigen; können … teilen; können … weitergeben; können … unterstützen; können … beraten;
können … beitragen; können … anbieten; können … einbringen; kann … anbieten; kann … unterstützen;
teilen gern*; teilen wir; geben … weiter; wissen … weitergeben; erfahrung* … teilen;
erfahrung* … weitergeben; haben erfahrung*; haben … erfahrung; verfügen über; stark in;
stellen … zur verfügung; helfen gern*; helfen können wir; unterstützen gern*; zeigen gern*;
unsere erfahrung*; unser know how; unser wissen; stark sind wir; sind erfahren
offer*; provide*; can share; could share; happy to share; share our; sharing our; can help with;
can help others; can help; could help; can show; can teach; can support; can advise; can train;
able to share; able to help; willing to share; like to share; share; have experience;
are experienced; our experience; our expertise; our know how; good at; strong in; expertise in;
we have … experience; contribute
propose; proposons; proposent; proposer; offre; offrons; offrent; offrir; peut partager;
pouvons partager; peux partager; partager notre; partager nos;
partager mon; partageons; partager; pouvons aider; peut aider; pouvons montrer; pouvons former;
pouvons appuyer; pouvons apporter; notre expérience; notre savoir faire; avons … expérience;
avons une expertise; forts en; peut montrer; peut transmettre; transmettre
ofrec*; podemos compartir; puede compartir; puedo compartir; compartir nuestr*; compartimos;
compartir; podemos ayudar; puede ayudar; podemos enseñar; podemos mostrar; podemos aportar;
podemos apoyar; aportamos; nuestra experiencia; tenemos experiencia; tenemos … experiencia;
contamos con experiencia; brindamos; brindar; enseñar; ofrezco
oferec*; podemos partilhar; pode partilhar; podemos compartilhar; pode compartilhar; partilhar;
compartilhar; partilhamos; compartilhamos; podemos ajudar; pode ajudar; podemos mostrar;
podemos ensinar; podemos apoiar; nossa experiência; temos experiência; temos … experiência;
disponibilizamos; contribuir; ensinar
пропону*; можемо поділит*; можу поділит*; поділит*; поділимо*; ділимо*; можемо допомогти;
може допомогти; можемо показати; можемо навчити; можемо запропонувати; можемо надати; надаємо;
маємо … досвід; маємо досвід; маємо великий досвід; наш досвід; готові допомогти; готові ділит*;
готові показати; розповісти; розкажемо; може поділит*; готові поділит*; навчимо; покажемо
نقدم; أقدم; تقدم; نعرض; أعرض; تعرض; نوفر; يمكننا … مساعد*; يمكننا; بإمكاننا; نستطيع; مشاركة خبر*;
مشاركه تجرب*; خبرتنا; تجربتنا; لدينا خبر*; لدينا … خبر*; نملك خبر*; نتقاسم; نشارك; نتبادل خبر*;
مستعدون; نمتلك
"""

LANGUAGES = """
sprech*; spricht; sprachen; arbeitssprache*; sprache; sprachkenntnisse; auf deutsch; verständig*
speak*; spoken; language*; fluent in
parle; parlons; parlent; parlez; langue; langues
habl*; idioma*; lengua*
falam*; falo; falar; língua*; idiomas
розмовля*; говор*; володі*; мови; мова; мовами; робочі мови; спілку*
نتحدث; أتحدث; نتكلم; أتكلم; اللغات; لغات; لغاتنا; لغة; اللغة; نجيد; أجيد; تحدث
"""

NOT = """
nicht; kein; keine; keinen; keinem; keiner; außer; ausgenommen; ohne; not; no need; no interest;
except; never;
without; excluding; don t; dont; but not; nor; pas; sauf; excepté; hors; ni; sans; aucun; aucune;
excepto; salvo; menos; sin; no en; no a; no al; no con; no busc*; no quer*; no necesit*; no nos;
no tenemos; no ofrec*; no dese*; no hace; no hay; pero no; no me; tampoco; nunca; não; nao;
exceto; sem; не; ні; крім; окрім; без;
ليس; ليست; لا; باستثناء; عدا; ماعدا; إلا; دون; غير; لسنا; لن; وليس
"""

NOT_AT_ALL_NOT = """
nicht nur; nicht zuletzt; not only; not just; pas seulement; pas uniquement; no solo; no sólo;
no solamente; não só; não apenas; nao so; не тільки; не лише; не только; ليس فقط; لا فقط;
sin embargo; no doubt; без сумніву
"""

WHO = """
der; die; das; welche; welcher; that; which; who; qui; que; quien; quienes; який; яка; яке; які;
що; котрий; котра; الذي; التي; لديه; لديها; ممن
"""
"""Words that turn what follows into a description of the partner sought: "that can share …"."""

THEMES = """
thema; themen; topic; topics; theme; themes; sujet; sujets; thème; thèmes; tema; temas; тема;
теми;
الموضوع; المواضيع; موضوع; zum thema
"""

GLADLY = """
gern; gerne; am liebsten; bevorzugt; vorzugsweise; preferably; ideally; de préférence; idéalement;
preferiblemente; preferentemente; idealmente; de preferência; preferencialmente; бажано;
найкраще; переважно; ويفضل; يفضل; المفضل
"""

JOINERS = """
und; sowie; oder; aber; sondern; bzw; doch; während; dafür; and; or; but; while; plus; et; ou;
mais;
puis; y; e; o; u; pero; sino; mientras; mas; porém; nem; та; і; й; або; чи; а; але; проте; однак;
و; او; لكن; ولكن; بل; ثم; كما; also; zudem; außerdem; en échange; a cambio
"""

_TABLES = {
    Mode.US: US,
    Mode.ME: ME,
    Mode.SEEKS: SEEKS,
    Mode.OFFERS: OFFERS,
    Mode.LANGUAGES: LANGUAGES,
}


@cache
def phrases_of(table: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a table, each as the keys of its words."""
    entries = (entry for line in table.splitlines() for entry in line.split(";"))
    return tuple(tuple(_keys(entry)) for entry in entries if entry.strip())


@cache
def words_in(table: str) -> frozenset[str]:
    """The single words of a table, as keys."""
    return frozenset(phrase[0] for phrase in phrases_of(table) if len(phrase) == 1)


def _keys(entry: str) -> list[str]:
    return [part if part == "…" else key_of(part) for part in entry.split()]


@cache
def _pattern(mode: Mode) -> re.Pattern[str]:
    return _compiled(_TABLES[mode])


def _compiled(table: str) -> re.Pattern[str]:
    ordered = sorted(phrases_of(table), key=lambda phrase: -len(phrase))
    return re.compile(r"(?<!\S)(?:" + "|".join(map(_regex, ordered)) + r")(?!\S)")


def _regex(phrase: Sequence[str]) -> str:
    built = ""
    for at, part in enumerate(phrase):
        if part == "…":
            built += r"(?: \S+){0,6}?"
            continue
        clitic = "[وف]?" if "\u0600" <= part[0] <= "\u06ff" else ""
        word = re.escape(part.rstrip("*ـ:")) + (r"\S*" if part.endswith("*") else "")
        built += (" " if at else "") + clitic + word
    return built


@cache
def _named_pattern(table: str) -> re.Pattern[str]:
    return _compiled(table)


def found_in(table: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Where phrases of a table stand among words: first and behind the last."""
    return list(_spans(_named_pattern(table), words))


def cues_in(words: Sequence[Word]) -> list[Cue]:
    """Every cue, none over another: the longest wins, then what is sought before who one is."""
    found = [
        Cue(first, last, mode)
        for mode in (Mode.OFFERS, Mode.SEEKS, Mode.LANGUAGES, Mode.ME, Mode.US)
        for first, last in _spans(_pattern(mode), words)
    ]
    kept: list[Cue] = []
    for one in sorted(found, key=lambda cue: -(cue.last - cue.first)):
        if all(one.last <= other.first or other.last <= one.first for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda cue: cue.first)


def _spans(pattern: re.Pattern[str], words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    line, starts = "", {}
    for at, word in enumerate(words):
        line += " " if at else ""
        starts[len(line)] = at
        line += word.key or "-"
    ends = {start - 1: at for start, at in starts.items()} | {len(line): len(words)}
    for found in pattern.finditer(line):
        yield starts[found.start()], ends[found.end()]
