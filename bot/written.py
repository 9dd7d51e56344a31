"""What somebody has written, with their bold, italics and links, as Telegram's HTML."""

import re
from collections.abc import Sequence
from html import escape

from aiogram.enums import MessageEntityType
from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import HtmlDecoration

_KEPT = frozenset(
    {
        MessageEntityType.BOLD,
        MessageEntityType.ITALIC,
        MessageEntityType.UNDERLINE,
        MessageEntityType.STRIKETHROUGH,
        MessageEntityType.SPOILER,
        MessageEntityType.CODE,
        MessageEntityType.PRE,
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    }
)
_PAGE = re.compile(r"https?://[^\s]+", re.IGNORECASE)


class _Written(HtmlDecoration):
    def link(self, value: str, link: str) -> str:
        """aiogram's own leaves an address as it is, quotes and all."""
        return f'<a href="{escape(link, quote=True)}">{value}</a>'


_WRITTEN = _Written()


def html_of(message: Message) -> str | None:
    """The words as HTML; None where there are none. Mentions of people, emoji of one's own and
    links to anything but a page lose their mark and keep their words."""
    return _html(message.text, message.entities)


def caption_html_of(message: Message) -> str | None:
    """The same of the words beneath a file."""
    return _html(message.caption, message.caption_entities)


def _html(words: str | None, entities: Sequence[MessageEntity] | None) -> str | None:
    if words is None:
        return None
    return _WRITTEN.unparse(words, [_bare(one) for one in entities or () if _stays(one)])


def _stays(one: MessageEntity) -> bool:
    if one.type == MessageEntityType.TEXT_LINK:
        return one.url is not None and _PAGE.fullmatch(one.url) is not None
    return one.type in _KEPT


def _bare(one: MessageEntity) -> MessageEntity:
    """Without the name of a programming language, which is anybody's text in an attribute."""
    return one.model_copy(update={"language": None})
