"""Consent in pieces: each can be taken back, and given again, on its own."""

from enum import StrEnum


class Piece(StrEnum):
    """What somebody may allow or not, beside being known at all."""

    CONTACT = "contact"
    """That e-mail and telephone are stored."""
    SHARED = "shared"
    """That partners are shown personal details once both have agreed."""
    SUGGESTED = "suggested"
    """That the organisation is suggested to others."""
    NEWS = "news"
    """To be told of what is new or announced."""
    OUTCOMES = "outcomes"
    """To be asked what came of introductions, and that the answers are counted."""
