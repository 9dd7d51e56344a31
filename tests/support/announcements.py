"""Announcements and their readers, written down as they are needed."""

from dataclasses import dataclass, field
from typing import Any

from actions import announced, announcing, releasing
from domain.announcements import Announcement, ProposedChange
from domain.audiences import Audience
from domain.outbox import DeliveryState, Outcome
from domain.people import Person
from storage.store import Store
from tests.support.exchanges import Setting, exchange
from tests.support.partners import SetClock

TEXTS = {"de": "<b>Treffen</b> in Bonn", "uk": "<b>Зустріч</b> у Бонні"}


@dataclass(frozen=True, slots=True)
class Announcing:
    """An exchange with its coordinator, who has written to its members."""

    setting: Setting
    announcement: Announcement
    clock: SetClock = field(default_factory=SetClock)

    @property
    def by(self) -> Person:
        return self.setting.coordinator

    @property
    def id(self) -> int:
        return self.announcement.id


async def draft(
    store: Store, clock: SetClock, by: Person, audience: Audience | None, **texts: str
) -> Announcement:
    """A draft with these texts (in German and Ukrainian, if none is named)."""
    one = await announcing.begin(store, clock, by=by)
    for language, html in (texts or TEXTS).items():
        await announcing.write(store, by=by, announcement=one.id, language=language, html=html)
    return await announcing.aim(store, by=by, announcement=one.id, audience=audience)


async def to_members(
    store: Store, clock: SetClock, languages: tuple[str, ...] = ("de", "uk", "ar"), **more: Any
) -> Announcing:
    """A draft for the members of an exchange, one for each of the languages."""
    setting = await exchange(store, clock, languages=languages, **more)
    audience = Audience(exchange=setting.exchange.id)
    return Announcing(setting, await draft(store, clock, setting.coordinator, audience), clock)


async def sent(store: Store, clock: SetClock, **more: Any) -> Announcing:
    """The same, being sent."""
    made = await to_members(store, clock, **more)
    one = await releasing.send(
        store, clock, by=made.by, announcement=made.id, version=made.announcement.version
    )
    return Announcing(made.setting, one, clock)


async def arrives(
    store: Store, clock: SetClock, *states: DeliveryState, first_message: int = 70
) -> None:
    """What a worker would do with what is due: the first rows end in these states, the rest is
    sent."""
    async with store.transaction():
        taken = await store.outbox.claim(
            owner="one", due=clock(), until=clock.now.replace(year=2099), limit=1_000
        )
        for at, one in enumerate(taken):
            state = states[at] if at < len(states) else DeliveryState.SENT
            message = first_message + at if state is DeliveryState.SENT else None
            outcome = Outcome(state, None if message else "blocked", message)
            await store.outbox.settle(one.id, outcome, owner="one", at=clock())


@dataclass(frozen=True, slots=True)
class Written:
    """What two coordinators have written: the first to members of an exchange of theirs, the other
    to whoever speaks for an organisation. Of what is `changing` a change waits that its author
    proposes. `saved` is an audience that the first has kept, `elsewhere` an exchange that neither
    runs."""

    draft: Announcement
    waiting: Announcement
    sending: Announcement
    foreign: Announcement
    foreign_waiting: Announcement
    changing: ProposedChange
    foreign_changing: ProposedChange
    saved: int
    elsewhere: int


async def written(
    store: Store, clock: SetClock, first: Person, other: Person, exchange_id: int
) -> Written:
    """Announcements in every state in which something may be done with them."""
    members = Audience(exchange=exchange_id)
    speaking = Audience(who=frozenset({"representatives"}))
    sending = await draft(store, clock, first, members)
    sending = await releasing.send(
        store, clock, by=first, announcement=sending.id, version=sending.version
    )
    waiting = await asked(store, clock, first, members)
    one = await draft(store, clock, first, members)
    await announcing.save_audience(store, clock, by=first, announcement=one.id, name="Kept")
    (kept,) = await store.audiences.saved_by(first.id)
    return Written(
        draft=one,
        waiting=waiting,
        sending=sending,
        foreign=await draft(store, clock, other, speaking),
        foreign_waiting=await asked(store, clock, other, speaking),
        changing=await proposed(store, clock, first, members),
        foreign_changing=await proposed(store, clock, other, speaking),
        saved=kept.id,
        elsewhere=(await exchange(store, clock)).exchange.id,
    )


async def asked(store: Store, clock: SetClock, by: Person, audience: Audience) -> Announcement:
    """An announcement that waits for another coordinator's release."""
    one = await draft(store, clock, by, audience)
    return await releasing.send(
        store, clock, by=by, announcement=one.id, version=one.version, alone_up_to=0
    )


async def proposed(
    store: Store, clock: SetClock, by: Person, audience: Audience, html: str = "Anders"
) -> ProposedChange:
    """A change, in German, of an announcement that is being sent: it waits for another
    coordinator's release, however few are meant."""
    one = await draft(store, clock, by, audience)
    await releasing.send(store, clock, by=by, announcement=one.id, version=one.version)
    _, change = await announced.edit(
        store, clock, by=by, announcement=one.id, language="de", html=html, alone_up_to=0
    )
    assert change is not None
    return change
