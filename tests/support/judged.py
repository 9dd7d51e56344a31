"""A message of ours before the judges of calls, and what no judge knows: a phone's patience."""

from bot.answering import markup
from delivery.message import Message
from tests.support.validated_calls import complaints_about

MOST_BUTTONS = 100
"""Telegram takes no more under one message."""


def faults_in(message: Message) -> list[str]:
    """What is wrong with it as a new message to somebody."""
    params = {"chat_id": 7, "text": str(message.html), "parse_mode": "HTML"}
    keyboard = markup(message.keyboard)
    if keyboard is not None:
        params["reply_markup"] = keyboard.model_dump(exclude_none=True)
    buttons = [one for row in message.keyboard for one in row]
    found = complaints_about("sendMessage", params)
    found += [f"{one.data}: no words" for one in buttons if not one.text.strip()]
    data = [one.data for one in buttons]
    found += [f"{one}: twice" for one in sorted({str(x) for x in data if data.count(x) > 1})]
    if len(buttons) > MOST_BUTTONS:
        found.append(f"{len(buttons)} buttons")
    if any(len(row) == 0 for row in message.keyboard):
        found.append("an empty row of buttons")
    return found
