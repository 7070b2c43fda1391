"""Verbs that belong to no wing: the company's own facts, and files of any document."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.core import attachments, audit, changes, pictures, reach
from aftersales.core.errors import RuleViolation, StaleEdit
from aftersales.core.models import Attachment, Company

COMPANY_FIELDS = (
    "name", "short_name", "english_name", "address", "postcode", "phone", "fax", "tax_no",
    "procedure_ref", "blind_count",
)  # fmt: skip


@transaction.atomic
def edit_company(
    *,
    actor,
    now: datetime,
    version: int,
    logo: UploadedFile | None = None,
    remove_logo: bool = False,
    **facts,
) -> Company:
    """Change the letterhead and the rules of the house (COMPANY_FIELDS).

    Raises StaleEdit where somebody else was faster, RuleViolation for a logo that is no picture.
    """
    fresh = Company.current()
    Company.objects.get_or_create(
        pk=1, defaults={"name": fresh.name, "short_name": fresh.short_name}
    )
    company = Company.objects.select_for_update().get(pk=1)
    if company.version != version:
        raise StaleEdit(company)
    before = Company.objects.get(pk=1)
    for field in COMPANY_FIELDS:
        setattr(company, field, facts[field])
    if logo or remove_logo:
        company.logo = pictures.small_png(logo) if logo else b""
    company.version += 1
    company.full_clean()
    company.save()
    changed = changes.between(before, company, COMPANY_FIELDS)
    if bytes(before.logo) != bytes(company.logo):
        changed[_("標誌")] = ["", _("已更換") if company.logo else _("已拿掉")]
    audit.record(company, "company.edited", actor=actor, now=now, changes=changed)
    return company


@transaction.atomic
def attach_files(
    subject, uploads: Iterable[UploadedFile], *, actor, now: datetime, purpose: str = ""
) -> list[Attachment]:
    """Attach files to a document that the actor may add to; all of them or none.

    Raises RuleViolation with the file's name and what is allowed.
    """
    if not reach.may_add(subject, actor):
        raise RuleViolation(_("您的角色不能在這張單據上加附件"))
    uploads = list(uploads)
    if not uploads:
        raise RuleViolation(_("請先選擇要上傳的檔案"))
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    kept = []
    for upload in uploads:
        attachment = attachments.attach(subject, upload, actor=actor, now=now, purpose=purpose)
        audit.record(
            subject, "attachment.added", actor=actor, now=now,
            name=attachment.name, sha256=attachment.sha256,
        )  # fmt: skip
        kept.append(attachment)
    return kept
