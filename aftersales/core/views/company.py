from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.core import actions, stale
from aftersales.core.errors import StaleEdit
from aftersales.core.forms import CompanyForm
from aftersales.core.models import Company
from aftersales.core.pages import submit_once


@permission_required("core.edit_company", raise_exception=True)
@submit_once
def company_edit(request: HttpRequest) -> HttpResponse:
    """The company's own facts, for letterheads and the rules of the house."""
    company = Company.current()
    form = CompanyForm(request.POST or None, request.FILES or None, instance=company)
    versions = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_company(actor=request.user, now=timezone.now(), **form.cleaned_data)
        except StaleEdit as conflict:
            versions = stale.show_both(form, conflict.current)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("公司資料已更新"))
            return redirect("company_edit")
    context = {"form": form, "company_row": company, "versions": versions}
    return render(request, "core/company_edit.html", context)
