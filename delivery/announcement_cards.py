"""Announcements as their readers see them, and as coordinators do: for whom, how far, what became
of them."""

from markupsafe import Markup

from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Attachment, Button, Keyboard, Message
from delivery.presses_of_announcements import ShowAnnouncement, StopIt
from delivery.session_cards import reply_row
from domain.announcements import Announcement, AnnouncementState, Part, ProposedChange, Report
from domain.outbox import DeliveryState
from domain.texts import language_for
from domain.uploads import UploadKind
from locales.names import cut
from locales.speech import Speech

LONGEST_NAME = 100
"""Characters of a name above a text that takes nearly all of a message."""
KNOWN_REASONS = frozenset(
    {
        *("unwanted", "unreachable", "leaving", "cancelled", "withdrawn", "paused", "quiet-hours"),
        *("blocked", "deactivated", "never-started", "chat-not-found", "no-rights"),
        *("html-refused", "too-long", "file-refused", "timeout", "line-broke", "owner-died"),
    }
)


def announcement_message(say: Speech, one: Announcement, *, replies: int | None) -> Message:
    """As a reader of this language sees it; `replies` is the session to which they may reply."""
    taken = language_for(one.texts, say.language, one.fallback) or say.language
    lines = [say("announcement-head")]
    if taken != say.language:
        lines.append(say("announcement-in-another", language=say.language_name(taken)))
    message = Markup("\n\n").join([NEWLINE.join(lines), _written(one.texts.get(taken, ""))])
    return Message(message, _beneath(say, one, replies), _beside(one))


def _written(html: str) -> Markup:
    # By bot/written.py, which escapes it: only Telegram's own tags are in it.
    return Markup(html)  # noqa: S704, because it is HTML of ours already


def change_text(say: Speech, head: Markup, change: ProposedChange, *, by: str) -> Markup:
    """A change that waits for another coordinator: who proposes it, in which language it is, and
    the new text. `head` says what is to be done."""
    name, language = cut(by, LONGEST_NAME), say.language_name(change.language)
    facts = say("announcement-change-facts", name=name, language=language)
    return Markup("\n\n").join([NEWLINE.join([head, facts]), _written(change.html)])


def _beneath(say: Speech, one: Announcement, replies: int | None) -> Keyboard:
    rows: list[tuple[Button, ...]] = []
    if replies is not None:
        rows.append(reply_row(say, replies))
    if one.link is not None:
        rows.append((Button(one.link.text, url=one.link.url),))
    return tuple(rows)


def _beside(one: Announcement) -> Attachment | None:
    if one.upload is None:
        return None
    photo = one.upload.kind is UploadKind.PHOTO
    return Attachment(file_id=one.upload.file_id, kind="photo" if photo else "document")


def report_text(say: Speech, one: Announcement, report: Report) -> Markup:
    """What became of it so far, so that the numbers add up to the audience."""
    lines = [
        say(f"announcement-state-{one.state.value}"),
        Markup(),
        say("announcement-audience", number=report.audience),
        say("announcement-sent", number=report.of(DeliveryState.SENT)),
        *_waiting(say, report),
    ]
    for state in (
        DeliveryState.BLOCKED,
        DeliveryState.FAILED,
        DeliveryState.UNKNOWN,
        DeliveryState.SKIPPED,
    ):
        lines += _of_state(say, report, state)
    if report.gone:
        lines.append(say("announcement-gone", number=report.gone))
    if report.replies is not None:
        lines += [Markup(), say("announcement-replies", number=report.replies)]
    if one.link is not None:
        lines += [Markup(), say("announcement-no-clicks")]
    return NEWLINE.join(lines)


def _waiting(say: Speech, report: Report) -> list[Markup]:
    if not report.waiting:
        return []
    held = [
        one
        for one in report.parts
        if one.state is DeliveryState.QUEUED and one.reason in KNOWN_REASONS
    ]
    lines = [say("announcement-waiting", number=report.waiting)]
    return lines + [_reason(say, one) for one in held]


def _of_state(say: Speech, report: Report, state: DeliveryState) -> list[Markup]:
    number = report.of(state)
    if not number:
        return []
    parts = [one for one in report.parts if one.state is state and one.reason]
    head = say(f"announcement-{state.value}", number=number)
    return [head, *(_reason(say, one) for one in parts)]


def _reason(say: Speech, one: Part) -> Markup:
    return say("announcement-reason", reason=reason_words(say, one.reason), number=one.number)


def reason_words(say: Speech, reason: str | None) -> str:
    """Why a delivery stands as it does; a word of ours where there are no better ones."""
    if reason in KNOWN_REASONS:
        return say.plain(f"delivery-reason-{reason}")
    return say.plain("delivery-reason-other", reason=reason or "–")


def progress(say: Speech, one: Announcement, report: Report) -> Message:
    """How far it is, in the message that is changed as it goes on."""
    rows: list[tuple[Button, ...]] = []
    if one.state is AnnouncementState.SENDING:
        rows.append((button(say, "button-announcement-stop", StopIt(one.id, 0)),))
    rows.append((button(say, "button-announcement-show", ShowAnnouncement(one.id)),))
    return Message(report_text(say, one, report), tuple(rows))
