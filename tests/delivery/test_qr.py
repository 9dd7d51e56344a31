"""QR codes: what is printed is the code of the address."""

import io

import segno
from PIL import Image

from delivery.qr import DOTS, qr_code, qr_sheet

ADDRESS = "https://t.me/partnerlotse_bot?start=join_" + "0123456789abcdef" * 2
BORDER = 4


async def test_a_picture_shows_the_modules_of_the_code() -> None:
    drawn = segno.make_qr(ADDRESS, error="q")
    picture = Image.open(io.BytesIO(await qr_code(ADDRESS))).convert("L")
    side = len(drawn.matrix)
    assert picture.size == ((side + 2 * BORDER) * DOTS,) * 2
    seen = [
        [
            int(picture.getpixel(((BORDER + x) * DOTS, (BORDER + y) * DOTS)) < 128)  # type: ignore[operator]
            for x in range(side)
        ]
        for y in range(side)
    ]
    assert seen == [list(row) for row in drawn.matrix]


async def test_a_sheet_can_be_printed() -> None:
    sheet = await qr_sheet(ADDRESS)
    assert sheet.startswith(b"%PDF-")
    assert sheet.rstrip().endswith(b"%%EOF")
