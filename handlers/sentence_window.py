"""The window of a sentence: the question with an example, then what was understood of it."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from delivery.buttons import Press, button
from delivery.cards import NEWLINE, answer_text
from delivery.message import Button, Keyboard, Message
from delivery.option_words import SHOWN, option_words
from delivery.presses_of_sentence import (
    ChooseMeant,
    DropItem,
    KeepItem,
    LeaveSentence,
    NoSentence,
    SettleItem,
    TakeOver,
)
from domain.drafts import EMAIL, OPEN_REGION, OPEN_TOPIC, PHONE, SEVERAL, Draft, Item
from domain.places import Place
from domain.profiles import Answer, Profile
from domain.regions import country_codes, load_regions
from handlers.profile.window import CHOSEN
from handlers.turn import Turn
from locales import names
from locales.speech import Speech, without_tags

LONGEST_LABEL = 48
MOST_TICKS = 30


def question(say: Speech, note: Markup | None = None) -> Message:
    """Asks for a sentence, with an example in the person's language."""
    lines = [*([note] if note else []), say("sentence-question")]
    leave = ((button(say, "button-sentence-leave", LeaveSentence()),),)
    return Message(Markup("\n\n").join(lines), leave)


def window(
    turn: Turn, draft: Draft, profile: Profile, note: Markup | None, *, asked: str | None
) -> Message:
    """What was understood, each item with a button; `asked` is the question that waits beneath."""
    new = [(at, one) for at, one in enumerate(draft.items) if not _known(profile, one)]
    known = [one for one in draft.items if _known(profile, one)]
    paragraphs = [
        note,
        _list(turn, profile, [one for _, one in new if one.settled]),
        _known_line(turn, known),
        _left_out(turn.say, draft),
        *_open_lines(turn, new),
        turn.say("sentence-hint"),
    ]
    return Message(
        Markup("\n\n").join(one for one in paragraphs if one),
        _keyboard(turn, draft, new, asked),
    )


def _known(profile: Profile, item: Item) -> bool:
    """Whether the profile says so already."""
    if item.which in (EMAIL, PHONE):
        return bool(item.value == getattr(profile.person, item.which))
    if item.which in (OPEN_TOPIC, OPEN_REGION) or not item.value:
        return False
    there = profile.answer(Answer(item.which))
    if item.which in SEVERAL:
        return item.value in (there or ())
    return bool(item.value == (there.id if isinstance(there, Place) else there))


def _list(turn: Turn, profile: Profile, items: list[Item]) -> Markup:
    """One line an answer; where it replaces another, the earlier one stands before it."""
    say = turn.say
    if not items:
        return say("sentence-nothing-understood")
    lines = [say("sentence-understood")]
    for which in dict.fromkeys(one.which for one in items):
        words = _listed(say, (_words(turn, one) for one in items if one.which == which))
        earlier = _earlier(say, profile, which)
        if earlier is not None:
            words = say("sentence-change", old=earlier, new=words)
        lines.append(say("labelled-line", label=_label(say, which), value=words))
    return NEWLINE.join(lines)


def _earlier(say: Speech, profile: Profile, which: str) -> Markup | None:
    """The stated answer that would be replaced; answers of several options are only added to."""
    if which in (EMAIL, PHONE):
        there = getattr(profile.person, which)
        return say.listing([there]) if there else None
    if which in SEVERAL or profile.answer(Answer(which)) is None:
        return None
    return answer_text(say, profile, Answer(which))


def _known_line(turn: Turn, items: list[Item]) -> Markup | None:
    if not items:
        return None
    words = _listed(turn.say, (_words(turn, one) for one in items))
    return turn.say("sentence-known", items=words)


def _left_out(say: Speech, draft: Draft) -> Markup | None:
    if not draft.ruled_out:
        return None
    words = (_topic_or_region(say, one) for one in draft.ruled_out)
    return say("sentence-left-out", items=_listed(say, words))


