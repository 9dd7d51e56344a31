"""What a call brings: from the query, a form, JSON or several parts, all the same to a method."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime: str
    content: bytes


class Arguments:
    """Named values of one call; each reader says what it cannot read in Telegram's words."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None):
        self.values = values
        self.uploads = uploads or {}

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str) -> int | None:
        """A whole number, or None where there is none or it is none (as Telegram does)."""
        try:
            number = int(self.values[name])
        except (KeyError, TypeError, ValueError, OverflowError):
            return None
        return number if abs(number) < 2**63 else None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def structure(self, name: str, complaint: str) -> Any:
        """An object or list, which forms carry as JSON text."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(complaint) from None

    def upload(self, name: str) -> Upload | None:
        """The file of this field: its own part, or the part that `attach://` names."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)

    def for_the_log(self) -> dict[str, Any]:
        """The values as sent, files by name and size."""
        files = {
            name: {"file_name": upload.name, "file_size": len(upload.content)}
            for name, upload in self.uploads.items()
        }
        return self.values | files


async def read_arguments(request: Request) -> Arguments:
    """Everything that the request carries. Raises Refusal where the body is not what it claims."""
    arguments = await _read(request)
    check_encoding(arguments.values)
    return arguments


def check_encoding(value: Any) -> None:
    """JSON can hold halves of characters that no text can. Raises Refusal."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


async def _read(request: Request) -> Arguments:
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return Arguments(values | _json_object(await request.body()))
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return await _read_form(request, values)
    return Arguments(values)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body or b"{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


async def _read_form(request: Request, values: dict[str, Any]) -> Arguments:
    try:
        return await _read_parts(request, values)
    except HTTPException as error:
        raise bad_request(f"can't parse the form: {error.detail}") from None


async def _read_parts(request: Request, values: dict[str, Any]) -> Arguments:
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = await _read_upload(value)
            else:
                values[name] = value
    return Arguments(values, uploads)


async def _read_upload(part: UploadFile) -> Upload:
    return Upload(
        name=(part.filename or "file").replace("\\", "/").rpartition("/")[2] or "file",
        mime=part.content_type or "application/octet-stream",
        content=await part.read(),
    )
