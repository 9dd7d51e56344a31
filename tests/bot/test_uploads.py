"""Files that people send, as a turn knows them."""

from typing import Any

import pytest
from aiogram.types import Message

from bot.middlewares import upload_of
from domain.uploads import Upload, UploadKind

HEADER: dict[str, Any] = {
    "message_id": 1, "date": 1_790_000_000, "chat": {"id": 7, "type": "private"},
}  # fmt: skip
FILE = {"file_id": "f", "file_unique_id": "u"}
SMALL = FILE | {"file_id": "s", "width": 90, "height": 60, "file_size": 900}
LARGE = FILE | {"file_id": "l", "width": 900, "height": 600, "file_size": 90_000}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "No file"}, None),
        ({"document": FILE}, Upload("f", None, UploadKind.DOCUMENT, None)),
        (
            {"document": FILE | {"file_name": "Protokoll.pdf", "file_size": 3}, "caption": "x"},
            Upload("f", "Protokoll.pdf", UploadKind.DOCUMENT, 3),
        ),
        ({"photo": [SMALL, LARGE]}, Upload("l", None, UploadKind.PHOTO, 90_000)),
        ({"photo": [LARGE, SMALL]}, Upload("l", None, UploadKind.PHOTO, 90_000)),
        ({"voice": FILE | {"duration": 1}}, None),
    ],
)
def test_a_file_is_known_by_what_telegram_calls_it(
    content: dict[str, Any], expected: Upload | None
) -> None:
    assert upload_of(Message.model_validate(HEADER | content)) == expected
