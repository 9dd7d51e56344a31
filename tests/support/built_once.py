"""What set-up built, or what is built now, once for all test processes."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def built_once(
    variable: str,
    name: str,
    opens: Callable[[Path], object],
    builds: Callable[[Path], None],
    missing: type[Exception],
) -> Path:
    """The folder that an environment variable names, or var/`name`; built under a file lock where
    opening it says that it is missing or old."""
    folder = Path(os.environ.get(variable) or PROJECT / "var" / name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            opens(folder)
        except missing:
            builds(folder)
    return folder
