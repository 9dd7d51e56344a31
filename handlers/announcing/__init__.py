"""Announcements: written, aimed, looked at, sent, and followed; for coordinators."""

from aiogram import Router

from handlers.announcing import audience, changed, draft, sending, told, typed

router = Router(name="announcing")
router.include_routers(
    typed.router, draft.router, audience.router, sending.router, told.router, changed.router
)
