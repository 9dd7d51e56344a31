"""Letters about joining exchanges: to those who run them, and to who asks."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.exchange_cards import coming_line, contact_line, named, title_of
from delivery.message import Keyboard, Message, Nothing
from delivery.presses_of_exchanges import ShowExchange
from delivery.presses_of_joining import (
    AdmitMember,
    AnswerEnquiry,
    AskNewcomer,
    DeclineMember,
    ShowExchanges,
    ShowRequest,
)
from delivery.presses_of_running import ShowExchangeSettings
from delivery.zones import zone_of_reader
from domain.exchanges import Exchange, Group, Membership, MembershipState
from domain.joining import Enquiry
from domain.notices import (
    AboutEnquiry,
    AboutJoining,
    EnquiryAnswered,
    ExchangeClosed,
    ExchangeEntrusted,
    JoinAdmitted,
    JoinAsked,
    JoinDeclined,
    JoinForOthers,
    JoinReminder,
    MemberRemoved,
)
from domain.people import Person
from domain.rules.exchanges import may_answer, may_run
from locales.speech import Speech, speech
from storage.store import Store

_STILL_TRUE_IN: dict[type[AboutJoining], MembershipState] = {
    JoinAsked: MembershipState.ASKED,
    JoinReminder: MembershipState.ASKED,
    JoinForOthers: MembershipState.ASKED,
    JoinAdmitted: MembershipState.MEMBER,
    JoinDeclined: MembershipState.DECLINED,
    MemberRemoved: MembershipState.REMOVED,
}
COMING = 3
"""So many sessions are named to a new member."""
ASKED = 2
"""So many questions and answers stand on a card, the newest: more would not fit into a message."""


async def about_joining(store: Store, person: Person, notice: AboutJoining) -> Message | Nothing:
    """What to say about a request to join, if it is still true and this reader's business."""
    found = await store.memberships.by_id(notice.membership)
    exchange = await store.exchanges.by_id(found.exchange) if found else None
    if found is None or exchange is None:
        return Nothing("gone")
    if (
        found.state is not _STILL_TRUE_IN[type(notice)]
        or int(found.asked_at.timestamp()) != notice.asked
    ):
        return Nothing("no-longer-true")
    say = speech(person.language)
    if found.open:
        if not await _answers(store, person, found):
            return Nothing("not-theirs")
        return await request_message(store, say, found, exchange, notice.kind)
    if found.person != person.id:
        return Nothing("not-theirs")
    if isinstance(notice, JoinAdmitted):
        return await welcome(store, person, say, exchange, notice)
    return _ended(say, exchange, found, notice)


async def _answers(store: Store, reader: Person, found: Membership) -> bool:
    """Whether the reader may answer; coordinators of others once it was handed on to them."""
    ids = [one.id for one in await store.exchanges.coordinators(found.exchange)]
    roles = await store.roles.of(reader.id)
    return may_answer(found, reader.id, ids, roles, found.handed_on_at or found.asked_at)


async def request_message(
    store: Store, say: Speech, found: Membership, exchange: Exchange, kind: str = "JoinAsked"
) -> Message:
    """Who asks, and what can be answered."""
    card = await request_card(store, say, found)
    return Message(say(kind, title=title_of(say, exchange), card=card), request_rows(say, found.id))


def request_rows(say: Speech, membership: int) -> Keyboard:
    """Admit, decline, or ask first."""
    return (
        (button(say, "button-admit-member", AdmitMember(membership)),),
        (button(say, "button-decline-member", DeclineMember(membership, "")),),
        (button(say, "button-ask-newcomer", AskNewcomer(membership)),),
    )


async def request_card(store: Store, say: Speech, found: Membership) -> Markup:
    """Who asks: name, organisation and whether it is confirmed, language, note, and what was asked
    already."""
    name, organisation = await named(store, say, found)
    person = await store.people.by_id(found.person) if found.person else None
    of = await store.organisations.of(found.person) if found.person else None
    known = of is not None and of.confirmed_at is not None
    vku = {True: "yes", False: "no", None: "unknown"}[of.vku_member if of and known else None]
    lines = [
        say("request-name", name=name),
        say("request-organisation", organisation=organisation),
        say("request-confirmed" if known else "request-unconfirmed"),
        say(f"vku-{vku}"),
    ]
    if person is not None:
        lines.append(say("request-language", language=say.language_name(person.language)))
    if found.note:
        lines.append(say("request-note", note=found.note))
    asked = await store.enquiries.about(found.id)
    if before := len(asked[:-ASKED]):
        lines.append(say("request-asked-before", before))
    for one in asked[-ASKED:]:
        lines.append(say("request-asked", words=one.words))
        if one.answer:
            lines.append(say("request-answered", words=one.answer))
    return NEWLINE.join(lines)


