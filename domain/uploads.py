"""Files that people send to the bot. Telegram keeps them; only how it names them is kept here."""

from dataclasses import dataclass
from enum import StrEnum


class UploadKind(StrEnum):
    """As what Telegram takes and sends a file."""

    DOCUMENT = "document"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: `file_id` is Telegram's, worth something to this bot only; `file_name`
    is the sender's (None: a photo has none); `size` in bytes, where Telegram says it."""

    file_id: str
    file_name: str | None
    kind: UploadKind
    size: int | None
