"""Letters about new organisations that fit."""

from datetime import UTC, datetime

from markupsafe import Markup

from delivery import cards
from delivery.buttons import button
from delivery.message import Message, Nothing
from delivery.presses_of_partners import ShowPartner, TellOfFits
from domain.notices import PartnersFound
from domain.organisations import Organisation
from domain.people import Person
from domain.rules.dismissals import hidden_from
from domain.rules.wishes import is_wanted
from locales import names
from locales.speech import Speech, speech
from storage.store import Store

FITTING = 3_600
"""Characters: a message takes 4,096."""
# What is announced is newer than any dismissal that could have run out.
_ALWAYS = datetime.min.replace(tzinfo=UTC)


async def partners_found(store: Store, person: Person, notice: PartnersFound) -> Message | Nothing:
    """Up to three cards, and a button to be told no longer."""
    if not is_wanted(notice, person):
        return Nothing("not-wished")
    own = await store.organisations.of(person.id)
    if own is None or not own.published:
        return Nothing("gone")
    hidden = hidden_from(own.id, await store.dismissals.concerning(own.id), _ALWAYS)
    there = await store.organisations.several(notice.organisations)
    fitting = [
        there[one]
        for one in notice.organisations
        if one in there and there[one].published and one not in hidden
    ]
    if not fitting:
        return Nothing("no-longer-true")
    say = speech(person.language)
    see = tuple(
        (button(say, "button-see-partner", ShowPartner(one.id), name=names.short(say, one)),)
        for one in fitting
    )
    stop = (button(say, "button-fits-off", TellOfFits(0)),)
    return Message(_text(say, say(notice.kind, n=len(fitting)), own, fitting), (*see, stop))


def _text(say: Speech, head: Markup, own: Organisation, fitting: list[Organisation]) -> Markup:
    """A card each; only the name of those whose card would no longer go into a message."""
    text = head
    for one in fitting:
        name = say("partner-name", name=names.organisation(say, one))
        card = cards.NEWLINE.join([name, cards.anonymous_card(say, own, one)])
        longer = Markup("\n\n").join([text, card])
        text = longer if len(longer) <= FITTING else Markup("\n\n").join([text, name])
    return text
