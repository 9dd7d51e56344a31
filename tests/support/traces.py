"""What a database still holds, wherever it stands: every row of every table, and SQLite's files."""

import subprocess
from pathlib import Path

from sqlalchemy import text

from storage.store import Store
from storage.tables import metadata


async def everything(store: Store) -> str:
    """Every value of every row of every table, as the database gives it out."""
    said: list[str] = []
    async with store.reading.connect() as connection:
        for name in metadata.tables:
            rows = await connection.execute(text(f"SELECT * FROM {name}"))
            said += [f"{name}: {tuple(row)!r}" for row in rows]
    return "\n".join(said)


async def found_in(store: Store, words: tuple[str, ...]) -> list[str]:
    """Which of the words stand in any row."""
    held = await everything(store)
    return [one for one in words if one in held]


def found_in_files(store: Store, words: tuple[str, ...]) -> list[str]:
    """Which of the words, written as UTF-8 or as JSON writes them, lie in SQLite's files.

    Another process reads them: to close a file gives up every lock that this process has on it,
    and a store open here would then see no more of what others write (sqlite.org/howtocorrupt.html,
    2.2).
    """
    path = Path(str(store.url.database))
    files = [one for one in path.parent.glob(f"{path.name}*") if one.is_file()]
    held = subprocess.run(["cat", *files], capture_output=True, check=False).stdout
    forms = {one: (one.encode(), one.encode("unicode_escape")) for one in words}
    return [one for one, several in forms.items() if any(form in held for form in several)]
