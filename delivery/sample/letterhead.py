"""The sample company's own facts, and its logo."""

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from aftersales.core import actions
from aftersales.core.models import Company

FACTS = {
    "name": "浙江盛邦泵業有限公司",
    "short_name": "盛邦泵業",
    "english_name": "ZHEJIANG SHENGBANG PUMP CO., LTD.",
    "address": "浙江省溫嶺市大溪鎮科技路 168 號",
    "postcode": "317525",
    "phone": "0576-8600 0000",
    "fax": "0576-8600 0008",
    "tax_no": "91330000MA2SAMPLE0",
    "procedure_ref": "Q/SB-8.5.11-2017",
    "blind_count": True,
}
_SIDE = 320


def set_up(admin, now: datetime) -> Company:
    """Name, address and logo, as the administrator fills them in."""
    return actions.edit_company(actor=admin, now=now, version=1, logo=_logo(), **FACTS)


def _logo() -> SimpleUploadedFile:
    """An impeller of four blades in a ring."""
    picture = Image.new("RGBA", (_SIDE, _SIDE), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((8, 8, _SIDE - 8, _SIDE - 8), outline="black", width=22)
    blade = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    ImageDraw.Draw(blade).pieslice((104, 44, 216, 268), 205, 335, fill="black")
    ImageDraw.Draw(blade).ellipse((122, 52, 198, 148), fill="black")
    for turn in range(45, 405, 90):
        picture.alpha_composite(blade.rotate(turn, resample=Image.Resampling.BICUBIC))
    draw.ellipse((142, 142, 178, 178), fill="white")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")
