from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)

    def unread_first(self):
        return self.order_by(models.F("read_at").desc(nulls_first=True), "-created_at", "-pk")

    def mail_due(self, now):
        """Letters that the sweep should try now."""
        return self.filter(mail_due_at__lte=now, mailed_at=None)


class Notice(models.Model):
    """An outbox row: what somebody has to know, in the bell and by mail.

    Written in the business transaction, sent by the sweep. `key` makes it unique for each
    recipient, so that a rule which runs twice tells once.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    key = models.CharField(max_length=160)
    title = models.CharField(_("事由"), max_length=200)
    body = models.TextField(_("內容"), blank=True)
    url = models.CharField(max_length=200, blank=True)
    clause = models.CharField(_("條款"), max_length=16, blank=True)
    is_urgent = models.BooleanField(default=False)
    # Filled where the recipient gets it as the deputy of somebody absent.
    on_behalf_of = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(_("時間"))
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_each")
        ]
        indexes = [
            # For the sweep in core.notices.send_due_mail: only what is due.
            models.Index(
                fields=["mail_due_at"],
                name="notice_mail_due",
                condition=models.Q(mailed_at=None, mail_due_at__isnull=False),
            ),
            # For the count at the bell, on every page.
            models.Index(
                fields=["recipient"], name="notice_unread", condition=models.Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title
