from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactLog(models.Model):
    """A contact with the customer to agree delivery (3.1.1): when, who, what was agreed."""

    class Channel(models.TextChoices):
        CALL = "call", _("電話")
        MAIL = "mail", _("郵件")
        FAX = "fax", _("傳真")
        VISIT = "visit", _("面談")
        OTHER = "other", _("其他")

    note = models.ForeignKey(
        "delivery.ShippingNote", on_delete=models.CASCADE, related_name="contact_logs"
    )
    at = models.DateTimeField(_("聯絡時間"))
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices)
    person = models.CharField(_("對方"), max_length=60)
    agreed = models.TextField(_("約定內容"))
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("聯絡人"),
    )
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        verbose_name = _("聯絡記錄")

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d}"
