"""For whom an announcement is: chosen by buttons, said in a sentence, or kept from before."""

from aiogram import Router
from markupsafe import Markup

from actions import announcing
from delivery.audience_words import audience_words, trait_option
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_announcements import (
    DescribeAudience,
    ForgetAudience,
    MeanAnswered,
    MeanEverybody,
    MeanExchange,
    MeanOption,
    SaveAudience,
    ShowAudience,
    ShowSaved,
    ShowTrait,
    TakeDescribed,
    UseAudience,
)
from domain.announcements import Announcement
from domain.audiences import Audience, Trait, audience_of
from domain.exchanges import Exchange
from domain.rules.plain_text import says_something
from domain.sessions import Session
from domain.texts import shown
from handlers.announcing.audience_said import said_in
from handlers.announcing.options import offered, valid
from handlers.announcing.typed import STEP, ask, hears, listen, over, question, show
from handlers.announcing.window import back
from handlers.leaving import interrupts
from handlers.profile.window import CHOSEN, PER_PAGE
from handlers.turn import Pressed, Turn
from locales.names import cut
from locales.speech import Speech

router = Router(name="announcing-audience")

BY_BUTTONS = (Trait.WHO, Trait.SECTORS, Trait.KINDS, Trait.TOPICS, Trait.REGIONS, Trait.LANGUAGES)
LONGEST_NAME = 60
PAST = 5
"""So many past sessions are offered beside those that come."""


@router.callback_query(Pressed(ShowAudience))
async def open_window(_: object, turn: Turn, press: ShowAudience) -> None:
    """For whom it is, and what can be narrowed; a sentence is heard at once, since it is asked."""
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=press.announcement)
    over(turn)
    listen(turn, one.id, "audience")
    turn.show(await _window(turn, one), question=not interrupts(turn))


async def _window(turn: Turn, one: Announcement, note: Markup | None = None) -> Message:
    say = turn.say
    lines = [*([note, Markup()] if note else []), *await _lines(turn, one)]
    buttons = [
        button(say, f"button-audience-{trait.value}", ShowTrait(one.id, 0, trait.value))
        for trait in BY_BUTTONS
    ]
    rows: list[tuple[Button, ...]] = [
        (
            button(say, "button-audience-everybody", MeanEverybody(one.id)),
            button(say, "button-audience-exchange", MeanExchange(one.id, -1)),
        ),
        *(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)),
    ]
    if one.audience is not None and one.audience.exchange is not None:
        rows.append((button(say, "button-audience-answered", MeanAnswered(one.id, 0)),))
    rows.append(
        (
            button(say, "button-audience-describe", DescribeAudience(one.id)),
            button(say, "button-audience-saved", ShowSaved(one.id)),
        )
    )
    if one.audience is not None:
        rows.append((button(say, "button-audience-save", SaveAudience(one.id)),))
    return Message(NEWLINE.join(lines), (*rows, back(say, one)))


async def _lines(turn: Turn, one: Announcement) -> list[Markup]:
    """In plain words, and how many they are."""
    say = turn.say
    if one.audience is None:
        return [say("audience-title"), say("announcement-lacks-audience")]
    words = await audience_words(turn.store, say, one.audience)
    count = await announcing.count(turn.store, turn.who, one)
    lines = [say("audience-title"), words, Markup()]
    lines.append(say("announcement-reaches", number=count.total))
    for language, number in sorted(count.readers.items()):
        name = say.language_name(language)
        lines.append(say("audience-in-language", language=name, number=number))
    if count.unreached:
        lines.append(say("audience-without-telegram", number=count.unreached))
    return lines


async def _aim(turn: Turn, announcement: int, audience: Audience) -> None:
    one = await announcing.aim(
        turn.store, by=turn.who, announcement=announcement, audience=audience
    )
    over(turn)
    turn.show(await _window(turn, one))


async def _aimed(turn: Turn, announcement: int) -> tuple[Announcement, Audience]:
    one = await announcing.looked_at(turn.store, by=turn.who, announcement=announcement)
    return one, one.audience or Audience()


@router.callback_query(Pressed(MeanEverybody))
async def mean_everybody(_: object, turn: Turn, press: MeanEverybody) -> None:
    """As many as one may."""
    await _aim(turn, press.announcement, Audience())


