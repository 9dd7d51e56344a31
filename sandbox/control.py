"""The control API: people, what they do and see, faults, limits, the clock, the log of calls."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.arguments import Arguments, check_encoding, read_arguments
from sandbox.calls import read_calls
from sandbox.faults import read_fault
from sandbox.files import read_by_id
from sandbox.groups import set_bot_in_group
from sandbox.menus import find_words, menu_for
from sandbox.messages import seen_messages
from sandbox.people import add_person, all_people, the_person
from sandbox.refusals import ControlError, Refusal
from sandbox.speaking import say, set_blocked, start, tap
from sandbox.telegram import Telegram

Endpoint = Callable[[Request], Awaitable[Response]]
MOST_ADVANCED = 100 * 366 * 86_400  # seconds
_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")


def _number(request: Request, name: str) -> int:
    """A whole number of the query, 0 where there is none."""
    value = request.query_params.get(name, "0")
    try:
        return int(value)
    except ValueError:
        raise ControlError(400, f"{name} must be a whole number.") from None


async def _body(request: Request) -> Arguments:
    try:
        return await read_arguments(request)
    except Refusal as refusal:
        raise ControlError(400, f"The body cannot be read: {refusal.description}.") from None


async def _json(request: Request) -> Any:
    try:
        value = json.loads(await request.body() or b"{}")
        check_encoding(value)
    except (ValueError, Refusal):
        raise ControlError(400, "The body must be JSON in UTF-8.") from None
    return value


async def _object(request: Request) -> dict[str, Any]:
    value = await _json(request)
    if not isinstance(value, dict):
        raise ControlError(400, "The body must be a JSON object.")
    return value


def _clearly(endpoint: Endpoint) -> Endpoint:
    """Errors as one clear sentence in JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ControlError as error:
            return JSONResponse({"error": error.sentence}, error.status)
        except OverflowError:
            return JSONResponse({"error": "No id is as large as that."}, 404)

    return answer


