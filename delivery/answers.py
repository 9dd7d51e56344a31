"""What can come of a request besides its outcome: it certainly was not sent, and goes again."""

from dataclasses import dataclass
from enum import StrEnum


class Hurdle(StrEnum):
    """Why a letter was certainly not sent, and what that says about the next one."""

    FLOOD = "flood"
    """Telegram asked everybody to wait; the gate is shut until then."""
    LINE = "line"
    """No connection came about: nothing was written. It is the same for everybody."""
    SERVER = "server"
    """Telegram answered that it failed. The next letter may fare better."""
    MOVED = "moved"
    """A group has got another number at Telegram, of which the bot is told in a moment: the letter
    is then put into an envelope anew."""
    TOKEN = "token"  # noqa: S105, because it is the word for what is wrong, not a token
    """Telegram does not know the bot's token: nobody can be written to until it is put right."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Not sent, for certain: it goes back into the queue. `after`: seconds, where one is told."""

    hurdle: Hurdle
    after: float | None = None

    @property
    def counted(self) -> bool:
        """Whether it was this letter's own failure."""
        return self.hurdle in (Hurdle.SERVER, Hurdle.MOVED)

    @property
    def for_all(self) -> bool:
        """Whether every other letter would meet the same."""
        return self.hurdle in (Hurdle.LINE, Hurdle.TOKEN)
