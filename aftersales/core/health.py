"""Is the site well? What a monitor asks; no secrets, no names, no numbers of the business."""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from aftersales.core import pdf
from aftersales.core.models import Notice
from aftersales.core.version import VERSION

logger = logging.getLogger(__name__)
MAIL_MAY_WAIT = timedelta(minutes=10)


def facts(*, now: datetime) -> dict[str, str]:
    """`status`: ok, degraded (something beside the pages stands still) or down (no database)."""
    found = {"status": "ok", "database": "ok", "version": VERSION}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_late = Notice.objects.mail_due(now - MAIL_MAY_WAIT).exists()
    except DatabaseError as error:
        logger.error("health: the database does not answer: %s", error)
        return found | {"status": "down", "database": "down"}
    found["mail"] = "late" if is_late else "ok"
    found["pdf"] = "off" if pdf.why_off() else "ok"
    if "late" in found.values() or "off" in found.values():
        found["status"] = "degraded"
    return found
