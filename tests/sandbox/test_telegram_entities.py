"""Text as Telegram keeps it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import format_text, utf16_length
from sandbox.refusals import Refusal

Marks = list[tuple[Any, ...]]


def marks(source: str, mode: str | None = "HTML") -> tuple[str, Marks]:
    formatted = format_text(source, mode)
    return formatted.text, [
        (
            e["type"],
            e["offset"],
            e["length"],
            *(e[k] for k in sorted(set(e) - {"type", "offset", "length"})),
        )
        for e in formatted.entities
    ]


PARSED: list[tuple[str, str, Marks]] = [
    ("plain", "plain", []),
    ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
    ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1), ("italic", 2, 1)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    (
        "<s>a</s><strike>b</strike><del>c</del>",
        "abc",
        [("strikethrough", 0, 1), ("strikethrough", 1, 1), ("strikethrough", 2, 1)],
    ),
    (
        '<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>',
        "ab",
        [("spoiler", 0, 1), ("spoiler", 1, 1)],
    ),
    (
        '<a href="https://a.de/?x=1&amp;y=2">a</a>',
        "a",
        [("text_link", 0, 1, "https://a.de/?x=1&y=2")],
    ),
    ("<a href='https://a.de'>a</a>", "a", [("text_link", 0, 1, "https://a.de/")]),
    ('<a href="tg://user?id=42">a</a>', "a", [("text_mention", 0, 1, {"id": 42})]),
    ('<a href="">a</a>', "a", []),
    (
        "<code>x < y</code>".replace("<", "&lt;", 0).replace(" < ", " &lt; "),
        "x < y",
        [("code", 0, 5)],
    ),
    ("<pre>a\nb</pre>", "a\nb", [("pre", 0, 3)]),
    (
        '<pre><code class="language-python">a</code></pre>',
        "a",
        [("pre", 0, 1, "python")],
    ),
    ('<code class="language-python">a</code>', "a", [("code", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "5368")]),
    ("😀<b>😀ü</b>", "😀😀ü", [("bold", 2, 3)]),
    (
        "<b>a <i>b <u>c</u></i></b>",
        "a b c",
        [("bold", 0, 5), ("italic", 2, 3), ("underline", 4, 1)],
    ),
    ("<B>a</b>", "a", [("bold", 0, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("&lt;b&gt; &amp;amp; &quot;&#65;&#x42; &nbsp; &unknown", '<b> &amp; "AB &nbsp; &unknown', []),
    ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
    ("\n\n😀 <b>x</b>\n", "😀 x", [("bold", 3, 1)]),
    ("<b></b>x", "x", []),
    ("<code>/start <b>x</b></code>", "/start x", [("code", 0, 8)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_html(source: str, text: str, entities: Marks) -> None:
    assert marks(source) == (text, entities)


UNPARSED = [
    ("a <b", "Unclosed start tag at byte offset 2"),
    ("ü <br>", 'Unsupported start tag "br" at byte offset 3'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("x < y", 'Unsupported start tag "" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("😀</b>", "Unexpected end tag at byte offset 4"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b>ї</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
    ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
]


@pytest.mark.parametrize(("source", "words"), UNPARSED)
def test_html_that_telegram_cannot_parse(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        format_text(source, "HTML")
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


FOUND: list[tuple[str, Marks]] = [
    ("/start@sandbox_bot 😀 /help", [("bot_command", 0, 18), ("bot_command", 22, 5)]),
    ("and/or 1/2 /", []),
    ("😀 https://a.example/b?c=d. x", [("url", 3, 23)]),
    ("see stadt-dresden.de, or not", [("url", 4, 16)]),
    ("anna@example.com!", [("email", 0, 16)]),
    ("@anna and @an and x@anna", [("mention", 0, 5)]),
    ("#Wasser #1 #", [("hashtag", 0, 7)]),
    ("Guten Tag. Wir sind 3.5 km entfernt", []),
]


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_what_telegram_finds_by_itself(text: str, entities: Marks) -> None:
    assert marks(text, None) == (text, entities)


CLEANED = [
    ("a\r\nb", "a\nb"),
    ("a\tb\x07c", "a b c"),
    ("a\u202eb\u2028c", "abc"),
    ("\u2068Łódź\u2069", "\u2068Łódź\u2069"),
    ("\u200fشركة", "\u200fشركة"),
]


@pytest.mark.parametrize(("source", "kept"), CLEANED)
def test_what_telegram_strips(source: str, kept: str) -> None:
    assert format_text(source, None).text == kept


def test_entities_move_with_what_is_stripped() -> None:
    assert marks(" \u202e<b>\u202ea\u202e😀</b>") == ("a😀", [("bold", 0, 3)])


def test_explicit_entities_are_kept() -> None:
    bold = {"type": "bold", "offset": 2, "length": 2}
    assert format_text("a 😀", None, [bold]).entities == [bold]


@given(st.text())
def test_no_text_breaks_the_parser(source: str) -> None:
    try:
        formatted = format_text(source, "HTML")
    except Refusal as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017
        return
    length = utf16_length(formatted.text)
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= length for e in formatted.entities)
