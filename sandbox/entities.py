"""Text as Telegram keeps it: HTML parsed into entities, characters cleaned, ends trimmed.

Follows Telegram's open source (td/telegram/MessageEntity.cpp: parse_html, clean_input_string,
fix_formatted_text). Offsets and lengths are in UTF-16 code units, error offsets in UTF-8 bytes.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.detected import detect
from sandbox.refusals import Refusal, bad_request

Entity = dict[str, Any]

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_START = re.compile(r"<([^\s>]*)", re.ASCII)
_END = re.compile(r"</([^\s>]*)\s*", re.ASCII)
_NAME = re.compile(r"""[^\s=>/"']*""", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_SPACE = re.compile(r"\s*", re.ASCII)

# Control characters become spaces, tabs too; line separators, the old directional marks
# (U+2028 to U+202E) and three combining lines vanish. The isolates U+2066 to U+2069 survive.
_CLEAN: dict[int, str | None] = {code: " " for code in range(32) if code not in (10, 13)}
_CLEAN |= dict.fromkeys([13, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A])
_INVISIBLE = re.compile(
    "[\\s\u00ad\u1680\u180e\u2000-\u200f\u202f\u205f-\u2064\u2066-\u2069\u2800\u3000\ufeff\ufffc]*"
)


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, as a Message carries them."""

    text: str
    entities: list[Entity]


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")


def format_text(
    text: str, parse_mode: str | None, explicit: list[Entity] | None = None
) -> FormattedText:
    """The text as it is kept. Raises Refusal where Telegram cannot parse it."""
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, entities = _HtmlReader(text).read()
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        entities = [_explicit(entity) for entity in explicit or []]
    return _settle(text, entities)


def _explicit(entity: Any) -> Entity:
    """An entity of the call itself, checked as far as its place goes."""
    if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
        raise bad_request("can't parse MessageEntity: Can't find field \"type\"")
    for field_name in ("offset", "length"):
        number = entity.get(field_name)
        if not isinstance(number, int) or not 0 <= number < 2**31:
            raise bad_request(f'can\'t parse MessageEntity: Field "{field_name}" must be a Number')
    return dict(entity)


def is_empty(text: str) -> bool:
    """Whether nothing of it can be seen: Telegram calls such a text empty."""
    return _INVISIBLE.fullmatch(text) is not None


def _cannot_parse(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _HtmlReader:
    """Walks once over the source; `position` is where it reads."""

    source: str
    position: int = 0
    offset: int = 0  # in UTF-16 code units of the result
    result: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            if self.source[self.position] == "<":
                self._read_tag()
            else:
                self._append(self._read_character())
        if self.open_tags:
            name = self.open_tags[-1].name
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.result), self.entities

    def _append(self, character: str) -> None:
        self.result.append(character)
        self.offset += 2 if character > "\uffff" else 1

    def _here(self) -> str:
        """The character at the position, empty at the end."""
        return self.source[self.position : self.position + 1]

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.position)
        assert match is not None, "the pattern matches nothing too"
        self.position = match.end()
        return match.group()

    def _read_character(self) -> str:
        if self._here() == "&":
            match = _CHARACTER.match(self.source, self.position)
            character = _decode(match) if match else ""
            if match and character:
                self.position = match.end()
                return character
        self.position += 1
        return self.source[self.position - 1]

    def _read_tag(self) -> None:
        if self.source.startswith("</", self.position):
            self._read_end_tag()
        else:
            self._read_start_tag()

    def _read_start_tag(self) -> None:
        begin = self.position
        name = self._skip(_START)[1:].lower()
        if not self._here():
            raise _cannot_parse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in TAGS:
            at = self._byte(begin)
            raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
        argument = self._read_attributes(name, begin)
        if name == "span" and argument != "spoiler":
            at = self._byte(begin)
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.position += 1
        self.open_tags.append(_OpenTag(name, argument, self.offset, len(self.result)))

    def _read_attributes(self, tag: str, begin: int) -> str:
        """The one attribute that matters for this tag, or an empty string."""
        argument = ""
        while self._skip(_SPACE) or self._here() != ">":
            if self._here() == ">":
                break
            attribute = self._skip(_NAME).lower()
            at = self._byte(begin)
            if not attribute:
                raise _cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            self._skip(_SPACE)
            if self._here() != "=":
                if not self._here():
                    raise _cannot_parse(f'Unclosed start tag "{tag}" at byte offset {at}')
                value = ""
            else:
                value = self._read_value(begin)
            argument = _argument(tag, attribute, value) or argument
        return argument

    def _read_value(self, begin: int) -> str:
        self.position += 1
        self._skip(_SPACE)
        value = self._read_quoted() if self._here() in ("'", '"') else self._read_token()
        if not self._here():
            raise _cannot_parse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _read_quoted(self) -> str:
        quote = self._here()
        self.position += 1
        value: list[str] = []
        while self._here() not in ("", quote):
            value.append(self._read_character())
        self.position += 1
        return "".join(value)

    def _read_token(self) -> str:
        begin = self.position
        token = self._skip(_TOKEN).lower()
        if self._here() and not self._here().isspace() and self._here() != ">":
            raise _cannot_parse(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return token

    def _read_end_tag(self) -> None:
        begin = self._byte(self.position)
        if not self.open_tags:
            raise _cannot_parse(f"Unexpected end tag at byte offset {begin}")
        name = self._skip(_END)[2:].strip()
        if self._here() != ">":
            raise _cannot_parse(f"Unclosed end tag at byte offset {begin}")
        self.position += 1
        tag = self.open_tags.pop()
        if name and name != tag.name:
            raise _cannot_parse(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Entity = {
            "type": TAGS[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "a":
            entity = _link(entity, tag.argument or "".join(self.result[tag.start :]))
        elif tag.name in ("pre", "code"):
            entity = self._code(entity, tag)
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "tg-emoji":
            entity = _custom_emoji(entity, tag.argument)
        if entity:
            self.entities.append(entity)

    def _code(self, entity: Entity, tag: _OpenTag) -> Entity:
        """<pre><code class="language-…"> is one entity; either may be the outer one."""
        if tag.name == "code":
            entity["language"] = tag.argument  # meaningful only together with <pre>
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if same and {last.get("type"), entity["type"]} == {"pre", "code"}:
            self.entities.pop()
            entity["language"] = entity.get("language") or last.get("language", "")
            entity["type"] = "pre"
        return entity


def _decode(match: re.Match[str]) -> str:
    """The character that an HTML reference means, or nothing where it means none."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _argument(tag: str, attribute: str, value: str) -> str:
    if (tag, attribute) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, attribute) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, attribute) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, attribute) == ("blockquote", "expandable") else ""