def _listed(say: Speech, items: Iterable[str]) -> Markup:
    """Words of one line; long lists end with how many more there are, as on the card."""
    words = list(items)
    if len(words) > SHOWN:
        words = [*words[:SHOWN], say.plain("and-more", n=len(words) - SHOWN)]
    return say.listing(words)


def _topic_or_region(say: Speech, value: str) -> str:
    if value in load_regions() or value in country_codes():
        return names.region(say.language, value)
    return names.topic(say.language, value)


def _open_lines(turn: Turn, items: Iterable[tuple[int, Item]]) -> list[Markup]:
    """What has still to be asked, in words above its buttons."""
    open_ones = {one.which for _, one in items if _asks(one)}
    keys = (("place", "sentence-which-place"), (OPEN_TOPIC, "sentence-which-way"))
    asked = [turn.say(key) for which, key in keys if which in open_ones]
    return [*asked, *([turn.say("sentence-which-region")] if OPEN_REGION in open_ones else [])]


def _asks(item: Item) -> bool:
    return item.which in (OPEN_TOPIC, OPEN_REGION) or bool(item.options and not item.value)


def _label(say: Speech, which: str) -> Markup:
    key = f"detail-{which}" if which in (EMAIL, PHONE) else f"answer-{which}"
    return Markup("{}").format(say.plain(key))


def _words(turn: Turn, item: Item) -> str:
    """An item's value as its reader calls it."""
    say = turn.say
    if item.which == OPEN_TOPIC:
        return names.topic(say.language, item.value)
    if item.which == OPEN_REGION:
        return names.region(say.language, item.value)
    if item.which in (EMAIL, PHONE):
        return item.value
    if item.which == "place":
        return _place(turn, item.value)
    return option_words(say, Answer(item.which))(item.value)


def _place(turn: Turn, place: str) -> str:
    found = turn.services.understanding.place(place)
    return names.place(turn.say, found) if found else place


def _keyboard(
    turn: Turn, draft: Draft, items: list[tuple[int, Item]], asked: str | None
) -> Keyboard:
    """Questions first, then a button an item, then what ends it."""
    say = turn.say
    rows = [one for at, item in items for one in _questions(turn, draft.number, at, item)]
    ticks = [_tick(turn, draft.number, at, item) for at, item in items if not _asks(item)]
    rows += ticks[:MOST_TICKS]
    if any(item.settled for _, item in items):
        rows.append(button(say, "button-take-over", TakeOver(draft.number)))
    if draft.words and asked in ("name", "organisation"):
        rows.append(button(say, f"button-sentence-is-{asked}", NoSentence(draft.number)))
    rows.append(button(say, "button-sentence-leave", LeaveSentence()))
    return tuple((one,) for one in rows)


def _questions(turn: Turn, number: int, at: int, item: Item) -> Iterator[Button]:
    say = turn.say
    if item.which == OPEN_TOPIC:
        for answer in ("offers", "seeks"):
            press = SettleItem(number, at, answer)
            yield button(say, f"button-sentence-{answer}", press, topic=_words(turn, item))
    elif item.which == OPEN_REGION:
        press = SettleItem(number, at, "regions")
        yield button(say, "button-sentence-regions", press, region=_words(turn, item))
    elif _asks(item):
        for option, place in enumerate(item.options):
            yield Button(_place(turn, place), data=ChooseMeant(number, at, option).pack())


def _tick(turn: Turn, number: int, at: int, item: Item) -> Button:
    words = turn.say.listing([_short(_words(turn, item))])
    line = turn.say("labelled-line", label=_label(turn.say, item.which), value=words)
    label = without_tags(line)
    press: Press = DropItem(number, at) if item.kept else KeepItem(number, at)
    return Button(f"{CHOSEN} {label}" if item.kept else label, data=press.pack())


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1].rstrip() + "…"
