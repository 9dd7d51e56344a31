"""Confirming organisations: why coordinators may not."""

from enum import IntEnum


class WhyNot(IntEnum):
    """Why an organisation is not confirmed. Numbers, since a notice holds nothing else."""

    NAME = 1
    """It cannot be told from its name and place which one it is."""
    BODY = 2
    """It is neither a municipality nor a public utility, nor one of their associations."""
    PERSON = 3
    """It is unclear whether who speaks for it belongs to it."""
