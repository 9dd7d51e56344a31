"""An organisation as plain text that its people pass on by themselves."""

from collections.abc import Iterable

from markupsafe import Markup

from delivery.cards import NEWLINE, answer_text
from delivery.option_words import ON_OWN_CARD, options_text
from delivery.partnership_words import several_partnerships
from domain.organisations import Organisation
from domain.partnerships import Told
from domain.people import Person
from domain.profiles import Answer, Profile
from locales.speech import Speech, isolated

SHOWN = (
    Answer.KIND,
    Answer.SECTORS,
    Answer.PLACE,
    Answer.SIZE,
    Answer.OFFERS,
    Answer.SEEKS,
    Answer.LANGUAGES,
    Answer.REGIONS,
    Answer.FORMS,
    Answer.ACTIVE,
    Answer.SDGS,
)
"""What strangers may read of an organisation; regions that are ruled out are nobody's business."""


def shared_card(
    say: Speech, own: Organisation, person: Person, partnerships: Iterable[Told]
) -> Markup:
    """The organisation without markup, what is not stated left out; of the person no more than
    they let partners see."""
    profile = Profile(person, own)
    lines = [isolated(own.name or "")]
    for which in SHOWN:
        value = profile.answer(which)
        if isinstance(value, frozenset):
            if value:
                text = options_text(say, which, value, most=ON_OWN_CARD)
                lines.append(_line(say, f"answer-{which.value}", text))
        elif value is not None:
            lines.append(_line(say, f"answer-{which.value}", answer_text(say, profile, which)))
    told = tuple(partnerships)
    if told:
        lines.append(_line(say, "answer-partnerships", several_partnerships(say, told)))
    shared = person.shared()
    if shared:
        lines.append(Markup(""))
    lines += [
        _line(say, f"detail-{detail.value}", isolated(text)) for detail, text in shared.items()
    ]
    return NEWLINE.join(lines)


def _line(say: Speech, label: str, value: Markup) -> Markup:
    mark = "\u200f" if say.language == "ar" else ""
    return Markup("{}{}: {}").format(mark, say.plain(label), value)
