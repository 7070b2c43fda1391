"""The list of shipping notes and the same rows as a workbook."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages
from aftersales.core.spreadsheets.writing import DATE, NUMBER, Column, Sheet, save_workbook
from delivery.filters import ShippingNoteFilter
from delivery.models import ShippingNote, ShippingNoteLine
from delivery.todo.notes import waits_for

# Each follows an index to its end, so that sorting a million notes reads one page of them. The
# number grows with the key.
ORDERS = {
    "number": ("pk",),
    "ship_on": ("ship_on", "pk"),
    "customer": ("customer__code", "-pk"),
    "state": ("state", "-pk"),
}
# What a row of the list shows, or asks to say whose turn it is; all columns take twice the time.
SHOWN = (
    "source", "number", "revision", "external_no", "state", "ship_on", "delivery_mode",
    "scheduled_at", "customer__name",
)  # fmt: skip
MOST_ROWS = 100_000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def shippingnote_list(request: HttpRequest) -> HttpResponse:
    """The notes within reach, narrowed and sorted by the address."""
    filtered, order = _rows(request)
    page = pages.page_of(request, _with_goods(filtered.qs.only(*SHOWN)))
    for note in page:
        note.next_hand = waits_for(note)
    context = {"filter": filtered, "page": page, "order": order}
    return render(request, "delivery/shippingnote_list.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def shippingnote_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx, at most MOST_ROWS."""
    filtered, _order = _rows(request)
    rows = _with_goods(filtered.qs).select_related("issuer", "salesperson")
    if rows.order_by()[: MOST_ROWS + 1].values("pk").count() > MOST_ROWS:
        messages.error(
            request,
            _("符合的超過 %(most)s 張，請先縮小篩選範圍再匯出") % {"most": f"{MOST_ROWS:,}"},
        )
        return redirect(f"{request.path.removesuffix('export/')}?{request.GET.urlencode()}")
    # A temporary file, so that a long list costs no memory; the response closes and drops it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    save_workbook([Sheet(_("發貨單"), _columns(), map(_cells, rows.iterator(2000)))], file)
    file.seek(0)
    name = _("發貨單") + f"-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=Path(name).name, content_type=MEDIA_TYPE)


def _rows(request: HttpRequest) -> tuple[ShippingNoteFilter, str]:
    order = pages.order_of(request, tuple(ORDERS), "-number")
    columns = ORDERS[order.removeprefix("-")]
    if order.startswith("-"):
        columns = [name.removeprefix("-") if name[0] == "-" else f"-{name}" for name in columns]
    rows = ShippingNote.objects.visible_to(request.user).select_related("customer")
    return ShippingNoteFilter(request.GET, rows.order_by(*columns), request=request), order


def _with_goods(rows: QuerySet[ShippingNote]) -> QuerySet[ShippingNote]:
    """With the first line and the number of lines, counted only for the rows that are shown."""
    lines = ShippingNoteLine.objects.filter(note=OuterRef("pk"))
    first = lines.order_by("line_no")
    return rows.annotate(
        first_name=Subquery(first.values("name")[:1]),
        first_spec=Subquery(first.values("spec")[:1]),
        line_count=Subquery(
            lines.order_by().values("note").annotate(number=Count("pk")).values("number")
        ),
    )


def _columns() -> list[Column]:
    return [
        Column(_("發貨單號"), 20),
        Column(_("客戶或辦事處單號"), 18),
        Column(_("狀態"), 10),
        Column(_("客戶代號"), 12),
        Column(_("客戶"), 32),
        Column(_("收貨人"), 12),
        Column(_("電話"), 18),
        Column(_("收貨地址"), 40),
        Column(_("合同號"), 18),
        Column(_("開單日期"), 12, DATE),
        Column(_("發貨日期"), 12, DATE),
        Column(_("交付方式"), 14),
        Column(_("第一項"), 28),
        Column(_("項數"), 8, NUMBER),
        Column(_("制單"), 10),
        Column(_("業務員"), 10),
        Column(_("備註"), 30),
    ]


def _cells(note: ShippingNote) -> tuple:
    return (
        note.title,
        note.external_no,
        note.get_state_display(),
        note.customer.code,
        note.customer.name,
        note.consignee,
        note.phone,
        note.address,
        note.order_no,
        note.issued_on,
        note.ship_on,
        note.get_delivery_mode_display(),
        f"{note.first_name or ''} {note.first_spec or ''}".strip(),
        note.line_count or 0,
        str(note.issuer),
        str(note.salesperson or ""),
        note.remark,
    )
