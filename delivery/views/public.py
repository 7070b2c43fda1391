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
from django_htmx.http import HttpResponseClientRefresh

from aftersales.core import pdf, public_links
from aftersales.core.models import PublicLink
from aftersales.core.pages import submit_once
from delivery import actions, arrivals, callers, forms, public_pages
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
    """收貨核對簽收: check, then sign, or report trouble and sign what we have decided about it."""
    link = public_links.find(token, RECEIVE, now=timezone.now())
    note = _note_of(link)
    if note is not None and note.state == S.ISSUED:
        context = {"note": note, "caller": callers.for_customer(note)}
        return render(request, "public/not_yet.html", context)
    if note is None or note.state not in OPEN_STATES[RECEIVE]:
        return HttpResponseClientRefresh() if request.htmx else _gone(request)
    report = arrivals.current(note)
    if request.htmx:  # the page asks whether anything has come of the report
        is_same = request.GET.get("stamp", "") == arrivals.stamp(report)
        return HttpResponse(status=204) if is_same else HttpResponseClientRefresh()
    if "decided" in request.POST:
        return _sign_decided(request, link, note, report)
    if request.method == "POST" or report is None or "again" in request.GET:
        return _check_and_tell(request, link, note, report)
    return _standing(request, note, report)


def _check_and_tell(request, link, note: ShippingNote, report) -> HttpResponse:
    """All sound: signed. Anything wrong, or a decision corrected: reported."""
    data, files = _sent(request)
    initial = {"seen": arrivals.stamp(report)}
    form = forms.CustomerReceiptForm(note, data, files, report=report, initial=initial)
    if data is not None and form.is_valid():
        is_decided = report is not None and report.state == report.State.CONFIRMED
        try:
            if form.has_trouble or is_decided:
                actions.report_arrival(note, link=link, now=timezone.now(), **form.report_facts)
                return _lead_to(request, "public_receive", public_links.token_of(link))
            actions.receive_note(note, link=link, now=timezone.now(), **form.facts)
        except actions.LinkGone:
            return _gone(request)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _lead_to(request, "public_receive_done", _seal(link, RECEIVE_SEAL))
    context = _receive_context(request, note, report) | {"form": form}
    return render(request, "public/receive.html", context)


def _sign_decided(request, link, note: ShippingNote, report) -> HttpResponse:
    """The customer signs what we have confirmed."""
    form = forms.DecidedReceiptForm(*_sent(request))
    if form.is_valid():
        try:
            actions.receive_note(note, link=link, now=timezone.now(), **form.facts)
        except actions.LinkGone:
            return _gone(request)
        except actions.ReportChanged as refusal:
            return _standing(request, note, arrivals.current(note), changed=refusal.messages[0])
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _lead_to(request, "public_receive_done", _seal(link, RECEIVE_SEAL))
    return _standing(request, note, report, form=form)


def _standing(request, note: ShippingNote, report, *, form=None, changed: str = "") -> HttpResponse:
    """Where the report stands: it waits for us, or here is our decision to be signed."""
    context = _receive_context(request, note, report) | {"changed": changed}
    if report is None or report.state != report.State.CONFIRMED:
        context["told"] = public_pages.told(report) if report else []
        return render(request, "public/waiting.html", context)
    initial = {"decided": arrivals.stamp(report), "name": report.reporter, "phone": report.phone}
    context["form"] = form or forms.DecidedReceiptForm(initial=initial)
    context["endings"] = public_pages.endings(report)
    return render(request, "public/decided.html", context)


def _receive_context(request, note: ShippingNote, report) -> dict:
    return {
        "note": note,
        "report": report,
        "stamp": arrivals.stamp(report),
        "here": _in_language(request, request.path),
        "again": _in_language(request, request.path, again="1"),
        "caller": callers.for_customer(note),
        "salesperson": callers.name_of_salesperson(note),
    }


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
    return redirect(_in_language(request, reverse(url_name, args=[key])))


def _in_language(request: HttpRequest, path: str, **query: str) -> str:
    """The address of a page, in the language that the person has chosen."""
    if language := request.GET.get("lang"):
        query["lang"] = language
    return f"{path}?{urlencode(query)}" if query else path


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "public/gone.html", status=404)