class Control:
    """The endpoints under /sim; `routes` lists them all."""

    def __init__(self, telegram: Telegram):
        self._telegram = telegram

    def routes(self) -> list[Route]:
        person = "/sim/people/{person_id:int}"
        table: list[tuple[str, str, Endpoint]] = [
            ("GET", "/sim/bot", self.bot),
            ("GET", "/sim/people", self.people),
            ("POST", "/sim/people", self.add_person),
            ("GET", f"{person}/messages", self.messages),
            ("POST", f"{person}/messages", self.say),
            ("POST", f"{person}/start", self.start),
            ("POST", f"{person}/taps", self.tap),
            ("POST", f"{person}/groups", self.group),
            ("POST", f"{person}/block", self.block),
            ("POST", f"{person}/unblock", self.unblock),
            ("GET", f"{person}/commands", self.commands),
            ("GET", f"{person}/events", self.events),
            ("GET", "/sim/chats/{chat_id:path}/messages", self.chat_messages),
            ("GET", "/sim/files/{file_id}", self.file),
            ("GET", "/sim/faults", self.faults),
            ("POST", "/sim/faults", self.add_faults),
            ("DELETE", "/sim/faults", self.clear_faults),
            ("GET", "/sim/limits", self.limits),
            ("POST", "/sim/limits", self.set_limits),
            ("GET", "/sim/calls", self.calls),
            ("GET", "/sim/clock", self.clock),
            ("POST", "/sim/clock", self.advance_clock),
            ("POST", "/sim/reset", self.reset),
        ]
        return [Route(path, _clearly(do), methods=[method]) for method, path, do in table]

    async def bot(self, request: Request) -> Response:
        """Who the bot is, and what it says of itself in ?language=."""
        language = request.query_params.get("language", "").partition("-")[0]

        def read(db: sqlite3.Connection) -> dict[str, Any]:
            bot = self._telegram.named_bot(db, language)
            return {
                "id": bot.id,
                "username": bot.username,
                "first_name": bot.first_name,
                "description": find_words(db, "description", language),
                "short_description": find_words(db, "short_description", language),
            }

        return JSONResponse(await self._telegram.store.run(read))

    async def people(self, request: Request) -> Response:
        people = await self._telegram.store.run(all_people)
        return JSONResponse([person.public() for person in people])

    async def add_person(self, request: Request) -> Response:
        values = await _object(request)
        first_name, language, username = (
            str(values.get(name) or "").strip()
            for name in ("first_name", "language_code", "username")
        )
        if not first_name:
            raise ControlError(400, "A person needs a first_name.")
        username = username.removeprefix("@")
        person_id = await self._telegram.store.run(
            lambda db: add_person(db, first_name, language or None, username or None)
        )
        return JSONResponse({"id": person_id})

    async def messages(self, request: Request) -> Response:
        """This person's chat with the bot, as they see it now."""
        person_id, after = request.path_params["person_id"], _number(request, "after")

        def read(db: sqlite3.Connection) -> list[dict[str, Any]]:
            return seen_messages(db, the_person(db, person_id).id, after)

        return JSONResponse(await self._telegram.store.run(read))

    async def chat_messages(self, request: Request) -> Response:
        """A group's messages, all of them."""
        try:
            chat_id = int(request.path_params["chat_id"])
        except ValueError:
            raise ControlError(404, "There is no such chat.") from None
        after = _number(request, "after")
        read = self._telegram.store.run(lambda db: seen_messages(db, chat_id, after))
        return JSONResponse(await read)

    async def say(self, request: Request) -> Response:
        body = await _body(request)
        name, upload = next(iter(body.uploads.items()), ("", None))
        image = upload is not None and upload.mime in ("image/png", "image/jpeg")
        message_ids = await say(
            self._telegram,
            request.path_params["person_id"],
            body.text("text") or body.text("caption") or "",
            upload=upload,
            kind="photo" if name == "photo" or (image and name != "document") else "document",
            chat_id=body.integer("chat_id"),
            chat_title=body.text("chat_title"),
            reply_to=body.integer("reply_to"),
        )
        return JSONResponse({"message_id": message_ids[-1], "message_ids": message_ids})

    async def start(self, request: Request) -> Response:
        payload = str((await _object(request)).get("payload") or "")
        message_ids = await start(self._telegram, request.path_params["person_id"], payload)
        return JSONResponse({"message_id": message_ids[-1]})

    async def tap(self, request: Request) -> Response:
        values = await _object(request)
        message_id, text, data = (
            values.get(name) for name in ("message_id", "text", "callback_data")
        )
        if not isinstance(message_id, int):
            raise ControlError(400, "A tap needs the message_id, a whole number.")
        if (text is None) == (data is None) or not isinstance(text or data or "", str):
            raise ControlError(400, "A tap needs either text or callback_data.")
        chat_id = values.get("chat_id")
        if chat_id is not None and (not isinstance(chat_id, int) or chat_id >= 0):
            raise ControlError(400, "A group's chat_id is negative; leave it out in private.")
        person_id = request.path_params["person_id"]
        answer = await tap(
            self._telegram, person_id, message_id, text=text, callback_data=data, chat_id=chat_id
        )
        return JSONResponse(answer)

    async def group(self, request: Request) -> Response:
        """A person brings the bot into a group, or with "present": false removes it."""
        values = await _object(request)
        chat_id, present = values.get("chat_id"), values.get("present", True)
        if (
            isinstance(chat_id, bool)
            or not isinstance(chat_id, int)
            or not isinstance(present, bool)
        ):
            raise ControlError(400, "A group needs a chat_id, a negative whole number.")
        await set_bot_in_group(
            self._telegram,
            request.path_params["person_id"],
            chat_id,
            values.get("title"),
            present=present,
        )
        return JSONResponse({"present": present})

    async def block(self, request: Request) -> Response:
        await set_blocked(self._telegram, request.path_params["person_id"], is_blocked=True)
        return JSONResponse({"blocked": True})

    async def unblock(self, request: Request) -> Response:
        await set_blocked(self._telegram, request.path_params["person_id"], is_blocked=False)
        return JSONResponse({"blocked": False})

    async def commands(self, request: Request) -> Response:
        person_id = request.path_params["person_id"]
        return JSONResponse(
            await self._telegram.store.run(lambda db: menu_for(db, the_person(db, person_id)))
        )

    async def events(self, request: Request) -> Response:
        person_id = request.path_params["person_id"]
        await self._telegram.store.run(lambda db: the_person(db, person_id))
        last = request.headers.get("last-event-id", "")
        stream = self._telegram.events.stream(person_id, int(last) if last.isdecimal() else None)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        """A file as the page shows or saves it; only pictures are shown in place."""
        file_id = request.path_params["file_id"]
        found = await self._telegram.store.run(lambda db: read_by_id(db, file_id))
        if found is None:
            raise ControlError(404, "There is no such file.")
        file, content = found
        place = "inline" if file.mime in _SHOWN_INLINE else "attachment"
        response = Response(content, media_type=file.mime)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Disposition"] = _disposition(place, file.name or "file")
        return response

    async def faults(self, request: Request) -> Response:
        return JSONResponse(self._telegram.faults.public())

    async def add_faults(self, request: Request) -> Response:
        """One rule or a list of rules, added to those in force."""
        values = await _json(request)
        rules = [read_fault(value) for value in (values if isinstance(values, list) else [values])]
        self._telegram.faults.add(rules)
        await self._telegram.store.run(self._telegram.faults.save)
        return JSONResponse(self._telegram.faults.public())

    async def clear_faults(self, request: Request) -> Response:
        self._telegram.faults.clear()
        await self._telegram.store.run(self._telegram.faults.save)
        return JSONResponse([])

    async def limits(self, request: Request) -> Response:
        return JSONResponse(self._telegram.gate.limits.public())

    async def set_limits(self, request: Request) -> Response:
        gate = self._telegram.gate
        gate.set(gate.limits.changed(await _object(request)))
        return JSONResponse(gate.limits.public())

    async def calls(self, request: Request) -> Response:
        method, after = request.query_params.get("method"), _number(request, "after")
        read = self._telegram.store.run(lambda db: read_calls(db, method or None, after))
        return JSONResponse(await read)

    async def clock(self, request: Request) -> Response:
        return JSONResponse(self._telegram.clock.public())

    async def advance_clock(self, request: Request) -> Response:
        seconds = (await _object(request)).get("advance")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise ControlError(400, "advance must be a number of seconds.")
        if not abs(seconds) <= MOST_ADVANCED:
            raise ControlError(400, "The clock goes on by a hundred years at a time at most.")
        clock = self._telegram.clock
        await self._telegram.store.run(lambda db: clock.advance(db, seconds))
        self._telegram.events.publish(None, "clock", clock.public())
        return JSONResponse(clock.public())

    async def reset(self, request: Request) -> Response:
        await self._telegram.reset()
        return JSONResponse({})


def _disposition(place: str, name: str) -> str:
    return f"{place}; filename*=utf-8''{quote(name, safe='')}"