async def welcome(
    store: Store, person: Person, say: Speech, exchange: Exchange, notice: JoinAdmitted
) -> Message:
    """They take part: what comes next, and what can be done."""
    zone = await zone_of_reader(store, person, exchange.zone)
    found = await store.memberships.by_id(notice.membership)
    since = (found.settled_at if found else None) or exchange.created_at
    coming = await store.sessions.coming(exchange.id, since=since, limit=COMING)
    lines = [coming_line(say, one, zone) for one in coming] or [coming_line(say, None, zone)]
    text = say(notice.kind, title=title_of(say, exchange), coming=Markup("\n\n").join(lines))
    return Message(text, ((button(say, "button-show-exchange", ShowExchange(exchange.id)),),))


def _ended(say: Speech, exchange: Exchange, found: Membership, notice: AboutJoining) -> Message:
    """Declined, with the reason, or removed; and whom to ask."""
    values: dict[str, object] = {
        "title": title_of(say, exchange),
        "contact": contact_line(say, exchange),
    }
    if isinstance(notice, JoinDeclined):
        values["why"] = say(f"declined-{found.reason or 'other'}")
    return Message(
        say(notice.kind, None, **values),
        ((button(say, "button-other-exchanges", ShowExchanges(0, "")),),),
    )


async def about_enquiry(store: Store, person: Person, notice: AboutEnquiry) -> Message | Nothing:
    """A question to who asked to join, or their answer to coordinators."""
    enquiry = await store.enquiries.by_id(notice.enquiry)
    found = await store.memberships.by_id(enquiry.membership) if enquiry else None
    exchange = await store.exchanges.by_id(found.exchange) if found else None
    if enquiry is None or found is None or exchange is None:
        return Nothing("gone")
    say = speech(person.language)
    if isinstance(notice, EnquiryAnswered):
        return await _answer(store, say, person, enquiry, found, exchange)
    if found.person != person.id:
        return Nothing("not-theirs")
    if enquiry.answer is not None:
        return Nothing("no-longer-true")
    asking = await store.people.by_id(enquiry.asked_by)
    name = (asking.name if asking else None) or exchange.contact.name
    text = say(notice.kind, title=title_of(say, exchange), person=name, words=enquiry.words)
    return Message(text, ((button(say, "button-answer-enquiry", AnswerEnquiry(enquiry.id)),),))


async def _answer(
    store: Store, say: Speech, reader: Person, enquiry: Enquiry, found: Membership, of: Exchange
) -> Message | Nothing:
    if not await _answers(store, reader, found):
        return Nothing("not-theirs")
    name, _ = await named(store, say, found)
    text = say(
        "EnquiryAnswered",
        title=title_of(say, of),
        person=name,
        words=enquiry.words,
        answer=enquiry.answer or "",
    )
    rows = ((button(say, "button-show-request", ShowRequest(found.id)),),) if found.open else ()
    return Message(text, rows)


async def exchange_closed(
    store: Store, person: Person, notice: ExchangeClosed
) -> Message | Nothing:
    """It has ended."""
    return await _closed(store, speech(person.language), notice)


async def post_exchange_closed(
    store: Store, group: Group, notice: ExchangeClosed
) -> Message | Nothing:
    """The same into its group, as long as it is at home there."""
    exchange = await store.exchanges.by_id(notice.exchange)
    if exchange is None or exchange.group != group.id:
        return Nothing("gone")
    return await _closed(store, speech(group.language), notice)


async def _closed(store: Store, say: Speech, notice: ExchangeClosed) -> Message | Nothing:
    exchange = await store.exchanges.by_id(notice.exchange)
    if exchange is None or exchange.running:
        return Nothing("no-longer-true")
    contact = contact_line(say, exchange)
    return Message(say(notice.kind, title=title_of(say, exchange), contact=contact))


async def exchange_entrusted(
    store: Store, person: Person, notice: ExchangeEntrusted
) -> Message | Nothing:
    """They run it, too."""
    exchange = await store.exchanges.by_id(notice.exchange)
    ids = [one.id for one in await store.exchanges.coordinators(notice.exchange)]
    if exchange is None or not may_run(person.id, ids, await store.roles.of(person.id)):
        return Nothing("no-longer-true")
    say = speech(person.language)
    return Message(
        say(notice.kind, title=title_of(say, exchange)),
        (
            (button(say, "button-show-exchange", ShowExchange(exchange.id)),),
            (button(say, "button-exchange-settings", ShowExchangeSettings(exchange.id)),),
        ),
    )
