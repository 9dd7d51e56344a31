"""Names of organisations in the nominative: "Львівської міської ради" → "Львівська міська рада"."""

import re
from collections.abc import Iterator, Sequence

from matching.sentence_institutions import noun, without_clitic
from matching.topic_text import Word, key_of

_NOMINATIVES = {
    key_of(inflected): basic
    for inflected, basic in (
        *(("Stadtwerken", "Stadtwerke"), ("Gemeindewerken", "Gemeindewerke")),
        *(("Stadtbetrieben", "Stadtbetriebe"), ("Wasserwerken", "Wasserwerke")),
        *(("Wasserbetrieben", "Wasserbetriebe"), ("Abwasserbetrieben", "Abwasserbetriebe")),
        *(("Verkehrsbetrieben", "Verkehrsbetriebe"), ("Landkreises", "Landkreis")),
        *(("Entsorgungsbetrieben", "Entsorgungsbetriebe"), ("Kreises", "Kreis")),
        *(("Zweckverbandes", "Zweckverband"), ("Zweckverbands", "Zweckverband")),
        *(("Wasserverbands", "Wasserverband"), ("Wasserverbandes", "Wasserverband")),
        *(("Eigenbetriebs", "Eigenbetrieb"), ("Landratsamts", "Landratsamt")),
        *(("Abwasserverbands", "Abwasserverband"), ("Netzwerks", "Netzwerk")),
        *(("ради", "рада"), ("раді", "рада"), ("раду", "рада"), ("радою", "рада")),
        *(("мерії", "мерія"), ("мерію", "мерія"), ("мерією", "мерія")),
        *(("громади", "громада"), ("громаді", "громада"), ("громаду", "громада")),
        *(("громадою", "громада"), ("міста", "місто"), ("місті", "місто"), ("містом", "місто")),
        *(("компанії", "компанія"), ("компанію", "компанія"), ("області", "область")),
        *(("підприємства", "підприємство"), ("підприємстві", "підприємство")),
        *(("підприємством", "підприємство"), ("району", "район"), ("районі", "район")),
        *(("виконкому", "виконком"), ("муніципалітету", "муніципалітет")),
        *(("асоціації", "асоціація"), ("асоціацію", "асоціація"), ("міськради", "міськрада")),
    )
}
_ENDINGS = (
    *(("ої", "а"), ("ій", "а"), ("ою", "а"), ("ську", "ська"), ("ого", "е"), ("ому", "е")),
    *(("им", "е"),),
)


def nominative(said: str, words: Sequence[Word]) -> str:
    """A name as it stands alone: "Львівської міської ради" is "Львівська міська рада"."""
    for inflected, basic in _replacements(words):
        said = re.sub(rf"(?<!\w){re.escape(inflected)}(?!\w)", basic, said, count=1)
    return said


def _replacements(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    head = next((at for at, one in enumerate(words) if noun(one)), None)
    if head is None:
        return
    written = words[head].written
    plain = without_clitic(written)
    basic = _NOMINATIVES.get(words[head].key) or _vodokanal(written)
    adjectives = [one.written for one in words[:head]]
    if basic and not any(_plural(one) for one in adjectives):
        yield written, _cased(basic, written)
        yield from ((one, _basic_adjective(one)) for one in adjectives)
    elif plain != written:
        yield written, plain


def _plural(adjective: str) -> bool:
    """ "Комунальні підприємства" is no genitive."""
    return adjective.casefold().endswith("і")


def _vodokanal(written: str) -> str | None:
    found = re.fullmatch(r"(\w*водоканал)(?:у|і|ом|а)", written, re.IGNORECASE)
    return found.group(1) if found else None


def _basic_adjective(written: str) -> str:
    for ending, basic in _ENDINGS:
        if written.casefold().endswith(ending):
            return written[: -len(ending)] + (basic.upper() if written.isupper() else basic)
    if written.isascii() and written.endswith("en"):
        return written[:-1]
    return written


def _cased(basic: str, written: str) -> str:
    if len(written) > 2 and written.isupper():
        return basic.upper()
    return (
        basic.lower()
        if written.islower()
        else basic[:1].upper() + basic[1:]
        if (written[:1].isupper())
        else basic
    )
