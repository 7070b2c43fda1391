"""The note that an address names, within the reach of the person who asks."""

import functools

from django.db.models import Model, Value
from django.http import Http404

from delivery.models import ShippingNote

# What every page of a note shows beside its own columns. A few tables are joined; of people,
# customers and papers it shows no more than the name, so they come together in one more query: a
# join of twenty tables takes PostgreSQL longer to plan than all the rest of the page. Whatever
# else of them somebody asks for is fetched then.
REVISION = ("source", "number", "revision", "external_no", "state", "reason")
JOINED = {
    "customer": (),  # all of it
    "previous_revision": REVISION,
    "next_revision": REVISION,
    "transit_loss": ("number", "state"),
    "replaces": ("number", "state"),
}
NAMED = {
    "ship_to": "name", "bill_to": "name", "issuer": "name", "salesperson": "name",
    "scheduled_by": "name", "acknowledged_by": "name", "released_by": "name",
    "verified_by": "name", "issued_by": "name", "carrier": "name",
    "carrier_agreement": "number", "contract": "number",
}  # fmt: skip


def find_note(user, reference: str) -> ShippingNote:
    """By number, revision or provisional reference; raises Http404 out of reach.

    A draft's reference goes on leading to the note after it has got its number, so that links in
    older notices and an address that was kept open stay good.
    """
    notes = ShippingNote.objects.visible_to(user).select_related(*JOINED).only(*_columns())
    note = _one(notes.by_reference(reference))
    prefix, _dash, key = reference.partition("-")
    if note is None and prefix == "draft" and key.isdecimal() and len(key) < 19:
        note = _one(notes.filter(pk=int(key)))
    if note is None:
        raise Http404
    _name(note)
    return note


def _one(notes) -> ShippingNote | None:
    """The only one there can be, without the cost of an order."""
    return next(iter(notes.order_by()[:1]), None)


@functools.cache
def _columns() -> tuple[str, ...]:
    columns = [field.name for field in ShippingNote._meta.concrete_fields]
    for name, shown in JOINED.items():
        shown = shown or [field.name for field in _model(name)._meta.concrete_fields]
        columns += [f"{name}__{column}" for column in shown]
    return tuple(columns)


def _model(name: str) -> type[Model]:
    return ShippingNote._meta.get_field(name).related_model


def _name(note: ShippingNote) -> None:
    """Hang on the note whom and what it names, each with key and name."""
    keys: dict[tuple[type[Model], str], set[int]] = {}
    for name, label in NAMED.items():
        if key := getattr(note, f"{name}_id"):
            keys.setdefault((_model(name), label), set()).add(key)
    parts = [
        model._default_manager.filter(pk__in=wanted)
        .order_by()
        .values_list(Value(model._meta.label), "pk", label)
        for (model, label), wanted in keys.items()
    ]
    labels = {(kind, key): label for kind, key, label in parts[0].union(*parts[1:], all=True)}
    for name, label in NAMED.items():
        if key := getattr(note, f"{name}_id"):
            model = _model(name)
            values = [key, labels[model._meta.label, key]]
            setattr(note, name, model.from_db(note._state.db, ["id", label], values))
