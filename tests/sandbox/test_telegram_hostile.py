"""Whatever a call holds, the sandbox answers as Telegram would: never with a failure of its own."""

import json
import random
from typing import Any

import pytest

from sandbox.methods import METHODS
from tests.support.raw_client import Raw

VALUES: list[Any] = [
    *(None, "", 0, -1, True, 1.5, 10**30, "x", "\ud83d", "\x00", "<b>", " " * 5000),
    *([], {}, [1], [None], [[{}]], "[]", "{}", '[[{"text":1}]]', "attach://x", "http://[::1"),
    {"inline_keyboard": [[{"text": "a", "callback_data": 5}]]},
    {"inline_keyboard": [[{"text": "a", "url": "http://[::1"}]]},
    {"inline_keyboard": [1]},
    {"keyboard": [[1]]},
    {"type": "chat"},
    {"message_id": []},
    [{"type": "bold", "offset": -1, "length": 10**9}],
    [{"type": "bold", "offset": 0, "length": "1"}],
    [{"type": "text_mention", "offset": 0, "length": 1}],
    [{"command": "a", "description": None}],
]
FIELDS = [
    "chat_id",
    "message_id",
    "text",
    "reply_markup",
    "parse_mode",
    "entities",
    "link_preview_options",
    "url",
    "action",
    "reply_parameters",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "callback_query_id",
    "show_alert",
    "file_id",
    "commands",
    "scope",
    "language_code",
    "description",
    "short_description",
    "name",
    "offset",
    "limit",
    "allowed_updates",
    "secret_token",
    "max_connections",
    "drop_pending_updates",
]


@pytest.mark.parametrize("method", sorted(METHODS))
async def test_hostile_values(raw: Raw, anna: int, method: str) -> None:
    chance = random.Random(method)
    headers = {"Content-Type": "application/json"}
    for _ in range(60):
        params = {field: chance.choice(VALUES) for field in chance.sample(FIELDS, 6)}
        params |= {"chat_id": anna, "message_id": 101} if chance.random() < 0.7 else {}
        answer = await raw.http.post(method, content=json.dumps(params), headers=headers)
        assert answer.json()["ok"] == (answer.status_code == 200), (params, answer.text)
        assert answer.status_code < 500, (params, answer.text)
