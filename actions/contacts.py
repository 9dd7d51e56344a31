"""What a person gives as e-mail address and telephone number."""

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_ADDRESS = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_DIGITS = re.compile(r"\d(?:[\s()/.\-]*\d){4,}")
_NUMBER = re.compile(r"(?:\+|00)[\d\s()./\-]{6,30}")


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address, a telephone number as written internationally, or both."""

    email: str | None = None
    phone: str | None = None


def contact_in(text: str) -> Contact | None:
    """The contact named in a text; None where there is neither a valid address nor number.

    A number needs its country code (+49 … or 0049 …): without one it could be anywhere.
    """
    email = _email(text)
    phone = _phone(_ADDRESS.sub(" ", text))
    return Contact(email, phone) if email or phone else None


def name_beside(text: str) -> str:
    """What stands beside address and number in a text: the name of who is reached by them."""
    rest = _NUMBER.sub(" ", _ADDRESS.sub(" ", text))
    pieces = (piece.strip(" ,;:–-<>()") for piece in re.split(r"[,;\n]", rest))
    return ", ".join(" ".join(piece.split()) for piece in pieces if piece)


def holds_a_number(name: str) -> bool:
    """Whether a telephone number is left over in a name, because its country code was missing."""
    return _DIGITS.search(name) is not None


def _email(text: str) -> str | None:
    for found in _ADDRESS.findall(text[:1000]):
        try:
            return validate_email(found.strip(".:"), check_deliverability=False).normalized
        except EmailNotValidError:
            continue
    return None


def _phone(text: str) -> str | None:
    for found in _NUMBER.findall(text[:1000]):
        try:
            number = phonenumbers.parse(re.sub(r"^00", "+", found.strip()))
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None
