"""What people photograph: the signed paper, a cracked crate, a hand that writes a name."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from delivery.signing import HEIGHT, WIDTH

_PAPER, _INK, _PEN = (246, 244, 238), (70, 70, 74), (24, 36, 96)
_WOOD, _DARK_WOOD, _FLOOR = (188, 150, 104), (120, 88, 54), (126, 128, 130)


# The strokes of a character, in a box of 1 × 1: across, down, to the left, to the right, bent, dot.
_STROKES = (
    ((0.08, 0.3), (0.5, 0.26), (0.92, 0.24)),
    ((0.52, 0.02), (0.5, 0.5), (0.48, 0.98)),
    ((0.56, 0.3), (0.42, 0.66), (0.06, 0.96)),
    ((0.48, 0.42), (0.66, 0.72), (0.98, 0.92)),
    ((0.2, 0.14), (0.78, 0.1), (0.74, 0.5), (0.68, 0.82), (0.56, 0.76)),
    ((0.16, 0.6), (0.46, 0.57), (0.84, 0.52)),
    ((0.14, 0.1), (0.24, 0.2), (0.28, 0.26)),
)


def handwriting(name: str) -> str:
    """Strokes that stand for a name: path data in the box of a signature, the same each time."""
    hand = random.Random(name)
    cell = WIDTH / max(len(name), 3)
    strokes = []
    for position in range(len(name)):
        for stroke in sorted(hand.sample(range(len(_STROKES)), hand.randint(4, 5))):
            points = [
                (
                    int((position + 0.12 + 0.76 * (x + hand.uniform(-0.07, 0.07))) * cell),
                    int(HEIGHT * (0.16 + 0.68 * (y + hand.uniform(-0.06, 0.06)))),
                )
                for x, y in _STROKES[stroke]
            ]
            x, y = points[0]
            strokes.append(f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in points[1:]))
    return "".join(strokes)


def signed_paper(number: str, name: str) -> SimpleUploadedFile:
    """A photograph of the paper that the driver brought back; each is another picture."""
    page = Image.new("RGB", (620, 877), _PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((390, 60), number, fill=_INK, font=ImageFont.load_default(22))
    draw.line((40, 110, 580, 110), fill=_INK, width=3)
    for row in range(9):
        top = 140 + row * 56
        draw.rectangle((40, top, 580, top + 56), outline=_INK)
        for column in (110, 240, 400, 470):
            draw.line((column, top, column, top + 56), fill=_INK)
        draw.line((124, top + 28, 190 + number.count(str(row)) * 9, top + 28), fill=_INK, width=5)
    draw.rectangle((360, 690, 580, 820), outline=_INK)
    for stroke in handwriting(name).split("M")[1:]:
        points = [tuple(map(int, point.split())) for point in stroke.split("L")]
        draw.line([(364 + x * 0.7, 705 + y * 0.9) for x, y in points], fill=_PEN, width=3)
    tilt = random.Random(number).uniform(-1.6, 1.6)
    return _photograph(page.rotate(tilt, expand=True, fillcolor=_FLOOR), f"{number}.jpg")


def cracked_crate(name: str) -> SimpleUploadedFile:
    """A photograph of a crate with a broken corner."""
    scene = Image.new("RGB", (960, 720), _FLOOR)
    draw = ImageDraw.Draw(scene)
    draw.polygon([(0, 470), (960, 420), (960, 720), (0, 720)], fill=(98, 100, 102))
    for board in range(7):
        top = 150 + board * 62
        draw.rectangle((210, top, 760, top + 56), fill=_WOOD, outline=_DARK_WOOD, width=3)
    for upright in (210, 460, 712):
        draw.rectangle((upright, 140, upright + 48, 590), fill=_WOOD, outline=_DARK_WOOD, width=4)
    draw.polygon([(690, 470), (775, 430), (790, 610), (640, 606), (668, 548)], fill=(34, 26, 20))
    draw.line([(560, 400), (604, 452), (590, 492), (668, 548)], fill=(48, 34, 22), width=6)
    return _photograph(scene, name)


def _photograph(picture: Image.Image, name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=72)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
