"""Presses about sessions: their lists and windows, planning, changing, and calendars."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class ShowSessions(Press):
    """Show this page of an exchange's sessions that are to come (past=0) or are over (1)."""

    code: ClassVar[str] = "jsl"
    exchange: int
    past: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowMySessions(Press):
    """Show this page of the sessions to come of all my exchanges."""

    code: ClassVar[str] = "jsm"
    page: int


@dataclass(frozen=True, slots=True)
class SendCalendar(Press):
    """Send me this session as a file for my calendar; a cancelled one to be taken out of it."""

    code: ClassVar[str] = "jsc"
    session: int


@dataclass(frozen=True, slots=True)
class SendSeries(Press):
    """The same for all sessions of this series."""

    code: ClassVar[str] = "jsd"
    series: int


@dataclass(frozen=True, slots=True)
class Subscribe(Press):
    """Give me a private address of my calendar; with renew=1 a new one, and the old ones end."""

    code: ClassVar[str] = "jsf"
    renew: int


@dataclass(frozen=True, slots=True)
class EndSubscriptions(Press):
    """Let all addresses of my calendar end."""

    code: ClassVar[str] = "jsg"


@dataclass(frozen=True, slots=True)
class PlanSession(Press):
    """Plan a session of this exchange."""

    code: ClassVar[str] = "jsp"
    exchange: int


@dataclass(frozen=True, slots=True)
class Answer(Press):
    """My answer to this question of the plan: what is said or chosen by a button."""

    code: ClassVar[str] = "jsa"
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class TurnTo(Press):
    """Show this month (2026-12) in the calendar."""

    code: ClassVar[str] = "jst"
    month: str


@dataclass(frozen=True, slots=True)
class NoDay(Press):
    """A field of the calendar that is no day to choose: a name, or a day that is over."""

    code: ClassVar[str] = "jsn"


@dataclass(frozen=True, slots=True)
class GoBack(Press):
    """To the question before this one."""

    code: ClassVar[str] = "jsb"
    question: str


@dataclass(frozen=True, slots=True)
class StopPlanning(Press):
    """Plan no further; nothing is kept."""

    code: ClassVar[str] = "jsx"
    question: str


@dataclass(frozen=True, slots=True)
class Keep(Press):
    """Keep what was planned: as a draft (0), or announce it, or the change of one session (1), or
    that of all after it, too (2)."""

    code: ClassVar[str] = "jsk"
    how: int


@dataclass(frozen=True, slots=True)
class Announce(Press):
    """Announce this draft (0), or all drafts of its series from it on (1)."""

    code: ClassVar[str] = "jso"
    session: int
    onwards: int


@dataclass(frozen=True, slots=True)
class ShowChanges(Press):
    """Show what can be changed of this session."""

    code: ClassVar[str] = "jsh"
    session: int


@dataclass(frozen=True, slots=True)
class ChangeSession(Press):
    """Change this of a session: a question of the plan, or `when`."""

    code: ClassVar[str] = "jsq"
    session: int
    what: str


@dataclass(frozen=True, slots=True)
class CancelSession(Press):
    """Cancel this session: ask first (0); this one (1), or those after it, too (2)."""

    code: ClassVar[str] = "jsz"
    session: int
    sure: int


@dataclass(frozen=True, slots=True)
class ShowSessionLanguages(Press):
    """Show in which languages this session is to be read; whatever was asked is left."""

    code: ClassVar[str] = "jsv"
    session: int


@dataclass(frozen=True, slots=True)
class TranslateSession(Press):
    """Ask for the title, then for the agenda, of this session in this language."""

    code: ClassVar[str] = "jsw"
    session: int
    language: str
