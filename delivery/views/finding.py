"""The note that an address names, within the reach of the person who asks."""

from django.http import Http404

from delivery.models import ShippingNote

# What a page shows of people and customers, fetched with the note.
WITH_PEOPLE = (
    "customer", "ship_to", "bill_to", "issuer", "salesperson", "scheduled_by", "acknowledged_by",
    "released_by", "verified_by", "issued_by", "previous_revision", "next_revision",
    "carrier", "carrier_agreement", "contract", "transit_loss", "replaces",
)  # fmt: skip


def find_note(user, reference: str) -> ShippingNote:
    """By number, revision or provisional reference; raises Http404 out of reach.

    A draft's reference goes on leading to the note after it has got its number, so that links in
    older notices and an address that was kept open stay good.
    """
    notes = ShippingNote.objects.visible_to(user).select_related(*WITH_PEOPLE)
    note = notes.by_reference(reference).first()
    prefix, _dash, key = reference.partition("-")
    if note is None and prefix == "draft" and key.isdecimal() and len(key) < 19:
        note = notes.filter(pk=int(key)).first()
    if note is None:
        raise Http404
    return note
