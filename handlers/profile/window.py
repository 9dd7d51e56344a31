"""A question's window: the question, what is chosen so far, and its buttons."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from delivery.buttons import (
    Back,
    Cancel,
    Choose,
    Done,
    Drop,
    Page,
    ShowFiner,
    Skip,
    button,
)
from delivery.cards import NEWLINE, answer_text
from delivery.message import Button, Keyboard, Message
from delivery.option_words import option_words, options_text
from domain.conversations import Conversation
from domain.places import Place
from domain.profiles import Answer, Profile, part_of
from handlers.profile.steps import Chosen, Step, number
from handlers.turn import Turn
from locales import names
from locales.speech import Speech

PER_PAGE = 8
CHOSEN = "✅"
"""Stands before a chosen option; the message above names what is chosen, too."""
OPENS = "›"
"""Stands behind a listed option that shows finer ones; it points the other way in Arabic."""
MOST_WIDER, MOST_WORDS = 3, 22
"""So many buttons lead on to finer options, with so many letters of the wider one."""
MOST_CHOSEN = 16
"""So many chosen options have a button to take them back: Telegram allows 100 in a message."""


WORDY = (Answer.PLACE, Answer.OFFERS, Answer.SEEKS, Answer.FORMS, Answer.ACTIVE, Answer.SDGS)
"""Their options need a whole line."""


def window(turn: Turn, profile: Profile, step: Step, note: Markup | None = None) -> Message:
    """The message that asks a question; `note` stands above it."""
    say, conversation = turn.say, turn.conversation
    which = step.answer
    lines = [note, Markup("")] if note else []
    if not conversation.editing:
        lines.append(say("question-progress", number=number(which), total=len(part_of(which))))
    lines.append(say(f"question-{which.value}"))
    lines += _so_far(turn, profile, step)
    lines += _list_hint(turn, step)
    keyboard = _navigation(say, step, conversation)
    if isinstance(step, Chosen):
        keyboard = (*_choices(turn, profile, step), *keyboard)
    return Message(NEWLINE.join(line for line in lines if line is not None), keyboard)


def _so_far(turn: Turn, profile: Profile, step: Step) -> list[Markup]:
    """What is chosen, or what was answered before."""
    say, conversation = turn.say, turn.conversation
    if isinstance(step, Chosen) and not step.single:
        chosen = conversation.pending.get("chosen", [])
        words = options_text(say, step.answer, chosen)
        return [Markup(""), say("chosen-so-far", chosen=words)] if chosen else []
    if profile.answer(step.answer) is None:
        return []
    answered = answer_text(say, profile, step.answer, turn.clock().date())
    return [Markup(""), say("answered-so-far", answer=answered)]


def _list_hint(turn: Turn, step: Step) -> list[Markup]:
    """What the shown page of a list is for."""
    if not isinstance(step, Chosen):
        return []
    opened, page = _opened(turn, step), turn.conversation.pending.get("page")
    if opened is not None:
        return [Markup(""), turn.say("list-of-theme", theme=_words(turn, step, opened))]
    if page is not None and step.all(turn.say):
        return [Markup(""), turn.say("list-of-themes")]
    return []


def _opened(turn: Turn, step: Chosen) -> str | None:
    """The listed option whose finer ones are shown; None where a stored one has none any more."""
    opened = turn.conversation.pending.get("opened")
    return opened if opened is not None and step.finer(turn.say, opened) else None


def last_page(listed: Sequence[str]) -> int:
    """The number of a list's last page, counted from 0."""
    return max(0, (len(listed) - 1) // PER_PAGE)


def page_with(listed: Sequence[str], option: str) -> int:
    """The number of the page on which an option stands; the first one where it does not."""
    return listed.index(option) // PER_PAGE if option in listed else 0


def _choices(turn: Turn, profile: Profile, step: Chosen) -> Keyboard:
    """Options as buttons: a page of the list, what lies beneath one of its options, or what was
    understood and then what is always shown."""
    say, conversation = turn.say, turn.conversation
    pending = conversation.pending
    page, opened = pending.get("page"), _opened(turn, step)
    rows: list[Sequence[Button]] = []
    if opened is not None:
        rows += _options(turn, step, (opened, *step.finer(say, opened)))
        rows.append([button(say, "button-all-themes", Page(conversation.turn, page or 0))])
    elif page is not None:
        listed = step.all(say)
        page = min(page, last_page(listed))
        rows += _listed(turn, step, listed[page * PER_PAGE : (page + 1) * PER_PAGE])
        rows.append(_pages(say, conversation, page, last_page(listed)))
    else:
        understood = pending.get("offered", [])
        always = step.shown(profile)
        chosen = [] if step.single else pending.get("chosen", [])[-MOST_CHOSEN:]
        rows += _options(turn, step, dict.fromkeys([*chosen, *understood, *always]))
        rows += _more_exactly(turn, step, chosen)
        if step.all(say):
            rows.append([button(say, "button-list", Page(conversation.turn, 0))])
    if not step.single and (pending.get("chosen") or step.may_be_empty):
        rows.append([button(say, "button-done", Done(conversation.turn))])
    return tuple(map(tuple, rows))


def _listed(turn: Turn, step: Chosen, options: Iterable[str]) -> list[Sequence[Button]]:
    """Options of a list; those that have finer ones beneath them are opened, not chosen."""
    rows: list[Sequence[Button]] = []
    for one in options:
        finer = step.finer(turn.say, one)
        rows += [[_opener(turn, step, one, finer)]] if finer else _options(turn, step, [one])
    return rows


def _opener(turn: Turn, step: Chosen, option: str, finer: Iterable[str]) -> Button:
    conversation = turn.conversation
    words = f"{_words(turn, step, option)} {OPENS}"
    chosen = {option, *finer}.intersection(conversation.pending.get("chosen", []))
    press = ShowFiner(conversation.turn, option)
    return Button(f"{CHOSEN} {words}" if chosen else words, data=press.pack())


def _more_exactly(turn: Turn, step: Chosen, chosen: Sequence[str]) -> list[Sequence[Button]]:
    """What lies beneath the options chosen last: whoever names a theme learns of finer ones."""
    say = turn.say
    wider = [one for one in chosen if step.finer(say, one)][-MOST_WIDER:]
    words = {one: names.cut(_words(turn, step, one), MOST_WORDS) for one in wider}
    return [
        [button(say, "button-finer", ShowFiner(turn.conversation.turn, one), topic=words[one])]
        for one in wider
    ]


def _options(turn: Turn, step: Chosen, options: Iterable[str]) -> list[Sequence[Button]]:
    conversation = turn.conversation
    chosen = conversation.pending.get("chosen", [])
    buttons = [
        Button(f"{CHOSEN} {_words(turn, step, one)}", data=Drop(conversation.turn, one).pack())
        if one in chosen
        else Button(_words(turn, step, one), data=Choose(conversation.turn, one).pack())
        for one in options
    ]
    width = 1 if step.answer in WORDY else 2
    return [buttons[at : at + width] for at in range(0, len(buttons), width)]


def _words(turn: Turn, step: Chosen, option: str) -> str:
    if step.answer is Answer.PLACE:
        found = turn.services.understanding.place(option)
        return _place_words(turn.say, found) if found else option
    return option_words(turn.say, step.answer)(option)


def _place_words(say: Speech, place: Place) -> str:
    return names.place(say, place)


def _pages(say: Speech, conversation: Conversation, page: int, last: int) -> list[Button]:
    buttons = []
    if page > 0:
        buttons.append(button(say, "button-page-before", Page(conversation.turn, page - 1)))
    buttons.append(button(say, "button-fold", Page(conversation.turn, -1)))
    if page < last:
        buttons.append(button(say, "button-page-after", Page(conversation.turn, page + 1)))
    return buttons


def _navigation(say: Speech, step: Step, conversation: Conversation) -> Keyboard:
    """Back, skip and cancel; when only one answer is changed: leave it, or state nothing."""
    turn = conversation.turn
    if conversation.editing:
        return (
            (button(say, "button-state-nothing", Skip(turn)),),
            (button(say, "button-leave", Cancel(turn)),),
        )
    moves = [button(say, "button-skip", Skip(turn)), button(say, "button-cancel", Cancel(turn))]
    if number(step.answer) > 1:
        moves.insert(0, button(say, "button-back", Back(turn)))
    return (tuple(moves),)
