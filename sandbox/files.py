"""Files: what was uploaded, kept in the database, and handed out again."""

import mimetypes
import sqlite3
import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sandbox.arguments import Upload
from sandbox.refusals import Refusal, bad_request
from sandbox.store import next_number

MAX_PHOTO_BYTES = 10 * 1024 * 1024  # core.telegram.org/bots/api#sending-files
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`kind` is "photo" or "document"; width and height in pixels, of photos only."""

    id: str
    unique_id: str
    path: str
    kind: str
    name: str | None
    mime: str | None
    width: int | None
    height: int | None
    size: int

    def as_content(self) -> dict[str, Any]:
        """The part of a Message that carries it: `photo` sizes or a `document`."""
        common = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind == "photo":
            return {"photo": [common | {"width": self.width, "height": self.height}]}
        return {"document": common | {"file_name": self.name, "mime_type": self.mime}}

    def as_file(self) -> dict[str, Any]:
        """As Telegram's File."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }


_COLUMNS = "id, unique_id, path, kind, name, mime, width, height, length(content)"


def keep_file(db: sqlite3.Connection, upload: Upload, kind: str) -> StoredFile:
    """A new file. Raises Refusal where Telegram would not take it."""
    size = (None, None) if kind == "document" else _measured(upload)
    _check_weight(upload, kind)
    digest = sha256(upload.content).hexdigest()
    number = next_number(db, "file")
    suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
    suffix = suffix if suffix.isalnum() and suffix.isascii() else "bin"
    file = StoredFile(
        id=f"{'AgAC' if kind == 'photo' else 'BQAC'}{number}-{digest[:32]}",
        unique_id=f"AQAD{digest[32:44]}",
        path=f"{kind}s/file_{number}.{'jpg' if kind == 'photo' else suffix}",
        kind=kind,
        name=upload.name,
        mime=_mime(upload),
        width=size[0],
        height=size[1],
        size=len(upload.content),
    )
    db.execute(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (file.id, file.unique_id, file.path, kind, file.name, file.mime, *size, upload.content),
    )
    return file


def find_file(db: sqlite3.Connection, file_id: str) -> StoredFile | None:
    row = db.execute(f"SELECT {_COLUMNS} FROM files WHERE id = ?", (file_id,)).fetchone()  # noqa: S608, because the columns are ours
    return None if row is None else StoredFile(*row)


def file_to_send(
    db: sqlite3.Connection, upload: Upload | None, reference: str | None, kind: str
) -> StoredFile:
    """The file that a sendPhoto or sendDocument means: its upload, or one known by its id."""
    if upload is not None:
        return keep_file(db, upload, kind)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    file = find_file(db, reference)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return file


def downloadable(db: sqlite3.Connection, file_id: str) -> StoredFile:
    """For getFile. Raises Refusal where there is none, or it is too big for a bot."""
    file = find_file(db, file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return file


def read_by_path(db: sqlite3.Connection, path: str) -> bytes | None:
    row = db.execute("SELECT content FROM files WHERE path = ?", (path,)).fetchone()
    return None if row is None else bytes(row[0])


def read_by_id(db: sqlite3.Connection, file_id: str) -> tuple[StoredFile, bytes] | None:
    file = find_file(db, file_id)
    return None if file is None else (file, read_by_path(db, file.path) or b"")


def _check_weight(upload: Upload, kind: str) -> None:
    most = MAX_PHOTO_BYTES if kind == "photo" else MAX_DOCUMENT_BYTES
    if len(upload.content) > most:
        raise Refusal(413, "Request Entity Too Large")
    if not upload.content:
        raise bad_request("file must be non-empty")


def _mime(upload: Upload) -> str:
    if upload.mime != "application/octet-stream":
        return upload.mime
    return mimetypes.guess_type(upload.name)[0] or upload.mime


def _measured(upload: Upload) -> tuple[int, int]:
    size = image_size(upload.content)
    if size is None or not 1 <= min(size) <= sum(size) <= 10_000:
        raise bad_request("IMAGE_PROCESS_FAILED" if size is None else "PHOTO_INVALID_DIMENSIONS")
    return size


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, WebP or JPEG; None where it is none of these."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        return _pair(">II", content, 16)
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return _pair("<HH", content, 6)
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        width, height = (int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8 " and len(content) >= 30:
        return _pair("<HH", content, 26)
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _pair(form: str, content: bytes, at: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, content, at)
    return int(first), int(second)


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walks the segments up to the frame header, which holds the size."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = _pair(">HH", content, at + 5)
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
