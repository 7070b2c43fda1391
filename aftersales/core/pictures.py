"""Pictures made anew: what is shown or printed is never the file that somebody uploaded."""

import io

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from aftersales.core import attachments

LOGO_SIZE = (480, 160)


def small_png(upload: UploadedFile) -> bytes:
    """A logo as a PNG within LOGO_SIZE. Raises RuleViolation where it is no picture."""
    attachments.check_upload(upload, images_only=True)
    upload.seek(0)
    with Image.open(upload) as image:
        small = ImageOps.exif_transpose(image).convert("RGBA")
        small.thumbnail(LOGO_SIZE)
        out = io.BytesIO()
        small.save(out, "PNG", optimize=True)
    return out.getvalue()
