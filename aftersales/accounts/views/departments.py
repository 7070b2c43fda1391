from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aftersales.accounts import actions
from aftersales.accounts.forms import DepartmentForm
from aftersales.accounts.models import Department
from aftersales.core import stale
from aftersales.core.errors import StaleEdit
from aftersales.core.pages import submit_once


@require_safe
@permission_required("accounts.view_staff", raise_exception=True)
def department_list(request: HttpRequest) -> HttpResponse:
    """The departments, with how many people work in each."""
    at_work = Count("users", filter=Q(users__is_active=True))
    rows = Department.objects.select_related("parent").annotate(people=at_work)
    context = {"departments": rows, "manages": request.user.has_perm("accounts.manage_staff")}
    return render(request, "accounts/department_list.html", context)


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def department_create(request: HttpRequest) -> HttpResponse:
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in actions.departments.FACTS}
        try:
            actions.create_department(actor=request.user, now=timezone.now(), **facts)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("部門 %(name)s 已建檔") % {"name": facts["name"]})
            return redirect("department_list")
    return render(request, "accounts/department_form.html", {"form": form})


@permission_required("accounts.manage_staff", raise_exception=True)
@submit_once
def department_edit(request: HttpRequest, pk: int) -> HttpResponse:
    department = get_object_or_404(Department, pk=pk)
    form = DepartmentForm(request.POST or None, instance=Department.objects.get(pk=pk))
    versions = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_department(
                department, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except StaleEdit as conflict:
            versions = stale.show_both(form, conflict.current)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("部門 %(name)s 已更新") % {"name": department.name})
            return redirect("department_list")
    context = {"form": form, "department": department, "versions": versions}
    return render(request, "accounts/department_form.html", context)
