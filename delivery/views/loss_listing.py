"""The list of losses in transit and the same rows as a workbook (3.2.2)."""

import tempfile
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.core import pages
from aftersales.core.spreadsheets.writing import DATE, MONEY, NUMBER, Column, Sheet, save_workbook
from delivery.loss_filters import TransitLossFilter
from delivery.models import TransitLoss

# The number grows with the key; within a state the longest open come first, by the index of it.
ORDERS = {
    "number": ("pk",),
    "state": ("state", "opened_at", "pk"),
    "claimed": ("claimed_amount", "-pk"),
}
MOST_ROWS = 100_000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def transitloss_list(request: HttpRequest) -> HttpResponse:
    """The losses within reach, the newest first, narrowed and sorted by the address."""
    filtered, order = _rows(request)
    page = pages.page_of(request, filtered.qs)
    today = timezone.localdate()
    for loss in page:
        loss.days = loss.age(today)
        loss.is_overdue = bool(_is_unclaimed(loss) and loss.claim_by and loss.claim_by < today)
    context = {"filter": filtered, "page": page, "order": order}
    return render(request, "delivery/losses/list.html", context)


@require_safe
@permission_required("delivery.view_shippingnote", raise_exception=True)
def transitloss_export(request: HttpRequest) -> HttpResponse:
    """The same rows as .xlsx, at most MOST_ROWS."""
    filtered, _order = _rows(request)
    if filtered.qs.order_by()[: MOST_ROWS + 1].values("pk").count() > MOST_ROWS:
        facts = {"most": f"{MOST_ROWS:,}"}
        messages.error(request, _("符合的超過 %(most)s 筆，請先縮小篩選範圍再匯出") % facts)
        return redirect(f"{request.path.removesuffix('export/')}?{request.GET.urlencode()}")
    today = timezone.localdate()
    rows = (_cells(loss, today) for loss in filtered.qs.iterator(2000))
    # A temporary file, so that a long list costs no memory; the response closes and drops it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    save_workbook([Sheet(_("途損"), _columns(), rows)], file)
    file.seek(0)
    name = _("途損") + f"-{today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=Path(name).name, content_type=MEDIA_TYPE)


def _rows(request: HttpRequest) -> tuple[TransitLossFilter, str]:
    order = pages.order_of(request, tuple(ORDERS), "-number")
    columns = ORDERS[order.removeprefix("-")]
    if order.startswith("-"):
        columns = [name.removeprefix("-") if name[0] == "-" else f"-{name}" for name in columns]
    rows = (
        TransitLoss.objects.visible_to(request.user)
        .select_related("note__customer", "carrier", "agreement", "owner")
        .prefetch_related("lines__line")
    )
    return TransitLossFilter(request.GET, rows.order_by(*columns), request=request), order


def _is_unclaimed(loss: TransitLoss) -> bool:
    return loss.state == TransitLoss.State.OPEN


def _columns() -> list[Column]:
    return [
        Column(_("途損單號"), 20),
        Column(_("狀態"), 10),
        Column(_("責任方"), 14),
        Column(_("發貨單號"), 20),
        Column(_("客戶"), 32),
        Column(_("承運商"), 28),
        Column(_("承運協議"), 18),
        Column(_("負責人"), 10),
        Column(_("損失"), 40),
        Column(_("登記日期"), 12, DATE),
        Column(_("天數"), 8, NUMBER),
        Column(_("索賠期限"), 12, DATE),
        Column(_("損失金額"), 14, MONEY),
        Column(_("索賠日期"), 12, DATE),
        Column(_("索賠金額"), 14, MONEY),
        Column(_("同意賠償金額"), 14, MONEY),
        Column(_("實收賠償金額"), 14, MONEY),
        Column(_("了結日期"), 12, DATE),
        Column(_("理由"), 30),
    ]


def _cells(loss: TransitLoss, today: date) -> tuple:
    return (
        loss.number,
        loss.get_state_display(),
        loss.get_party_display(),
        loss.note.title,
        loss.note.customer.name,
        loss.carrier.name if loss.carrier else "",
        loss.agreement.number if loss.agreement else "",
        str(loss.owner),
        "；".join(row.in_words for row in loss.lines.all()),
        timezone.localdate(loss.opened_at),
        loss.age(today),
        loss.claim_by,
        loss.lost_amount,
        loss.claimed_on,
        loss.claimed_amount,
        loss.agreed_amount,
        loss.settled_amount,
        loss.ended_on,
        loss.end_reason,
    )
