"""What cites a row of master data: documents of the upper wings, which hold it by a foreign key."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, Model, OuterRef, Q


def citing(row: Model) -> Model | None:
    """A document of another wing that cites this row; None where none does."""
    for model, field in _holders(type(row)):
        found = model._base_manager.filter(**{field: row}).first()
        if found is not None:
            return found
    return None


def cited(rows: Iterable[Model]) -> set[int]:
    """The keys of those rows of one model that some document cites, in one query."""
    rows = list(rows)
    if not rows:
        return set()
    is_cited = Q(pk__in=[])
    for model, field in _holders(type(rows[0])):
        is_cited |= Exists(model._base_manager.filter(**{field: OuterRef("pk")}))
    asked = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows])
    return set(asked.filter(is_cited).values_list("pk", flat=True))


def named(document: Model) -> str:
    """The document as a sentence names it: 發貨單 FH-202611-0001."""
    return f"{document._meta.verbose_name} {document}"


def _holders(cited_model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """The models of other wings that hold this one, each with its foreign key."""
    for relation in cited_model._meta.related_objects:
        model = relation.related_model
        if model._meta.app_label != cited_model._meta.app_label:
            yield model, relation.field.name
