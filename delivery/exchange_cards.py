"""Exchanges and who takes part in them, as a reader sees them."""

from markupsafe import Markup

from delivery.cards import NEWLINE
from delivery.session_cards import when_line
from domain.exchanges import Exchange, Membership
from domain.organisations import Organisation
from domain.people import Person
from domain.sessions import Session
from domain.texts import shown
from locales import names
from locales.speech import Speech
from storage.store import Store

LONGEST_LISTED = 60
"""Characters of a name in a list of members, or of who would like to be one."""


def title_of(say: Speech, exchange: Exchange) -> str:
    """Its title in the reader's language, if there is one."""
    return shown(exchange.title, say.language)


def exchange_card(say: Speech, exchange: Exchange, *, members: int | None = None) -> Markup:
    """All that there is to know about an exchange, without its sessions."""
    lines = [say("exchange-title", title=title_of(say, exchange))]
    if description := shown(exchange.description, say.language):
        lines += [Markup("{}").format(description), Markup("")]
    lines.append(entry_line(say, exchange))
    if exchange.topics:
        topics = sorted(names.topic(say.language, one) for one in exchange.topics)
        lines.append(say("exchange-topics", topics=say.listing(topics)))
    if exchange.sectors:
        sectors = [names.sector(say.language, one) for one in sorted(exchange.sectors)]
        lines.append(say("exchange-sectors", sectors=say.listing(sectors)))
    if members is not None:
        lines.append(say("exchange-members", members))
    lines.append(contact_line(say, exchange))
    if rules := shown(exchange.rules, say.language):
        lines += [Markup(""), say("exchange-rules"), Markup("{}").format(rules)]
    return NEWLINE.join(lines)


def entry_line(say: Speech, exchange: Exchange) -> Markup:
    """Who may join, or that it has ended."""
    return say(f"entry-{exchange.entry.value}" if exchange.running else "exchange-closed")


def contact_line(say: Speech, exchange: Exchange) -> Markup:
    """The human being who answers questions."""
    contact = exchange.contact
    ways = [one for one in (contact.email, contact.phone) if one]
    return say("exchange-contact", name=contact.name, ways=say.listing(ways))


def coming_line(say: Speech, session: Session | None, zone: str) -> Markup:
    """When it meets next."""
    if session is None:
        return say("exchange-next-none")
    line = when_line(say, session, zone)
    return NEWLINE.join([say("exchange-next", title=shown(session.title, say.language)), line])


def member_name(say: Speech, member: Membership, person: Person | None) -> str:
    """What a member is called."""
    if person is not None and (person.name or not member.name):
        return names.person_alone(say, person)
    return member.name or say.plain("not-stated")


def member_organisation(say: Speech, member: Membership, of: Organisation | None) -> str:
    """For whom a member speaks: as their profile says, else in their own words."""
    return (of.name if of else None) or member.organisation or say.plain("not-stated")


async def named(store: Store, say: Speech, member: Membership) -> tuple[str, str]:
    """A member's name and organisation."""
    person = await store.people.by_id(member.person) if member.person else None
    of = await store.organisations.of(member.person) if member.person else None
    return member_name(say, member, person), member_organisation(say, member, of)


async def named_in_list(store: Store, say: Speech, member: Membership) -> tuple[str, str]:
    """The same, cut: a page of the longest names would not fit into a message."""
    name, organisation = await named(store, say, member)
    return names.cut(name, LONGEST_LISTED), names.cut(organisation, LONGEST_LISTED)
