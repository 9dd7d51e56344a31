"""The bot's command line in a process that need not import everything anew.

Half of what a start costs is making the classes of aiogram. Journeys start the bot a hundred times:
their bots are forked, before anything of theirs has run, from one process that has imported what
they import. That the command line starts from nothing is proved in tests/bot/test_start.py.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["bot.__main__", "bot.listening", "bot.working"])


def start(
    command: str, environment: Mapping[str, str], journal: Path, root: Path
) -> ForkServerProcess:
    """Start `python -m bot <command>` in this environment; it writes to the journal."""
    process = _forking.Process(
        target=_run, args=(command, dict(environment), journal, root), daemon=True
    )
    process.start()
    return process


def _run(command: str, environment: dict[str, str], journal: Path, root: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(root)
    with journal.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    from bot.__main__ import app

    app([command])
