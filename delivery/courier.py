"""The courier: takes a letter to Telegram, once, and says what came of it."""

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable

import httpx
import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
)
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
from delivery.message import (
    Attachment,
    Button,
    Correction,
    Keyboard,
    Letter,
    Mail,
    Message,
    Withdrawal,
)
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

TOO_LATE = "too-old-to-delete"
_BAD_REQUEST = (
    ("message to edit not found", "message-gone"),
    ("no text in the message to edit", "other-kind-of-message"),
    ("no caption in the message to edit", "other-kind-of-message"),
    ("can't be edited", "not-editable"),
    ("can't be deleted", TOO_LATE),
    ("chat not found", "chat-not-found"),
    ("peer_id_invalid", "chat-not-found"),
    ("can't parse entities", "html-refused"),
    ("message is too long", "too-long"),
    ("caption is too long", "too-long"),
    ("wrong file identifier", "file-refused"),
    ("can't use file of type", "file-refused"),
    ("text is empty", "empty"),
    ("button_data_invalid", "button-refused"),
    ("button", "button-refused"),
    ("not enough rights", "no-rights"),
)


# What was asked for is so already: done, and this is why nothing had to be.
_SO_ALREADY = (
    ("message is not modified", "not-modified"),
    ("message to delete not found", "already-gone"),
)

PASSED = Turn(passed=True, tries=1)


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

    async def deliver(self, mail: Mail) -> Outcome | TryAgain:
        """Take it to Telegram in one request, its turn at the gate having been taken.

        An Outcome is final. TryAgain means that it certainly was not sent: no connection came
        about, or Telegram's own answer says so (a flood wait, its own failure, a wrong token). A
        line that broke or fell silent after that, or a gateway's answer in Telegram's stead, leaves
        unknown whether it arrived.
        """
        match mail:
            case Letter():
                return await self._outcome(self._send(mail))
            case Correction():
                return await self.edit(mail.chat_id, mail.message_id, mail.message)
            case Withdrawal():
                return await self._take_back(mail)

    async def _take_back(self, mail: Withdrawal) -> Outcome | TryAgain:
        deleted = await self.delete(mail.chat_id, mail.message_id)
        late = isinstance(deleted, Outcome) and deleted.reason == TOO_LATE
        if not late or mail.otherwise is None:
            return deleted
        return await self.edit(mail.chat_id, mail.message_id, mail.otherwise)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Outcome | TryAgain:
        """Let a message of ours read so from now on; as `deliver`, but that it may be done again.

        One that reads so already is done.
        """
        return _repeatable(await self._outcome(self._edit(chat_id, message_id, message)))

    async def delete(self, chat_id: int, message_id: int) -> Outcome | TryAgain:
        """Take a message of ours out of a chat; as `edit`. One that is gone already is done."""
        return _repeatable(await self._outcome(self._delete(chat_id, message_id)))

    async def _outcome(self, request: Awaitable[Outcome]) -> Outcome | TryAgain:
        """What comes of a request, however it ends."""
        try:
            async with asyncio.timeout(self._patience):
                outcome = await request
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
            return await self._send_file(letter, attachment)
        message = await self._bot.send_message(
            chat_id=letter.chat_id,
            text=letter.message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard_of(letter.message.keyboard),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            rate_limit_args=PASSED,
        )
        return Outcome(DeliveryState.SENT, message_id=message.message_id)

    async def _send_file(self, letter: Letter, attachment: Attachment) -> Outcome:
        file = file_of(attachment)
        keyboard = keyboard_of(letter.message.keyboard)
        if attachment.kind == "photo":
            sent = await self._bot.send_photo(
                chat_id=letter.chat_id,
                photo=file,
                caption=letter.message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                rate_limit_args=PASSED,
            )
        else:
            sent = await self._bot.send_document(
                chat_id=letter.chat_id,
                document=file,
                caption=letter.message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                rate_limit_args=PASSED,
            )
        return Outcome(DeliveryState.SENT, message_id=sent.message_id)

    async def _edit(self, chat_id: int, message_id: int, message: Message) -> Outcome:
        keyboard = keyboard_of(message.keyboard)
        if message.attachment is not None:
            await self._bot.edit_message_caption(
                chat_id=chat_id,
                message_id=message_id,
                caption=message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                rate_limit_args=PASSED,
            )
        else:
            await self._bot.edit_message_text(
                chat_id=chat_id,
                message_id=message_id,
                text=message.html,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                rate_limit_args=PASSED,
            )
        return Outcome(DeliveryState.SENT, message_id=message_id)

    async def _delete(self, chat_id: int, message_id: int) -> Outcome:
        await self._bot.delete_message(chat_id, message_id, rate_limit_args=PASSED)
        return Outcome(DeliveryState.SENT, message_id=message_id)

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


def file_of(attachment: Attachment) -> InputFile | str:
    """The file as python-telegram-bot has it: its content, or the id that Telegram knows."""
    if attachment.file_id is not None:
        return attachment.file_id
    return InputFile(attachment.content, filename=attachment.filename or None)


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
            return _refused(error)
        case ChatMigrated():
            return TryAgain(Hurdle.MOVED)
        case InvalidToken():
            return TryAgain(Hurdle.TOKEN)
        case NetworkError():
            return _broken(error)
    return _unknown("unreadable-answer")


def _refused(error: BadRequest) -> Outcome:
    already = _word(error, _SO_ALREADY, "")
    if already:
        return Outcome(DeliveryState.SENT, already)
    return Outcome(DeliveryState.FAILED, _word(error, _BAD_REQUEST, "bad-request"))


def _repeatable(answer: Outcome | TryAgain) -> Outcome | TryAgain:
    """Whether it was done is unknown, but doing it again does no harm."""
    if isinstance(answer, Outcome) and answer.state is DeliveryState.UNKNOWN:
        return TryAgain(Hurdle.SERVER)
    return answer


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
