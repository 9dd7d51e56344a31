"""Telegram's own description of its API (BOT_API_SPEC) as a judge of objects and of calls."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

Spec = dict[str, Any]
_PLAIN: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
    "True": (bool,),
}


@cache
def official() -> Spec:
    """The specification; the test skips where BOT_API_SPEC does not name it."""
    path = os.environ.get("BOT_API_SPEC")
    if not path:
        pytest.skip("BOT_API_SPEC is not set: Telegram's own types cannot be checked")
    spec: Spec = json.loads(Path(path).read_text("utf-8"))
    return spec


def complaints(value: Any, kind: str, where: str = "") -> list[str]:
    """What is wrong with `value` as a `kind`, e.g. "Message" or "Array of Update"."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        inner = kind.removeprefix("Array of ")
        return [
            complaint
            for index, item in enumerate(value)
            for complaint in complaints(item, inner, f"{where}[{index}]")
        ]
    if kind in _PLAIN:
        fits = isinstance(value, _PLAIN[kind]) and isinstance(value, bool) == (
            kind in ("Boolean", "True")
        )
        return [] if fits else [f"{where}: {value!r} is no {kind}"]
    return _object_complaints(value, kind, where)


def _object_complaints(value: Any, kind: str, where: str) -> list[str]:
    described = official()["types"][kind]
    if described.get("subtypes"):
        return _one_of(value, described["subtypes"], where)
    if not isinstance(value, dict):
        return [f"{where}: not an object but {value!r}"]
    return _field_complaints(value, described.get("fields", []), where or kind)


def call_complaints(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a call's parameters (parsed, not JSON text)."""
    return _field_complaints(params, official()["methods"][method].get("fields", []), method)


def _field_complaints(value: dict[str, Any], fields: list[Spec], where: str) -> list[str]:
    known = {field["name"]: field for field in fields}
    found = [f"{where}.{name}: no such field" for name in value if name not in known]
    for name, field in known.items():
        if name in value:
            found += _one_of(value[name], field["types"], f"{where}.{name}")
        elif field["required"]:
            found.append(f"{where}.{name}: missing")
    return found


def _one_of(value: Any, kinds: list[str], where: str) -> list[str]:
    """Nothing where one kind fits; else the complaints of the kind that fits best."""
    each = [complaints(value, kind, where) for kind in kinds]
    return min(each, key=len)
