"""Every call of the bot before two judges that nobody here wrote: teremok's rules, and, where
BOT_API_SPEC is set, Telegram's own description of its methods."""

import json
import os
from collections.abc import Iterable
from typing import Any

import aiogram.methods
from aiogram import Bot
from teremok.validation import ApiRuleViolation, validate_method

from tests.support.official_types import call_complaints
from tests.support.sandbox_server import TOKEN, Sim

Call = dict[str, Any]
_BOT = Bot(TOKEN)

# Both libraries send forms, whose values are texts; these are texts by nature, the others JSON.
_TEXTS = frozenset(
    {
        "action", "callback_query_id", "caption", "description", "document", "file_id",
        "language_code",
        "name", "parse_mode", "photo", "secret_token", "short_description", "text", "url",
    }
)  # fmt: skip
# What Telegram may answer to a call in which nothing is wrong: two presses of one button, or a
# message that the person has since deleted.
_HARMLESS = ("message is not modified", "query is too old")


def parsed(params: dict[str, Any]) -> dict[str, Any]:
    """A call's parameters as what they stand for; the parts that carry files are none."""
    return {
        name: json.loads(value) if isinstance(value, str) and name not in _TEXTS else value
        for name, value in params.items()
        if not (isinstance(value, dict) and "file_name" in value)
    }


def complaints_about(method: str, params: dict[str, Any]) -> list[str]:
    """What either judge has to say against a call; `params` parsed."""
    kind = getattr(aiogram.methods, method[0].upper() + method[1:])
    found = []
    try:
        validate_method(_BOT, kind.model_validate(params))
    except (ApiRuleViolation, ValueError) as error:
        found.append(f"{method}: {error}")
    if os.environ.get("BOT_API_SPEC"):
        found += call_complaints(method, params)
    return found


def faults_of(calls: Iterable[Call]) -> list[str]:
    """What is wrong with recorded calls, or was refused by the sandbox; a line each."""
    found = []
    for call in calls:
        params = parsed(call["params"])
        about = str(params)[:200]
        found += [f"{one} in {about}" for one in complaints_about(call["method"], params)]
        words = str(call["answer"].get("description", ""))
        if call["status"] == 400 and not any(one in words for one in _HARMLESS):
            found.append(f"{call['method']}: {words} to {about}")
    return found


async def every_call_is_valid(sim: Sim) -> None:
    """To be called at the end of journeys: nothing that the bot has asked was wrong."""
    calls = await sim.calls()
    assert calls, "the bot has asked nothing at all"
    found = sorted(set(faults_of(calls)))
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:20])
