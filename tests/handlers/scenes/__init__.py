"""Scenes: what people do so that every window is shown. A file a conversation; each registers its
own, and all files of this folder are played by test_no_window_is_left_out."""

import importlib
import pkgutil
from collections.abc import Callable, Coroutine

from tests.support.hall import Hall

Scene = Callable[[Hall], Coroutine[None, None, None]]

SCENES: list[Scene] = []


def scene(one: Scene) -> Scene:
    """Register a scene."""
    SCENES.append(one)
    return one


def every_scene() -> list[Scene]:
    """All that there are."""
    for module in sorted(one.name for one in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return SCENES
