"""Files between their preview and their confirmation: kept on the server, for one user, a day.

The token is signed and names the file by its hash; the page carries the token, never a path.
"""

import hashlib
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
    """Keep an upload for this user; gives the token for the page."""
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{digest}.{user.pk}.{id(upload)}.part"
    part.write_bytes(content)
    part.replace(folder / f"{digest}.{user.pk}")
    return signing.dumps(
        {"file": digest, "user": user.pk, "name": PurePath(upload.name).name}, salt=SALT
    )


def fetch(token: str, *, user) -> PendingUpload:
    """The file of a token. Raises RuleViolation where it is another's, too old or swept."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        facts = {}
    path = _folder() / f"{facts.get('file')}.{user.pk}"
    if facts.get("user") != user.pk or not path.is_file():
        raise RuleViolation(_("這個檔案的預覽已經過期，請重新上傳"))
    return PendingUpload(path, facts["name"])


def forget_older(*, now: datetime) -> int:
    """Delete what nobody confirmed within a day; returns how many."""
    oldest = (now - LASTS).timestamp()
    stale = [path for path in _folder().glob("*") if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "pending"
