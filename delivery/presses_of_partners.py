"""Presses about partners: pages, filters, dismissals, introductions, outcomes, reports."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press


@dataclass(frozen=True, slots=True)
class MorePartners(Press):
    """Show this page of partners, counted from 0."""

    code: ClassVar[str] = "qm"
    page: int


@dataclass(frozen=True, slots=True)
class ShowPartner(Press):
    """Show the card of this organisation."""

    code: ClassVar[str] = "qv"
    organisation: int


@dataclass(frozen=True, slots=True)
class ShowFilters(Press):
    """Show the filters in a window of its own."""

    code: ClassVar[str] = "qf"


@dataclass(frozen=True, slots=True)
class ShowFacet(Press):
    """Show a page of a facet's options in the window; no facet: all facets."""

    code: ClassVar[str] = "qo"
    page: int
    facet: str


@dataclass(frozen=True, slots=True)
class ShowTheme(Press):
    """Show a theme and its finer topics in the window."""

    code: ClassVar[str] = "qe"
    theme: str


@dataclass(frozen=True, slots=True)
class TakeOption(Press):
    """Filter by this option, too."""

    code: ClassVar[str] = "qa"
    page: int
    facet: str
    option: str


@dataclass(frozen=True, slots=True)
class LeaveOption(Press):
    """Filter by this option no longer."""

    code: ClassVar[str] = "qz"
    page: int
    facet: str
    option: str


@dataclass(frozen=True, slots=True)
class ClearFilters(Press):
    """Leave a facet open (no facet: all of them), and show partners."""

    code: ClassVar[str] = "qc"
    facet: str


@dataclass(frozen=True, slots=True)
class Dismiss(Press):
    """Suggest this organisation no longer, and why; without a reason: ask for it."""

    code: ClassVar[str] = "qn"
    organisation: int
    why: str


@dataclass(frozen=True, slots=True)
class SuggestAgain(Press):
    """Take a dismissal back: on its card (-1), or on this page of the list."""

    code: ClassVar[str] = "qu"
    organisation: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowDismissed(Press):
    """Show a page of what was set aside."""

    code: ClassVar[str] = "qd"
    page: int


@dataclass(frozen=True, slots=True)
class ShowIntroductions(Press):
    """Show a page of my introductions."""

    code: ClassVar[str] = "qi"
    page: int


@dataclass(frozen=True, slots=True)
class ShowIntroduction(Press):
    """Show one introduction, and what can be done about it."""

    code: ClassVar[str] = "qs"
    introduction: int


@dataclass(frozen=True, slots=True)
class ShowContacts(Press):
    """Show me the contacts of an introduction again."""

    code: ClassVar[str] = "qk"
    introduction: int


@dataclass(frozen=True, slots=True)
class AskOutcome(Press):
    """Ask me how an introduction went."""

    code: ClassVar[str] = "qw"
    introduction: int


@dataclass(frozen=True, slots=True)
class TellOutcome(Press):
    """How an introduction went: my answer to a question."""

    code: ClassVar[str] = "qt"
    introduction: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskReport(Press):
    """I wish to report this person or organisation; with a cause: ask me for words."""

    code: ClassVar[str] = "qp"
    about: str
    subject: int
    cause: str


@dataclass(frozen=True, slots=True)
class SendReport(Press):
    """Send the report without words."""

    code: ClassVar[str] = "qr"
    about: str
    subject: int
    cause: str


@dataclass(frozen=True, slots=True)
class KeepReport(Press):
    """Do not report after all."""

    code: ClassVar[str] = "qq"
    about: str
    subject: int


@dataclass(frozen=True, slots=True)
class SettleReport(Press):
    """A coordinator has dealt with a report."""

    code: ClassVar[str] = "qj"
    report: int


@dataclass(frozen=True, slots=True)
class TellOfFits(Press):
    """Tell me when a new organisation fits (1), or no longer (0)."""

    code: ClassVar[str] = "qb"
    wished: int
