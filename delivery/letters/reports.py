"""Letters about reports, to coordinators."""

from delivery.buttons import button
from delivery.message import Keyboard, Message, Nothing
from delivery.presses_of_hiding import hide_or_show
from delivery.presses_of_partners import SettleReport
from domain.notices import ReportMade
from domain.people import Person
from domain.reports import AboutWhat, Report
from domain.rules.permissions import Verb, may
from locales import names
from locales.speech import Speech, speech
from storage.store import Store


async def report_made(store: Store, person: Person, notice: ReportMade) -> Message | Nothing:
    """Who has reported whom and why; only to those who may read it now."""
    found = await store.reports.by_id(notice.report)
    if found is None or found.settled:
        return Nothing("no-longer-true")
    if not may(Verb.READ_CONCERNS, await store.roles.of(person.id)):
        return Nothing("no-coordinator")
    say = speech(person.language)
    settle = ((button(say, "button-settle-report", SettleReport(found.id)),),)
    text = say(
        notice.kind,
        about=await about_what(store, say, found),
        by=await person_named(store, say, found.by),
        cause=say.plain(f"report-cause-{found.cause.value}"),
        words=found.words or say.plain("report-no-words"),
    )
    return Message(text, (*settle, *await _hiding(store, say, found)))


async def _hiding(store: Store, say: Speech, report: Report) -> Keyboard:
    """Hide the organisation that is reported, or show it again."""
    if report.about is not AboutWhat.ORGANISATION:
        return ()
    one = await store.organisations.by_id(report.subject)
    return ((hide_or_show(say, one, report.id),),) if one and one.name else ()


async def about_what(store: Store, say: Speech, report: Report) -> str:
    """What a report is about, by name."""
    if report.about is AboutWhat.PERSON:
        return await person_named(store, say, report.subject)
    return names.organisation(say, await store.organisations.by_id(report.subject))


async def person_named(store: Store, say: Speech, person: int | None) -> str:
    """A person's name and organisation."""
    found = await store.people.by_id(person) if person else None
    if found is None:
        return say.plain("report-nobody")
    return names.person(say, found, await store.organisations.of(found.id))
