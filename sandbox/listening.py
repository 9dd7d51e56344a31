"""How the bot hears: getUpdates, and the verbs about its webhook."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.arguments import Arguments
from sandbox.refusals import bad_request, terminated_by_webhook, webhook_is_set
from sandbox.telegram import Telegram
from sandbox.webhook import Hook

MAX_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Described:
    """A result that comes with a sentence, as those about webhooks do."""

    result: Any
    description: str


def _allowed(arguments: Arguments) -> list[str] | None:
    """The kinds of updates wanted; None leaves what was set before."""
    kinds = arguments.structure("allowed_updates", "can't parse allowed_updates JSON object")
    return None if not isinstance(kinds, list) else [str(kind) for kind in kinds]


async def _allow(telegram: Telegram, kinds: list[str] | None) -> None:
    if kinds is not None and kinds != telegram.updates.allowed:
        wanted = kinds
        await telegram.store.run(lambda db: telegram.updates.allow(db, wanted))


async def get_updates(telegram: Telegram, arguments: Arguments) -> Any:
    if telegram.webhook.hook is not None:
        raise webhook_is_set()
    await _allow(telegram, _allowed(arguments))
    return await telegram.updates.poll(
        offset=arguments.integer("offset") or 0,
        limit=arguments.integer("limit") or 0,
        timeout=arguments.integer("timeout") or 0,
    )


async def set_webhook(telegram: Telegram, arguments: Arguments) -> Any:
    url = (arguments.text("url") or "").strip()
    if not url:
        return await delete_webhook(telegram, arguments)
    hook = Hook(url, _secret(arguments), _connections(arguments))
    _check_address(url)
    telegram.updates.wake(terminated_by_webhook())
    await _allow(telegram, _allowed(arguments))
    await _drop_pending(telegram, arguments)
    await _keep(telegram, hook)
    return Described(True, "Webhook was set")


async def delete_webhook(telegram: Telegram, arguments: Arguments) -> Any:
    was_set = telegram.webhook.hook is not None
    await _keep(telegram, None)
    await _drop_pending(telegram, arguments)
    return Described(True, "Webhook was deleted" if was_set else "Webhook is already deleted")


async def get_webhook_info(telegram: Telegram, arguments: Arguments) -> Any:
    info = telegram.webhook.info() | {"pending_update_count": telegram.updates.count()}
    if telegram.updates.allowed:
        info["allowed_updates"] = telegram.updates.allowed
    return info


async def _keep(telegram: Telegram, hook: Hook | None) -> None:
    def write(db: sqlite3.Connection) -> None:
        telegram.webhook.save(db, hook)

    await telegram.store.run(write)
    await telegram.webhook.use(hook)


async def _drop_pending(telegram: Telegram, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        await telegram.updates.clear()


def _secret(arguments: Arguments) -> str | None:
    secret = arguments.text("secret_token") or None
    if secret is not None and len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _connections(arguments: Arguments) -> int:
    asked = arguments.integer("max_connections")
    return min(max(asked, 1), 100) if asked else 40


def _check_address(url: str) -> None:
    """http is taken too, as Telegram's own server does where people run it themselves."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("bad webhook: Invalid URL specified") from None
    if parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
