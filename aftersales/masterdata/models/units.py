from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aftersales.core.bigrams import BigramIndex, Holds
from aftersales.core.text import code_key

# The serial number as it is compared: one is kept as it was imported, with blanks and small letters.
_SERIAL_KEY = Lower(Replace(F("serial_no"), Value(" "), Value("")))


class UnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_perm("masterdata.view_masterdata") else self.none()

    def matching(self, text: str):
        """By serial number or a part of it, such as its last digits."""
        return self.filter(by_serial(text))

    def delivered(self):
        """Which are at a customer's: not those whose delivery was reversed."""
        return self.filter(is_reversed=False)

    def under_warranty(self, on: date):
        """Within warranty on this day, both ends included (3.3.3)."""
        return self.delivered().filter(warranty_from__lte=on, warranty_until__gte=on)

    def warranty_ends_within(self, on: date, days: int):
        """Under warranty on this day, but no longer than this many days after it."""
        return self.under_warranty(on).filter(warranty_until__lte=on + timedelta(days=days))

    def out_of_warranty(self, on: date):
        """Whose warranty ended before this day."""
        return self.delivered().filter(warranty_until__lt=on)


def by_serial(text: str) -> Q:
    """The condition that a serial number holds this, however it was typed."""
    return Q(Holds(_SERIAL_KEY, code_key(text)))


class Unit(models.Model):
    """A delivered serial number (出廠編號) under warranty, by our delivery or imported."""

    class Source(models.TextChoices):
        DELIVERED = "delivered", _("本系統交付")
        IMPORTED = "imported", _("匯入")

    serial_no = models.CharField(_("序列號"), max_length=80)
    product = models.ForeignKey(
        "masterdata.Product", on_delete=models.PROTECT, related_name="units", verbose_name=_("產品")
    )
    customer = models.ForeignKey(
        "masterdata.Customer",
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("客戶"),
    )
    source = models.CharField(
        _("來源"), max_length=12, choices=Source.choices, default=Source.DELIVERED
    )
    lot_no = models.CharField(_("批號"), max_length=60, blank=True)
    delivered_on = models.DateField(_("交付日期"))
    # Number and line of the shipping note as text: the delivery wing stands above this one and
    # holds the relation itself.
    delivery_ref = models.CharField(_("發貨單與行次"), max_length=60, blank=True)
    warranty_from = models.DateField(_("保修起"))
    warranty_until = models.DateField(_("保修迄"))
    # A reversal of its delivery was approved: it never came, and may be delivered anew (3.2.2).
    is_reversed = models.BooleanField(_("交付已沖銷"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["serial_no"]
        verbose_name = _("已交付設備")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "serial_no"],
                condition=models.Q(is_reversed=False),
                name="unit_serial_once_a_product",
                violation_error_message=_("這個產品的這個序列號已經建檔"),
            ),
            models.CheckConstraint(
                condition=models.Q(warranty_until__gte=models.F("warranty_from")),
                name="unit_warranty_in_order",
                violation_error_message=_("保修迄日不能早於起日"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    delivered_on__gte=date(2000, 1, 1), delivered_on__lte=date(2100, 12, 31)
                ),
                name="unit_delivered_2000_to_2100",
                violation_error_message=_("交付日期應在 2000 至 2100 年之間"),
            ),
        ]
        indexes = [
            # For search by serial number alone.
            models.Index(fields=["serial_no"], name="unit_serial_no"),
            # For by_serial: a part of one.
            BigramIndex(_SERIAL_KEY, name="unit_bigrams"),
            # For the list, the last delivered first.
            models.Index(fields=["delivered_on", "id"], name="unit_delivered_on"),
        ]

    def __str__(self) -> str:
        return self.serial_no

    def get_absolute_url(self) -> str:
        return reverse("unit_detail", args=[self.pk])

    @property
    def is_from_a_note(self) -> bool:
        """Delivered by a shipping note that the customer signed: what it says stays."""
        return self.source == self.Source.DELIVERED
