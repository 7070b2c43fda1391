from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftersales.core import pages
from aftersales.core.models import Notice


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What somebody had to be told, the unread first."""
    rows = Notice.objects.visible_to(request.user).unread_first()
    page = pages.page_of(request, rows)
    return render(request, "core/notice_list.html", {"page": page, "now": timezone.now()})


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: it is read from now on, and leads to what it tells about."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.filter(pk=notice.pk).unread().update(read_at=timezone.now())
    is_ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and is_ours else "notice_list")


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    unread = Notice.objects.visible_to(request.user).unread()
    number = unread.update(read_at=timezone.now())
    messages.success(request, _("已將 %(number)d 則通知標為已讀") % {"number": number})
    return redirect("notice_list")