_USER_LINK = re.compile(r"tg://user\?id=(\d+)")
_LINK = re.compile(r"(?:(https?|tg|ftp|tonsite|mailto|tel)://?)?[^\s/?#]+\.?[^\s]*", re.IGNORECASE)


def _link(entity: Entity, url: str) -> Entity:
    """A link, a mention of a person without username, or nothing where the address is none."""
    url = url.strip()
    user = _USER_LINK.fullmatch(url)
    if user:
        return entity | {"type": "text_mention", "user": {"id": int(user.group(1))}}
    if "://" not in url and ":" not in url:
        url = f"http://{url}" if "." in url else ""
    if not url or not _LINK.fullmatch(url):
        return {}
    scheme, slashes, rest = url.partition("://")
    if slashes and scheme.lower() in ("http", "https") and not re.search(r"[/?#]", rest):
        url += "/"
    return entity | {"url": url}


def _custom_emoji(entity: Entity, identifier: str) -> Entity:
    if not identifier.isdigit():
        raise _cannot_parse("Invalid custom emoji identifier specified")
    return entity | {"custom_emoji_id": identifier}


def _settle(text: str, entities: list[Entity]) -> FormattedText:
    """Clean and trim the text, move its entities along, and add those that Telegram finds."""
    kept, places = _clean(text)
    entities = [_moved(entity, places, utf16_length(kept)) for entity in entities]
    entities = _without_nesting_in_code([e for e in entities if e["length"] > 0])
    entities += detect(kept, entities)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return FormattedText(kept, [_published(entity) for entity in entities])


def _clean(text: str) -> tuple[str, list[int]]:
    """The kept text, and for each UTF-16 offset of the source its offset in the kept text."""
    cleaned = text.translate(_CLEAN)
    kept = cleaned.strip(" \n")
    if kept == text:
        return kept, []
    lead = utf16_length(cleaned[: len(cleaned) - len(cleaned.lstrip(" \n"))])
    places: list[int] = []
    offset = -lead
    for character in text:
        width = 2 if character > "\uffff" else 1
        places += [offset] * width
        offset += 0 if _CLEAN.get(ord(character), "") is None else width
    return kept, [*places, offset]


def _moved(entity: Entity, places: list[int], limit: int) -> Entity:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if places:
        last = len(places) - 1
        start, end = places[min(start, last)], places[min(end, last)]
    start, end = max(start, 0), min(end, limit)
    return entity | {"offset": start, "length": end - start}


def _without_nesting_in_code(entities: list[Entity]) -> list[Entity]:
    """Code and pre hold no other entity, and are held by no other but a quotation."""
    codes = [e for e in entities if e["type"] in ("code", "pre")]
    quotes = ("blockquote", "expandable_blockquote")
    return [
        e
        for e in entities
        if e["type"] in quotes or not any(e is not code and _meet(e, code) for code in codes)
    ]


def _meet(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def _published(entity: Entity) -> Entity:
    """Without what only the parser needed to know."""
    if entity["type"] == "code" or not entity.get("language", True):
        return {key: value for key, value in entity.items() if key != "language"}
    return entity
