"""Presses about hiding a reported organisation."""

from dataclasses import dataclass
from typing import ClassVar

from delivery.buttons import Press, button
from delivery.message import Button
from domain.organisations import Organisation
from locales.speech import Speech


@dataclass(frozen=True, slots=True)
class HideOrganisation(Press):
    """Suggest this organisation to nobody: 0 asks whether I am sure. `concern` is the one from
    which it was pressed, 0 where it was from none."""

    code: ClassVar[str] = "zh"
    organisation: int
    concern: int
    sure: int


@dataclass(frozen=True, slots=True)
class ShowAgain(Press):
    """Hide it no longer."""

    code: ClassVar[str] = "zs"
    organisation: int
    concern: int


def hide_or_show(say: Speech, one: Organisation, concern: int = 0) -> Button:
    """Whichever of the two can be done now."""
    if one.hidden_at is None:
        return button(say, "button-hide-organisation", HideOrganisation(one.id, concern, 0))
    return button(say, "button-show-organisation", ShowAgain(one.id, concern))
