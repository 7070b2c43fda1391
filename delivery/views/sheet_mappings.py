"""The remembered mappings of columns: which there are, a better name, and forgetting one."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftersales.core.errors import RuleViolation
from aftersales.core.pages import page_of, submit_once
from aftersales.masterdata import sheet_mappings
from aftersales.masterdata.models import SheetMapping
from delivery.forms.importing import LABELS, UNUSED
from delivery.views.importing import KIND


@require_safe
@permission_required("delivery.import_shippingnote", raise_exception=True)
def sheet_mapping_list(request: HttpRequest) -> HttpResponse:
    """記住的欄位對應, the last used first."""
    rows = SheetMapping.objects.filter(kind=KIND).select_related("customer", "made_by")
    page = page_of(request, rows.order_by("-used_at", "-pk"))
    for mapping in page:
        mapping.pairs = [(heading, _words(target)) for target, heading in mapping.columns]
    return render(request, "delivery/sheet_mapping_list.html", {"page": page})


@require_POST
@permission_required("delivery.import_shippingnote", raise_exception=True)
@submit_once
def sheet_mapping_rename(request: HttpRequest, pk: int) -> HttpResponse:
    mapping = get_object_or_404(SheetMapping, pk=pk, kind=KIND)
    try:
        sheet_mappings.rename(mapping, request.POST.get("name", ""))
    except RuleViolation as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("已改名為「%(name)s」") % {"name": mapping.name})
    return redirect("sheet_mapping_list")


@require_POST
@permission_required("delivery.import_shippingnote", raise_exception=True)
@submit_once
def sheet_mapping_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """忘掉: the next file like it is guessed again; what was imported stays."""
    mapping = get_object_or_404(SheetMapping, pk=pk, kind=KIND)
    mapping.delete()
    messages.success(request, _("已忘掉「%(name)s」，下次重新猜") % {"name": mapping.name})
    return redirect("sheet_mapping_list")


def _words(target: str) -> str:
    """What a column holds, as the form says it; a column may hold two facts."""
    if target == UNUSED:
        return _("不使用")
    return "＋".join(str(LABELS.get(part, part)) for part in target.split("+"))
