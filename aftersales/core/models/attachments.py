from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """A file of a document: the original byte for byte, outside the web root, found by its hash."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    # What it shows: "photo", "signed_paper", "evidence"; words of the wing.
    purpose = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("檔名"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("上傳時間"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_by_name = models.CharField(_("上傳人"), max_length=120)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # For the attachments panel of every document page.
            models.Index(fields=["content_type", "object_id"], name="attachment_subject"),
            # To find the same receipt used twice.
            models.Index(fields=["sha256"], name="attachment_sha256"),
        ]

    def __str__(self) -> str:
        return self.name
