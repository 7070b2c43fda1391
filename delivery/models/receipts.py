from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadingCount(models.Model):
    """The driver's count of a line at loading (3.2.2); every attempt is kept."""

    line = models.ForeignKey(
        "delivery.ShippingNoteLine", on_delete=models.CASCADE, related_name="loading_counts"
    )
    attempt = models.PositiveSmallIntegerField()
    counted_quantity = models.DecimalField(_("裝車數量"), max_digits=12, decimal_places=3)
    counted_at = models.DateTimeField()
    counted_by = models.CharField(_("司機"), max_length=60)

    class Meta:
        ordering = ["line", "attempt"]
        constraints = [
            models.UniqueConstraint(fields=["line", "attempt"], name="loadingcount_attempt_once"),
            models.CheckConstraint(
                condition=models.Q(counted_quantity__gte=0),
                name="loadingcount_not_negative",
                violation_error_message=_("數量不能小於 0"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} #{self.attempt}"


class Signature(models.Model):
    """A signature, bound to a hash of the lines and quantities that were signed."""

    class Party(models.TextChoices):
        DRIVER = "driver", _("司機")
        RECEIVER = "receiver", _("收貨人")

    class Means(models.TextChoices):
        SCREEN = "screen", _("螢幕簽名")
        PHOTO = "photo", _("簽名照片")
        PAPER = "paper", _("紙本")

    note = models.ForeignKey(
        "delivery.ShippingNote", on_delete=models.CASCADE, related_name="signatures"
    )
    party = models.CharField(max_length=10, choices=Party.choices)
    means = models.CharField(max_length=10, choices=Means.choices)
    name = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("手機"), max_length=40, blank=True)
    # The stroke as SVG path data in a box of 300 × 112; empty unless drawn on a screen.
    path = models.TextField(blank=True)
    signed_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "party"], name="signature_once_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.name}"
