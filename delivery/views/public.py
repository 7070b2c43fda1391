"""Pages without a login: the driver at loading, the customer on arrival (3.2.2).

The token in the address is all that opens them. GET changes nothing; whatever is wrong with a
link, for either purpose, has one and the same answer.
"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aftersales.core import pdf, public_links
from aftersales.core.models import PublicLink
from aftersales.core.pages import submit_once
from delivery import actions, callers, forms, public_pages
from delivery.actions.dispatching import LOAD, OPEN_STATES, RECEIVE
from delivery.models import ShippingNote
from delivery.workflow import S

LOAD_SEAL, RECEIVE_SEAL = "delivery.public.load", "delivery.public.receive"
SHOWN_FOR = 24 * 3600  # seconds that a customer can look at the receipt just signed


@login_not_required
@never_cache
@submit_once
def public_load(request: HttpRequest, token: str) -> HttpResponse:
    """司機點數簽收."""
    link, note = _open(token, LOAD)
    if note is None:
        return _gone(request)
    data, files = _sent(request)
    form = forms.LoadForm(note, data, files)
    if data is not None and form.is_valid():
        try:
            note = actions.load_note(note, link=link, now=timezone.now(), **form.facts)
        except actions.LinkGone:
            return _gone(request)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            if note.state == S.IN_TRANSIT:
                return _lead_to(request, "public_load_done", _seal(link, LOAD_SEAL))
            return _lead_to(request, "public_load", token)  # it shows what differs
    context = {
        "note": note,
        "form": form,
        "link": link,
        "now": timezone.now(),
        "totals": public_pages.totals(note),
        "differences": public_pages.last_differences(note),
        "caller": callers.for_driver(),
    }
    return render(request, "public/load.html", context)


@require_safe
@login_not_required
@never_cache
def public_load_done(request: HttpRequest, seal: str) -> HttpResponse:
    """What the driver sees after signing, until the customer has signed: the customer's page."""
    link = _sealed(seal, LOAD_SEAL)
    note = _note_of(link)
    if note is None or note.state not in OPEN_STATES[RECEIVE]:
        return _gone(request)
    receive = public_links.current_link(note, RECEIVE, now=timezone.now())
    address = public_links.address_of(receive, "public_receive") if receive else ""
    context = {
        "note": note,
        "signature": note.signatures.get(party="driver"),
        "totals": public_pages.totals(note),
        "address": address,
        "qr": pdf.qr_svg(address) if address else "",
        "caller": callers.for_customer(note),
    }
    return render(request, "public/load_done.html", context)


@login_not_required
@never_cache
@submit_once
def public_receive(request: HttpRequest, token: str) -> HttpResponse:
    """收貨核對簽收."""
    link, note = _open(token, RECEIVE)
    if note is None:
        return _gone(request)
    data, files = _sent(request)
    initial = {"name": note.consignee, "phone": note.phone}
    form = forms.CustomerReceiptForm(note, data, files, initial=initial)
    if data is not None and form.is_valid():
        try:
            actions.receive_note(note, link=link, now=timezone.now(), **form.facts)
        except actions.LinkGone:
            return _gone(request)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _lead_to(request, "public_receive_done", _seal(link, RECEIVE_SEAL))
    context = {"note": note, "form": form, "caller": callers.for_customer(note)}
    return render(request, "public/receive.html", context)


@require_safe
@login_not_required
@never_cache
def public_receive_done(request: HttpRequest, seal: str) -> HttpResponse:
    """The receipt as signed, for a day."""
    note = _note_of(_sealed(seal, RECEIVE_SEAL, max_age=SHOWN_FOR))
    if note is None:
        return _gone(request)
    context = {
        "note": note,
        "lines": note.lines.all(),
        "signature": note.signatures.get(party="receiver"),
        "caller": callers.for_customer(note),
    }
    return render(request, "public/receive_done.html", context)


def _open(token: str, purpose: str) -> tuple[PublicLink | None, ShippingNote | None]:
    """The link and its note where it opens now; nothing otherwise."""
    link = public_links.find(token, purpose, now=timezone.now())
    note = _note_of(link)
    if note is None or note.state not in OPEN_STATES[purpose]:
        return None, None
    return link, note


def _note_of(link: PublicLink | None) -> ShippingNote | None:
    if link is None or link.content_type.model_class() is not ShippingNote:
        return None
    people = ("customer", "customer__salesperson", "salesperson", "issuer")
    return ShippingNote.objects.select_related(*people).filter(pk=link.object_id).first()


def _sent(request: HttpRequest):
    """What a form takes: fields and files of a POST, nothing of a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _seal(link: PublicLink, salt: str) -> str:
    return signing.dumps(link.pk, salt=salt)


def _sealed(seal: str, salt: str, *, max_age: int | None = None) -> PublicLink | None:
    """The used link that a page of ours has sealed into an address; None for any other text."""
    try:
        pk = signing.loads(seal, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return PublicLink.objects.filter(pk=pk, used_at__isnull=False).first()


def _lead_to(request: HttpRequest, url_name: str, key: str) -> HttpResponse:
    """On to another page in the language that the person has chosen."""
    language = request.GET.get("lang")
    query = f"?{urlencode({'lang': language})}" if language else ""
    return redirect(reverse(url_name, args=[key]) + query)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "public/gone.html", status=404)
