"""Joining an organisation that is there already: is it one of these? And the answers of those who
may admit."""

from aiogram import Router
from markupsafe import Markup

from actions import admissions
from delivery.buttons import Begin, FindPartners, ShowProfile, button
from delivery.cards import NEWLINE
from delivery.message import Button, Message
from delivery.presses_of_organisations import Admit, Join, NoneOfThese, TakeBack, TurnAway
from domain.admissions import Admission
from domain.organisations import Organisation
from domain.profiles import Answer
from handlers import asides
from handlers.leaving import Words
from handlers.menu import menu
from handlers.profile import card, wizard
from handlers.turn import Pressed, Turn
from locales import names

router = Router(name="admissions")

STEP = "join"


async def offer(turn: Turn, name: str, *, never_offered: bool = False) -> bool:
    """Ask whether it is one of the organisations that are there already, if any is like this
    name; what waits in the conversation goes on waiting beneath. False where there is none, and
    nothing was said."""
    found = await admissions.similar_to(
        turn.store, turn.services.understanding, turn.who, name, never_offered=never_offered
    )
    if not found:
        return False
    turn.conversation = turn.conversation.over().aside(STEP, found=[one.id for one in found])
    await show(turn)
    return True


@asides.comes_after(Answer.ORGANISATION, Answer.PLACE)
async def offer_after_answer(turn: Turn) -> bool:
    """The name or the place is known now."""
    own = await turn.store.organisations.of(turn.who.id)
    return own is not None and own.name is not None and await offer(turn, own.name)


async def show(turn: Turn, note: Markup | None = None, anew: bool = False) -> None:
    """The organisations that may be meant, and a button for each."""
    say = turn.say
    ids = [int(one) for one in turn.conversation.pending.get("found", [])]
    there = await turn.store.organisations.several(ids)
    found = [there[one] for one in ids if one in there]
    lines = [note] if note else []
    listed = NEWLINE.join(_line(turn, *one) for one in enumerate(found, 1))
    lines += [say("join-question"), listed]
    rows = [(_button(turn, number, one),) for number, one in enumerate(found, 1)]
    rows.append((button(say, "button-none-of-these", NoneOfThese()),))
    message = Message(Markup("\n\n").join(lines), tuple(rows))
    if anew:
        turn.send(message, question=True)
    else:
        turn.show(message, question=True)


asides.shows(STEP)(show)


@router.message(asides.Aside(STEP), Words())
async def hear(_: object, turn: Turn) -> None:
    """Words are no answer to it: the question is asked once more."""
    await show(turn, turn.say("join-choose"), anew=True)


@router.callback_query(Pressed(NoneOfThese))
async def none_of_these(_: object, turn: Turn, press: NoneOfThese) -> None:
    """A new one: on with what waited."""
    if turn.conversation.step != STEP:
        await wizard.refuse_stale(turn)
        return
    await _on(turn, turn.say("join-new"))


@router.callback_query(Pressed(Join))
async def join(_: object, turn: Turn, press: Join) -> None:
    """Ask to speak for it. Only one that was offered, or is asked for already, can be asked for:
    nobody learns by trying which organisations there are."""
    offered = turn.conversation.pending.get("found", []) if turn.conversation.step == STEP else []
    waiting = {one.organisation for one in await turn.store.admissions.open_of(turn.who.id)}
    if press.organisation not in waiting.union(offered):
        await wizard.refuse_stale(turn)
        return
    made = await admissions.ask(
        turn.store, turn.clock, by=turn.who, organisation=press.organisation
    )
    # Questions about an organisation that is there already need not be answered once more.
    turn.conversation = turn.conversation.over().at(None)
    turn.show(await _sent(turn, made))


@router.callback_query(Pressed(TakeBack))
async def take_back(_: object, turn: Turn, press: TakeBack) -> None:
    """Not after all."""
    taken = await admissions.withdraw(
        turn.store, turn.clock, by=turn.who, admission=press.admission
    )
    turn.show(Message(turn.say("join-taken-back", name=await _name(turn, taken)), menu(turn.say)))


@router.callback_query(Pressed(Admit))
async def admit(_: object, turn: Turn, press: Admit) -> None:
    """They speak for it, too."""
    done = await admissions.admit(turn.store, turn.clock, by=turn.who, admission=press.admission)
    turn.show(turn.say("newcomer-admitted", None, **await _about(turn, done)))


@router.callback_query(Pressed(TurnAway))
async def turn_away(_: object, turn: Turn, press: TurnAway) -> None:
    """They do not."""
    done = await admissions.decline(turn.store, turn.clock, by=turn.who, admission=press.admission)
    turn.show(turn.say("newcomer-declined", None, **await _about(turn, done)))


async def _on(turn: Turn, note: Markup) -> None:
    turn.conversation = turn.conversation.over()
    if turn.conversation.step is None:
        await card.show(turn, note)
    else:
        await wizard.show_question(turn, note)


async def _sent(turn: Turn, made: Admission) -> Message:
    """To whom it was put, said honestly, and what can be done meanwhile."""
    say = turn.say
    represented, coordinated = await admissions.waits_for(turn.store, made)
    whom = "people" if represented else "coordinators" if coordinated else "nobody"
    sent = say("join-sent", name=await _name(turn, made))
    return Message(
        Markup("\n\n").join((sent, say(f"join-sent-{whom}"), say("join-meanwhile"))),
        (
            (button(say, "button-take-back", TakeBack(made.id)),),
            (button(say, "button-profile", ShowProfile()), button(say, "button-go-on", Begin())),
            (button(say, "button-partners", FindPartners()),),
        ),
    )


def _line(turn: Turn, number: int, one: Organisation) -> Markup:
    where = names.place(turn.say, one.place) if one.place else turn.say.plain("not-stated")
    name = names.organisation(turn.say, one)
    return turn.say("join-line", number=number, name=name, place=where)


def _button(turn: Turn, number: int, one: Organisation) -> Button:
    return Button(f"{number}. {names.short(turn.say, one, 50)}", data=Join(one.id).pack())


async def _name(turn: Turn, one: Admission) -> str:
    organisation = await turn.store.organisations.by_id(one.organisation)
    return names.organisation(turn.say, organisation)


async def _about(turn: Turn, one: Admission) -> dict[str, str]:
    person = await turn.store.people.by_id(one.person)
    stated = names.person_alone(turn.say, person) if person else turn.say.plain("report-nobody")
    return {"person": stated, "name": await _name(turn, one)}
