"""Entities that Telegram finds by itself: addresses, commands, mentions, hashtags."""

import re
from typing import Any

Entity = dict[str, Any]

# Telegram knows every top-level domain; these are the ones that texts here are likely to hold.
_DOMAINS = (
    "com|org|net|info|eu|int|edu|gov|io|me|app|dev|city|club|online|site|xyz|"
    "de|at|ch|fr|be|nl|lu|uk|ie|es|pt|it|pl|cz|sk|hu|ro|bg|gr|hr|si|ee|lv|lt|fi|se|no|dk|"
    "ua|md|ge|am|tr|br|mx|ar|cl|co|pe|us|ca|au|nz|in|cn|jp|kr|za|ke|ng|gh|sn|ma|tn|dz|eg|"
    "jo|lb|sa|ae|qa|il|ps|iq|example"
)
_HOST = rf"(?:[\w-]+\.)+(?:{_DOMAINS})\b"
_TAIL = r"(?::\d{1,5})?(?:[/?#][^\s<>\"«»“”]*[^\s<>\"«»“”.,;:!?()'\]])?/?"
_PATTERNS = (
    ("url", re.compile(rf"(?<![\w@/.])(?:https?|ftp)://[\w.-]+{_TAIL}", re.IGNORECASE)),
    ("email", re.compile(rf"(?<![\w.+@-])[\w.+-]{{1,64}}@{_HOST}", re.IGNORECASE)),
    ("url", re.compile(rf"(?<![\w@/.:-]){_HOST}(?!@){_TAIL}", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/@])", re.A)),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w)", re.A)),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}")),
)
_MARKS = ("/", "@", "#", ".")


def detect(text: str, entities: list[Entity]) -> list[Entity]:
    """What Telegram would mark in `text` besides `entities`; never inside code or a link."""
    if not any(mark in text for mark in _MARKS):
        return []
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = _utf16(text[: match.start()])
            length = _utf16(match.group())
            if all(start + length <= begin or start >= end for begin, end in taken):
                taken.append((start, start + length))
                found.append({"type": kind, "offset": start, "length": length})
    return found


def _utf16(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")
