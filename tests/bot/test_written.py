"""What coordinators write with bold, italics and links, as the HTML that readers get."""

from typing import Any

import pytest
from aiogram.types import Message

from bot.written import html_of

HEADER: dict[str, Any] = {
    "message_id": 1, "date": 1_790_000_000, "chat": {"id": 7, "type": "private"},
}  # fmt: skip


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("Treffen", [], "Treffen"),
        ("2 < 3 & <b>", [], "2 &lt; 3 &amp; &lt;b&gt;"),
        ("Treffen", [entity("bold", 0, 7)], "<b>Treffen</b>"),
        ("a<b", [entity("italic", 0, 3)], "<i>a&lt;b</i>"),
        # Telegram counts halves of UTF-16: the drop has two.
        ("💧 Wasser", [entity("bold", 3, 6)], "💧 <b>Wasser</b>"),
        ("ab", [entity("bold", 0, 2), entity("italic", 1, 1)], "<b>a<i>b</i></b>"),
        (
            "hier",
            [entity("text_link", 0, 4, url='https://example.org/?a="1"&b=2')],
            '<a href="https://example.org/?a=&quot;1&quot;&amp;b=2">hier</a>',
        ),
        ("hier", [entity("text_link", 0, 4, url="tg://user?id=7")], "hier"),
        ("hier", [entity("text_link", 0, 4, url="javascript:alert(1)")], "hier"),
        (
            "Anna",
            [entity("text_mention", 0, 4, user={"id": 7, "is_bot": False, "first_name": "A"})],
            "Anna",
        ),
        ("💧", [entity("custom_emoji", 0, 2, custom_emoji_id="5")], "💧"),
        ("x", [entity("pre", 0, 1, language='"><b>')], "<pre>x</pre>"),
        ("@anna #water", [entity("mention", 0, 5), entity("hashtag", 6, 6)], "@anna #water"),
    ],
)
def test_only_marks_of_telegram_remain_and_the_rest_is_escaped(
    text: str, entities: list[dict[str, Any]], expected: str
) -> None:
    written = Message.model_validate(HEADER | {"text": text, "entities": entities})
    assert html_of(written) == expected


def test_a_file_has_no_words() -> None:
    file = {"file_id": "f", "file_unique_id": "u"}
    assert html_of(Message.model_validate(HEADER | {"document": file})) is None
