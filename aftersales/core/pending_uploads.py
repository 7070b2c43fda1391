"""Files between their preview and their confirmation: kept on the server, for one user, a day.

The token is signed and names the file by its hash; the page carries the token, never a path. The
name that the user gave the file is kept beside it.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from aftersales.core.errors import RuleViolation

LASTS = timedelta(hours=24)
SALT = "aftersales.pending_uploads"


@dataclass(frozen=True)
class PendingUpload:
    """A kept file: where it lies and what the user called it."""

    path: Path
    name: str


def keep(upload: UploadedFile, *, user) -> str:
    """Keep an upload for this user; gives the token for the page.

    The token is short whatever the file is called: it stands in addresses.
    """
    upload.seek(0)
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    key = digest.hexdigest()[:32]
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = _path(key, user)
    _write(path.with_suffix(f"{path.suffix}.name"), [PurePath(upload.name).name.encode()])
    upload.seek(0)
    _write(path, upload.chunks())
    return _signer(user).sign(key)


def fetch(token: str, *, user) -> PendingUpload:
    """The file of a token. Raises RuleViolation where it is another's, too old or swept."""
    try:
        path = _path(_signer(user).unsign(token, max_age=LASTS), user)
        name = path.with_suffix(f"{path.suffix}.name").read_text()
    except (signing.BadSignature, FileNotFoundError):
        path = None
    if path is None or not path.is_file():
        raise RuleViolation(_("這個檔案的預覽已經過期，請重新上傳"))
    return PendingUpload(path, name)


def forget_older(*, now: datetime) -> int:
    """Delete what nobody confirmed within a day; returns how many."""
    oldest = (now - LASTS).timestamp()
    stale = [path for path in _folder().glob("*") if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return sum(path.suffix not in (".name", ".progress") for path in stale)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pending"


def _path(digest: str, user) -> Path:
    return _folder() / f"{digest}.{user.pk}"


def _signer(user) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"{SALT}:{user.pk}")


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """A reader never sees half of it."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with part.open("wb") as file:
        file.writelines(pieces)
    part.replace(path)
