from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class PublicLink(models.Model):
    """A door for one purpose to one object, for people without a login. See core.public_links."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    purpose = models.CharField(max_length=40)
    # 128 random bits; the token is derived from it with SECRET_KEY and only its hash is stored,
    # so a paper can be printed again while a stolen table opens no door.
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # For the document page and the papers: the open link of a purpose.
            models.Index(fields=["content_type", "object_id", "purpose"], name="publiclink_subject")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.content_type_id}/{self.object_id}"
