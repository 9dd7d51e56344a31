"""The command that changes the keys of contact details."""

from bot.settings import Settings
from bot.wiring import store_of
from storage.rotation import rotate


async def rotated(settings: Settings) -> int:
    """Seal everything anew with the first key; how many texts were not yet."""
    store = store_of(settings)
    try:
        return await rotate(store)
    finally:
        await store.close()
