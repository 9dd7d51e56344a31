"""Keyboards under messages, and the buttons that a person can press."""

import json
from typing import Any

from sandbox.refusals import ControlError, bad_request

Markup = dict[str, Any]
MAX_CALLBACK_BYTES = 64  # core.telegram.org/bots/api#inlinekeyboardbutton
MAX_INLINE_BUTTONS = 100
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(value: Any) -> Markup | None:
    """The reply_markup of a call, checked. Raises Refusal in Telegram's words."""
    if value in (None, "", {}):
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return _reply(value)
    return value


def is_inline(markup: Markup | None) -> bool:
    return markup is not None and "inline_keyboard" in markup


def _rows(value: Any, field: str) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    return value


def _inline(value: Any) -> Markup | None:
    rows = [row for row in _rows(value, "inline_keyboard") if row]
    if sum(len(row) for row in rows) > MAX_INLINE_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    kept = [[_inline_button(button) for button in row] for row in rows]
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> dict[str, Any]:
    complaint = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(complaint + "InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(complaint + 'Can\'t find field "text"')
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if not any(button.get(action) is not None for action in _ACTIONS):
        raise bad_request(complaint + "Text buttons are unallowed in the inline keyboard")
    _check_callback_data(button.get("callback_data"))
    _check_url(button.get("url"))
    return {key: kept for key, kept in button.items() if kept is not None}


def _check_callback_data(data: Any) -> None:
    if data is None:
        return
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any) -> None:
    if url is None:
        return
    scheme, colon, rest = str(url).partition("://")
    bare = not colon and "." in scheme
    if not bare and not (scheme in ("http", "https", "tg", "tonsite") and rest):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply(value: Markup) -> Markup:
    rows = [row for row in _rows(value["keyboard"], "keyboard") if row]
    kept = [[_reply_button(button) for button in row] for row in rows]
    if not kept:
        raise bad_request("reply keyboard markup must be non-empty")
    return value | {"keyboard": kept}


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return dict(button)


def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """All buttons of a message as a person sees it, row by row."""
    markup = message.get("reply_markup") or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [button for row in rows for button in row]


def button_named(message: dict[str, Any], text: str) -> dict[str, Any]:
    """The button with this text. Raises ControlError (404) that lists those there are."""
    buttons = buttons_of(message)
    for button in buttons:
        if button["text"] == text:
            return button
    there = json.dumps([button["text"] for button in buttons], ensure_ascii=False)
    raise ControlError(404, f"The message has no button {text!r}; it has {there}.")