@router.callback_query(Pressed(MeanExchange))
async def mean_exchange(_: object, turn: Turn, press: MeanExchange) -> None:
    """Members of one exchange, of any, or: which?"""
    one, audience = await _aimed(turn, press.announcement)
    if press.exchange >= 0:
        await _aim(turn, one.id, audience.within(press.exchange or None))
        return
    say = turn.say
    rows = [
        (Button(cut(shown(each.title, say.language), 50),
                data=MeanExchange(one.id, each.id).pack()),)
        for each in await _exchanges(turn)
    ]  # fmt: skip
    if audience.exchange is not None:
        rows.append((button(say, "button-audience-no-exchange", MeanExchange(one.id, 0)),))
    key = "audience-which-exchange" if rows else "audience-no-exchange"
    turn.show(Message(say(key), (*rows, _to_window(say, one))))


async def _exchanges(turn: Turn) -> tuple[Exchange, ...]:
    """Those to whose members the person may announce."""
    reach = await announcing.reach_of(turn.store, turn.who)
    running = await turn.store.exchanges.running()
    return tuple(one for one in running if reach.everybody or one.id in reach.exchanges)


def _to_window(say: Speech, one: Announcement) -> tuple[Button, ...]:
    return (button(say, "button-audience-back", ShowAudience(one.id)),)


@router.callback_query(Pressed(MeanAnswered))
async def mean_answered(_: object, turn: Turn, press: MeanAnswered) -> None:
    """Who has answered to a session, or not: to which?"""
    one, audience = await _aimed(turn, press.announcement)
    say, sessions = turn.say, await _sessions(turn, audience)
    if press.session in {each.id for each in sessions}:
        changed = audience.about(press.session)
        one = await announcing.aim(turn.store, by=turn.who, announcement=one.id, audience=changed)
        turn.show(await _trait_window(turn, one, Trait.ANSWERED, 0))
        return
    rows = [
        (Button(f"{say.date(each.starts_at)}: {cut(shown(each.title, say.language), 40)}",
                data=MeanAnswered(one.id, each.id).pack()),)
        for each in sessions
    ]  # fmt: skip
    key = "audience-which-session" if sessions else "announcement-no-session"
    turn.show(Message(say(key), (*rows, _to_window(say, one))))


async def _sessions(turn: Turn, audience: Audience) -> tuple[Session, ...]:
    if audience.exchange is None:
        return ()
    store, now = turn.store.sessions, turn.clock()
    coming = await store.coming(audience.exchange, since=now, limit=PAST)
    return (*coming, *await store.past(audience.exchange, before=now, limit=PAST))


@router.callback_query(Pressed(ShowTrait))
async def show_trait(_: object, turn: Turn, press: ShowTrait) -> None:
    """The options of one trait."""
    one, _audience = await _aimed(turn, press.announcement)
    trait = next((each for each in Trait if each.value == press.trait), None)
    over(turn)
    if trait is None:
        turn.show(await _window(turn, one))
    else:
        turn.show(await _trait_window(turn, one, trait, press.page))


@router.callback_query(Pressed(MeanOption))
async def mean_option(_: object, turn: Turn, press: MeanOption) -> None:
    """Those, too, or no longer."""
    one, audience = await _aimed(turn, press.announcement)
    trait = next((each for each in Trait if each.value == press.trait), None)
    if trait is None or not valid(trait, press.option):
        turn.toast(turn.say.plain("stale-toast"))
        turn.show(await _window(turn, one))
        return
    chosen = audience.of(trait) - {press.option} | ({press.option} if press.on else frozenset())
    changed = audience.having(trait, chosen)
    one = await announcing.aim(turn.store, by=turn.who, announcement=one.id, audience=changed)
    turn.show(await _trait_window(turn, one, trait, press.page))


async def _trait_window(turn: Turn, one: Announcement, trait: Trait, page: int) -> Message:
    say, audience = turn.say, one.audience or Audience()
    listed = offered(say, trait)
    last = (len(listed) - 1) // PER_PAGE
    at = min(max(page, 0), last)
    elsewhere = sorted(audience.of(trait) - frozenset(listed)) if at == 0 else []
    options = [*elsewhere, *listed[at * PER_PAGE : (at + 1) * PER_PAGE]]
    words, chosen = trait_option(say, trait), audience.of(trait)
    rows = [
        (Button(f"{CHOSEN} {words(each)}" if each in chosen else words(each),
                data=MeanOption(one.id, at, int(each not in chosen), trait.value, each).pack()),)
        for each in options
    ]  # fmt: skip
    turning = []
    if at > 0:
        turning.append(button(say, "button-page-before", ShowTrait(one.id, at - 1, trait.value)))
    if at < last:
        turning.append(button(say, "button-page-after", ShowTrait(one.id, at + 1, trait.value)))
    lines = [*await _lines(turn, one), Markup(), say(f"audience-ask-{trait.value}")]
    keyboard = (*rows, *([tuple(turning)] if turning else []), _to_window(say, one))
    return Message(NEWLINE.join(lines), keyboard)


