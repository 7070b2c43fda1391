from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.accounts import actions
from aftersales.accounts.actions.leave import duties_left, looks_after
from aftersales.accounts.forms import LeaveForm, ReasonForm
from aftersales.accounts.models import Leave, User
from aftersales.core import pages
from aftersales.core.pages import submit_once


@require_safe
def leave_list(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in, as far as it concerns this person."""
    now = timezone.now()
    rows = Leave.objects.visible_to(request.user).select_related("user", "deputy", "created_by")
    shows_all = request.GET.get("show") == "all"
    if not shows_all:
        rows = rows.not_over(now)
    page = pages.page_of(request, rows.distinct())
    for leave in page:
        leave.state = leave.state_at(now)
        leave.may_cancel = leave.state in ("now", "coming") and looks_after(
            request.user, leave.user
        )
    return render(request, "accounts/leave_list.html", {"page": page, "shows_all": shows_all})


@submit_once
def leave_create(request: HttpRequest) -> HttpResponse:
    """Register a leave with its deputy, the own one or that of somebody one looks after (2.4)."""
    people = User.objects.looked_after_by(request.user)
    initial = {"user": request.GET.get("user") or request.user.pk}
    form = LeaveForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            leave = actions.create_leave(
                actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("休假已登記，代理人會收到通知"))
            _warn_of_duties(request, leave)
            return redirect("leave_list")
    return render(request, "accounts/leave_form.html", {"form": form})


@submit_once
def leave_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first, then take a leave back."""
    leaves = Leave.objects.visible_to(request.user).select_related("user", "deputy")
    leave = get_object_or_404(leaves, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_leave(leave, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("休假已取消"))
            return redirect("leave_list")
    return render(request, "accounts/leave_cancel.html", {"form": form, "leave": leave})


def _warn_of_duties(request: HttpRequest, leave: Leave) -> None:
    for other in duties_left(leave):
        messages.warning(
            request,
            _("%(name)s 在這段時間是 %(absent)s 的代理人，已通知 %(absent)s 另定代理人")
            % {"name": leave.user.name, "absent": other.user.name},
        )
