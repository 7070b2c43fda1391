"""What the form of a note suggests while somebody types: customers, parts, where goods go."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aftersales.core.text import half_width, tidy
from aftersales.masterdata.models import Customer, Product
from delivery.forms import NoteForm

SHOWN = 200
RECEIVER = ("consignee", "phone", "address")


def customers(text: str = "") -> QuerySet[Customer]:
    rows = Customer.objects.active()
    return (rows.matching(text) if text else rows)[:SHOWN]


def products(text: str = "") -> QuerySet[Product]:
    rows = Product.objects.active()
    return (rows.matching(text) if text else rows)[:SHOWN]


def answer(request: HttpRequest) -> HttpResponse:
    """The options for what is being typed (?suggest=customers, products) as a fragment.

    ?suggest=receiver gives the empty ones of consignee, telephone and address, filled from the
    chosen customer's master data.
    """
    kind = request.GET.get("suggest", "")
    typed = [value for name, value in request.GET.items() if name != "suggest"]
    text = tidy(half_width(typed[0])) if typed else ""
    context = {"kind": kind}
    if kind == "products":
        context["products"] = products(text)
    elif kind == "customers":
        context["customers"] = customers(text)
    else:
        context["fields"] = _receiver(request)
    return render(request, "delivery/shippingnote_suggestions.html", context)


def _receiver(request: HttpRequest) -> list:
    """The bound fields to put into the page: only those that are still empty."""
    form = NoteForm(initial={name: request.GET.get(name, "") for name in RECEIVER})
    receiver = _chosen(form, request, "ship_to") or _chosen(form, request, "customer")
    empty = [name for name in RECEIVER if not form.initial[name]]
    if receiver is None:
        return []
    contact = receiver.contacts.filter(is_active=True).order_by("pk").first()
    form.initial |= {
        name: value
        for name, value in (
            ("consignee", contact.name if contact else ""),
            ("phone", (contact.phone if contact else "") or receiver.phone),
            ("address", receiver.address),
        )
        if name in empty
    }
    return [form[name] for name in empty if form.initial[name]]


def _chosen(form: NoteForm, request: HttpRequest, name: str) -> Customer | None:
    try:
        return form.fields[name].clean(request.GET.get(name, ""))
    except ValidationError:
        return None