@router.callback_query(Pressed(DescribeAudience))
async def describe(_: object, turn: Turn, press: DescribeAudience) -> None:
    """Ask for a sentence."""
    one, _audience = await _aimed(turn, press.announcement)
    await ask(turn, one.id, "audience")


@question("audience")
async def ask_sentence(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """A sentence; or what was understood of one, to be confirmed."""
    stored = turn.conversation.pending.get("described")
    if not isinstance(stored, dict):
        return turn.say("audience-ask-sentence"), ()
    words = await audience_words(turn.store, turn.say, audience_of(stored))
    take = button(turn.say, "button-audience-take", TakeDescribed(one.id))
    return turn.say("audience-understood", audience=words), ((take,),)


@hears("audience")
async def hear_sentence(turn: Turn, one: Announcement) -> None:
    """What was understood is shown, and counts once it is confirmed."""
    if turn.text is None:
        await show(turn, turn.say("misheard-not-text"))
        return
    found = await said_in(turn, turn.text, await _exchanges(turn))
    if found is None:
        await show(turn, turn.say("audience-misheard"))
        return
    turn.conversation = turn.conversation.choosing(described=found.as_json())
    await show(turn)


@router.callback_query(Pressed(TakeDescribed))
async def take(_: object, turn: Turn, press: TakeDescribed) -> None:
    """Yes, these."""
    stored = turn.conversation.pending.get("described")
    if turn.conversation.step != STEP or not isinstance(stored, dict):
        turn.toast(turn.say.plain("stale-toast"))
        await open_window(None, turn, ShowAudience(press.announcement))
        return
    await _aim(turn, press.announcement, audience_of(stored))


@router.callback_query(Pressed(ShowSaved, ForgetAudience))
async def show_saved(_: object, turn: Turn, press: ShowSaved | ForgetAudience) -> None:
    """Those that were kept, perhaps one fewer."""
    one, _audience = await _aimed(turn, press.announcement)
    if isinstance(press, ForgetAudience):
        await announcing.forget_audience(turn.store, by=turn.who, saved=press.saved)
    say, kept = turn.say, await turn.store.audiences.saved_by(turn.who.id)
    rows = [
        (
            Button(cut(each.name, 40), data=UseAudience(one.id, each.id).pack()),
            button(say, "button-audience-forget", ForgetAudience(one.id, each.id)),
        )
        for each in kept
    ]
    key = "audience-which-saved" if kept else "audience-none-saved"
    turn.show(Message(say(key), (*rows, _to_window(say, one))))


@router.callback_query(Pressed(UseAudience))
async def use(_: object, turn: Turn, press: UseAudience) -> None:
    """For one that was kept."""
    one = await announcing.use_audience(
        turn.store, by=turn.who, announcement=press.announcement, saved=press.saved
    )
    turn.show(await _window(turn, one))


@router.callback_query(Pressed(SaveAudience))
async def save(_: object, turn: Turn, press: SaveAudience) -> None:
    """Ask for a name."""
    one, _audience = await _aimed(turn, press.announcement)
    await ask(turn, one.id, "name")


@question("name")
async def ask_name(turn: Turn, one: Announcement) -> tuple[Markup, Keyboard]:
    """Under which name this audience is kept."""
    return turn.say("audience-ask-name", limit=LONGEST_NAME), ()


@hears("name")
async def hear_name(turn: Turn, one: Announcement) -> None:
    """Keep it."""
    name = " ".join((turn.text or "").split())
    if turn.text is None or not says_something(name):
        key = "misheard-not-text" if turn.text is None else "misheard-no-words"
        await show(turn, turn.say(key))
        return
    if len(name) > LONGEST_NAME:
        await show(turn, turn.say("announcement-too-long", limit=LONGEST_NAME))
        return
    await announcing.save_audience(
        turn.store, turn.clock, by=turn.who, announcement=one.id, name=name
    )
    over(turn)
    turn.send(await _window(turn, one, turn.say("audience-saved", name=name)))
