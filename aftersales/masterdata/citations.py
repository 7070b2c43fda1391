"""What cites a row of master data: documents of the upper wings, which hold it by a foreign key."""

from django.db.models import Model


def citing(row: Model) -> Model | None:
    """A document of another wing that cites this row; None where none does."""
    for relation in row._meta.related_objects:
        model = relation.related_model
        if model._meta.app_label != row._meta.app_label:
            found = model._base_manager.filter(**{relation.field.name: row}).first()
            if found is not None:
                return found
    return None


def named(document: Model) -> str:
    """The document as a sentence names it: 發貨單 FH-202611-0001."""
    return f"{document._meta.verbose_name} {document}"
