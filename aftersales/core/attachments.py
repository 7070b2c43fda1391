"""Files of documents: checked by content, kept byte for byte outside the web root.

The type is told by the content and must agree with the extension; the size is limited; SHA-256
names the file on disk, so the same bytes are kept once and a receipt used twice is found.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path, PurePath

import puremagic
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from aftersales.core import reach
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Attachment
from aftersales.core.text import listed, tidy

# Extension -> media type, and the types by content that go with it.
KINDS: dict[str, tuple[str, frozenset[str]]] = {
    ".jpg": ("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif"})),
    ".jpeg": ("image/jpeg", frozenset({".jpg", ".jpeg", ".jfif"})),
    ".png": ("image/png", frozenset({".png"})),
    ".webp": ("image/webp", frozenset({".webp"})),
    ".heic": ("image/heic", frozenset({".heic", ".heif"})),
    ".pdf": ("application/pdf", frozenset({".pdf"})),
    ".mp4": ("video/mp4", frozenset({".mp4", ".m4v", ".mov"})),
    ".mov": ("video/quicktime", frozenset({".mov", ".mp4", ".m4v"})),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        frozenset({"xl/workbook.xml"}),
    ),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        frozenset({"word/document.xml"}),
    ),
    ".eml": ("message/rfc822", frozenset({"text"})),
    ".txt": ("text/plain", frozenset({"text"})),
    ".csv": ("text/csv", frozenset({"text"})),
}
IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")
PREVIEW_SIDE = 480
Image.MAX_IMAGE_PIXELS = 80_000_000
UNREADABLE = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    zlib.error,
    struct.error,
)


def register_subject(model: type, may_read, may_add=None) -> None:
    """Tell who may see this model's files, and who may add some (None: nobody); see core.reach."""
    reach.register(model, may_read, may_add)


def may_read(attachment: Attachment, user) -> bool:
    """True where the user may see the document that the file belongs to."""
    return reach.may_see(attachment.subject, user)


def check_upload(upload: UploadedFile, *, images_only: bool = False) -> str:
    """The media type of an upload. Raises RuleViolation with what is allowed."""
    extension = PurePath(upload.name).suffix.lower()
    allowed = sorted(IMAGES if images_only else KINDS)
    if extension not in allowed:
        raise RuleViolation(
            _("不能上傳 %(name)s：可以上傳的是 %(kinds)s")
            % {"name": upload.name, "kinds": listed(allowed)}
        )
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise RuleViolation(
            _("%(name)s 有 %(size)s，單檔最多 %(limit)s")
            % {
                "name": upload.name,
                "size": filesizeformat(upload.size),
                "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
            }
        )
    if not upload.size:
        raise RuleViolation(_("%(name)s 是空的檔案") % {"name": upload.name})
    media_type, contents = KINDS[extension]
    if not contents & _content_kinds(upload):
        raise RuleViolation(
            _("%(name)s 的內容不是 %(extension)s 檔，請用原來的程式另存後再上傳")
            % {"name": upload.name, "extension": extension}
        )
    if extension in IMAGES:
        _check_image(upload)
    return media_type


def digest_of(upload: UploadedFile) -> str:
    """The SHA-256 of a file, by which the same one is known again."""
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def attach(
    subject,
    upload: UploadedFile,
    *,
    actor,
    now: datetime,
    purpose: str = "",
    images_only: bool = False,
) -> Attachment:
    """Check a file, keep it and bind it to the subject. `actor` is a User or a name."""
    media_type = check_upload(upload, images_only=images_only)
    sha256 = digest_of(upload)
    _keep(upload, sha256)
    person = None if isinstance(actor, str) else actor
    return Attachment.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        purpose=purpose,
        name=tidy(PurePath(upload.name).name)[-200:],
        media_type=media_type,
        size=upload.size,
        sha256=sha256,
        uploaded_at=now,
        uploaded_by=person,
        uploaded_by_name=actor if person is None else person.display_name,
    )


def of(subject) -> list[Attachment]:
    """All files of a document."""
    return list(
        Attachment.objects.filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        )
    )


def path_of(attachment: Attachment) -> Path:
    return _path(attachment.sha256)


def has_preview(attachment: Attachment) -> bool:
    """True for a picture whose original is there."""
    kinds = {KINDS[extension][0] for extension in IMAGES}
    return attachment.media_type in kinds and path_of(attachment).exists()


def preview(attachment: Attachment, *, side: int = PREVIEW_SIDE) -> bytes:
    """A JPEG made anew from a picture, at most `side` pixels; nothing of the original passes."""
    out = io.BytesIO()
    with Image.open(path_of(attachment)) as image:
        _small(image, side).save(out, "JPEG", quality=80)
    return out.getvalue()


def _path(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _keep(upload: UploadedFile, sha256: str) -> None:
    path = _path(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    upload.seek(0)
    part = path.with_name(f"{sha256}.{id(upload)}.part")
    with part.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    part.replace(path)


def _content_kinds(upload: UploadedFile) -> frozenset[str]:
    upload.seek(0)
    head = upload.read(64 * 1024)
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        matches = []
    kinds = {match.extension for match in matches} - {".xlsx", ".docx"}
    if head[4:8] == b"ftyp" and head[8:12].strip().isalnum():
        kinds |= {".heic"} if head[8:12] in HEIC_BRANDS else {".mp4", ".mov"}
    if head.startswith(b"PK"):
        kinds |= _parts(upload)
    if b"\x00" not in head:
        kinds.add("text")
    return frozenset(kinds)


def _parts(upload: UploadedFile) -> set[str]:
    """The names inside a package; of an office file they tell which kind it is."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as package:
            return set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return set()


def _check_image(upload: UploadedFile) -> None:
    """A picture must open, be whole, and not unfold to more than MAX_IMAGE_PIXELS."""
    upload.seek(0)
    try:
        with Image.open(upload) as image:
            if image.width * image.height > Image.MAX_IMAGE_PIXELS:
                raise RuleViolation(
                    _("%(name)s 有 %(width)d × %(height)d 點，請縮小到 8000 萬點以內")
                    % {"name": upload.name, "width": image.width, "height": image.height}
                )
            _small(image, PREVIEW_SIDE)
    except UNREADABLE as error:
        raise RuleViolation(
            _("%(name)s 打不開，請重新拍照或另存後再上傳") % {"name": upload.name}
        ) from error


def _small(image: Image.Image, side: int) -> Image.Image:
    """At most `side` pixels, upright. A JPEG is unfolded no further than that needs."""
    image.draft("RGB", (side * 2, side * 2))
    small = ImageOps.exif_transpose(image).convert("RGB")
    small.thumbnail((side, side))
    return small
