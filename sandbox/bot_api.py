"""The Bot API over HTTP: token, fault, method, answer, and the log of it all."""

import json
import sqlite3
import time
from asyncio import sleep
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.arguments import Arguments, read_arguments
from sandbox.calls import write_call
from sandbox.faults import Fault
from sandbox.files import read_by_path
from sandbox.listening import Described
from sandbox.methods import METHODS
from sandbox.refusals import Refusal, unauthorized, unknown_method
from sandbox.telegram import Telegram

Answer = tuple[int, dict[str, Any]]
CUT = 0  # what the log gives as the status of a call whose line was cut


class BotApi:
    """`/bot<token>/<method>`, as an ASGI application."""

    def __init__(self, telegram: Telegram):
        self._telegram = telegram
        telegram.webhook.reply = self.do_webhook_reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or break its line where a fault says so."""
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except ClientDisconnect:  # before its call was whole, so nothing was done
            return
        if answer is None:
            await _cut(scope, receive)
            return
        status, body = answer
        response = Response(
            json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(),
            status,
            media_type="application/json",
        )
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Answer | None:
        method = request.path_params["method"]
        arguments = Arguments({})
        try:
            self._check_token(request.path_params["token"])
            arguments = await read_arguments(request)
        except Refusal as refusal:
            return refusal.code, refusal.answer()
        return await self._logged(method, arguments)

    def _check_token(self, token: str) -> None:
        if token != self._telegram.settings.token:
            raise unauthorized()

    async def _logged(self, method: str, arguments: Arguments) -> Answer | None:
        """Do the call and write it down, whatever comes of it."""
        began, at = time.monotonic(), time.time()
        chat_id = arguments.integer("chat_id")
        answer = await self._meet_fault(method, arguments, chat_id)
        status, body = answer or (CUT, {})
        took = time.monotonic() - began

        def write(db: sqlite3.Connection) -> None:
            write_call(
                db,
                method=method,
                params=arguments.for_the_log(),
                chat_id=chat_id,
                at=at,
                took=took,
                status=status,
                answer=body,
            )

        self._telegram.store.run(write)  # not awaited: a log line may lag behind its answer
        return answer

    async def _meet_fault(
        self, method: str, arguments: Arguments, chat_id: int | None
    ) -> Answer | None:
        fault = self._telegram.faults.take(method.lower(), chat_id)
        if fault is None:
            return await self._do(method, arguments)
        self._telegram.store.run(self._telegram.faults.save)
        return await self._under(fault, method, arguments)

    async def _under(self, fault: Fault, method: str, arguments: Arguments) -> Answer | None:
        await sleep(fault.delay)
        if fault.cut == "before":
            return None
        refusal = fault.refusal()
        if refusal is not None:
            return refusal.code, refusal.answer()
        answer = await self._do(method, arguments)
        return None if fault.cut == "after" else answer

    async def _do(self, method: str, arguments: Arguments) -> Answer:
        do = METHODS.get(method.lower())
        try:
            if do is None:
                raise unknown_method()
            result = await do(self._telegram, arguments)
        except Refusal as refusal:
            return refusal.code, refusal.answer()
        if isinstance(result, Described):
            return 200, {"ok": True, "result": result.result, "description": result.description}
        return 200, {"ok": True, "result": result}

    async def do_webhook_reply(self, call: dict[str, Any]) -> None:
        """A method call that came as a webhook's answer. Its outcome only the log knows."""
        method = str(call["method"])
        await self._logged(method, Arguments({k: v for k, v in call.items() if k != "method"}))

    async def download(self, request: Request) -> Response:
        """`/file/bot<token>/<path>`."""
        try:
            self._check_token(request.path_params["token"])
        except Refusal as refusal:
            return Response(json.dumps(refusal.answer()), refusal.code)
        path = request.path_params["path"]
        content = await self._telegram.store.run(lambda db: read_by_path(db, path))
        if content is None:
            return Response(json.dumps(unknown_method().answer()), 404)
        return Response(content, media_type="application/octet-stream")


async def _cut(scope: Scope, receive: Receive) -> None:
    """Break the line with nothing said, as a network does."""
    scope["extensions"]["sandbox.cut"]()
    while (await receive())["type"] != "http.disconnect":
        pass
