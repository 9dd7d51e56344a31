"""Presses: what each button of ours means, packed into Telegram's 64 bytes and back.

A press only says what was pressed. Whether the person may do it is asked again by the action.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from delivery.message import Button
from locales.speech import Speech

LIMIT = 64
_SEPARATOR = ":"


class Unreadable(ValueError):
    """Callback data that no button of ours carries."""


PRESSES: dict[str, type["Press"]] = {}
"""Every kind of press by its code; a conversation may define presses of its own beside these."""


@dataclass(frozen=True, slots=True)
class Press:
    """The base of every press; `code` is its short name on the wire and stays as it is."""

    code: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        known = PRESSES.get(cls.code)
        # A dataclass with slots is made twice, under one name.
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.__name__} and {known.__name__} share the code {cls.code!r}")
        PRESSES[cls.code] = cls

    def pack(self) -> str:
        """The press as callback data, at most 64 bytes; the last field may hold anything."""
        values = [str(getattr(self, field.name)) for field in fields(self)]
        data = _SEPARATOR.join([self.code, *values])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"{type(self).__name__} does not fit into {LIMIT} bytes")
        return data


@dataclass(frozen=True, slots=True)
class Consent(Press):
    """Yes or no to being stored, in the language in which it was asked."""

    code: ClassVar[str] = "c"
    agreed: int
    language: str


@dataclass(frozen=True, slots=True)
class Speak(Press):
    """Speak this language to me."""

    code: ClassVar[str] = "l"
    language: str


@dataclass(frozen=True, slots=True)
class Languages(Press):
    """Show me the languages."""

    code: ClassVar[str] = "ls"


@dataclass(frozen=True, slots=True)
class Choose(Press):
    """Choose an option of the question asked in `turn`."""

    code: ClassVar[str] = "o"
    turn: int
    option: str


@dataclass(frozen=True, slots=True)
class Drop(Press):
    """Choose an option of the question asked in `turn` no longer. A press of its own, so that a
    double tap does not take back what it has just chosen."""

    code: ClassVar[str] = "r"
    turn: int
    option: str


@dataclass(frozen=True, slots=True)
class Page(Press):
    """Show another page of the options of the question asked in `turn`; -1 folds the list."""

    code: ClassVar[str] = "g"
    turn: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowFiner(Press):
    """Show the finer options beneath a listed one of the question asked in `turn`."""

    code: ClassVar[str] = "gt"
    turn: int
    option: str


@dataclass(frozen=True, slots=True)
class Done(Press):
    """What is chosen is my answer."""

    code: ClassVar[str] = "d"
    turn: int


@dataclass(frozen=True, slots=True)
class Skip(Press):
    """I would rather not say."""

    code: ClassVar[str] = "s"
    turn: int


@dataclass(frozen=True, slots=True)
class Back(Press):
    """To the question before."""

    code: ClassVar[str] = "b"
    turn: int


@dataclass(frozen=True, slots=True)
class Cancel(Press):
    """Stop asking; what was answered stays."""

    code: ClassVar[str] = "x"
    turn: int


@dataclass(frozen=True, slots=True)
class Change(Press):
    """Change this answer of my profile."""

    code: ClassVar[str] = "e"
    answer: str


@dataclass(frozen=True, slots=True)
class Begin(Press):
    """Begin or go on with my profile."""

    code: ClassVar[str] = "n"


@dataclass(frozen=True, slots=True)
class ShowProfile(Press):
    """Show my profile."""

    code: ClassVar[str] = "p"


@dataclass(frozen=True, slots=True)
class Publish(Press):
    """Let others find my profile (1), or no longer (0)."""

    code: ClassVar[str] = "pu"
    visible: int


@dataclass(frozen=True, slots=True)
class FindPartners(Press):
    """Show me partners."""

    code: ClassVar[str] = "f"


@dataclass(frozen=True, slots=True)
class Introduce(Press):
    """Introduce us to this organisation."""

    code: ClassVar[str] = "i"
    organisation: int


@dataclass(frozen=True, slots=True)
class Accept(Press):
    """I agree to this introduction."""

    code: ClassVar[str] = "ia"
    introduction: int


@dataclass(frozen=True, slots=True)
class Decline(Press):
    """I would rather not be introduced."""

    code: ClassVar[str] = "id"
    introduction: int


@dataclass(frozen=True, slots=True)
class Withdraw(Press):
    """I take my request back."""

    code: ClassVar[str] = "iw"
    introduction: int


def unpack(data: str) -> Press:
    """The press that callback data stands for; raises Unreadable for anything else."""
    code, *values = data.split(_SEPARATOR)
    kind = PRESSES.get(code)
    if kind is None:
        raise Unreadable(data[:LIMIT])
    wanted = fields(kind)
    if len(values) > len(wanted) > 0:
        values = [*values[: len(wanted) - 1], _SEPARATOR.join(values[len(wanted) - 1 :])]
    if len(values) != len(wanted):
        raise Unreadable(data[:LIMIT])
    try:
        parsed: list[Any] = [
            _number(value) if field.type in (int, "int") else value
            for field, value in zip(wanted, values, strict=True)
        ]
    except ValueError as error:
        raise Unreadable(data[:LIMIT]) from error
    return kind(*parsed)


def _number(text: str) -> int:
    number = int(text)
    # What does not fit into the database's integers was not written by us.
    if not -(2**63) <= number < 2**63:
        raise ValueError(text[:20])
    return number


def button(say: Speech, key: str, press: Press, **values: object) -> Button:
    """A button that says what it does."""
    return Button(say.plain(key, None, **values), data=press.pack())
