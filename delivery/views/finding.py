"""The note that an address names, within the reach of the person who asks."""

import functools

from django.http import Http404

from aftersales.accounts.models import User
from delivery.models import ShippingNote

# What a page shows of people and customers, fetched with the note.
WITH_PEOPLE = (
    "customer", "ship_to", "bill_to", "issuer", "salesperson", "scheduled_by", "acknowledged_by",
    "released_by", "verified_by", "issued_by", "previous_revision", "next_revision",
    "carrier", "carrier_agreement", "contract", "transit_loss", "replaces",
)  # fmt: skip
# Of a person and of another revision it shows but a few words. What else somebody asks of them is
# fetched then: all columns of so many tables take longer than the rest of the page's queries.
SHOWN = {
    User: ("name",),
    ShippingNote: ("source", "number", "revision", "external_no", "state", "reason"),
}


def find_note(user, reference: str) -> ShippingNote:
    """By number, revision or provisional reference; raises Http404 out of reach.

    A draft's reference goes on leading to the note after it has got its number, so that links in
    older notices and an address that was kept open stay good.
    """
    notes = ShippingNote.objects.visible_to(user).select_related(*WITH_PEOPLE).only(*_columns())
    note = _one(notes.by_reference(reference))
    prefix, _dash, key = reference.partition("-")
    if note is None and prefix == "draft" and key.isdecimal() and len(key) < 19:
        note = _one(notes.filter(pk=int(key)))
    if note is None:
        raise Http404
    return note


def _one(notes) -> ShippingNote | None:
    """The only one there can be, without the cost of an order."""
    return next(iter(notes.order_by()[:1]), None)


@functools.cache
def _columns() -> tuple[str, ...]:
    columns = [field.name for field in ShippingNote._meta.concrete_fields]
    for name in WITH_PEOPLE:
        model = ShippingNote._meta.get_field(name).related_model
        shown = SHOWN.get(model) or [field.name for field in model._meta.concrete_fields]
        columns += [f"{name}__{column}" for column in shown]
    return tuple(columns)
