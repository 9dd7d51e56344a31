"""The journal: one structured line an event; never a token, a name, or what somebody wrote."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Telegram's tokens: the bot's id, a colon, 35 letters; the one in use is covered whatever it is.
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


class TokenCover:
    """Covers tokens in every value, also inside errors of libraries."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(
        self, _: Any, __: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """The event without tokens."""
        for name, value in event.items():
            if isinstance(value, str) and ":" in value:
                event[name] = _TOKEN.sub("<token>", value).replace(self._token, "<token>")
        return event


def keep_journal(level: str, token: str) -> None:
    """Write events of ours, and warnings of libraries, to standard error, a line each."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _error_class,
            TokenCover(token),
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_OneLine()], level=logging.WARNING, force=True)


def _error_class(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An error by its class and place in our code; its words may quote a person."""
    error = event.pop("error", None)
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is not None:
            code = trace.tb_frame.f_code
            event["at"] = f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}"
    elif error is not None:
        event["error"] = error
    return event


class _OneLine(logging.Handler):
    """Warnings of libraries, by their logger and place: their words may quote a person."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        structlog.get_logger().warning(
            "library",
            logger=record.name,
            at=f"{record.module}:{record.lineno}",
            level=record.levelname.lower(),
            kind=type(record.exc_info[1]).__name__ if record.exc_info else None,
        )
