"""The catalogues: a folder a language, a file a conversation, keyed by names, read as they are.

Keys instead of English sentences: a better English sentence breaks no language, and a missing one
shows. Compiled in memory at the first use of a language, so that nothing can be stale.
"""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent


def paths_of(language: str) -> list[Path]:
    """Where a language's texts lie."""
    return sorted((HERE / language).glob("*.po"))


def read(language: str) -> Catalog:
    """A language's texts, all files together. A key that stands in two of them is an error."""
    whole = Catalog(locale=language, fuzzy=False)
    for path in paths_of(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.id in whole:
                    raise ValueError(f"{path.name}: {message.id} stands in another file already")
                if message.id:
                    whole[message.id] = message
    return whole


@cache
def translations(language: str) -> GNUTranslations:
    """A language's catalogue, ready to be asked."""
    compiled = BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    return GNUTranslations(compiled)
