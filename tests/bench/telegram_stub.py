"""A Bot API server that answers everything at once: so fast that it is never what is measured.

A process of its own: `python -m tests.bench.telegram_stub PORT`. `GET /counts` says how often each
token called each method. It checks nothing: what the bot sends is checked by the tests.
"""

import asyncio
import json
import re
import sys
from collections import Counter
from typing import ClassVar

_HEAD = re.compile(rb"^(?P<verb>[A-Z]+) /(?:bot(?P<token>[^/]+)/)?(?P<method>\w+)")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CHAT = re.compile(rb'chat_id"?(?:=|: ?|\r\n\r\n)(\d+)')
_MESSAGES = frozenset({b"sendMessage", b"editMessageText", b"editMessageReplyMarkup"})


class Wire(asyncio.Protocol):
    """One connection: requests one after the other, each answered as soon as it is whole."""

    counts: ClassVar[Counter[str]] = Counter()
    messages: ClassVar[int] = 0

    def __init__(self) -> None:
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while True:
            head, gap, rest = self._waiting.partition(b"\r\n\r\n")
            if not gap:
                return
            size = _body_size(head, rest)
            if size is None or len(rest) < size:
                return
            self._transport.write(self._answer(head, rest[:size]))
            self._waiting = rest[size:]

    def _answer(self, head: bytes, body: bytes) -> bytes:
        asked = _HEAD.match(head)
        assert asked is not None, head
        method = asked["method"]
        if method == b"counts":
            return _response(json.dumps(self.counts).encode())
        token = (asked["token"] or b"").decode()
        Wire.counts[f"{token} {method.decode()}"] += 1
        if method in _MESSAGES:
            return _response(_message(body))
        if method.lower() == b"getme":
            return _response(_ME % token.split(":")[0].encode())
        return _response(b'{"ok":true,"result":true}')


_ME = b'{"ok":true,"result":{"id":%s,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}'


def _body_size(head: bytes, rest: bytes) -> int | None:
    """Bytes of the body; None while a chunked one is not whole."""
    if _CHUNKED.search(head):
        end = rest.find(b"\r\n0\r\n\r\n")
        return None if end < 0 else end + 7
    length = _LENGTH.search(head)
    return int(length[1]) if length else 0


def _message(body: bytes) -> bytes:
    chat = _CHAT.search(body)
    assert chat is not None, body
    Wire.messages += 1
    return (
        b'{"ok":true,"result":{"message_id":%d,"date":1700000000,"text":"-",'
        b'"chat":{"id":%s,"type":"private","first_name":"Bench"}}}' % (Wire.messages, chat[1])
    )


def _response(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )


async def serve(port: int) -> None:
    """Answer until killed."""
    server = await asyncio.get_running_loop().create_server(Wire, "127.0.0.1", port)
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
