"""QR codes for flyers."""

import asyncio
import io

import segno

DOTS = 16
"""Pixels a module: sharp on a printed page."""


async def qr_code(address: str) -> bytes:
    """A picture (PNG) of an address, made in a thread; a quarter of it may be dirty or torn."""
    return await asyncio.to_thread(_picture, address)


async def qr_sheet(address: str) -> bytes:
    """The same as a page to print (PDF)."""
    return await asyncio.to_thread(_sheet, address)


def _picture(address: str) -> bytes:
    return _written(address, "png")


def _sheet(address: str) -> bytes:
    return _written(address, "pdf")


def _written(address: str, kind: str) -> bytes:
    written = io.BytesIO()
    segno.make_qr(address, error="q").save(written, kind=kind, scale=DOTS, border=4)
    return written.getvalue()
