from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersales.accounts import actions
from aftersales.accounts.forms import ProfileForm
from aftersales.accounts.models import Leave, User
from aftersales.core import stale
from aftersales.core.errors import StaleEdit
from aftersales.core.pages import submit_once
from aftersales.core.views.site import keep_language


@submit_once
def profile(request: HttpRequest) -> HttpResponse:
    """The own facts, language and mail wishes, the own leave and for whom one stands in."""
    person = User.objects.select_related("department", "superior").get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    versions, now = [], timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.edit_profile(person, now=now, **form.cleaned_data)
        except StaleEdit as conflict:
            versions = stale.show_both(form, conflict.current)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("個人資料已更新"))
            response = redirect("profile")
            keep_language(response, person.language)
            return response
    leaves = Leave.objects.not_over(now).select_related("user", "deputy").order_by("starts_at")
    context = {
        "person": person,
        "form": form,
        "versions": versions,
        "own": leaves.filter(user=person),
        "duties": leaves.filter(deputy=person),
        "now": now,
    }
    return render(request, "accounts/profile.html", context)
