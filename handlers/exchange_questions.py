"""What is asked about an exchange, and the buttons beneath each question."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from delivery.buttons import Press, button
from delivery.exchange_cards import exchange_card
from delivery.message import Button, Keyboard
from delivery.presses_of_running import (
    ConfirmExchange,
    FieldBack,
    FieldDone,
    LeaveDraft,
    SetField,
    SkipField,
    ToggleOption,
)
from domain.exchanges import Contact, Entry, Exchange
from domain.organisations import Sector
from handlers.profile.window import CHOSEN
from handlers.turn import Turn
from locales import moments, names
from locales.speech import Speech

STEP = "exchange"
FIELDS = ("title", "description", "contact", "sectors", "topics", "entry", "rules", "zone")
"""The fields of an exchange, in the order in which they are asked for."""
TEXTS = ("title", "description", "rules")
"""Those that are kept by language."""
PREVIEW = "preview"


def drafted(turn: Turn) -> dict[str, Any]:
    """What has been answered so far."""
    return dict(turn.conversation.pending.get("draft", {}))


def question(turn: Turn) -> Markup:
    """The question for the field that is asked, with what there is of it; or the preview."""
    say, pending = turn.say, turn.conversation.pending
    field = pending.get("field", FIELDS[0])
    if field == PREVIEW:
        return say("exchange-preview", card=exchange_card(say, _pretended(drafted(turn))))
    language = say.language_name(pending.get("language", turn.language))
    lines = [say(f"exchange-question-{field}", language=language)]
    if so_far := _so_far(turn, field):
        lines.append(say("answered-so-far", answer=so_far))
    return Markup("\n\n").join(lines)


def _so_far(turn: Turn, field: str) -> str | Markup:
    say, value = turn.say, drafted(turn).get(field)
    if not value:
        return ""
    if field in TEXTS:
        return str(value.get(turn.conversation.pending.get("language", turn.language), ""))
    if field == "contact":
        return say.listing(one for one in value if one)
    if field == "entry":
        return say(f"entry-{value}")
    if field == "zone":
        return moments.zone_name(say, value)
    return say.listing(_option(say, field, one) for one in value)


def _option(say: Speech, field: str, option: str) -> str:
    if field == "sectors":
        return names.sector(say.language, Sector(option))
    return names.topic(say.language, option)


def _pretended(draft: dict[str, Any]) -> Exchange:
    """The exchange that it would be."""
    return Exchange(
        id=0,
        entry=Entry(draft.get("entry") or Entry.ON_APPROVAL),
        title=draft.get("title") or {},
        contact=Contact(*(draft.get("contact") or ("–", "–"))),
        zone=draft.get("zone") or "UTC",
        created_at=datetime(2000, 1, 1, tzinfo=UTC),
        description=draft.get("description") or {},
        rules=draft.get("rules") or {},
        sectors=frozenset(map(Sector, draft.get("sectors") or [])),
        topics=frozenset(draft.get("topics") or []),
    )


def rows(turn: Turn) -> Keyboard:
    """The buttons beneath the question."""
    field = str(turn.conversation.pending.get("field", FIELDS[0]))
    return (*_answers(turn, field), *_ways(turn, field))


def _answers(turn: Turn, field: str) -> Keyboard:
    say = turn.say
    if field == PREVIEW:
        return ((button(say, "button-begin-exchange", ConfirmExchange()),),)
    if field == "entry":
        return tuple(
            (button(say, f"button-entry-{one.value}", SetField("entry", one.value)),)
            for one in Entry
        )
    if field == "contact" and turn.who.name and turn.who.email:
        return ((button(say, "button-contact-me", SetField("contact", "me")),),)
    if field == "zone":
        return _zones(turn)
    if field in ("sectors", "topics"):
        return _options(turn, field)
    return ()


def _zones(turn: Turn) -> Keyboard:
    """Those that may have been meant; else the one that there is."""
    say = turn.say
    offered = turn.conversation.pending.get("offered") or [["", drafted(turn).get("zone", "UTC")]]
    rows = []
    for _, zone in offered:
        time = moments.clock_time(say, turn.clock(), zone)
        name = moments.zone_name(say, zone)
        words = say.plain("button-zone-offer", name=name, time=time)
        rows.append((Button(words, data=SetField("zone", zone).pack()),))
    return tuple(rows)


def _options(turn: Turn, field: str) -> Keyboard:
    chosen = drafted(turn).get(field) or []
    listed: Iterable[str] = [one.value for one in Sector]
    if field == "topics":
        listed = dict.fromkeys([*turn.conversation.pending.get("offered", []), *chosen])
    buttons = [_toggle(turn.say, field, one, one in chosen) for one in listed]
    wide = 2 if field == "sectors" else 1
    made = [tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide)]
    done = ((button(turn.say, "button-done", FieldDone(field)),),) if chosen else ()
    return (*made, *done)


def _toggle(say: Speech, field: str, option: str, chosen: bool) -> Button:
    mark = f"{CHOSEN} " if chosen else ""
    return Button(f"{mark}{_option(say, field, option)}", data=ToggleOption(field, option).pack())


def _ways(turn: Turn, field: str) -> Keyboard:
    """Forth without an answer, back, and out."""
    say, pending = turn.say, turn.conversation.pending
    changing = bool(pending.get("exchange"))
    row: list[Button] = []
    if (key := skipping(turn, field)) is not None:
        row.append(button(say, key, SkipField(field)))
    if not changing and field != FIELDS[0]:
        row.append(button(say, "button-back", FieldBack(field)))
    leave: Press = LeaveDraft()
    out = "button-back-to-settings" if changing else "button-leave-draft"
    return (*([tuple(row)] if row else []), (button(say, out, leave),))


def skipping(turn: Turn, field: str) -> str | None:
    """How it is called to leave a field empty; None where it cannot be."""
    value = drafted(turn).get(field) or {}
    if field in TEXTS and turn.conversation.pending.get("exchange"):
        there = value.get(turn.conversation.pending.get("language", turn.language))
        alone = field == "title" and len(value) < 2
        return "button-remove-text" if there and not alone else None
    if field in ("description", "rules") or (field in ("sectors", "topics") and not value):
        return "button-skip"
    return None
