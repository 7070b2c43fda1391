from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class AuditEntry(models.Model):
    """One event of one document. Append-only: database triggers refuse UPDATE and DELETE.

    Entries of a document form a chain: `hash` covers the entry and `previous_hash`. A chain per
    document keeps writers of different documents from queueing behind each other.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    sequence = models.PositiveIntegerField()
    event = models.CharField(max_length=80)
    clause = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The name as it was, also for people outside (driver, customer) who have no login.
    actor_name = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["content_type", "object_id", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "sequence"], name="audit_entry_in_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} #{self.sequence}"


class AuditSeal(models.Model):
    """The heads of all chains that grew since the last seal, chained among themselves.

    It is what finds a tail cut off a document's chain, or a whole chain gone.
    """

    at = models.DateTimeField()
    last_entry_id = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class AuditSealHead(models.Model):
    """The head of one document's chain at the moment of a seal."""

    seal = models.ForeignKey(AuditSeal, on_delete=models.PROTECT, related_name="heads")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    sequence = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["content_type", "object_id"]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id} #{self.sequence}"
