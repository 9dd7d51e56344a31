"""Papers: minutes and files of a session."""

from dataclasses import dataclass
from datetime import datetime

from domain.uploads import UploadKind

LONGEST_MINUTES = 3_500
"""Characters of minutes that are written as a message; with a heading they fit into one."""
MOST_PAPERS = 30
"""Papers of one session."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Minutes, or a file beside them: a text, or a file that Telegram keeps (`file_id`)."""

    id: int
    session: int
    minutes: bool
    at: datetime
    by: int | None = None
    words: str | None = None
    file_id: str | None = None
    file_name: str | None = None
    file_kind: UploadKind | None = None
