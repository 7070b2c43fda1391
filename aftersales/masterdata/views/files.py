"""Files of many papers on one page, in one query."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from aftersales.core.models import Attachment


def with_files(rows: Iterable[Model]) -> list[Model]:
    """The rows of one model, each with its `files`."""
    found = list(rows)
    if not found:
        return found
    kept = {row.pk: row for row in found}
    for row in found:
        row.files = []
    kind = ContentType.objects.get_for_model(found[0])
    for attachment in Attachment.objects.filter(content_type=kind, object_id__in=kept):
        kept[attachment.object_id].files.append(attachment)
    return found
