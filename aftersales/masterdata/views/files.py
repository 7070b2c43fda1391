"""Files of many papers on one page, in one query."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from aftersales.core.models import Attachment


def give_files(rows: Iterable[Model]) -> None:
    """Give each of these rows, of whatever models, its `files`."""
    kept = {(ContentType.objects.get_for_model(row).pk, row.pk): row for row in rows}
    for row in kept.values():
        row.files = []
    asked = Q(pk__in=[])
    for kind in {kind for kind, _key in kept}:
        keys = [key for each, key in kept if each == kind]
        asked |= Q(content_type=kind, object_id__in=keys)
    for attachment in Attachment.objects.filter(asked):
        kept[attachment.content_type_id, attachment.object_id].files.append(attachment)
