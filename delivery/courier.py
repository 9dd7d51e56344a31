"""The courier: takes a letter to Telegram, once, and says what came of it."""

import asyncio
import ipaddress
import logging

import httpx
import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from delivery.answers import Hurdle, TryAgain
from delivery.gate import Gate
from delivery.limits import CourierLimiter, Turn, seconds
from delivery.message import Button, Keyboard, Letter
from domain.outbox import DeliveryState, Outcome

log = structlog.get_logger()

# Nothing has been written to the line when one of these is raised.
_NOT_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

_FORBIDDEN = (
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("can't initiate conversation", "never-started"),
    ("kicked", "removed-from-group"),
    ("not a member", "removed-from-group"),
)

_BAD_REQUEST = (
    ("chat not found", "chat-not-found"),
    ("peer_id_invalid", "chat-not-found"),
    ("can't parse entities", "html-refused"),
    ("message is too long", "too-long"),
    ("text is empty", "empty"),
    ("button_data_invalid", "button-refused"),
    ("button", "button-refused"),
    ("not enough rights", "no-rights"),
)


class Courier:
    """Sends through python-telegram-bot. Its caller passes the gate first; see `deliver`."""

    def __init__(
        self,
        token: str,
        gate: Gate,
        *,
        base_url: str = "https://api.telegram.org",
        connections: int = 16,
        connect_timeout: float = 5.0,
        answer_timeout: float = 15.0,
    ) -> None:
        """`base_url` has no path; timeouts are in seconds, the second from the first byte on."""
        self._line = HTTPXRequest(
            connect_timeout=connect_timeout,
            read_timeout=answer_timeout,
            write_timeout=answer_timeout,
            pool_timeout=connect_timeout,
            httpx_kwargs={
                # Servers close a connection that has been idle for about five seconds; writing
                # into one that is closing leaves unknown whether the request arrived.
                "limits": httpx.Limits(max_connections=connections, keepalive_expiry=2.0),
                "trust_env": not _on_this_machine(base_url),
            },
        )
        self._bot: ExtBot[Turn] = ExtBot(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{base_url.rstrip('/')}/file/bot",
            request=self._line,
            get_updates_request=self._line,
            rate_limiter=CourierLimiter(gate),
        )
        # However slowly an answer drips in, a request ends.
        self._patience = 2 * connect_timeout + 2 * answer_timeout
        self._token_refused = False

    async def start(self) -> None:
        """Be ready. Telegram is not asked anything yet: it may be out of reach for now."""
        _hush()
        await self._line.initialize()

    async def stop(self) -> None:
        """Close the connections."""
        await self._line.shutdown()

    async def deliver(self, letter: Letter) -> Outcome | TryAgain:
        """Send the letter in one request, its turn at the gate having been taken.

        An Outcome is final. TryAgain means that it certainly was not sent: no connection came
        about, or Telegram's own answer says so (a flood wait, its own failure, a wrong token). A
        line that broke or fell silent after that, or a gateway's answer in Telegram's stead, leaves
        unknown whether it arrived.
        """
        try:
            async with asyncio.timeout(self._patience):
                outcome = await self._send(letter)
        except TimeoutError:
            return _unknown("timeout")
        except InvalidToken:
            return self._refused_token()
        except TelegramError as error:
            return answer_to(error)
        self._token_refused = False
        return outcome

    async def _send(self, letter: Letter) -> Outcome:
        attachment = letter.message.attachment
        if attachment is not None:
            sent = await self._bot.send_document(
                chat_id=letter.chat_id,
                document=InputFile(attachment.content, filename=attachment.filename),
                caption=letter.message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard_of(letter.message.keyboard),
                rate_limit_args=Turn(passed=True, tries=1),
            )
            return Outcome(DeliveryState.SENT, message_id=sent.message_id)
        message = await self._bot.send_message(
            chat_id=letter.chat_id,
            text=letter.message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(letter.message.keyboard),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=Turn(passed=True, tries=1),
        )
        return Outcome(DeliveryState.SENT, message_id=message.message_id)

    def _refused_token(self) -> TryAgain:
        """python-telegram-bot says so for any 401 and 404: a wrong token, or a wrong address."""
        if not self._token_refused:
            log.error(
                "token-refused",
                remedy="BOT_TOKEN or TELEGRAM_API_URL is wrong; nothing is sent until it is right",
            )
        self._token_refused = True
        return TryAgain(Hurdle.TOKEN)


def keyboard_of(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """The rows of buttons as python-telegram-bot has them; None where there are none."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in keyboard])


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.text, url=button.url, callback_data=button.data)


def answer_to(error: TelegramError) -> Outcome | TryAgain:
    """What a failed request means. Reasons are words of ours: Telegram's may name a person."""
    if isinstance(error.__cause__, TelegramError):
        return _said_by_another(error)
    match error:
        case RetryAfter():
            return TryAgain(Hurdle.FLOOD, after=seconds(error))
        case Forbidden():
            return Outcome(DeliveryState.BLOCKED, _word(error, _FORBIDDEN, "forbidden"))
        case BadRequest():
            return Outcome(DeliveryState.FAILED, _word(error, _BAD_REQUEST, "bad-request"))
        case ChatMigrated():
            return Outcome(DeliveryState.FAILED, "chat-migrated")
        case InvalidToken():
            return TryAgain(Hurdle.TOKEN)
        case NetworkError():
            return _broken(error)
    return _unknown("unreadable-answer")


def _said_by_another(error: TelegramError) -> Outcome | TryAgain:
    """An answer that is not the Bot API's: something on the way refused the request, or passed it
    on and lost the answer."""
    if isinstance(error, Forbidden | BadRequest):
        return TryAgain(Hurdle.SERVER)
    return _unknown("gateway-error")


def _broken(error: NetworkError) -> Outcome | TryAgain:
    """No answer, or one that the Bot API did not foresee; the cause tells which."""
    cause = error.__cause__
    if cause is None:
        return TryAgain(Hurdle.SERVER)
    if isinstance(cause, _NOT_WRITTEN):
        return TryAgain(Hurdle.LINE)
    if isinstance(cause, UnicodeError):
        return Outcome(DeliveryState.FAILED, "not-encodable")
    if isinstance(cause, httpx.TimeoutException):
        return _unknown("timeout")
    return _unknown("line-broke")


def _unknown(reason: str) -> Outcome:
    return Outcome(DeliveryState.UNKNOWN, reason)


def _word(error: TelegramError, words: tuple[tuple[str, str], ...], otherwise: str) -> str:
    said = error.message.lower()
    return next((word for part, word in words if part in said), otherwise)


def _on_this_machine(base_url: str) -> bool:
    """Whether the server is here, and so no proxy of the environment's lies in between."""
    host = httpx.URL(base_url).host
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hush() -> None:
    """At INFO httpx logs addresses, which hold the token; the library logs what was answered."""
    for name, level in (("httpx", logging.WARNING), ("telegram", logging.CRITICAL)):
        logging.getLogger(name).setLevel(level)
