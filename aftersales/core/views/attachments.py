"""Files of documents leave by these doors only: whoever may not see the document meets 404."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aftersales.core import actions, attachments, reach
from aftersales.core.errors import RuleViolation
from aftersales.core.models import Attachment
from aftersales.core.pages import submit_once


@require_safe
def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The original, byte for byte, always as a download."""
    attachment = _within_reach(request, pk)
    try:
        file = attachments.path_of(attachment).open("rb")
    except FileNotFoundError as error:
        raise RuleViolation(
            _("%(name)s 不在檔案庫裡，請通知系統管理員從備份還原") % {"name": attachment.name}
        ) from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
    )
    return _sealed(response)


@require_safe
def attachment_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A small picture made anew; nothing of the original passes."""
    attachment = _within_reach(request, pk)
    if not attachments.has_preview(attachment):
        raise Http404
    picture = attachments.preview(attachment)
    return _sealed(HttpResponse(picture, content_type="image/jpeg"))


@require_POST
@submit_once
def attachment_upload(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Attach files to a document; `label` is app_label.model."""
    subject = reach.find(label, pk)
    if not reach.may_see(subject, request.user):
        raise Http404
    try:
        with transaction.atomic():
            kept = actions.attach_files(
                subject,
                request.FILES.getlist("file"),
                actor=request.user,
                now=timezone.now(),
            )
    except RuleViolation as violation:
        messages.error(request, violation.messages[0])
    else:
        messages.success(request, _("已上傳 %(number)d 個檔案") % {"number": len(kept)})
    return redirect(subject.get_absolute_url())


def _within_reach(request: HttpRequest, pk: int) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.select_related("content_type"), pk=pk)
    if not attachments.may_read(attachment, request.user):
        raise Http404
    return attachment


def _sealed(response: HttpResponse) -> HttpResponse:
    """What was uploaded is data: no browser may run, guess or share it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=600"
    return response
