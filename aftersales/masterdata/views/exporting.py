"""The rows of a list as a workbook, to read and to import again."""

import tempfile
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core.spreadsheets.writing import Column, Sheet, save_workbook

MOST_ROWS = 100_000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(
    request: HttpRequest, title: str, columns: Sequence[Column], rows: QuerySet, cells: Callable
) -> HttpResponse:
    """The rows as .xlsx, `cells(row)` for each; more than MOST_ROWS lead back to the list."""
    if rows.order_by()[: MOST_ROWS + 1].values("pk").count() > MOST_ROWS:
        message = _("符合的超過 %(most)s 筆，請先縮小篩選範圍再匯出")
        messages.error(request, message % {"most": f"{MOST_ROWS:,}"})
        return redirect(f"{request.path.removesuffix('export/')}?{request.GET.urlencode()}")
    # A temporary file, so that a long list costs no memory; the response closes and drops it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    save_workbook([Sheet(title, columns, map(cells, rows.iterator(2000)))], file)
    file.seek(0)
    name = f"{title}-{timezone.localdate():%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
