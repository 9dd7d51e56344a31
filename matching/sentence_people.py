"""A person's name and function in a sentence: "Ich bin Anna Vogt, Leiterin Abwasser bei …"."""

from collections.abc import Sequence

from matching.sentence_cues import MY_NAME, Mode, found_in
from matching.sentence_institutions import ARTICLES, INDEFINITE, is_one_of, noun
from matching.sentence_organisations import Phrase, Text

MOST_NAMES = 4
MOST_FUNCTION = 8

FUNCTIONS = """
Leiter*; Leitung; Bürgermeister*; Oberbürgermeister*; Referent*; Ingenieur*; Direktor*; Dezernent*
Geschäftsführer*; Projektleiter*; Projektmanager*; Koordinator*; Sachbearbeiter*; Beauftragte*;
Chef*
Abteilungsleiter*; Amtsleiter*; Betriebsleiter*; Fachbereichsleiter*; Klimaschutzmanager*; Landrat
Landrätin; Mitarbeiter*; Stabsstelle; Vorstand*; Techniker*; Meister*; Prokurist*; Werkleiter*
head; director; manager; mayor; engineer; coordinator; officer; adviser; advisor; secretary; chief
technician; deputy; assistant; specialist; chairman; chairwoman; planner; supervisor; councillor
directeur; directrice; maire; responsable; ingénieur; ingénieure; chargé; chargée; chef; cheffe
secrétaire; adjoint; adjointe; conseiller; conseillère; technicien; technicienne; coordinateur
coordinatrice; président; présidente; gestionnaire; agent
alcalde; alcaldesa; jefe; jefa; gerente; ingeniero; ingeniera; coordinador; coordinadora;
encargado
encargada; directora; intendente; regidor; regidora; secretaria; secretario; técnico; técnica
asesor; asesora; funcionario; funcionaria; subgerente; concejal
diretor; diretora; prefeito; prefeita; presidente; engenheiro; engenheira; coordenador;
coordenadora
responsável; vereador; vereadora; chefe; assessor; assessora; gestor; gestora; secretária
керівник; керівниця; директор; директорка; начальник; начальниця; інженер; інженерка; мер; мерка
заступник; заступниця; спеціаліст; спеціалістка; радник; радниця; координатор; координаторка
голова; менеджер; менеджерка; фахівець; фахівчиня; секретар; секретарка
مدير; مديرة; رئيس; رئيسة; مهندس; مهندسة; منسق; منسقة; مسؤول; مسؤولة; عمدة; مستشار; مستشارة; نائب
رئيسه; موظف; موظفة; أمين; أمينة; خبير; خبيرة
"""
BEFORE = """
stellvertret*; technisch*; kaufmännisch*; deputy; vice; senior; chief; technical; operations;
project
general; assistant; головн*; перш*; заступни*; технічн*; municipal; climate; city; plant; team;
water
"""
BETWEEN = """
bei; der; des; dem; den; in; im; am; beim; vom; von; at; of; the; for; from; with; de; la; del; el
du; des; d; l; à; au; chez; en; da; do; na; no; a; o; у; в; з; при; في; لدى; من; ب
"""


def name_in(text: Text, phrases: Sequence[Phrase]) -> tuple[int, int] | None:
    """Where somebody says their own name; None where they do not."""
    told = {first for first, _ in found_in(MY_NAME, text.words)}
    for cue in text.cues:
        if cue.mode is Mode.ME:
            span = _name_after(text, cue.last, phrases, surely=cue.first in told)
            if span is not None:
                return span
    return None


def _name_after(
    text: Text, at: int, phrases: Sequence[Phrase], *, surely: bool
) -> tuple[int, int] | None:
    first = at
    while first < len(text.words) and is_one_of("o; a; die; der", text.words[first]):
        first += 1
    last = first
    while last < len(text.words) and last - first < MOST_NAMES:
        if last > first and not text.joined(last):
            break
        if not _may_be_name(text, last, phrases, surely=surely):
            break
        last += 1
    if text.arabic(at) if at < len(text.words) else False:
        last = min(last, first + 3)
    enough = 1 if surely or _speaks_english(text, at) else 2
    return (first, last) if last - first >= enough else None


def _speaks_english(text: Text, at: int) -> bool:
    return at >= 2 and text.words[at - 1].key in ("m", "am")


def _may_be_name(text: Text, at: int, phrases: Sequence[Phrase], *, surely: bool) -> bool:
    word = text.words[at]
    if text.in_cue(at) or text.small(at) or is_function(text, at) or noun(word):
        return False
    if any(phrase.first <= at < phrase.last for phrase in phrases):
        return False
    if is_one_of(BETWEEN, word) or is_one_of(INDEFINITE, word) or is_one_of(ARTICLES, word):
        return False
    return text.arabic(at) or text.capital(at) or (surely and text.lower)


def is_function(text: Text, at: int) -> bool:
    """Whether a word names what somebody does in an organisation."""
    return is_one_of(FUNCTIONS, text.words[at])


def function_in(
    text: Text, first: int, last: int, phrases: Sequence[Phrase]
) -> tuple[int, int] | None:
    """Where, among these words, somebody says what they do; None where they do not."""
    at = next((one for one in range(first, last) if is_function(text, one)), None)
    if at is None or any(phrase.first <= at < phrase.last for phrase in phrases):
        return None
    begins = at
    while begins > first and text.joined(begins) and _may_stand_before(text, begins - 1):
        begins -= 1
    return begins, _end_of_function(text, at, last, phrases)


def _may_stand_before(text: Text, at: int) -> bool:
    return is_one_of(BEFORE, text.words[at]) and not text.in_cue(at)


def _end_of_function(text: Text, at: int, last: int, phrases: Sequence[Phrase]) -> int:
    ends = at + 1
    while ends < min(last, at + MOST_FUNCTION) and text.joined(ends) and not text.in_cue(ends):
        if any(phrase.first <= ends < phrase.last for phrase in phrases):
            break
        ends += 1
    while ends > at + 1 and is_one_of(BETWEEN, text.words[ends - 1]):
        ends -= 1
    return ends
