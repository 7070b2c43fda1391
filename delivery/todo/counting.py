"""A count as a query of one row, so that those of several documents make one query together."""

from django.db.models import Count, Q, QuerySet, Value


def counted(rows: QuerySet, waits: Q, is_late: Q) -> QuerySet:
    """(number, late): of how many rows the first holds, and of how many the second."""
    return (
        rows.order_by()
        .values(of_all=Value(1))
        .annotate(number=Count("pk", filter=waits), late=Count("pk", filter=is_late))
        .values_list("number", "late")
    )
